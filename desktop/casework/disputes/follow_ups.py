"""Follow-ups: planned by themselves, done by people; what the person said is never filled in for her."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.deadlines import unkept
from desktop.casework.errors import Lack, NotYet
from desktop.store import Changes, Edit
from sync.records.field import Record
from sync.records.follow_up import FOLLOW_UP
from sync.records.validate import complaints, is_empty

DRAFT_KEY = "follow_up"
"""A visit that is being written down is kept under "follow_up:<id>"; put "by": account id into its body."""

_VISIT = ("done_date", "way", "left_over_risk", "content")
_TAKEN = {
    *_VISIT,
    "respondent",
    "performance",
    "satisfaction",
    "sued",
    "sued_result",
    "measures",
    "scan_ids",
    "visitor_id",
}


def draft_key(follow_up_id: str) -> str:
    """Under which name the store keeps a visit that is being written down; put "by": account id into its body."""
    return f"{DRAFT_KEY}:{follow_up_id}"


def after_agreement(desk: Desk, agreement: Record, existing: Sequence[Record]) -> list[Edit]:
    """Visits to plan after each day something is due under an agreement (domain.md §1.5)."""
    due = sorted({str(duty["due_date"]) for duty in unkept(agreement) if duty.get("due_date")})
    days = [desk.clock.visit_after(date.fromisoformat(day)).isoformat() for day in due]
    taken = {str(v.get("planned_date")) for v in existing if v.get("agreement_id") == agreement["id"]}
    return [
        _planned(desk, str(agreement["dispute_id"]), day, kind="履行", agreement=str(agreement["id"]))
        for day in dict.fromkeys(days)
        if day not in taken
    ]


def after_settling(desk: Desk, case: cases.Case) -> list[Edit]:
    """One visit when a dispute is settled and none is planned yet."""
    if any(not visit.get("done_date") for visit in case.follow_ups):
        return []
    return [_planned(desk, case.id, desk.clock.visit_after(desk.today).isoformat())]


def after_closing(desk: Desk, case: cases.Case, closed_on: str) -> list[Edit]:
    """The visit some weeks after closing."""
    day = desk.clock.visit_after_closing(date.fromisoformat(closed_on)).isoformat()
    return [] if any(v.get("planned_date") == day for v in case.follow_ups) else [_planned(desk, case.id, day)]


def plan(desk: Desk, dispute_id: str, *, day: date, kind: str = "回访") -> Changes:
    """Plan a visit by hand. Raises Gone."""
    case = cases.load(desk, dispute_id)
    return desk.save([_planned(desk, case.id, day.isoformat(), kind=kind)])


def move(desk: Desk, follow_up_id: str, day: date) -> Changes:
    """Plan a visit for another day. Raises Gone."""
    cases.load_child(desk, "follow_up", follow_up_id)
    return desk.save([Edit("follow_up", follow_up_id, {"planned_date": day.isoformat()})])


def missing(desk: Desk, follow_up_id: str, fields: Mapping[str, Any]) -> tuple[Lack, ...]:
    """What the visit still lacks before it can be written down."""
    record = {**(desk.store.record("follow_up", follow_up_id) or {}), **_visit(desk, fields)}
    known = {name: value for name, value in record.items() if name in FOLLOW_UP.by_name}
    found = {c.field: c.message for c in complaints(FOLLOW_UP, known) if c.level == "error"}
    found |= {n: f"还没填“{FOLLOW_UP.by_name[n].label}”" for n in _VISIT if is_empty(record.get(n)) and n not in found}
    return tuple(Lack(name, FOLLOW_UP.by_name[name].label, message) for name, message in _in_order(found))


def record(desk: Desk, follow_up_id: str, fields: Mapping[str, Any]) -> Changes:
    """Write down a visit; what was said of the performance is kept with the agreement too. The draft goes.

    Raises NotYet, Gone.
    """
    _, visit = cases.load_child(desk, "follow_up", follow_up_id)
    if lacks := missing(desk, follow_up_id, fields):
        raise NotYet(lacks)
    edits = [Edit("follow_up", follow_up_id, _visit(desk, fields))]
    if visit.get("agreement_id") and fields.get("performance"):
        edits.append(Edit("agreement", str(visit["agreement_id"]), {"performance": fields["performance"]}))
    return desk.save(edits, draft=draft_key(follow_up_id))


def void(desk: Desk, follow_up_id: str, reason: str) -> Changes:
    """Strike a visit out, with a reason. Raises NotYet, Gone."""
    cases.load_child(desk, "follow_up", follow_up_id)
    if not reason.strip():
        raise NotYet((Lack("reason", "为什么作废", "写一句为什么作废"),))
    return desk.save([Edit("follow_up", follow_up_id, {"void_at": desk.moment(), "void_reason": reason.strip()})])


def _planned(desk: Desk, dispute_id: str, day: str, *, kind: str = "回访", agreement: str = "") -> Edit:
    visit: Record = {"dispute_id": dispute_id, "kind": kind, "planned_date": day}
    return Edit("follow_up", desk.ids(), {**visit, "agreement_id": agreement} if agreement else visit)


def _visit(desk: Desk, fields: Mapping[str, Any]) -> Record:
    given = {name: value for name, value in fields.items() if name in _TAKEN}
    return {"visitor_id": desk.account.id, **given}


def _in_order(found: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    order = list(FOLLOW_UP.by_name)
    return sorted(found.items(), key=lambda pair: order.index(pair[0]))
