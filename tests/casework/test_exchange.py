"""The exchange in words, and the rounds behind it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.casework import today
from desktop.casework.disputes import progress, sessions
from desktop.casework.disputes.change_log import waiting_log
from desktop.casework.disputes.sessions import Outcome
from desktop.casework.errors import Gone
from desktop.casework.exchange import status
from desktop.casework.exchange.rounds import Exchange
from desktop.store import Edit
from tests.casework.conftest import CLERK, COLLEAGUE, VILLAGE, VILLAGER, Office, many, registered
from tests.casework.district import District
from tests.casework.test_sessions import talked


@pytest.fixture
def district(tmp_path: Path, new_office: Callable[..., Office]) -> Iterator[District]:
    made = District(tmp_path, new_office)
    yield made
    assert made.hub.verify() == []
    made.hub.close()


def test_all_in_step_is_said_only_after_an_agreed_proof_and_while_nothing_waits(district: District) -> None:
    office, _, exchange = district.office("镇 电脑")
    desk = office.sit()
    assert status.card(desk).all_agreed
    registered(desk)
    card = status.card(desk)
    assert (card.waiting, card.all_agreed, card.oldest is not None) == (3, False, True)
    result = exchange.run()
    assert (result.state, result.applied, result.clashes) == ("agreed", 3, 0)
    assert "两边都是" in result.sentence
    assert result.records["dispute"]
    page = status.page(desk)
    assert page.headline == "全部同步"
    assert page.detail.startswith("最近一次对账是 11月23日")
    assert page.rounds[0].words == "两边一致"


def test_a_desk_that_never_met_the_district_says_so(office: Office) -> None:
    page = status.page(office.sit())
    assert page.card.agreed_at is None
    assert not page.card.all_agreed
    assert page.detail == "还没有和区里对过账。有网就自动传。"


def test_without_a_line_all_stays_here_and_the_next_try_comes_by_itself(district: District) -> None:
    office, line, exchange = district.office("镇 电脑")
    desk = office.sit()
    registered(desk)
    line.is_up = False
    result = exchange.run()
    assert (result.state, result.sentence) == ("none", "没网，没传。登记的都在本机，有网就自动接着传。")
    first = exchange.due_at()
    assert first is not None
    assert first > office.now
    page = status.page(desk)
    assert page.headline == "还有 3 件没传到区里，都好好存在这台电脑上"
    assert (page.rounds[0].state, page.rounds[0].seconds) == ("none", None)
    assert page.card.trouble == ""
    assert page.waiting_bytes


def test_what_waits_is_named_with_its_dispute_and_age(district: District) -> None:
    office, _, exchange = district.office("镇 电脑")
    desk = office.sit()
    given = registered(desk)
    exchange.run()
    sessions.finish(desk, talked(office, desk, given), Outcome("未达成"))
    progress.change(desk, given, {"amount_cents": 100})
    lines = {(line.kind, line.title, line.second) for line in status.page(desk).waiting}
    title = "王有福与李建军宅基地排水纠纷"
    assert lines == {
        ("session", "第 1 次调解记录", f"{title} · 马秀兰"),
        ("dispute", f"纠纷：{title}", "马秀兰"),
    }


def test_what_waits_can_be_looked_into_in_words(district: District) -> None:
    office, _, exchange = district.office("镇 电脑")
    desk = office.sit()
    given = registered(desk)
    exchange.run()
    progress.change(desk, given, {"amount_cents": 10_000})
    progress.change(office.sit(COLLEAGUE), given, {"resp_person": "村主任"})
    (line,) = status.page(desk).waiting
    assert line.second == "马秀兰、赵文博"
    found = waiting_log(desk, line.dispute_id, line.record)
    said = [(one.who, one.verb, [(field.label, field.after) for field in one.fields]) for one in found]
    assert said == [("赵文博", "改", [("责任人", "村主任")]), ("马秀兰", "改", [("争的金额", "100 元")])]
    progress.change(desk, given, {"closed_session": True})
    with pytest.raises(Gone):
        waiting_log(office.sit(COLLEAGUE), line.dispute_id, line.record)
    exchange.run()
    assert waiting_log(desk, given, given) == ()


def test_a_round_says_its_bytes_its_time_and_what_wants_a_person(district: District) -> None:
    office, _, exchange = district.office("镇 电脑")
    desk, stranger = office.sit(), office.sit(COLLEAGUE)
    given = registered(desk)
    exchange.run()
    district.hub.end_account(COLLEAGUE, "2026-11-01")
    progress.change(stranger, given, {"amount_cents": 100})
    exchange.run()
    district.hub.revoke(office.store.desk().device, "电脑丢了")
    exchange.run()
    stopped, refused, first = status.page(desk).rounds[:3]
    assert first.sent == 3
    assert min(first.sent_bytes, first.received_bytes) > 100
    assert (first.words, first.more) == ("两边一致", "")
    assert (refused.words, refused.more) == ("两边一致", "没收下 1 件")
    assert (stopped.words, stopped.more) == ("区里已经停用了这台电脑，不再往来", "登记的都在本机。打电话问区里。")


def test_work_that_has_waited_too_long_is_told_on_every_page(district: District) -> None:
    office, line, exchange = district.office("镇 电脑")
    desk = office.sit()
    line.is_up = False
    registered(desk)
    exchange.run()
    office.wait(days=2)
    assert status.card(desk).late_days == 0
    office.wait(days=1)
    page = status.page(desk)
    assert (page.card.late_days, page.headline) == (3, "有 3 件没传到区里，最早的等了 3 天")
    assert page.detail.startswith("都好好存在这台电脑上。看看网络通不通")
    first = today.today(desk).news[0]
    assert (first.kind, first.title) == ("late", "有 3 件没传到区里")
    office.settings.change("late_days", 5, office.store.set_setting)
    assert status.card(desk).late_days == 0
    office.settings.change("late_days", 1, office.store.set_setting)
    line.is_up = True
    exchange.run()
    assert status.card(desk).late_days == 0


def test_a_cut_in_the_middle_keeps_what_arrived(district: District) -> None:
    office, line, _ = district.office("镇 电脑")
    desk = office.sit()
    many(desk, 240)
    exchange = Exchange(office.store, lambda: line, now=lambda: office.now, random=office.random)
    line.requests_left = 1
    result = exchange.run()
    assert (result.state, result.sentence) == ("cut", "传到一半断了，收下的不用重传。")
    assert 0 < len(desk.store.waiting_list()) < 240
    line.requests_left = 1_000
    assert exchange.run().state == "agreed"


def test_a_refused_change_has_its_reason_and_three_ways_out(district: District) -> None:
    office, _, exchange = district.office("镇 电脑")
    desk, stranger = office.sit(), office.sit(COLLEAGUE)
    given = registered(desk)
    exchange.run()
    district.hub.end_account(COLLEAGUE, "2026-11-01")
    progress.change(stranger, given, {"amount_cents": 100})
    exchange.run()
    (line,) = status.page(desk).refused
    assert line.title == "纠纷：王有福与李建军宅基地排水纠纷"
    assert line.why.startswith("区里说：")
    assert line.why.endswith("您写的内容还在。")
    assert status.card(desk).trouble == "有 1 件区里没收下，其余照常"
    assert not status.card(desk).all_agreed
    status.ask_district(desk, line)
    assert status.page(desk).refused[0].asked
    status.send_again(desk, line)
    assert status.page(desk).refused == ()
    exchange.run()
    assert status.card(desk).all_agreed
    assert desk.store.record("dispute", given)["amount_cents"] == 100


def test_what_is_kept_here_is_no_longer_offered_but_stays_in_the_log(district: District) -> None:
    office, _, exchange = district.office("镇 电脑")
    given = registered(office.sit())
    exchange.run()
    district.hub.end_account(COLLEAGUE, "2026-11-01")
    progress.change(office.sit(COLLEAGUE), given, {"amount_cents": 100})
    exchange.run()
    desk = office.sit()
    status.keep_here(desk, status.page(desk).refused[0])
    assert status.page(desk).refused == ()
    assert status.page(desk).headline == "全部同步"
    assert any(line.state == "dropped" for line in desk.store.history([given]))


def test_a_revoked_desk_stops_by_itself_and_says_what_to_do(district: District) -> None:
    office, _, exchange = district.office("镇 电脑")
    district.hub.revoke(office.store.desk().device, "电脑丢了")
    result = exchange.run()
    assert result.state == "trouble"
    assert result.sentence.startswith("区里已经停用了这台电脑")
    assert exchange.due_at() is None
    assert status.card(office.sit()).trouble == result.sentence


def test_a_wrong_clock_is_told_in_words(district: District) -> None:
    office, _, exchange = district.office("镇 电脑")
    office.wait(hours=3, minutes=10)
    exchange.run()
    assert status.page(office.sit()).skew == "这台电脑的时间比区里快了 3 小时，登记的都在，把日期和时间调准。"


def test_a_closed_dispute_leaves_other_desks_and_they_are_told(district: District) -> None:
    town, _, town_rounds = district.office("镇 电脑")
    village, _, village_rounds = district.office("村 电脑", place=VILLAGE)
    given = registered(town.sit())
    town_rounds.run()
    village_rounds.run()
    assert village.store.record("dispute", given)
    progress.change(town.sit(), given, {"closed_session": True})
    town_rounds.run()
    village_rounds.run()
    assert village.store.record("dispute", given) is None
    news = today.today(village.sit(VILLAGER)).news
    assert (news[0].kind, news[0].title) == ("left", "花所村的 1 件关起门谈了，只有经办人能看")


def test_a_pull_that_takes_much_away_waits_for_a_person(district: District) -> None:
    town, _, town_rounds = district.office("镇 电脑")
    village, _, village_rounds = district.office("村 电脑", place=VILLAGE)
    ids = many(town.sit(), 60)
    town_rounds.run()
    village_rounds.run()
    town.store.save([Edit("dispute", i, {"closed_session": True}) for i in ids], by=CLERK)
    town_rounds.run()
    result = village_rounds.run()
    assert result.pull_too_large is not None
    assert village_rounds.due_at() is None
    assert village.store.record("dispute", ids[0])
    village_rounds.allow_large_pull()
    assert village_rounds.run().state == "agreed"
    assert village.store.record("dispute", ids[0]) is None
