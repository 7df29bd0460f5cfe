"""Instalments in one act, whatever the sum and the day; what can be done when they are not kept."""

from datetime import date
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, breach, obligations
from desktop.casework.disputes.obligations import Instalments, instalments
from desktop.casework.errors import NotAllowed, NotYet
from tests.casework.conftest import dispute, only, registered
from tests.casework.test_agreements import written

PLAN = Instalments("李建军", "王有福", 1_200_000, 6, date(2026, 12, 31), manner="转账")


def made(plan: Instalments) -> list[dict[str, Any]]:
    numbers = count()
    return instalments(plan, lambda: f"o{next(numbers)}")


def test_twelve_thousand_in_six_months_is_six_obligations_in_one_act() -> None:
    parts = made(PLAN)
    assert [part["amount_cents"] for part in parts] == [200_000] * 6
    assert [part["due_date"] for part in parts] == [
        "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31",
    ]  # fmt: skip
    assert parts[1] == {"id": "o1", "who": "李建军", "to_whom": "王有福", "manner": "转账", "what": "付款（第 2 期）",
                        "amount_cents": 200_000, "due_date": "2027-01-31"}  # fmt: skip


@given(st.integers(1, 10**11), st.integers(1, obligations.MOST), st.dates(date(2024, 1, 1), date(2030, 12, 31)),
       st.sampled_from(["week", "month", "quarter", "year"]))  # fmt: skip
def test_the_parts_are_the_whole_and_their_days_go_on(total: int, parts: int, first: date, every: Any) -> None:
    plan = Instalments("甲", "乙", total, parts, first, every)
    if total < parts:
        with pytest.raises(ValueError):
            made(plan)
        return
    found = made(plan)
    assert sum(part["amount_cents"] for part in found) == total
    assert all(part["amount_cents"] > 0 for part in found)
    days = [date.fromisoformat(part["due_date"]) for part in found]
    assert days[0] == first
    assert all(earlier < later for earlier, later in pairwise(days))
    if every != "week":
        assert all(day.day == first.day or (day.day < first.day and day.day >= 28) for day in days)


def test_no_parts_and_too_many_parts_are_refused() -> None:
    for parts in (0, obligations.MOST + 1):
        with pytest.raises(ValueError):
            made(Instalments("甲", "乙", 10**6, parts, date(2026, 12, 1)))


def test_sums_that_differ_are_said_once_both_are_known() -> None:
    told = {"amount_cents": 1_200_000, "obligations": made(Instalments("甲", "乙", 1_100_000, 2, date(2026, 12, 1)))}
    assert obligations.sum_hint(told) == "要履行的加起来 11,000 元，协议涉及金额 12,000 元，核对一下"
    assert obligations.sum_hint({**told, "amount_cents": 1_100_000}) == ""
    assert obligations.sum_hint({**told, "obligations": []}) == ""


CONFIRMED = {"confirm_state": "裁定有效", "form": "书面"}
WRITTEN = {"confirm_state": "未申请", "form": "书面", "obligations": [{"id": "a", "amount_cents": 100}]}


@pytest.mark.parametrize(
    ("agreement", "zz_type", "open_ways"),
    [
        (CONFIRMED, "0201", ["督促履行", "申请强制执行"]),
        (WRITTEN, "0201", ["督促履行", "重新调解", "起诉"]),
        (WRITTEN, "0701", ["督促履行", "重新调解", "申请支付令", "申请仲裁"]),
        ({**WRITTEN, "obligations": [{"id": "a"}]}, "0701", ["督促履行", "重新调解", "申请仲裁"]),
        (WRITTEN, "0901", ["督促履行", "重新调解", "申请仲裁", "起诉"]),
        ({**WRITTEN, "form": "口头"}, "0201", ["督促履行", "重新调解", "起诉"]),
    ],
)
def test_the_ways_fit_the_type_and_what_the_court_said(agreement: Any, zz_type: str, open_ways: list[str]) -> None:
    found = breach.ways(agreement, {"zz_type": zz_type})
    assert [way.code for way in found] == open_ways
    assert all(way.article and way.how for way in found)


def test_a_breach_is_written_down_and_brings_the_dispute_back_to_performance(desk: Desk) -> None:
    given = registered(desk, zz_type="0201")
    agreements.save(desk, given, written(desk, given))
    record = only(desk, "agreement", given)
    for first in record["obligations"]:
        agreements.perform(desk, record["id"], first["id"], done_on=date(2026, 11, 23))
    assert dispute(desk, given)["status"] == "60"
    with pytest.raises(NotAllowed):
        breach.note(desk, record["id"], on=date(2026, 11, 23), standing="不履行", way="申请支付令")
    for on, standing in ((date(2026, 11, 24), "不履行"), (date(2026, 11, 23), "已履行")):
        with pytest.raises(NotYet):
            breach.note(desk, record["id"], on=on, standing=standing)
    breach.note(desk, record["id"], on=date(2026, 11, 23), standing="部分", way="督促履行", told="水槽只接了一半")
    after = only(desk, "agreement", given)
    assert (after["performance"], after["breach_way"], after["breached_on"]) == ("部分", "督促履行", "2026-11-23")
    assert dispute(desk, given)["status"] == "40"


def test_nothing_is_broken_before_it_binds(desk: Desk) -> None:
    given = registered(desk, zz_type="0201")
    agreements.save(desk, given, written(desk, given, seal_date=None))
    with pytest.raises(NotAllowed):
        breach.note(desk, only(desk, "agreement", given)["id"], on=date(2026, 11, 23), standing="不履行")
