"""A record goes where it belongs, leaves where it no longer does, and comes back whole."""

from __future__ import annotations

from typing import Any

from tests.server.conftest import DISTRICT, NEIGHBOUR, OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, District
from tests.server.desk import Desk


def registered(district: District, desk: Desk, by: str, place: str, **given: Any) -> tuple[str, str]:
    """A dispute with one party, sent: ids of both."""
    dispute, party = district.new_id(), district.new_id()
    desk.change("dispute", dispute, district.dispute(by, place, **given), by)
    desk.change("party", party, district.child("party", dispute), by)
    assert not any(v.refused for v in desk.round().verdicts)
    return dispute, party


def mediator(district: District, place: str) -> tuple[str, str]:
    """A mediator of a committee and the account he works with."""
    account = district.account(place, "mediator")
    fields = {
        "org_id": "org", "place_code": place, "name": "王大庆", "sex": "1", "role": "委员",
        "phone": "13800000000", "account_id": account, "valid_from": "2026-01-01",
    }  # fmt: skip
    return district.hub.add("mediator", fields), account


def agree(*desks: Desk) -> None:
    """Every desk exchanges and holds exactly what the hub says it should."""
    for desk in desks:
        assert desk.round().proof == desk.proof(), desk.place


def test_places_and_people_reach_every_desk_and_mediators_the_line(district: District) -> None:
    person, _ = mediator(district, TOWN)
    desks = [district.desk(p) for p in (DISTRICT, TOWN, VILLAGE, OTHER_TOWN)]
    agree(*desks)
    assert all(desk.holds(VILLAGE)["name"] == "花所村委会" for desk in desks)
    assert [bool(desk.holds(person)) for desk in desks] == [True, True, True, False]


def test_a_moved_dispute_leaves_one_village_and_comes_whole_to_the_other(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    town, officer = district.clerk(TOWN, "township")
    neighbour, centre = district.desk(NEIGHBOUR), district.desk(DISTRICT)
    dispute, party = registered(district, village, clerk, VILLAGE)
    agree(town, neighbour, centre)
    town.change("dispute", dispute, {"place_code": NEIGHBOUR}, officer)
    agree(town, village, neighbour, centre)
    assert village.holds(dispute) == village.holds(party) == {}
    left = village.left[dispute]
    assert (left.reason, left.stub["place_code"]) == ("moved", NEIGHBOUR)
    assert neighbour.holds(dispute) == town.holds(dispute) == centre.holds(dispute)
    assert neighbour.holds(party) == town.holds(party) != {}
    assert dispute not in town.left


def test_what_was_moved_away_and_back_is_whole_again(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    town, officer = district.clerk(TOWN, "township")
    dispute, party = registered(district, village, clerk, VILLAGE)
    agree(town)
    town.change("dispute", dispute, {"place_code": NEIGHBOUR}, officer)
    agree(town)
    agree(village)
    town.change("dispute", dispute, {"title": "在邻村改的名字"}, officer)
    town.change("dispute", dispute, {"place_code": VILLAGE}, officer)
    agree(town, village)
    assert village.holds(dispute)["title"] == "在邻村改的名字"
    assert village.holds(party)
    assert dispute not in village.left


def test_a_desk_that_slept_through_a_move_and_back_never_loses_it(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    town, officer = district.clerk(TOWN, "township")
    dispute, _ = registered(district, village, clerk, VILLAGE)
    agree(town)
    for place in (NEIGHBOUR, VILLAGE, NEIGHBOUR, VILLAGE):
        town.change("dispute", dispute, {"place_code": place}, officer)
        town.round()
    answer = village.round()
    assert [e for e in answer.entries if e.kind == "leave"] == []
    assert village.proof() == answer.proof


def test_closed_sessions_stay_with_the_people_they_name(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    host, host_account = mediator(district, TOWN)
    town, centre, neighbour = (district.desk(p) for p in (TOWN, DISTRICT, NEIGHBOUR))
    given = {"closed_session": True, "host_mediator_id": host}
    dispute, party = registered(district, village, clerk, VILLAGE, **given)
    agree(village, town, centre, neighbour)
    assert village.holds(dispute) == town.holds(dispute) != {}
    assert town.holds(party)
    assert centre.holds(dispute) == centre.holds(party) == neighbour.holds(dispute) == {}
    stub = centre.left[dispute]
    assert (stub.reason, set(stub.stub)) == ("closed", {"place_code", "found_date", "status"})
    assert centre.compare("records", records=[dispute, party]).entries == []
    town.change("dispute", dispute, {"amount_cents": 5}, host_account)
    assert not town.round().verdicts[-1].refused


def test_nobody_outside_may_write_into_closed_sessions(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    town, officer = district.clerk(TOWN, "township")
    dispute, _ = registered(district, village, clerk, VILLAGE, closed_session=True)
    town.round()
    town.change("dispute", dispute, {"closed_session": False}, officer)
    town.change("party", district.new_id(), district.child("party", dispute), officer)
    assert [v.refused for v in town.round().verdicts] == ["out_of_scope", "out_of_scope"]


def test_who_is_named_in_a_closed_dispute_that_moved_may_decide_its_clashes_open_it_and_nothing_else(
    district: District,
) -> None:
    village, clerk = district.clerk(VILLAGE)
    town, officer = district.clerk(TOWN, "township")
    dispute, _ = registered(district, village, clerk, VILLAGE, amount_cents=100)
    town.round()
    village.change("dispute", dispute, {"amount_cents": 200}, clerk)
    town.change("dispute", dispute, {"amount_cents": 300}, officer)
    village.round()
    (verdict,) = town.round().verdicts
    village.change("dispute", dispute, {"closed_session": True}, clerk)
    village.round()
    district.hub.change("dispute", dispute, {"place_code": OTHER_VILLAGE})
    village.round()
    tries: tuple[dict[str, Any], ...] = (
        {"amount_cents": 400}, {"amount_cents": 300, "risk": "高"}, {"place_code": VILLAGE},
    )  # fmt: skip
    for fields in tries:
        village.change("dispute", dispute, fields, clerk, settles=[verdict.no])
    town.change("dispute", dispute, {"amount_cents": 300}, officer, settles=[verdict.no])
    assert [v.refused for v in village.round().verdicts] == ["out_of_scope"] * len(tries)
    assert [v.refused for v in town.round().verdicts] == ["out_of_scope"]
    village.change("dispute", dispute, {"amount_cents": 300}, clerk, settles=[verdict.no])
    assert [v.refused for v in village.round().verdicts] == [""]
    assert village.holds(dispute)["amount_cents"] == 300
    there = district.desk(OTHER_VILLAGE)
    there.round()
    assert not there.holds(dispute)
    village.change("dispute", dispute, {"closed_session": False}, clerk)
    agree(village, there)
    assert there.holds(dispute)["amount_cents"] == 300
    assert not village.holds(dispute)


def test_closing_takes_a_dispute_back_from_the_desks_above_and_opening_returns_it(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    town = district.desk(TOWN)
    dispute, party = registered(district, village, clerk, VILLAGE)
    agree(town)
    village.change("dispute", dispute, {"closed_session": True}, clerk)
    agree(village, town)
    assert town.holds(dispute) == town.holds(party) == {}
    assert town.left[dispute].reason == "closed"
    late = district.desk(TOWN)
    assert [e.kind for e in late.round().entries if e.record in (dispute, party)] == ["leave"]
    assert late.holds(dispute) == {}
    village.change("dispute", dispute, {"closed_session": False}, clerk)
    agree(village, town, late)
    assert town.holds(dispute) == late.holds(dispute) == village.holds(dispute) != {}
    assert town.holds(party)


def test_the_place_above_still_learns_where_a_closed_dispute_stands(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    town = district.desk(TOWN)
    dispute, _ = registered(district, village, clerk, VILLAGE, closed_session=True)
    agree(town)
    village.change("dispute", dispute, {"status": "20"}, clerk)
    agree(village, town)
    assert town.left[dispute].stub["status"] == "20"


def test_naming_and_unnaming_a_mediator_opens_and_shuts_the_door(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    host, account = mediator(district, OTHER_TOWN)
    other = district.desk(OTHER_TOWN)
    dispute, party = registered(district, village, clerk, VILLAGE, closed_session=True)
    agree(other)
    assert other.holds(dispute) == {}
    village.change("dispute", dispute, {"co_mediator_ids": [host]}, clerk)
    agree(village, other)
    assert other.holds(dispute) == village.holds(dispute)
    assert other.holds(party)
    village.change("dispute", dispute, {"co_mediator_ids": []}, clerk)
    agree(village, other)
    assert other.holds(dispute) == other.holds(party) == {}
    assert account


def test_closed_sessions_follow_a_person_to_a_new_post(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    host, account = mediator(district, TOWN)
    town, other = district.desk(TOWN), district.desk(OTHER_VILLAGE)
    given = {"closed_session": True, "host_mediator_id": host}
    dispute, party = registered(district, village, clerk, VILLAGE, **given)
    agree(town, other)
    assert town.holds(dispute)
    district.hub.change("account", account, {"place_code": OTHER_VILLAGE})
    agree(village, town, other)
    assert town.holds(dispute) == town.holds(party) == {}
    assert other.holds(dispute) == village.holds(dispute)
    replacement = district.account(TOWN, "mediator")
    district.hub.change("mediator", host, {"account_id": replacement})
    agree(village, town, other)
    assert town.holds(dispute) == village.holds(dispute)
    assert other.holds(dispute) == {}


def test_a_mediator_registered_after_the_dispute_that_names_him_may_read_it(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    other = district.desk(OTHER_TOWN)
    later, account = district.new_id(), district.account(OTHER_TOWN, "mediator")
    given = {"closed_session": True, "host_mediator_id": later}
    dispute, party = registered(district, village, clerk, VILLAGE, **given)
    agree(other)
    assert other.holds(dispute) == {}
    fields = {
        "org_id": "org", "place_code": OTHER_TOWN, "name": "王大庆", "sex": "1", "role": "委员",
        "phone": "13800000000", "account_id": account, "valid_from": "2026-01-01",
    }  # fmt: skip
    district.hub.add("mediator", fields, later)
    agree(village, other)
    assert other.holds(dispute) == village.holds(dispute)
    assert other.holds(party)


def test_a_desk_that_comes_later_sees_nothing_of_what_left_before(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    town, officer = district.clerk(TOWN, "township")
    dispute, _ = registered(district, village, clerk, VILLAGE)
    agree(town)
    town.change("dispute", dispute, {"place_code": NEIGHBOUR}, officer)
    town.round()
    late = district.desk(VILLAGE)
    answer = late.round()
    assert [e.kind for e in answer.entries if e.record == dispute] == ["leave"]
    assert late.proof() == answer.proof


def test_the_children_of_a_closed_dispute_that_moves_go_with_it(district: District) -> None:
    town, officer = district.clerk(TOWN, "township")
    neighbour = district.desk(NEIGHBOUR)
    dispute, party = registered(district, town, officer, VILLAGE, closed_session=True)
    town.change("dispute", dispute, {"place_code": NEIGHBOUR}, officer)
    town.change("dispute", dispute, {"closed_session": False}, officer)
    agree(town, neighbour)
    assert neighbour.holds(party) == town.holds(party) != {}
    assert set(neighbour.compare("census", address=NEIGHBOUR).census) >= {dispute, party}
