"""一案一补: a class per case by the district's table, a person's choice, checked by 司法所; a list per month (§1.1)."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes import closed
from desktop.casework.errors import Lack, NotAllowed, NotYet
from desktop.casework.moments import read_day
from desktop.papers.subsidy import Payment, subsidy_sheets
from desktop.papers.workbook import write_workbook
from desktop.store import Changes, Edit
from sync.records.field import Record, Value

CHECKERS = frozenset({"justice", "district"})
_PAID_FOR = frozenset({"70", "71", "80"})


@dataclass(frozen=True, slots=True)
class Rate:
    """One class of the district's table in force. terms: what sort of case it is for."""

    name: str
    amount_cents: int
    terms: str


@dataclass(frozen=True, slots=True)
class MonthList:
    """What was checked in one month. payments: case by case, mediator by mediator. totals: (mediator, cases, cents).

    sealed: how many are left out because they are closed to this person.
    """

    year: int
    month: int
    payments: tuple[Payment, ...]
    totals: tuple[tuple[str, int, int], ...]
    total_cents: int
    sealed: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A finished case whose class nobody has checked yet. is_own: this person mediated it and may not check it."""

    id: str
    payment: Payment
    is_own: bool


def rates(desk: Desk, day: date) -> tuple[Rate, ...]:
    """The classes in force that day, the dearest first; none until the district has made its table."""
    on = day.isoformat()
    found = [r for r in desk.store.records("subsidy_rate") if not r.get("void_at") and _in_force(r, on)]
    told = [Rate(str(r["name"]), int(str(r["amount_cents"])), str(r.get("terms") or "")) for r in found]
    return tuple(sorted(told, key=lambda rate: (-rate.amount_cents, rate.name)))


def choose(desk: Desk, dispute_id: str, rate: str) -> Changes:
    """Put a finished dispute into a class ("" takes it out); a former check no longer holds.

    Raises NotAllowed while it is not finished, NotYet for a class that is not in force, Gone.
    """
    case = cases.load(desk, dispute_id)
    if case.status not in _PAID_FOR:
        raise NotAllowed("办结或者调解不成以后才定补贴。什么也没有动。")
    unchecked: Record = {"subsidy_checked_by": None, "subsidy_checked_on": None}
    if not rate:
        return desk.save([Edit("dispute", case.id, {"subsidy_class": None, "subsidy_cents": None, **unchecked})])
    ended = read_day(case.dispute.get("end_date")) or desk.today
    known = {one.name: one for one in rates(desk, ended)}
    if rate not in known:
        raise NotYet((Lack("subsidy_class", "一案一补哪一档", "区里的标准里没有这一档，重新选"),))
    given: Record = {"subsidy_class": rate, "subsidy_cents": known[rate].amount_cents, **unchecked}
    return desk.save([Edit("dispute", case.id, given)])


def check(desk: Desk, dispute_ids: Sequence[str]) -> Changes:
    """Note that this person has checked the dossiers and the classes. All or none.

    Raises NotAllowed for anybody but 司法所 and the district, or who mediated it; NotYet without a class; Gone.
    """
    if not may_check(desk):
        raise NotAllowed("补贴由司法所审定。什么也没有动。请司法所的人来办。")
    found = [cases.load(desk, dispute_id) for dispute_id in dispute_ids]
    mine = desk.directory.mediator_ids(desk.account.id)
    own = [case.title for case in found if case.dispute.get("host_mediator_id") in mine]
    if own:
        raise NotAllowed(f"“{own[0]}”是您自己主持的，不能自己审定。什么也没有动。请别人来审。")
    without = [Lack(case.id, case.title, f"{case.title}还没选哪一档") for case in found
               if not case.dispute.get("subsidy_class")]  # fmt: skip
    if without:
        raise NotYet(tuple(without))
    checked: Record = {"subsidy_checked_by": desk.account.name, "subsidy_checked_on": desk.today.isoformat()}
    return desk.save([Edit("dispute", case.id, checked) for case in found])


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """What waits for 司法所's check, as far as this person may read it, by mediator. For the background."""
    names: list[Value] = [*{str(rate["name"]) for rate in desk.store.records("subsidy_rate")}]
    found = desk.store.records("dispute", {"subsidy_class": names}) if names else []
    mine = desk.directory.mediator_ids(desk.account.id)
    told = [
        Waiting(str(one["id"]), _payment(desk, one), one.get("host_mediator_id") in mine)
        for one in found
        if not one.get("void_at") and not one.get("subsidy_checked_on") and closed.may_read(desk, one)
    ]
    return tuple(sorted(told, key=lambda one: (one.payment.mediator, one.payment.ended_on, one.id)))


def may_check(desk: Desk) -> bool:
    """Whether this person checks classes at all."""
    return bool(CHECKERS & desk.account.roles)


def month_list(desk: Desk, year: int, month: int) -> MonthList:
    """What was checked in that month, as far as this person may read it. For the background."""
    days: list[Value] = [
        date(year, month, day).isoformat() for day in range(1, calendar.monthrange(year, month)[1] + 1)
    ]
    found = [r for r in desk.store.records("dispute", {"subsidy_checked_on": days}) if not r.get("void_at")]
    readable = [record for record in found if closed.may_read(desk, record)]
    payments = sorted((_payment(desk, record) for record in readable), key=lambda one: (one.mediator, one.checked_on))
    return MonthList(year, month, tuple(payments), _totals(payments), sum(p.cents for p in payments),
                     len(found) - len(readable))  # fmt: skip


def export(found: MonthList, file: Path) -> None:
    """The list as a workbook: case by case, and per mediator. Raises PaperRefused."""
    write_workbook(file, subsidy_sheets(found.year, found.month, found.payments, found.totals))


def _payment(desk: Desk, record: Mapping[str, Any]) -> Payment:
    directory = desk.directory
    helpers = (directory.mediator_name(str(one)) for one in record.get("co_mediator_ids") or ())
    return Payment(
        mediator=directory.mediator_name(str(record.get("host_mediator_id") or "")) or "没写主持调解员",
        org=directory.org_name(str(record.get("org_id") or "")),
        helpers="、".join(helpers),
        matter_code=str(record.get("matter_code") or ""),
        dossier_no=str(record.get("dossier_no") or ""),
        title=str(record.get("title") or ""),
        rate=str(record.get("subsidy_class") or ""),
        cents=int(record.get("subsidy_cents") or 0),
        ended_on=str(record.get("end_date") or ""),
        checked_by=str(record.get("subsidy_checked_by") or ""),
        checked_on=str(record.get("subsidy_checked_on") or ""),
    )


def _totals(payments: Sequence[Payment]) -> tuple[tuple[str, int, int], ...]:
    people = dict.fromkeys(payment.mediator for payment in payments)
    own = {person: [p.cents for p in payments if p.mediator == person] for person in people}
    return tuple((person, len(cents), sum(cents)) for person, cents in own.items())


def _in_force(rate: Mapping[str, Any], on: str) -> bool:
    end = str(rate.get("valid_to") or "")
    return str(rate.get("valid_from") or "") <= on and (not end or on <= end)
