"""A desk and its hub come to hold the same, whatever is sent twice."""

from __future__ import annotations

from tests.server.conftest import DISTRICT, NEIGHBOUR, TOWN, VILLAGE, District


def test_a_dispute_reaches_the_township_and_the_district_and_nobody_else(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    others = [district.desk(place) for place in (TOWN, DISTRICT, NEIGHBOUR)]
    dispute = district.new_id()
    village.change("dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    answer = village.round()
    assert [v.refused or v.no for v in answer.verdicts] == [answer.entries[-1].no]
    assert village.proof() == answer.proof
    town, centre, neighbour = others
    for desk in others:
        last = desk.round()
        assert desk.proof() == last.proof
    assert town.holds(dispute) == centre.holds(dispute) == village.holds(dispute) != {}
    assert neighbour.holds(dispute) == {}
