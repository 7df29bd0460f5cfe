"""The hub lends each writer of a committee's desks its own block of dossier numbers, on either engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest

from sync.records import numbering
from sync.server import lending
from sync.server.charter import BLOCK, BLOCKS_A_DAY
from sync.server.hub import Hub
from sync.server.reports import standing
from sync.server.turn import day_of
from tests.server.conftest import DISTRICT, MONDAY, TOWN, VILLAGE, District
from tests.server.desk import Desk

DAY = 24 * 3600 * 1000
YEAR = 2026


@pytest.fixture
def org(district: District) -> str:
    """花所村's committee."""
    return committee(district, VILLAGE, "花所")


def committee(district: District, place: str, short_name: str) -> str:
    fields: Any = {
        "full_name": f"{short_name}人民调解委员会", "short_name": short_name, "kind": "村", "place_code": place,
        "term_from": "2025-01-01", "status": "在用",
    }  # fmt: skip
    return district.hub.add("mediation_org", fields)


def leases(hub: Hub) -> list[dict[str, Any]]:
    with hub.reading() as connection:
        found = [dict(stand.fields) for stand in standing(connection, "number_lease")]
    return sorted(found, key=lambda lease: (lease["year"], lease["first"]))


def spans(hub: Hub) -> list[tuple[int, int, int]]:
    return [(lease["year"], lease["first"], lease["last"]) for lease in leases(hub)]


def use(district: District, desk: Desk, by: str, org: str, *numbers: int, short_name: str = "花所") -> list[str]:
    """Disputes that bear these numbers, sent in one round."""
    made = [district.new_id() for _ in numbers]
    for dispute, number in zip(made, numbers, strict=True):
        text = numbering.text_of(YEAR, short_name, number)
        desk.change("dispute", dispute, district.dispute(by, VILLAGE, org_id=org, dossier_no=text), by)
    desk.round()
    return made


def test_a_desk_gets_its_block_with_its_first_answer_and_no_second_one_however_often_it_asks(
    district: District, org: str
) -> None:
    desk, _ = district.clerk(VILLAGE)
    for _ in range(4):
        desk.round()
    (lease,) = leases(district.hub)
    assert (lease["org_id"], lease["writer"], lease["first"], lease["last"]) == (org, desk.writer, 1, BLOCK)
    assert [e for entries in desk.entries.values() for e in entries.values() if e.type == "number_lease"]


def test_more_is_lent_when_fewer_than_ten_are_left_and_refused_numbers_count_as_used(
    district: District, org: str
) -> None:
    desk, by = district.clerk(VILLAGE)
    desk.round()
    use(district, desk, by, org, *range(1, 11))
    assert len(spans(district.hub)) == 1
    use(district, desk, "nobody", org, 11)
    assert spans(district.hub) == [(YEAR, 1, 20), (YEAR, 21, 40)]


def test_each_writer_has_its_own_block_and_other_places_have_none(district: District, org: str) -> None:
    village, other, town = (district.desk(place) for place in (VILLAGE, VILLAGE, TOWN))
    for desk in (village, other, town):
        desk.round()
    village.begin("fresh")
    village.round()
    assert [lease["writer"] for lease in leases(district.hub)][-1] == "fresh"
    assert spans(district.hub) == [(YEAR, 1, 20), (YEAR, 21, 40), (YEAR, 41, 60)]
    assert {lease["org_id"] for lease in leases(district.hub)} == {org}


def test_a_desk_that_becomes_another_writer_every_time_gets_no_more_than_the_days_most(
    district: District, org: str
) -> None:
    desk = district.desk(VILLAGE)
    for n in range(BLOCKS_A_DAY + 3):
        desk.begin(f"writer{n}")
        desk.round()
    assert len(leases(district.hub)) == BLOCKS_A_DAY
    district.now_ms += DAY
    desk.round()
    assert len(leases(district.hub)) == BLOCKS_A_DAY + 1


@pytest.mark.parametrize("district", ["postgresql"], indirect=True)
def test_two_workers_that_answer_many_desks_at_once_lend_nothing_twice(district: District, org: str) -> None:
    desks = [district.desk(VILLAGE) for _ in range(5)]
    worker = Hub.open(district.url, clock_ms=district.clock_ms, random_bytes=district.random.randbytes)
    for desk, hub in zip(desks, [district.hub, worker] * 3, strict=False):
        desk.post = hub.handle
    with ThreadPoolExecutor(5) as pool:
        for _ in range(3):
            list(pool.map(lambda desk: desk.round(), desks))
    worker.close()
    found = spans(district.hub)
    assert len(found) == len(desks)
    assert all(before[2] < after[1] for before, after in pairwise(found))


def test_the_coming_year_is_lent_from_december_on(district: District, org: str) -> None:
    desk = district.desk(VILLAGE)
    district.now_ms = MONDAY + 64 * DAY
    assert day_of(district.now_ms) == "2026-11-24"
    desk.round()
    district.now_ms += 7 * DAY
    desk.round()
    assert spans(district.hub) == [(2026, 1, 20), (2027, 1, 20)]


def test_blocks_begin_above_what_people_wrote_by_hand_but_not_above_a_slip_of_the_pen(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    org = district.new_id()
    use(district, desk, by, org, 37, 999_999)
    district.hub.add("mediation_org", {
        "full_name": "花所村人民调解委员会", "short_name": "花所", "kind": "村", "place_code": VILLAGE,
        "term_from": "2025-01-01", "status": "在用",
    }, org)  # fmt: skip
    desk.round()
    assert spans(district.hub) == [(YEAR, 38, 57)]


def test_numbers_older_than_the_table_of_numbers_are_seen_too(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    use(district, desk, by, district.new_id(), 12)
    committee(district, VILLAGE, "花所")
    desk.round()
    assert spans(district.hub) == [(YEAR, 13, 32)], "by its short name, though no committee was said"


def test_a_committee_that_was_dissolved_is_lent_nothing(district: District, org: str) -> None:
    district.hub.change("mediation_org", org, {"status": "已撤销"})
    district.desk(VILLAGE).round()
    assert leases(district.hub) == []


def test_after_a_restore_numbers_that_may_have_been_lent_since_are_passed_over(district: District, org: str) -> None:
    desk = district.desk(VILLAGE)
    desk.round()
    district.now_ms += 2 * DAY
    district.hub.new_epoch()
    desk.begin("after")
    desk.round()
    most = 2 * BLOCK * BLOCKS_A_DAY * 4
    assert spans(district.hub) == [(YEAR, 1, 20), (YEAR, 21 + most, 40 + most)]
    desk.begin("later")
    desk.round()
    assert spans(district.hub)[-1] == (YEAR, 41 + most, 60 + most), "only once"


def test_an_older_desk_cannot_write_another_number_over_a_drawn_one(district: District, org: str) -> None:
    desk, by = district.clerk(VILLAGE)
    desk.round()
    (dispute,) = use(district, desk, by, org, 1)
    other = numbering.text_of(YEAR, "花所", 2)
    desk.change("dispute", dispute, {"dossier_no": other, "risk": "高"}, by)
    (verdict,) = desk.round().verdicts
    assert (verdict.refused, verdict.aside) == ("", ["dossier_no"])
    assert desk.holds(dispute)["dossier_no"] == numbering.text_of(YEAR, "花所", 1)
    assert desk.holds(dispute)["risk"] == "高"
    desk.change("dispute", dispute, {"dossier_no": None}, by)
    assert desk.round().verdicts[0].aside == ["dossier_no"]
    third = numbering.text_of(YEAR, "花所", 3)
    desk.change("dispute", dispute, {"dossier_no": third}, by, settles=[verdict.no])
    assert desk.round().verdicts[0].refused == "written_once"
    desk.change("dispute", dispute, {"dossier_no": other}, by, settles=[verdict.no])
    assert desk.round().verdicts[0].aside == []
    assert desk.holds(dispute)["dossier_no"] == other


def test_what_was_written_by_hand_in_another_form_may_be_corrected(district: District, org: str) -> None:
    desk, by = district.clerk(VILLAGE)
    dispute = district.new_id()
    desk.change("dispute", dispute, district.dispute(by, VILLAGE, dossier_no="2020-71"), by)
    desk.round()
    desk.change("dispute", dispute, {"dossier_no": "2020-17"}, by)
    desk.round()
    assert desk.holds(dispute)["dossier_no"] == "2020-17"


def test_a_number_borne_by_two_disputes_is_reported(district: District, org: str) -> None:
    desk, by = district.clerk(VILLAGE)
    made = use(district, desk, by, org, 5, 5)
    with district.hub.reading() as connection:
        (gap,) = [gap for gap in lending.gaps(connection, org, YEAR, "2026-12-01") if gap.why == "double"]
    assert (gap.first, set(gap.records)) == (5, set(made))


def test_lending_costs_nothing_where_no_committee_is(district: District) -> None:
    before = len(district.hub.journal())
    district_desk = district.desk(DISTRICT)
    district_desk.round()
    assert len(district.hub.journal()) == before + 1, "the device alone"
