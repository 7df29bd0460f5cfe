"""没履行: what can be done about it under this agreement, and noting it (L-RMTJ 31-33; domain.md §1.6, §1.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.deadlines import unkept
from desktop.casework.errors import Lack, NotAllowed, NotYet
from desktop.store import Changes, Edit
from sync.records import codes
from sync.records.field import Record

CONFIRMED = "裁定有效"
STANDINGS = ("部分", "不履行", "反悔起诉")
"""Codes of PERFORMANCE that tell of a breach."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way that is open: what it is called, how it is gone, by which article."""

    code: str
    name: str
    how: str
    article: str


def ways(agreement: Mapping[str, Any], dispute: Mapping[str, Any]) -> tuple[Way, ...]:
    """What can be done when this agreement is not kept, by its form, its confirmation and the type of dispute."""
    found = (code for code in codes.table("BREACH_WAY").items.values() if _is_open(code.more, agreement, dispute))
    return tuple(Way(c.code, c.name, str(c.more["how"]), str(c.more["article"])) for c in found)


def note(desk: Desk, agreement_id: str, *, on: date, standing: str, way: str = "", told: str = "") -> Changes:
    """Write down that it was not kept: known since when, what stands (STANDINGS), what is done about it, in words.

    A dispute that waited for its follow-up goes back to 待履行. Raises NotYet, NotAllowed when the way is not open
    here or nothing binds yet; Gone.
    """
    case, agreement = cases.load_child(desk, "agreement", agreement_id)
    if not agreement.get("effective_date"):
        raise NotAllowed("协议还没有生效，谈不上没履行。什么也没有动。先把签字、盖章的日子补上。")
    if way and way not in {one.code for one in ways(agreement, case.dispute)}:
        raise NotAllowed("这份协议不能走这条路。什么也没有动。从列出来的办法里选。")
    if lacks := _lacks(desk, on, standing):
        raise NotYet(lacks)
    given: Record = {"performance": standing, "breached_on": on.isoformat(), "breach_way": way or None,
                     "breach_note": told.strip() or None}  # fmt: skip
    back = [Edit("dispute", case.id, {"status": "40"})] if case.status == "60" else []
    return desk.save([Edit("agreement", agreement_id, given), *back])


def _lacks(desk: Desk, on: date, standing: str) -> tuple[Lack, ...]:
    found = [] if standing in STANDINGS else [Lack("performance", "履行情况", "选一下是部分履行、不履行还是反悔起诉")]
    if on > desk.today:
        found.append(Lack("breached_on", "哪天知道没履行的", "这一天还没到，核对一下"))
    return tuple(found)


def _is_open(rule: Mapping[str, Any], agreement: Mapping[str, Any], dispute: Mapping[str, Any]) -> bool:
    zz_type = str(dispute.get("zz_type") or "")
    is_confirmed = agreement.get("confirm_state") == CONFIRMED
    tests = (
        "confirmed" not in rule or rule["confirmed"] is is_confirmed,
        "types" not in rule or zz_type.startswith(tuple(rule["types"])),
        not zz_type.startswith(tuple(rule.get("not_types", ())) or ("-",)),
        "form" not in rule or agreement.get("form") == rule["form"],
        not rule.get("money") or any(duty.get("amount_cents") for duty in unkept(agreement)),
    )
    return all(tests)
