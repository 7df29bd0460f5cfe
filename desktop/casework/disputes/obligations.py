"""What must be done under an agreement: instalments made in one act, the sum, the clause it reads as (§1.6)."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias

from desktop.casework import spoken
from desktop.casework.moments import read_day
from desktop.papers.capitals import MOST_CENTS, capitals
from sync.records.agreement import AGREEMENT

Obligation: TypeAlias = dict[str, Any]
Every: TypeAlias = Literal["week", "month", "quarter", "year"]

MOST = AGREEMENT.by_name["obligations"].limit
"""The most obligations one agreement holds."""
_MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "year": 12}
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Instalments:
    """A sum to be paid in parts: who pays whom how much in all, in how many parts, the first on which day."""

    who: str
    to_whom: str
    total_cents: int
    count: int
    first_due: date
    every: Every = "month"
    what: str = "付款"
    manner: str = ""
    place: str = ""


def instalments(plan: Instalments, new_id: Callable[[], str]) -> list[Obligation]:
    """One obligation per part, equal to the yuan; the last takes what is left over. All may be changed afterwards.

    Monthly parts keep to the day of the month, or the month's last day where it is shorter. Raises ValueError for
    no parts, more than MOST, or less than a cent each.
    """
    if not 1 <= plan.count <= MOST or plan.total_cents < plan.count:
        raise ValueError(f"{plan.total_cents} 分 / {plan.count}")
    unit = 100 if plan.total_cents >= plan.count * 100 else 1
    part = plan.total_cents // plan.count // unit * unit
    amounts = [part] * (plan.count - 1) + [plan.total_cents - part * (plan.count - 1)]
    told = {"who": plan.who, "to_whom": plan.to_whom, "manner": plan.manner, "place": plan.place}
    same = {name: value for name, value in told.items() if value}
    return [
        {"id": new_id(), **same, "what": _what(plan, number), "amount_cents": cents,
         "due_date": _due(plan, number).isoformat()}
        for number, cents in enumerate(amounts)
    ]  # fmt: skip


def total_cents(obligations: Sequence[Mapping[str, Any]]) -> int:
    """What all obligations together come to, in 分."""
    return sum(cents for one in obligations if isinstance(cents := one.get("amount_cents"), int))


def sum_hint(agreement: Mapping[str, Any]) -> str:
    """Where the obligations do not add up to the agreement's amount, a sentence to look at; else ""."""
    told, parts = agreement.get("amount_cents"), total_cents(agreement.get("obligations") or ())
    if not isinstance(told, int) or not parts or parts == told:
        return ""
    return f"要履行的加起来 {spoken.yuan(parts)} 元，协议涉及金额 {spoken.yuan(told)} 元，核对一下"


def clause(obligation: Mapping[str, Any]) -> str:
    """The obligation as a clause: 李建军于2026年12月1日前向王有福付款 1,500 元（大写：壹仟伍佰元整）。"""
    due, cents = read_day(obligation.get("due_date")), obligation.get("amount_cents")
    parts = [
        str(obligation.get("who") or ""),
        f"于{due.year}年{due.month}月{due.day}日前" if due else "",
        f"在{obligation['place']}" if obligation.get("place") else "",
        f"向{obligation['to_whom']}" if obligation.get("to_whom") else "",
        str(obligation.get("what") or ""),
        f" {in_both(cents)}" if isinstance(cents, int) and cents else "",
        f"，{obligation['manner']}" if obligation.get("manner") else "",
    ]
    return f"{''.join(parts).strip()}。"


def in_both(cents: int) -> str:
    """1,500 元（大写：壹仟伍佰元整）: an amount in figures and in capitals (domain.md §1.6)."""
    figures = f"{spoken.yuan(cents)} 元"
    return f"{figures}（大写：{capitals(cents)}）" if cents < MOST_CENTS else figures


def _what(plan: Instalments, number: int) -> str:
    return f"{plan.what}（第 {number + 1} 期）" if plan.count > 1 else plan.what


def _due(plan: Instalments, number: int) -> date:
    if plan.every == "week":
        return plan.first_due + _WEEK * number
    months = plan.first_due.month - 1 + number * _MONTHS[plan.every]
    year, month = plan.first_due.year + months // 12, months % 12 + 1
    return date(year, month, min(plan.first_due.day, calendar.monthrange(year, month)[1]))
