"""The list of disputes, and the search that is also the command bar."""

from datetime import date

from desktop.casework.desk import Desk
from desktop.casework.disputes import lists, progress, search
from desktop.casework.disputes.lists import ListFilter
from tests.casework.conftest import COLLEAGUE, HELPER, NEIGHBOUR, VILLAGE, VILLAGER, Office, registered


def titles(desk: Desk, **chosen: object) -> list[str]:
    return [row.title for row in lists.rows(desk, ListFilter(**chosen)).rows]


def test_a_row_says_status_village_type_amount_deadline_and_who(desk: Desk) -> None:
    registered(desk, amount_cents=360_000)
    (row,) = lists.rows(desk, ListFilter()).rows
    assert (row.status_name, row.village, row.type_name, row.amount_cents) == (
        "调解中",
        "花所村",
        "宅基地使用",
        360_000,
    )
    assert (row.due, row.due_kind, row.handler, row.fresh) == (date(2026, 12, 23), "mediation", "马秀兰", True)


def test_tabs_and_filters_narrow_the_list_and_the_counts(office: Office, desk: Desk) -> None:
    registered(desk)
    moved = registered(desk, names=("何秀英", "何建国"), place_code=NEIGHBOUR, zz_type="0102")
    progress.take_step(desk, moved, target="50", fields={"resp_unit": "区民政局"})
    assert titles(desk) == ["王有福与李建军宅基地排水纠纷"]
    (row,) = lists.rows(desk, ListFilter(tab="moved")).rows
    assert (row.due, row.due_words) == (None, "等区民政局")
    assert titles(desk, tab="all", places=(NEIGHBOUR,)) == titles(desk, tab="all", types=("0102",))
    assert lists.counts(desk, ListFilter(tab="all")) == {"open": 1, "moved": 1, "closed": 0, "all": 2}
    assert titles(office.sit(VILLAGER), mine=True) == []
    assert len(titles(desk, mine=True)) == 1


def test_rows_come_page_by_page(desk: Desk) -> None:
    for _ in range(5):
        registered(desk, accept=False)
    first = lists.rows(desk, ListFilter(), limit=3)
    rest = lists.rows(desk, ListFilter(), after=first.after, limit=3)
    assert (len(first.rows), len(rest.rows), rest.after) == (3, 2, "")
    assert not {row.id for row in first.rows} & {row.id for row in rest.rows}


def test_the_line_below_says_order_lateness_and_what_falls_due_soon(office: Office, desk: Desk) -> None:
    registered(desk)
    registered(desk, accept=False)
    office.wait(days=4)
    chosen = ListFilter()
    foot = lists.footer(desk, chosen, lists.counts(desk, chosen))
    assert (foot.sentence, foot.overdue, foot.soon) == ("在办 2 件，新动过的在前", 1, 0)
    office.wait(days=20)
    assert lists.footer(desk, chosen, lists.counts(desk, chosen)).soon == 1
    assert len(titles(desk, due="overdue")) == 1
    assert len(titles(desk, due="any")) == 2


def test_a_stranger_sees_of_a_closed_dispute_only_village_day_and_status(office: Office) -> None:
    registered(office.sit(), closed_session=True, amount_cents=100)
    (row,) = lists.rows(office.sit(COLLEAGUE), ListFilter()).rows
    assert row.sealed
    assert (row.title, row.village, row.status_name) == ("关起门谈的一件，只有经办人能看", "花所村", "调解中")
    assert (row.risk, row.type_name, row.amount_cents, row.handler, row.due) == ("", "", None, "", None)
    (own,) = lists.rows(office.sit(), ListFilter()).rows
    assert not own.sealed


def test_places_and_types_to_choose_from(desk: Desk) -> None:
    assert lists.places(desk) == ((VILLAGE, "花所村"), (NEIGHBOUR, "高寨村"))
    assert ("0902", "宅基地使用") in lists.types()


def test_search_finds_people_and_disputes_by_initials_and_marks_what_fits(desk: Desk) -> None:
    given = registered(desk)
    found = search.find(desk, "wyf")
    (person,), (dispute,) = found.people, found.disputes
    assert (person.title, person.second, person.matches) == ("王有福", "1 件纠纷，1 件在办", ((0, 3),))
    assert (dispute.title, dispute.target, dispute.matches) == ("王有福与李建军宅基地排水纠纷", given, ((0, 3),))
    assert found.acts[-1].title == "登记新纠纷，当事人填“wyf”"
    assert search.find(desk, "排水").disputes[0].matches == ((10, 12),)


def test_search_is_also_the_command_bar(desk: Desk) -> None:
    assert [line.act for line in search.find(desk, "现在就传").acts] == ["exchange_now", "register"]
    assert len(search.find(desk, " ").acts) > 5


def test_search_never_finds_what_is_closed_to_this_person(office: Office) -> None:
    registered(office.sit(), closed_session=True)
    assert search.find(office.sit(COLLEAGUE), "王有福").disputes == ()
    assert search.find(office.sit(COLLEAGUE), "王有福").people == ()
    assert search.find(office.sit(), "王有福").disputes


def test_a_helping_mediator_finds_the_closed_dispute_she_is_named_in(office: Office) -> None:
    registered(office.sit(), closed_session=True, co_mediator_ids=[HELPER])
    registered(office.sit(), names=("王有福", "田桂花"))
    found = search.find(office.sit(COLLEAGUE), "王有福")
    assert len(found.disputes) == 2
    assert len(found.people) == 1
