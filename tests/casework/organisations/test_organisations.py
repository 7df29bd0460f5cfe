"""Committees and mediators: listed, kept by those who may, and looked at with the law beside them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.casework.desk import Desk
from desktop.casework.errors import Gone, NotAllowed, NotYet
from desktop.casework.organisations import keeping, roster
from desktop.casework.organisations.checks import doubts, term_end
from desktop.store import Edit
from tests.casework.conftest import COMMITTEE, HOST, NEIGHBOUR, TOWN, VILLAGE, VILLAGER, Office, registered

TODAY = date(2026, 11, 23)
ORG = {"kind": "村", "status": "在用", "term_from": "2025-01-01", "term_to": "2027-12-31", "filed_on": "2025-02-01"}
VILLAGE_ORG = {"full_name": "花所村人民调解委员会", "short_name": "花所村", "kind": "村", "place_code": VILLAGE,
               "term_from": "2026-01-01"}  # fmt: skip
PERSON = {"name": "杨立本", "sex": "1", "role": "主任", "phone": "13809350009"}


def member(**more: Any) -> dict[str, Any]:
    return {"sex": "1", "ethnic": "01", "role": "委员", "valid_from": "2025-01-01", **more}


GOOD = [member(role="主任"), member(sex="2"), member(ethnic="03")]


def found(org: dict[str, Any] = ORG, people: list[dict[str, Any]] = GOOD, *, mixed: bool = True) -> list[str]:
    return [doubt.field for doubt in doubts(org, people, {"multi_ethnic": mixed}, TODAY)]


def test_a_committee_as_the_law_wants_it_has_nothing_to_look_at() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("org", "people", "field"),
    [
        (ORG, [*GOOD[:2], member(role="聘任", ethnic="03")], "members"),
        (ORG, GOOD + [member()] * 7, "members"),
        (ORG, [member(role="主任"), member(), member(ethnic="03")], "sex"),
        (ORG, [member(role="主任"), member(sex="2"), member(ethnic=None)], "ethnic"),
        (ORG, [member(role="副主任"), member(sex="2"), member(ethnic="03")], "role"),
        (ORG, [member(role="主任"), member(role="主任", sex="2"), member(ethnic="03")], "role"),
        ({**ORG, "term_to": "2028-06-30"}, GOOD, "term_to"),
        ({**ORG, "term_to": "2026-10-31"}, GOOD, "term_to"),
        ({**ORG, "term_to": "2026-12-31"}, GOOD, "term_to"),
        ({**ORG, "term_from": "2023-11-22", "term_to": None}, GOOD, "term_to"),
        ({**ORG, "filed_on": None}, GOOD, "filed_on"),
    ],
)
def test_each_thing_that_is_not_as_the_law_wants_is_said(org: Any, people: Any, field: str) -> None:
    assert field in found(org, people)
    assert all(doubt.article for doubt in doubts(org, people, {"multi_ethnic": True}, TODAY))


def test_who_left_does_not_count_and_a_minority_is_asked_for_only_where_the_place_is_mixed() -> None:
    assert "members" in found(people=[*GOOD[:2], member(ethnic="03", valid_to="2026-11-22")])
    assert found(people=[member(role="主任"), member(sex="2"), member()], mixed=False) == []


def test_a_studio_and_a_dissolved_committee_are_not_counted() -> None:
    assert found({**ORG, "kind": "工作室"}, []) == []
    assert found({**ORG, "status": "已撤销"}, []) == []


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_term_is_three_years_to_the_day_on_leap_days_too(start: date) -> None:
    end = term_end({"term_from": start.isoformat()})
    assert end is not None
    assert 365 * 3 - 1 <= (end - start).days <= 365 * 3
    org = {**ORG, "term_from": start.isoformat(), "term_to": end.isoformat()}
    assert not any("超过" in d.sentence for d in doubts(org, GOOD, {}, start))


def test_the_township_sets_up_a_committee_and_fills_it(desk: Desk) -> None:
    org = keeping.add_org(desk, VILLAGE_ORG)
    first = keeping.add_mediator(desk, org, {**PERSON, "specialities": ["土地"]})
    keeping.add_mediator(desk, org, {**PERSON, "name": "李玉梅", "sex": "2", "role": "委员"})
    keeping.add_training(desk, first, on=date(2026, 6, 1), subject="民法典相邻关系", hours="8")
    page = roster.org_page(desk, org)
    assert [(m.name, m.role) for m in page.mediators] == [("杨立本", "主任"), ("李玉梅", "委员")]
    assert all(m.is_in_office for m in page.mediators)
    assert page.mediators[0].trainings[0].subject == "民法典相邻关系"
    assert [doubt.field for doubt in page.doubts] == ["members", "filed_on"]
    assert page.term_to == date(2028, 12, 31)
    keeping.change_org(desk, org, {"filed_on": "2026-02-01"})
    assert [doubt.field for doubt in roster.org_page(desk, org).doubts] == ["members"]
    assert [(row.name, row.members) for row in roster.orgs(desk)] == [
        ("花所村人民调解委员会", 2), ("花所镇人民调解委员会", 2),
    ]  # fmt: skip


def test_a_village_reads_and_does_not_write(office: Office) -> None:
    village = office.sit(VILLAGER, place=VILLAGE)
    assert not roster.org_page(village, COMMITTEE).may_write
    for act in (
        lambda: keeping.add_org(village, VILLAGE_ORG),
        lambda: keeping.add_mediator(village, COMMITTEE, PERSON),
        lambda: keeping.change_mediator(village, HOST, {"full_time": True}),
        lambda: keeping.dissolve(village, COMMITTEE, TODAY),
        lambda: keeping.strike_out(village, "mediator", HOST, "录错"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert [row.id for row in roster.orgs(village)] == [COMMITTEE]


def test_nobody_keeps_the_committees_of_another_place(office: Office) -> None:
    with pytest.raises(NotAllowed):
        keeping.add_org(office.sit(), {**VILLAGE_ORG, "place_code": "620802106200"})
    org = keeping.add_org(office.sit(), VILLAGE_ORG)
    with pytest.raises(NotAllowed):
        keeping.change_org(office.sit(), org, {"place_code": "620802106200"})


def test_office_ends_and_those_who_left_lead_nothing_new(desk: Desk) -> None:
    registered(desk)
    assert roster.open_disputes(desk, HOST) == 1
    with pytest.raises(NotYet):
        keeping.end_office(desk, HOST, date(2024, 12, 31))
    keeping.end_office(desk, HOST, date(2026, 11, 22))
    assert [m.is_in_office for m in roster.org_page(desk, COMMITTEE).mediators] == [True, False]
    assert HOST not in {m["id"] for m in desk.directory.mediators("2026-11-23")}


def test_a_committee_that_is_dissolved_takes_its_people_out_of_office(desk: Desk) -> None:
    keeping.dissolve(desk, COMMITTEE, TODAY)
    assert desk.directory.orgs_for(TOWN) == []
    assert {m.until for m in roster.org_page(desk, COMMITTEE).mediators} == {TODAY}


def test_what_is_missing_or_wrong_is_said_and_nothing_is_written(desk: Desk) -> None:
    with pytest.raises(NotYet) as told:
        keeping.add_org(desk, {"full_name": "花所村调委会"})
    assert {lack.target for lack in told.value.lacks} == {"short_name", "kind", "term_from"}
    with pytest.raises(NotYet):
        keeping.add_mediator(desk, COMMITTEE, {"name": "杨立本"})
    with pytest.raises(NotYet):
        keeping.strike_out(desk, "mediation_org", COMMITTEE, " ")
    with pytest.raises(Gone):
        keeping.change_org(desk, "018f0000-0000-7000-8000-000000000000", {})
    with pytest.raises(Gone):
        roster.org_page(desk, "018f0000-0000-7000-8000-000000000000")


def test_a_studio_stands_in_the_list_and_days_of_training_an_older_desk_wrote_are_kept(desk: Desk) -> None:
    studio = keeping.add_org(desk, {**VILLAGE_ORG, "full_name": "老街坊调解工作室", "kind": "工作室",
                                    "host_unit": "花所镇人民调解委员会", "place_code": NEIGHBOUR})  # fmt: skip
    someone = keeping.add_mediator(desk, studio, {**PERSON, "role": "聘任"})
    desk.save([Edit("mediator", someone, {"trained_on": ["2024-05-06"]})])
    keeping.add_training(desk, someone, on=date(2025, 5, 6), subject="反家暴")
    page = roster.org_page(desk, studio)
    assert page.doubts == ()
    assert [t.day for t in page.mediators[0].trainings] == [date(2025, 5, 6), date(2024, 5, 6)]
    keeping.strike_out(desk, "mediator", someone, "录错了人")
    assert roster.org_page(desk, studio).mediators == ()
