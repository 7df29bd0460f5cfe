"""Pages of current state: everything a place should hold and nothing else, whatever happened since they were made."""

from __future__ import annotations

import msgspec
import pytest

from sync.protocol import limits
from sync.protocol.packing import pack
from sync.protocol.stock import Stock, Stocked, unbind, unpress
from tests.server.conftest import DISTRICT, NEIGHBOUR, OTHER_VILLAGE, TOWN, VILLAGE, District
from tests.server.desk import Desk

Held = dict[str, dict[str, dict[str, object]]]


def ask(desk: Desk, *want: str, **more: object) -> tuple[Stocked, list[bytes]]:
    """The hub's answer to one request for pages."""
    desk.number += 1
    question = Stock(desk.writer, desk.number, more.pop("room", limits.PAGE), want=list(want), **more)
    status, reply = desk.call("/stock", question)
    assert status == 200, reply
    return unbind(reply)


def plan_of(desk: Desk) -> list[str]:
    return ask(desk)[0].plan


def given_out(desk: Desk) -> Held:
    """Everything the pages of this desk hold, by type and id; what comes as entries too."""
    found: Held = {}
    for name in plan_of(desk):
        answer, (body,) = ask(desk, name)
        assert answer.pieces[0].length == answer.pieces[0].size
        states, entries = unpress(body)
        for state in states:
            found.setdefault(state.type, {})[state.record] = dict(state.fields)
        for record in {entry.record for entry in entries}:
            desk.entries[record] = {entry.no: entry for entry in entries if entry.record == record}
            kind = next(entry.type for entry in entries if entry.record == record)
            found.setdefault(kind, {})[record] = desk.holds(record)
    return found


@pytest.fixture
def filled(district: District) -> District:
    """Disputes in two villages and a third elsewhere, some closed, one with closed doors, one with a clash."""
    for place in (VILLAGE, NEIGHBOUR, OTHER_VILLAGE):
        desk, clerk = district.clerk(place)
        for n in range(4):
            enter(district, desk, clerk, place, closed=n == 3)
        assert not [v for v in desk.round().verdicts if v.refused]
    return district


def enter(district: District, desk: Desk, clerk: str, place: str, *, closed: bool = False) -> str:
    dispute = district.new_id()
    desk.change("dispute", dispute, district.dispute(clerk, place, closed_session=closed), clerk)
    desk.change("party", district.new_id(), district.child("party", dispute, guardian_party_id=None), clerk)
    return dispute


def an_open_one(district: District) -> str:
    """A dispute of the village whose doors are open."""
    disputes = district.hub.standing_for(VILLAGE)["dispute"]
    return next(record for record, fields in disputes.items() if not fields["closed_session"])


@pytest.mark.parametrize("place", [VILLAGE, TOWN, DISTRICT])
def test_the_pages_of_a_place_hold_exactly_what_it_should_hold(filled: District, place: str) -> None:
    desk, _ = filled.clerk(place, "township")
    assert given_out(desk) == filled.hub.standing_for(place)


def test_open_matters_come_before_closed_ones_and_names_of_places_before_both(filled: District) -> None:
    desk, clerk = filled.clerk(VILLAGE)
    ended = {"status": "70", "end_reason": "12", "end_date": "2026-09-01", "resolve_way": "01", "resolve_level": "村"}
    desk.round()
    disputes = [record for record, told in desk.entries.items() if next(iter(told.values())).type == "dispute"]
    desk.change("dispute", disputes[0], ended, clerk)
    assert not desk.round().verdicts[0].refused
    ranks = [name.rpartition("/")[2][0] for name in plan_of(filled.desk(VILLAGE))]
    assert ranks == sorted(ranks)
    assert set(ranks) == {"0", "1", "2"}


def test_what_moved_away_after_a_page_was_made_is_not_given_out(filled: District) -> None:
    neighbour, _ = filled.clerk(NEIGHBOUR)
    before = given_out(neighbour)
    township, clerk = filled.clerk(TOWN, "township")
    township.round()
    moved = next(record for record, fields in before["dispute"].items() if not fields["closed_session"])
    township.change("dispute", moved, {"place_code": VILLAGE}, clerk)
    assert not township.round().verdicts[0].refused
    now = given_out(neighbour)
    assert moved not in now["dispute"]
    assert not [party for party in now.get("party", {}).values() if party["dispute_id"] == moved]
    assert now["dispute"] == filled.hub.standing_for(NEIGHBOUR)["dispute"]


def test_a_page_made_before_the_doors_were_closed_is_made_anew(filled: District) -> None:
    township, _ = filled.clerk(TOWN, "township")
    given_out(township)
    village, clerk = filled.clerk(VILLAGE)
    village.round()
    chosen = an_open_one(filled)
    village.change("dispute", chosen, {"closed_session": True}, clerk)
    assert not village.round().verdicts[0].refused
    assert chosen not in given_out(township)["dispute"]
    assert chosen in given_out(filled.desk(VILLAGE))["dispute"]


def test_what_clashed_comes_with_all_that_was_said_of_it(filled: District) -> None:
    one, clerk = filled.clerk(VILLAGE)
    other, their_clerk = filled.clerk(TOWN, "township")
    one.round()
    other.round()
    chosen = an_open_one(filled)
    one.change("dispute", chosen, {"summary": "村里说的"}, clerk)
    other.change("dispute", chosen, {"summary": "镇上说的"}, their_clerk)
    one.round()
    assert other.round().verdicts[0].aside == ["summary"]
    fresh = filled.desk(DISTRICT)
    entries = [e for name in plan_of(fresh) for body in ask(fresh, name)[1] for e in unpress(body)[1]]
    told = [entry for entry in entries if entry.record == chosen]
    assert [entry.aside for entry in told][-1] == ["summary"]
    assert len(told) == 3
    assert given_out(fresh) == filled.hub.standing_for(DISTRICT)


def test_pages_of_another_place_are_gone_to_whoever_names_them(filled: District) -> None:
    theirs = plan_of(filled.desk(OTHER_VILLAGE))
    of_the_district = plan_of(filled.desk(DISTRICT))
    desk = filled.desk(VILLAGE)
    own = set(plan_of(desk))
    for name in {*theirs, *of_the_district} - own:
        answer, bodies = ask(desk, name)
        assert answer.gone == [name]
        assert bodies == []
    assert any("620802108" in name for name in {*theirs, *of_the_district} - own)


@pytest.mark.parametrize("name", ["", "x" * 5000, "'; DROP TABLE stock; --", "*", "../../hub.db", "页\x00", "6/1/0"])
def test_a_made_up_name_gives_nothing(filled: District, name: str) -> None:
    answer, bodies = ask(filled.desk(VILLAGE), name)
    assert bodies == []
    assert answer.gone in ([], [name])


def test_a_page_comes_in_pieces_as_small_as_the_line_wants(filled: District) -> None:
    desk = filled.desk(DISTRICT)
    name = plan_of(desk)[0]
    (whole,) = ask(desk, name)[1]
    got, check = b"", 0
    while len(got) < len(whole):
        answer, (body,) = ask(desk, name, room=1, offset=len(got), check=check)
        assert answer.pieces[0].offset == len(got)
        assert len(body) <= limits.ROOM_LEAST
        got, check = got + body, answer.pieces[0].check
    assert got == whole


@pytest.mark.parametrize("offset", [-1, 10**18])
def test_an_offset_outside_the_page_begins_it_anew(filled: District, offset: int) -> None:
    desk = filled.desk(VILLAGE)
    name = plan_of(desk)[0]
    check = ask(desk, name)[0].pieces[0].check
    answer, _ = ask(desk, name, offset=offset, check=check)
    assert answer.pieces[0].offset == 0


def test_a_page_that_was_made_anew_between_two_pieces_begins_anew(filled: District) -> None:
    desk = filled.desk(VILLAGE)
    name = plan_of(desk)[0]
    answer, _ = ask(desk, name, room=1)
    answer, _ = ask(desk, name, room=1, offset=10, check=answer.pieces[0].check ^ 1)
    assert answer.pieces[0].offset == 0


def test_who_may_not_exchange_gets_no_pages(filled: District) -> None:
    desk = filled.desk(VILLAGE)
    desk.number += 1
    question = Stock(desk.writer, desk.number, limits.PAGE)
    assert unbind(desk.call("/stock", question)[1])[0].plan
    assert unbind(desk.call("/stock", question)[1])[0].halt == "replayed"
    assert ask(desk, epoch="another")[0].halt == "epoch"
    filled.hub.revoke(desk.identity.device, "丢了")
    answer, bodies = ask(desk)
    assert (answer.halt, answer.plan, bodies) == ("revoked", [], [])
    stranger = pack(Stock("w", 1, 1))
    assert filled.hub.handle("/stock", stranger, {})[0] == 400
    assert desk.post_raw("/stock", msgspec.json.encode(question))[0] in (200, 400)


def test_a_part_is_divided_anew_when_catching_up_would_cost_more(filled: District) -> None:
    desk, clerk = filled.clerk(VILLAGE)
    before = set(plan_of(desk))
    desk.round()
    for _ in range(110):
        enter(filled, desk, clerk, VILLAGE)
    assert not [v for v in desk.round().verdicts if v.refused]
    after = set(plan_of(desk))
    assert before != after
    lost = min(before - after)
    assert ask(desk, lost)[0].gone == [lost]
    assert given_out(desk) == filled.hub.standing_for(VILLAGE)


def test_pages_made_beforehand_are_only_given_out(filled: District) -> None:
    assert filled.hub.prepare_stock() > 0
    assert filled.hub.prepare_stock() == 0
    desk = filled.desk(DISTRICT)
    assert given_out(desk) == filled.hub.standing_for(DISTRICT)
