"""People work on the same disputes without seeing each other: what merges, what clashes, who decides."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.casework.disputes import agreements, clashes, page, progress, sessions
from desktop.casework.disputes.change_log import change_log
from desktop.casework.disputes.sessions import Outcome
from tests.stories.district import TOWN, District, Office, registered


def met(office: Office, dispute_id: str, said: str) -> None:
    """One mediation session is held and written down at this office."""
    desk = office.sit()
    draft = sessions.tell(desk, sessions.begin(desk, dispute_id), "rights")
    present = [str(p["id"]) for p in office.store.children("party", dispute_id)]
    draft = sessions.say(desk, {**draft, "place": "调解室", "present": present}, present[0], said)
    sessions.finish(desk, draft, Outcome("未达成", closing="工钱谁出"))


def test_a_clerk_alone_never_meets_a_conflict(district: District, village: Office) -> None:
    desk = village.sit()
    dispute_id = registered(desk)
    for day in range(12):
        progress.change(desk, dispute_id, {"summary": f"第 {day} 天又问了一遍。", "amount_cents": day * 100})
        if day % 3 == 0:
            village.exchange_badly()
        if day == 5:
            village.clock_error = timedelta(days=-400)
        progress.change(desk, dispute_id, {"summary": f"第 {day} 天改了主意。"})
        district.wait(days=1)
    district.come_to_rest()
    assert village.store.clashes(open_only=False) == []
    assert village.store.refused_list() == []
    assert village.dispute(dispute_id)["summary"] == "第 11 天改了主意。"


def test_different_fields_changed_apart_merge_by_themselves(
    district: District, village: Office, township: Office
) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    progress.change(village.sit(), dispute_id, {"summary": "村上又去看了现场。"})
    progress.change(township.sit(), dispute_id, {"risk": "高"})
    district.come_to_rest()
    for office in (village, township):
        assert office.store.clashes(open_only=False) == []
        assert office.dispute(dispute_id)["summary"] == "村上又去看了现场。"
        assert office.dispute(dispute_id)["risk"] == "高"


def test_the_same_value_written_apart_is_no_clash(district: District, village: Office, township: Office) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    for office in (village, township):
        progress.change(office.sit(), dispute_id, {"amount_cents": 240_000})
    district.come_to_rest()
    assert village.store.clashes(open_only=False) == township.store.clashes(open_only=False) == []


def test_both_change_the_same_field_apart_both_see_it_one_settles_and_all_agree(
    district: District, village: Office, township: Office
) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    progress.change(township.sit(), dispute_id, {"summary": "镇上说：水泥工钱对半出。"})
    progress.change(village.sit(), dispute_id, {"summary": "村上说：檐口归王家修。"})
    for office in (township, village, township):
        assert office.exchange().state == "agreed"
    seen = [clashes.page(office.sit(), dispute_id).rows for office in (village, township)]
    assert [[row.label for row in rows] for rows in seen] == [["简单说说经过"]] * 2
    (at_village,), (at_township,) = seen
    assert at_village.theirs.lines == at_township.theirs.lines == ("镇上说：水泥工钱对半出。",)
    assert at_village.mine.where == "这台电脑"
    assert at_township.mine.who == "马秀兰"
    own = "檐口归王家修，水泥工钱对半出。"
    clashes.settle(village.sit(), dispute_id, {at_village.key: ("own", {"summary": own})})
    assert clashes.page(village.sit(), dispute_id).rows == ()
    district.come_to_rest()
    for office in (village, township):
        assert office.dispute(dispute_id)["summary"] == own
        assert clashes.page(office.sit(), dispute_id).rows == ()
        kept = [change.after for line in change_log(office.sit(), dispute_id) for change in line.fields]
        assert any("檐口归王家修。" in text for text in kept)


def test_both_settle_the_same_clash_apart_and_the_first_answer_to_arrive_holds_until_somebody_decides(
    district: District, village: Office, township: Office
) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    for office, summary in ((township, "镇上的说法。"), (village, "村上的说法。")):
        progress.change(office.sit(), dispute_id, {"summary": summary})
        office.exchange()
    township.exchange()
    for office, choice in ((village, "mine"), (township, "theirs")):
        (row,) = clashes.page(office.sit(), dispute_id).rows
        clashes.settle(office.sit(), dispute_id, {row.key: choice})  # type: ignore[dict-item]
    district.come_to_rest()
    for row in clashes.page(village.sit(), dispute_id).rows:
        clashes.settle(village.sit(), dispute_id, {row.key: "theirs"})
    district.come_to_rest()
    assert not township.store.clashes()
    assert township.dispute(dispute_id)["summary"] in ("镇上的说法。", "村上的说法。")


def test_status_and_how_it_ended_clash_as_one_decision(district: District, village: Office, township: Office) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    ending = {"end_reason": "21", "end_date": "2026-11-23", "resolve_way": "01", "resolve_level": "乡镇"}
    progress.take_step(township.sit(), dispute_id, target="71", fields=ending)
    progress.take_step(village.sit(), dispute_id, target="31", fields={"end_note": "等鉴定结果。"})
    for office in (township, village, township):
        office.exchange()
    (row,) = clashes.page(village.sit(), dispute_id).rows
    assert row.fields[0] == "status"
    assert "end_note" in row.fields
    assert village.dispute(dispute_id)["status"] == "71"
    clashes.settle(village.sit(), dispute_id, {row.key: "mine"})
    district.come_to_rest()
    for office in (village, township):
        held = office.dispute(dispute_id)
        assert (held["status"], held["end_note"]) == ("31", "等鉴定结果。")


def test_a_clash_is_settled_though_refused_words_of_ones_own_stand_over_it(
    district: District, village: Office, township: Office
) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    ending = {"end_reason": "21", "end_date": "2026-11-23", "resolve_way": "01", "resolve_level": "乡镇"}
    progress.take_step(township.sit(), dispute_id, target="71", fields=ending)
    progress.take_step(village.sit(), dispute_id, target="31", fields={"end_note": "等鉴定结果。"})
    for office in (township, village, township):
        office.exchange()
    district.hub.change("account", village.clerk, {"roles": ["auditor"]})
    progress.take_step(village.sit(), dispute_id, target="30", fields={"reopened_because": "又愿意谈"})
    assert village.exchange().refused == 1
    district.hub.change("account", village.clerk, {"roles": ["village", "mediator"]})
    (row,) = clashes.page(village.sit(), dispute_id).rows
    clashes.settle(village.sit(), dispute_id, {row.key: "mine"})
    village.exchange()
    village.store.drop_refused(village.store.refused_list()[0].id)
    district.come_to_rest()
    for office in (village, township):
        assert office.dispute(dispute_id)["status"] == "31"
        assert office.store.clashes() == []


def test_sessions_held_apart_both_stay(district: District, village: Office, township: Office) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    met(village, dispute_id, "墙根都泡酥了。")
    met(township, dispute_id, "当年说好了的。")
    district.come_to_rest()
    for office in (village, township):
        bodies = {str(s["body"]) for s in office.store.children("session", dispute_id)}
        assert len(bodies) == 2
        assert office.store.clashes(open_only=False) == []


def test_two_obligations_kept_apart_are_both_kept(district: District, village: Office, township: Office) -> None:
    desk = village.sit()
    dispute_id = registered(desk)
    duties = [
        {"who": who, "what": what, "due_date": "2026-12-10"}
        for who, what in (("王有福", "改檐口"), ("李建军", "出水泥"))
    ]
    draft = {**agreements.blank(desk, dispute_id), "form": "口头", "agreed_on": "2026-11-23", "items": ["各修各的"]}
    agreements.save(desk, dispute_id, {**draft, "obligations": duties})
    district.come_to_rest()
    (agreement,) = village.store.children("agreement", dispute_id)
    first, second = (str(duty["id"]) for duty in agreement["obligations"])  # type: ignore[index,union-attr]
    agreements.perform(village.sit(), str(agreement["id"]), first, done_on=date(2026, 11, 25))
    agreements.perform(township.sit(), str(agreement["id"]), second, done_on=date(2026, 11, 26))
    district.come_to_rest()
    for office in (village, township):
        (held,) = office.store.children("agreement", dispute_id)
        assert [duty.get("done_date") for duty in held["obligations"]] == ["2026-11-25", "2026-11-26"]  # type: ignore[union-attr]
        assert office.store.clashes(open_only=False) == []


def test_what_is_struck_out_here_and_worked_on_there_is_lost_nowhere(
    district: District, village: Office, township: Office
) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    progress.void(village.sit(), dispute_id, "登记重了")
    met(township, dispute_id, "我们镇上接着谈。")
    district.come_to_rest()
    assert village.dispute(dispute_id)["status"] == township.dispute(dispute_id)["status"] == "90"
    assert len(village.store.children("session", dispute_id)) == 1
    progress.restore(township.sit(), dispute_id)
    district.come_to_rest()
    assert page.page(village.sit(), dispute_id).header.status == "10"
    assert township.place == TOWN
