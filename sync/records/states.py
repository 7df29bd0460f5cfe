"""Which step may follow which, who may take it, and what must be filled then (DESIGN.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sync.records.record_type import RecordType, Step
from sync.records.validate import Complaint, is_empty


def steps_from(kind: RecordType, status: str, roles: Iterable[str]) -> list[Step]:
    """The steps these roles may take from a status, in the order they are declared."""
    held = frozenset(roles)
    return [step for step in kind.steps if status in step.source and held & step.roles]


def step_between(kind: RecordType, source: str, target: str) -> Step | None:
    """The declared step between two statuses, if there is one."""
    return next((s for s in kind.steps if source in s.source and s.target == target), None)


def unmet(kind: RecordType, step: Step, record: Mapping[str, Any]) -> list[Complaint]:
    """What the step needs of the record itself and does not find."""
    return _not_filled(kind, step, step.needs, record)


def unmet_on_desk(kind: RecordType, step: Step, record: Mapping[str, Any]) -> list[Complaint]:
    """The same with what only a desk asks for."""
    return _not_filled(kind, step, (*step.needs, *step.desk_needs), record)


def _not_filled(
    kind: RecordType, step: Step, names: Iterable[str], record: Mapping[str, Any]
) -> list[Complaint]:
    return [
        Complaint(name, "missing", f"要先填“{kind.by_name[name].label}”，才能{step.verb}")
        for name in names
        if is_empty(record.get(name))
    ]


def unmet_by_party(kind: RecordType, step: Step, party: Mapping[str, Any]) -> list[Complaint]:
    """What the step needs of one party and does not find (`kind` is the party's type)."""
    return [
        Complaint(name, "missing", f"{party.get('name', '')}：还没填“{kind.by_name[name].label}”")
        for name in step.party_needs
        if is_empty(party.get(name)) or (name == "consent_mediation" and party.get(name) is not True)
    ]


def refusal(kind: RecordType, before: Mapping[str, Any], after: Mapping[str, Any], roles: Iterable[str]) -> str:
    """Why this move is not allowed, in plain words; "" when it is.

    A new record must start in one of the declared starts, unless it comes from an old ledger
    (`origin_file` is filled), which may hold matters long closed.
    """
    if not kind.status:
        return ""
    source, target = before.get(kind.status), after.get(kind.status)
    if source == target:
        return ""
    if source is None:
        return "" if target in kind.starts or after.get("origin_file") else "新登记的不能直接到这一步"
    step = step_between(kind, str(source), str(target))
    if step is None:
        return "从现在这一步不能直接到那一步"
    if not frozenset(roles) & step.roles:
        return f"{step.verb}不归这个身份办"
    found = unmet(kind, step, after)
    return found[0].message if found else ""
