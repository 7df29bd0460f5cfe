"""Who mediates: another mediator instead of one (回避, 换人), with who asked and why (domain.md §1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes import register
from desktop.casework.errors import Lack, NotAllowed, NotYet
from desktop.casework.moments import read_day
from desktop.store import Changes, Edit
from sync.records.field import Record

_CHANGEABLE = frozenset({"30", "31", "40"})


@dataclass(frozen=True, slots=True)
class Replacement:
    """One change of mediator, by names."""

    day: date | None
    former: str
    following: str
    asked_by: str
    reason: str


def replace(
    desk: Desk, dispute_id: str, *, former_id: str, next_id: str, asked_by: str = "", reason: str
) -> Changes:
    """Put `next_id` in the place of `former_id`, host or helper, from today.

    Raises NotAllowed when the dispute is not being mediated or former_id does not mediate it, NotYet when the new
    one is not in office, mediates it already, or the reason is missing; Gone.
    """
    case = cases.load(desk, dispute_id)
    host, helpers = str(case.dispute.get("host_mediator_id") or ""), _helpers(case.dispute)
    if case.status not in _CHANGEABLE:
        raise NotAllowed("受理以后、办结以前才换调解员。什么也没有动。")
    if former_id not in (host, *helpers):
        raise NotAllowed("要换下来的人不在这件的调解员里。什么也没有动。")
    seated = (host,) if former_id == host else (host, *helpers)
    if lacks := _lacks(desk, next_id, seated, reason):
        raise NotYet(lacks)
    entry = {"id": desk.ids(), "former_id": former_id, "next_id": next_id, "on": desk.today.isoformat(),
             "reason": reason.strip(), **({"asked_by": asked_by.strip()} if asked_by.strip() else {})}  # fmt: skip
    given = {**_seats(case.dispute, former_id, next_id), "replacements": [*_entries(case.dispute), entry]}
    return desk.save([Edit("dispute", case.id, given)])


def replacements(desk: Desk, dispute: Mapping[str, Any]) -> tuple[Replacement, ...]:
    """The changes of mediator so far, the first one first."""
    name = desk.directory.mediator_name
    return tuple(
        Replacement(read_day(one.get("on")), name(str(one["former_id"])), name(str(one["next_id"])),
                    str(one.get("asked_by") or ""), str(one.get("reason") or ""))
        for one in _entries(dispute)
    )  # fmt: skip


def _lacks(desk: Desk, next_id: str, seated: tuple[str, ...], reason: str) -> tuple[Lack, ...]:
    found: list[Lack] = []
    why = register.not_leading(desk, next_id) if next_id else "还没定换成谁"
    if why:
        found.append(Lack("next_id", "换成谁", why))
    elif next_id in seated:
        found.append(Lack("next_id", "换成谁", "这个人已经在调这一件了，换一个人"))
    if not reason.strip():
        found.append(Lack("reason", "为什么换", "写一句为什么换"))
    return tuple(found)


def _seats(dispute: Mapping[str, Any], former_id: str, next_id: str) -> Record:
    """A helper who becomes host leaves the helpers."""
    helpers = _helpers(dispute)
    if dispute.get("host_mediator_id") != former_id:
        return {"co_mediator_ids": [next_id if one == former_id else one for one in helpers]}
    left = [one for one in helpers if one not in (next_id, former_id)]
    return {"host_mediator_id": next_id, **({"co_mediator_ids": left or None} if left != helpers else {})}


def _helpers(dispute: Mapping[str, Any]) -> list[str]:
    found = dispute.get("co_mediator_ids")
    return [str(one) for one in found] if isinstance(found, list) else []


def _entries(dispute: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = dispute.get("replacements")
    return list(found) if isinstance(found, list) else []
