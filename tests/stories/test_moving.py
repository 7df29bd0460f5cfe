"""Scope that moves: disputes handed elsewhere, villages merged, old matters shelved, roles and devices withdrawn."""

from __future__ import annotations

import pytest

from desktop.casework.day import news
from desktop.casework.disputes import follow_ups, moving, page, progress, sessions
from desktop.casework.errors import NotAllowed
from desktop.casework.exchange import shelf, status
from desktop.store import Edit
from sync.server.offices import Unclear
from tests.stories.district import DISTRICT, NEIGHBOUR, TOWN, VILLAGE, District, Office, registered


def refused_line(office: Office) -> status.RefusedLine:
    """The one change that was refused here."""
    (line,) = status.page(office.sit()).refused
    return line


def test_only_the_office_above_both_places_may_move_a_dispute(
    district: District, village: Office, township: Office
) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    assert moving.destinations(village.sit()) == []
    with pytest.raises(NotAllowed, match="由上面转"):
        moving.move(village.sit(), dispute_id, NEIGHBOUR)
    assert [place["id"] for place in moving.destinations(township.sit())] == [VILLAGE, NEIGHBOUR]
    moving.move(township.sit(), dispute_id, NEIGHBOUR)
    district.come_to_rest()
    assert village.store.record("dispute", dispute_id) is None


def test_who_loses_a_dispute_is_told_its_name_and_where_it_went(
    district: District, village: Office, township: Office
) -> None:
    neighbour = district.office(NEIGHBOUR)
    dispute_id = registered(village.sit())
    district.come_to_rest()
    progress.change(village.sit(), dispute_id, {"place_text": "转走以前写下的地点"})
    moving.move(township.sit(), dispute_id, NEIGHBOUR)
    for office in (village, township, village, neighbour):
        assert office.exchange().state == "agreed"
    (told,) = status.page(village.sit()).left
    assert told == "“王有福与李建军宅基地使用纠纷”11月23日转到段沟村了。"
    assert [item.title for item in news.news(village.sit()) if item.kind == "left"] == [told.rstrip("。")]
    assert neighbour.dispute(dispute_id)["place_text"] == "转走以前写下的地点"
    district.come_to_rest()


def test_late_work_on_a_dispute_that_moved_is_refused_and_handed_to_those_who_hold_it_now(
    district: District, village: Office, township: Office
) -> None:
    neighbour = district.office(NEIGHBOUR)
    dispute_id = registered(village.sit())
    district.come_to_rest()
    moving.move(township.sit(), dispute_id, NEIGHBOUR)
    township.exchange()
    draft = sessions.tell(village.sit(), sessions.begin(village.sit(), dispute_id), "rights")
    present = [str(p["id"]) for p in village.store.children("party", dispute_id)]
    draft = sessions.say(village.sit(), {**draft, "place": "调解室", "present": present}, present[0], "檐口我自己改。")
    sessions.finish(village.sit(), draft, sessions.Outcome("未达成", closing="工钱谁出"))
    village.exchange()
    line = refused_line(village)
    assert line.may_hand_over
    assert "不在您这里的地界内" in line.why
    assert "王有福与李建军" in line.title
    status.hand_over(village.sit(), line)
    assert status.page(village.sit()).refused == ()
    district.come_to_rest()
    (handed,) = neighbour.store.children("supplement", dispute_id)
    assert "檐口我自己改。" in str(handed["body"])
    assert handed["about"] == "调解记录"
    (entry,) = [e for e in page.page(neighbour.sit(), dispute_id).timeline if "补记" in e.title]
    assert entry.title == "花所村转来的补记：调解记录"
    assert village.store.record("dispute", dispute_id) is None
    assert village.store.records("supplement") == []
    assert village.store.unsent() == 0


def test_nobody_who_never_held_a_dispute_can_add_to_it(district: District, village: Office, township: Office) -> None:
    neighbour = district.office(NEIGHBOUR)
    dispute_id = registered(village.sit())
    district.come_to_rest()
    fields = {"dispute_id": dispute_id, "from_place": NEIGHBOUR, "written_by": neighbour.clerk, "about": "纠纷",
              "written_at": "2026-11-23T10:00:00+08:00", "body": "我也来写一句。"}  # fmt: skip
    neighbour.store.save([Edit("supplement", neighbour.new_id(), fields)], by=neighbour.clerk)
    assert neighbour.exchange().refused == 1
    (refused,) = neighbour.store.refused_list()
    assert refused.code == "out_of_scope"
    neighbour.store.drop_refused(refused.id)
    district.come_to_rest()
    assert village.store.children("supplement", dispute_id) == []


def test_a_village_merged_into_another_moves_with_all_it_has_and_its_waiting_work_arrives(
    district: District, village: Office, township: Office
) -> None:
    neighbour = district.office(NEIGHBOUR)
    known, theirs = registered(village.sit()), registered(neighbour.sit(), "陈铁柱", "杨立本", place_code=NEIGHBOUR)
    district.come_to_rest()
    village.has_line = False
    waiting = registered(village.sit(), "张有财", "刘桂兰")
    progress.change(village.sit(), known, {"summary": "并村那天写的。"})
    district.wait(days=1)
    assert district.hub.merge_place(VILLAGE, NEIGHBOUR, "2026-11-24").disputes == 1
    village.has_line = True
    for office in (village, neighbour, township):
        office.exchange()
    village.place = NEIGHBOUR
    district.come_to_rest()
    for office in (village, neighbour, township):
        assert {str(r["id"]) for r in office.store.records("dispute")} == {known, waiting, theirs}
        assert {r["place_code"] for r in office.store.records("dispute")} == {NEIGHBOUR}
        assert office.dispute(known)["summary"] == "并村那天写的。"
    desk = village.store.desk()
    assert (desk.place, desk.number, desk.place_name) == (NEIGHBOUR, 2, "段沟村委会")
    for office in (village, neighbour):
        assert status.page(office.sit()).left == (
            "花所村到11月23日为止，以后并到段沟村。原来的一件也没少，都归段沟村。",
        )
    assert village.store.refused_list() == []
    with pytest.raises(ValueError, match="已经并到别处"):
        district.hub.make_code(VILLAGE)


def test_what_moved_away_before_the_merger_leaves_the_desk_of_the_merged_village_too(
    district: District, village: Office, township: Office
) -> None:
    gone = registered(village.sit())
    district.come_to_rest()
    third = "620802107206"
    district.hub.add("place", {"code": third, "name": "别处村委会", "level": "5", "valid_from": "2026-01-01"}, third)
    township.exchange()
    moving.move(township.sit(), gone, third)
    township.exchange()
    district.hub.merge_place(VILLAGE, NEIGHBOUR, "2026-11-23")
    village.exchange()
    village.place = NEIGHBOUR
    assert village.store.record("dispute", gone) is None
    district.come_to_rest()


def test_a_merger_that_makes_no_sense_moves_nothing(district: District, village: Office) -> None:
    before = len(district.hub.journal())
    today, to_come = "2026-11-23", "2026-12-01"
    for old, new, day in ((VILLAGE, VILLAGE, today), (VILLAGE, TOWN, today), (TOWN, DISTRICT, today),
                          (VILLAGE, NEIGHBOUR, to_come), (VILLAGE, "620802999999", today)):  # fmt: skip
        with pytest.raises(Unclear):
            district.hub.merge_place(old, new, day)
    assert len(district.hub.journal()) == before


def archived(office: Office, *names: str, closed_on: str = "2020-03-01") -> str:
    """A dispute that came with an old ledger: long closed and archived."""
    old = {"origin_file": "2020 年台账.xlsx", "status": "80", "retention": "短期", "end_date": closed_on,
           "end_reason": "11", "found_date": closed_on}  # fmt: skip
    dispute_id = registered(office.sit(), *names)
    record = {n: v for n, v in office.dispute(dispute_id).items() if n not in ("id", "deadline", "accept_date")}
    made = office.new_id()
    office.store.save([Edit("dispute", made, {**record, **old})], by=office.clerk)
    party = {"dispute_id": made, "seq": 1, "side": "甲", "kind": "自然人", "name": names[0]}
    office.store.save([Edit("party", office.new_id(), party)], by=office.clerk)
    progress.void(office.sit(), dispute_id, "只为借它的内容")
    return made


def test_old_archived_disputes_leave_the_desks_by_the_districts_rule_and_are_fetched_back_on_demand(
    district: District, village: Office, township: Office
) -> None:
    old = archived(village, "王有福", "李建军")
    recent = archived(village, "张有财", "刘桂兰", closed_on="2026-01-05")
    visited = archived(village, "陈铁柱", "杨立本")
    follow_ups.plan(village.sit(), visited, day=district.now.date(), kind="回访")
    district.come_to_rest()
    assert district.hub.due_for_shelf() == []
    district.hub.keep_years("短期", 5)
    assert district.hub.due_for_shelf() == [], "somebody has just worked on them"
    district.wait(days=100)
    assert district.hub.due_for_shelf() == [old]
    assert district.hub.shelve() == 1
    district.come_to_rest()
    for office in (village, township):
        held = {str(r["id"]) for r in office.store.records("dispute")}
        assert old not in held
        assert {recent, visited} <= held
        assert office.store.children("party", old) == []
        assert "1 件旧件按规定收到区里了，要看随时能调回来。" in status.page(office.sit()).left
        assert shelf.rules(office.sit()) == ("短期的办结 5 年后收到区里",)
    (found,) = shelf.listed(village.sit(), "王有福")
    assert shelf.fetch_back(village.sit(), found.dispute_id)
    assert shelf.fetch_back(village.sit(), found.dispute_id)
    assert not shelf.fetch_back(village.sit(), recent)
    district.come_to_rest()
    for office in (village, township):
        assert office.dispute(old)["status"] == "80"
        assert [p["name"] for p in office.store.children("party", old)] == ["王有福"]
        assert office.store.shelved() == []
    assert district.hub.due_for_shelf() == [], "it rests on the desks for a while"


def test_work_that_was_still_unsent_brings_a_shelved_dispute_back_by_itself(
    district: District, village: Office, township: Office
) -> None:
    old = archived(village, "王有福", "李建军")
    district.come_to_rest()
    district.hub.keep_years("短期", 5)
    district.wait(days=100)
    village.has_line = False
    progress.change(village.sit(), old, {"dossier_no": "2020-17"})
    assert district.hub.shelve() == 1
    township.exchange()
    assert township.store.record("dispute", old) is None
    village.has_line = True
    district.come_to_rest()
    for office in (village, township):
        assert office.dispute(old)["dossier_no"] == "2020-17"
    assert village.store.refused_list() == []


def test_nobody_but_the_district_puts_a_dispute_on_the_shelf(district: District, village: Office) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    village.store.save([Edit("dispute", dispute_id, {"shelved_at": "2026-11-23T10:00:00+08:00"})], by=village.clerk)
    assert village.exchange().refused == 1
    assert refused_line(village).why.startswith("区里说：这个账号不能改这一项")
    status.keep_here(village.sit(), refused_line(village))
    district.come_to_rest()


def test_a_role_that_was_withdrawn_writes_no_more_and_keeps_what_was_written(
    district: District, village: Office, township: Office
) -> None:
    before, after = registered(village.sit()), registered(village.sit(), "张有财", "刘桂兰")
    district.hub.change("account", village.clerk, {"roles": ["auditor"]})
    result = village.exchange()
    assert result.refused > 0
    assert "这个账号不能改这一项" in status.page(village.sit()).refused[0].why
    assert {str(r["id"]) for r in village.store.records("dispute")} == {before, after}
    district.hub.change("account", village.clerk, {"roles": ["village", "mediator"]})
    for line in status.page(village.sit()).refused:
        status.send_again(village.sit(), line)
    district.come_to_rest()
    assert {str(r["id"]) for r in township.store.records("dispute")} == {before, after}


def test_who_moved_to_another_office_no_longer_reads_the_closed_sessions_of_the_old_one_there(
    district: District, village: Office, township: Office
) -> None:
    dispute_id = registered(village.sit(), closed_session=True)
    district.come_to_rest()
    neighbour = district.office(NEIGHBOUR)
    assert village.dispute(dispute_id)
    for mediator in [m for m in village.store.records("mediator") if m.get("account_id") == village.clerk]:
        district.hub.change("mediator", str(mediator["id"]), {"place_code": NEIGHBOUR})
    district.hub.change("account", village.clerk, {"place_code": NEIGHBOUR})
    progress.change(village.sit(), dispute_id, {"risk": "高"})
    village.exchange()
    assert village.store.record("dispute", dispute_id) is None
    (refused,) = village.store.refused_list()
    assert refused.set == {"risk": "高"}
    neighbour.exchange()
    assert neighbour.dispute(dispute_id)["risk"] == "低"
    village.store.drop_refused(refused.id)
    district.come_to_rest()


def test_what_is_unsent_on_a_revoked_desk_is_saved_when_the_district_readmits_it(
    district: District, village: Office, township: Office
) -> None:
    district.come_to_rest()
    device = village.store.desk().device
    district.hub.revoke(device, "电脑丢了")
    unsent = registered(village.sit())
    assert village.exchange().state == "trouble"
    assert village.store.unsent() > 0
    district.hub.readmit(device)
    assert village.exchange().state == "agreed"
    district.hub.revoke(device, "换了新的")
    township.exchange()
    assert township.dispute(unsent)
    district.offices.remove(village)
    district.come_to_rest()
    village.store.close()
