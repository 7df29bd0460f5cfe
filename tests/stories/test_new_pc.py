"""A new PC takes what stands in pages, works after the first, and ends with what the feed would have given it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from desktop.casework.disputes import change_log, progress
from desktop.store import DisputeQuery, Store
from sync.client.pace import PageSize
from sync.client.round import Round, run_round
from sync.protocol import limits
from sync.protocol.errors import NoSuchDoor, Unreachable
from sync.server import stock
from tests.stories.district import DISTRICT, NEIGHBOUR, TOWN, VILLAGE, District, Office, registered

DURABLE = "SELECT record, type, no, body, address, mark, created_at, updated_at FROM agreed ORDER BY record"


@dataclass
class Line:
    """The way to the hub; breaks after some requests, and may lead to a hub that knows no pages."""

    office: Office
    breaks_after: int = 10**9
    has_stock: bool = True
    asked: list[str] = field(default_factory=list)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        if self.breaks_after <= 0:
            raise Unreachable("cut")
        self.breaks_after -= 1
        self.asked.append(path)
        if path == "/stock" and not self.has_stock:
            raise NoSuchDoor("HTTP 404")
        return self.office.post(path, body, headers)


class Narrow(PageSize):
    """A line over which an answer is never more than a few hundred bytes."""

    def grow(self) -> None:
        pass

    def shrink(self) -> None:
        pass


def round_of(office: Office, line: Line, page: PageSize | None = None) -> Round:
    narrow = page or Narrow(300, 200)
    return run_round(office.store.replica, line, clock_ms=office.clock_ms, page=narrow)


def new_pc(district: District, place: str) -> Office:
    """A PC that is enrolled and has not exchanged yet."""
    office = Office(district, place, district.path / f"新电脑 {len(district.offices)}")
    district.offices.append(office)
    office.enrol()
    return office


def held(store: Store) -> list[tuple[object, ...]]:
    """Everything agreed, down to addresses and times."""
    with store._database.reading() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql(DURABLE)]
    return [(*row[:3], json.loads(row[3]), *row[4:]) for row in rows]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dispute a page, always divided anew, in pieces of a few hundred bytes: so that much can happen in between."""
    monkeypatch.setattr(stock, "DISPUTES", 1)
    monkeypatch.setattr(stock, "STALE_LEAST", 0)
    monkeypatch.setattr(stock, "STALE_SHARE", 0.0)
    monkeypatch.setattr(limits, "ROOM_LEAST", 300)


@pytest.fixture
def busy(district: District, village: Office, township: Office) -> District:
    """Disputes of two villages, changed, clashing, moved and behind closed doors."""
    neighbour = district.office(NEIGHBOUR)
    first, second = (registered(village.sit(), f"王{n}", "李建军") for n in "有福")
    third = registered(neighbour.sit(), "张有财", "刘桂兰", place_code=NEIGHBOUR)
    fourth = registered(village.sit(), "赵大庆", "孙立本")
    district.come_to_rest()
    progress.change(village.sit(), first, {"summary": "村里写的经过。"})
    progress.change(township.sit(), first, {"summary": "镇上写的经过。"})
    progress.change(township.sit(), third, {"place_code": VILLAGE})
    progress.change(village.sit(), second, {"closed_session": True})
    progress.change(village.sit(), fourth, {"resp_person": "马秀兰"})
    district.come_to_rest()
    return district


@pytest.mark.parametrize("place", [VILLAGE, TOWN, DISTRICT])
def test_pages_and_feed_lead_to_the_very_same_state(busy: District, place: str) -> None:
    by_pages, by_feed = new_pc(busy, place), new_pc(busy, place)
    pages, feed = Line(by_pages), Line(by_feed, has_stock=False)
    assert round_of(by_pages, pages).agreed
    assert round_of(by_feed, feed).agreed
    assert "/compare" not in pages.asked, "nothing had to be mended"
    busy.come_to_rest()
    assert held(by_pages.store) == held(by_feed.store)
    query = DisputeQuery(tab="all")
    shown = [{r.id: r for r in o.store.disputes(query).rows} for o in (by_pages, by_feed)]
    assert shown[0] == shown[1]
    assert {c.no for c in by_pages.store.clashes()} == {c.no for c in by_feed.store.clashes()}
    assert by_pages.store.search("建军").disputes


def test_the_clash_that_is_open_is_seen_at_once_with_both_its_sides(busy: District) -> None:
    office = new_pc(busy, TOWN)
    assert round_of(office, Line(office)).agreed
    (clash,) = office.store.clashes()
    assert {clash.agreed.values["summary"], clash.aside.values["summary"]} == {"村里写的经过。", "镇上写的经过。"}
    assert clash.agreed.by
    assert clash.aside.by


def test_a_line_that_breaks_at_every_request_still_gets_everything_and_nothing_twice(busy: District) -> None:
    office, whole = new_pc(busy, TOWN), new_pc(busy, TOWN)
    line, count = Line(office), 0
    for _ in range(300):
        line.breaks_after, count = 2, count + 1
        try:
            done = round_of(office, line)
        except Unreachable:
            continue
        if done.agreed:
            break
    assert done.agreed
    assert count > 5
    unbroken = Line(whole)
    assert round_of(whole, unbroken).agreed
    asked = [path for path in unbroken.asked if path == "/stock"]
    assert line.asked.count("/stock") <= 2 * len(asked) + 5, "what had arrived was not asked for again"
    busy.come_to_rest()
    assert held(office.store) == held(whole.store)


def test_work_done_before_the_pages_are_in_goes_out_first_and_stays(busy: District) -> None:
    office = new_pc(busy, TOWN)
    line = Line(office, breaks_after=9)
    with pytest.raises(Unreachable):
        round_of(office, line)
    assert office.store.replica.standing().is_stocking
    own = registered(office.sit(), "何永", "郭万")
    known = [row.id for row in office.store.disputes(DisputeQuery(tab="all")).rows if row.id != own]
    for dispute in known:
        progress.change(office.sit(), dispute, {"resp_person": "何永"})
    line.breaks_after, line.asked = 10**9, []
    done = round_of(office, line)
    assert done.agreed
    assert done.refused == done.clashes == 0
    assert line.asked.index("/exchange") < len(line.asked) - 1 - line.asked[::-1].index("/stock")
    busy.come_to_rest()
    assert office.dispute(own)["place_code"] == VILLAGE
    assert all(office.dispute(dispute)["resp_person"] == "何永" for dispute in known)


def test_what_others_do_while_the_pages_come_in_is_there_in_the_end(busy: District, village: Office) -> None:
    office = new_pc(busy, TOWN)
    line = Line(office)
    for number in range(400):
        line.breaks_after = 1
        with pytest.raises(Unreachable):
            round_of(office, line)
        if not office.store.replica.standing().is_stocking:
            break
        if number % 8 == 0:
            registered(village.sit(), f"新{number}", "李建军")
            some = village.store.disputes(DisputeQuery(tab="all")).rows[number // 8 % 4]
            progress.change(village.sit(), some.id, {"resp_person": f"第{number}"})
            village.exchange()
    line.breaks_after = 10**9
    assert round_of(office, line).agreed
    busy.come_to_rest()


def test_what_leaves_while_the_pages_come_in_does_not_stay(busy: District, township: Office) -> None:
    office = new_pc(busy, NEIGHBOUR)
    assert office.exchange().state == "agreed"
    mine = registered(office.sit(), "冯秀", "董兰", place_code=NEIGHBOUR)
    busy.come_to_rest()
    late = new_pc(busy, NEIGHBOUR)
    line = Line(late, breaks_after=6)
    with pytest.raises(Unreachable):
        round_of(late, line)
    progress.change(township.sit(), mine, {"place_code": VILLAGE})
    township.exchange()
    line.breaks_after = 10**9
    assert round_of(late, line).agreed
    assert late.store.record("dispute", mine) is None
    busy.come_to_rest()


def test_a_hub_restored_in_the_middle_gives_its_own_pages(busy: District) -> None:
    office = new_pc(busy, TOWN)
    copy = busy.back_up()
    line = Line(office, breaks_after=12)
    with pytest.raises(Unreachable):
        round_of(office, line)
    assert office.store.replica.standing().is_stocking
    busy.restore(copy)
    line.breaks_after = 10**9
    assert round_of(office, line).agreed
    busy.come_to_rest()


def test_the_hub_starts_again_between_two_pieces_of_a_page(busy: District) -> None:
    office = new_pc(busy, TOWN)
    line = Line(office)
    while office.store.replica.stocking() is not None:
        line.breaks_after = 1
        with pytest.raises(Unreachable):
            round_of(office, line)
        busy.hub.close()
        busy.hub = busy.open_hub()
    line.breaks_after = 10**9
    assert round_of(office, line).agreed
    busy.come_to_rest()


def test_an_older_hub_is_asked_for_its_feed(busy: District) -> None:
    office = new_pc(busy, TOWN)
    line = Line(office, has_stock=False)
    assert round_of(office, line).agreed
    assert line.asked.count("/stock") == 1
    round_of(office, line)
    assert line.asked.count("/stock") == 1


def test_history_comes_when_somebody_looks_for_it(busy: District) -> None:
    office = new_pc(busy, TOWN)
    line = Line(office)
    assert round_of(office, line).agreed
    desk = office.sit()
    chosen = next(row.id for row in office.store.disputes(DisputeQuery(tab="all")).rows if "赵大庆" in row.title)
    assert change_log.change_log(desk, chosen) == ()
    assert change_log.ask_history(desk, chosen)
    assert round_of(office, line).agreed
    assert line.asked.count("/compare") == 1
    assert not change_log.ask_history(desk, chosen)
    assert [one.verb for one in change_log.change_log(desk, chosen) if one.subject == "纠纷"] == ["改", "登记"]
    assert round_of(office, line).agreed
    assert line.asked.count("/compare") == 1, "asked for once"
    busy.come_to_rest()


def test_a_clash_over_a_record_without_history_brings_its_history(busy: District, village: Office) -> None:
    office = new_pc(busy, TOWN)
    line = Line(office)
    assert round_of(office, line).agreed
    chosen = next(row.id for row in office.store.disputes(DisputeQuery(tab="all")).rows if "赵大庆" in row.title)
    progress.change(village.sit(), chosen, {"resp_person": "村里定的"})
    progress.change(office.sit(), chosen, {"resp_person": "镇上定的"})
    village.exchange()
    assert round_of(office, line).clashes == 1
    clash = next(c for c in office.store.clashes() if c.record == chosen)
    assert clash.base["resp_person"] == "马秀兰"
    assert len(office.store.history([chosen])) == 4
    busy.come_to_rest()


def test_the_search_shows_the_newest_first_as_after_the_feed(district: District, village: Office) -> None:
    dated = [registered(village.sit(), f"王{n}", "李建军") for n in "一二三四五"]
    district.come_to_rest()
    office = new_pc(district, TOWN)
    assert round_of(office, Line(office)).agreed
    later = registered(office.sit(), "王六", "李建军")
    assert [row.id for row in office.store.search("李建军").disputes] == [later, *reversed(dated)]
