"""Lists of disputes: tabs, filters, sorts, pages; and who may see a closed one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from desktop.store import DisputeQuery, Edit, Summariser, Summary, dispute_list
from desktop.store.rows import Sort
from sync.records import Record
from tests.store.conftest import ME, VILLAGE, Desk


def summarise(dispute: Record, children: object) -> Summary:
    """Due on the deadline; closed ones are read by who registered them."""
    readers = (str(dispute["found_by"]),) if dispute.get("closed_session") else ()
    return Summary(str(dispute.get("deadline", "")), "mediate", readers, "宅基地类")


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    return new_desk(summariser=Summariser(summarise, "1"))


def titles(desk: Desk, **query: object) -> list[str]:
    return [row.title for row in desk.store.disputes(DisputeQuery(**query)).rows]


def test_each_tab_holds_its_own(desk: Desk) -> None:
    for title, status in (("受理", "20"), ("移交", "50"), ("办结", "70"), ("不受理", "21"), ("作废", "90")):
        desk.register(title, status=status)
    assert titles(desk, tab="open") == ["受理"]
    assert titles(desk, tab="moved") == ["移交"]
    assert titles(desk, tab="closed") == ["不受理", "办结"]
    assert titles(desk, tab="void") == ["作废"]
    assert titles(desk, tab="all") == ["作废", "不受理", "办结", "移交", "受理"]
    assert desk.store.counts(DisputeQuery()) == {"open": 1, "moved": 1, "closed": 2, "void": 1, "all": 5}


def test_a_list_narrows_by_place_type_handler_and_days(desk: Desk) -> None:
    desk.register("甲", place_code="620802107204", zz_type="0101", host_mediator_id="m-1", deadline="2026-12-01")
    desk.register("乙", place_code="620802107205", zz_type="0102", co_mediator_ids=["m-1"], found_date="2026-11-02")
    desk.register("丙", place_code="620802999201", zz_type="0101", first_contact_id="a-1")
    assert titles(desk, places=("620802107000",)) == ["乙", "甲"]
    assert titles(desk, places=("620802107204", "620802999000")) == ["丙", "甲"]
    assert titles(desk, types=("0101",)) == ["丙", "甲"]
    assert titles(desk, handlers=("m-1",)) == ["乙", "甲"]
    assert titles(desk, handlers=("m-1", "a-1"), places=("620802999000",)) == ["丙"]
    assert titles(desk, due_from="2026-12-01", due_to="2026-12-31") == ["甲"]
    assert titles(desk, found_from="2026-11-01") == ["乙"]
    assert desk.store.counts(DisputeQuery(places=("620802107000",)))["open"] == 2


@pytest.mark.parametrize("sort", ["updated", "due", "found", "amount"])
@pytest.mark.parametrize("tab", ["open", "all"])
def test_pages_follow_each_other_without_gap_or_repeat_in_every_sort(desk: Desk, sort: Sort, tab: str) -> None:
    random = desk.world.random
    edits = [
        Edit("dispute", desk.world.id(), {
            "title": f"{n}", "status": random.choice(("10", "70")), "place_code": VILLAGE,
            "deadline": random.choice((None, "2026-12-01", "2026-12-02")),
            "amount_cents": random.choice((None, 0, 500)), "found_date": random.choice((None, "2026-11-01")),
        })
        for n in range(60)
    ]  # fmt: skip
    desk.store.save(edits, ME)
    whole = desk.store.disputes(DisputeQuery(tab=tab, sort=sort, limit=100)).rows
    read, after = [], ""
    while True:
        page = desk.store.disputes(DisputeQuery(tab=tab, sort=sort, limit=7, after=after))
        read += page.rows
        if not page.after:
            break
        after = page.after
    assert read == list(whole)
    assert len({row.id for row in read}) == desk.store.counts(DisputeQuery())[tab]


def test_the_nearest_deadline_comes_first_and_none_last(desk: Desk) -> None:
    desk.register("没有", deadline=None)
    desk.register("远", deadline="2027-01-01")
    desk.register("近", deadline="2026-11-24")
    assert titles(desk, sort="due") == ["近", "远", "没有"]
    assert [row.title for row in desk.store.due_between("2026-11-01", "2026-12-31")] == ["近"]


def test_a_list_may_be_of_named_disputes_in_any_tab(desk: Desk) -> None:
    wanted = [desk.register("甲", status="70"), desk.register("乙")]
    desk.register("丙")
    assert set(titles(desk, ids=tuple(wanted))) == {"甲", "乙"}


def test_a_line_shows_the_hosts_name_and_what_stands_out_in_the_family(desk: Desk, feed) -> None:
    mediator = desk.world.id()
    desk.store.save([Edit("mediator", mediator, {"name": "赵文博", "place_code": VILLAGE})], ME)
    dispute = desk.register(host_mediator_id=mediator)
    feed.accept_all()
    party = desk.add_party(dispute, "曾祥瑞")
    (row,) = desk.store.disputes(DisputeQuery()).rows
    assert (row.person, row.waiting, row.refused) == ("赵文博", True, False)
    feed.refuse_all()
    (row,) = desk.store.disputes(DisputeQuery()).rows
    assert (row.waiting, row.refused) == (False, True)
    assert desk.store.record("party", party)


def test_work_on_a_child_brings_its_dispute_to_the_top(desk: Desk) -> None:
    first = desk.register("先")
    desk.register("后")
    assert titles(desk) == ["后", "先"]
    desk.add_party(first, "曾祥瑞")
    assert titles(desk) == ["先", "后"]


def test_a_closed_dispute_is_seen_only_by_its_readers(desk: Desk) -> None:
    closed = desk.register("关起门谈的", closed_session=True, found_by="a-1", deadline="2026-12-01")
    desk.add_party(closed, "曾祥瑞")
    desk.register("公开的")
    assert titles(desk, reader="a-1") == ["公开的", "关起门谈的"]
    assert titles(desk, reader="a-2") == ["公开的"]
    assert (desk.store.may_read(closed, "a-1"), desk.store.may_read(closed, "a-2")) == (True, False)
    assert desk.store.search("曾祥瑞", reader="a-2") == desk.store.search("没有的人", reader="a-2")
    assert desk.store.search("曾祥瑞", reader="a-1").people[0].disputes == 1
    assert desk.store.due_between("2026-01-01", "2027-01-01", reader="a-2") == []
    assert desk.store.counts(DisputeQuery(reader="a-2"))["open"] == 1
    desk.change(closed, closed_session=False)
    assert titles(desk, reader="a-2") == ["关起门谈的", "公开的"]
    assert desk.store.verify() == []


def test_small_types_are_listed_by_any_declared_field(desk: Desk) -> None:
    one, two = desk.world.id(), desk.world.id()
    desk.store.save([Edit("mediator", one, {"name": "赵文博", "org_id": "o-1", "full_time": True}),
                     Edit("mediator", two, {"name": "孙桂兰", "org_id": "o-2"})], ME)  # fmt: skip
    assert [record["id"] for record in desk.store.records("mediator", {"org_id": "o-1"})] == [one]
    assert [record["id"] for record in desk.store.records("mediator", {"full_time": True})] == [one]
    assert [record["id"] for record in desk.store.records("mediator", {"full_time": None})] == [two]
    assert [record["id"] for record in desk.store.records("mediator")] == [one, two]
    with pytest.raises(KeyError):
        desk.store.records("mediator", {"no_such": 1})


@pytest.mark.parametrize("sort", ["updated", "due", "found", "amount"])
@pytest.mark.parametrize(
    "narrow",
    [
        {"places": ("620802107204",)}, {"places": ("620802107000", "620802999201")}, {"types": ("01", "03")},
        {"places": ("620802107000",), "types": ("02",)}, {"handlers": ("m-1",)}, {"found_to": "2026-11-12"},
        {"due_from": "2026-12-05", "due_to": "2026-12-20"}, {"reader": "a-2"}, {"tab": "open", "types": ("01",)},
    ],
)  # fmt: skip
def test_a_list_is_the_same_whether_few_or_many_match(
    desk: Desk, sort: Sort, narrow: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    random = desk.world.random
    for n in range(60):
        desk.register(
            f"第 {n} 件", status=random.choice(("20", "50", "70")), zz_type=random.choice(("01", "02", "03")),
            place_code=random.choice(("620802107204", "620802107205", "620802999201")),
            host_mediator_id=random.choice(("m-1", "m-2")), found_by=random.choice(("a-1", "a-2")),
            closed_session=random.random() < 0.2, amount_cents=random.choice((None, 100, 5000)),
            found_date=f"2026-11-{random.randint(1, 28):02d}", deadline=f"2026-12-{random.randint(1, 28):02d}",
        )  # fmt: skip
    query: dict[str, object] = {"tab": "all", "sort": sort, "limit": 7, **narrow}
    picked = list(pages(desk, **query))
    monkeypatch.setattr(dispute_list, "FEW", 0)
    assert list(pages(desk, **query)) == picked
    assert len({row for page in picked for row in page}) == sum(map(len, picked)) > 0


def pages(desk: Desk, **query: object) -> Iterator[list[str]]:
    after = ""
    while True:
        page = desk.store.disputes(DisputeQuery(**query, after=after))
        yield [row.id for row in page.rows]
        if not (after := page.after):
            return
