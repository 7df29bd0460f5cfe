"""中止: days that do not count (appraisal, expert opinion), kept one by one; the deadline moves by them (§1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.casework.calendar import Calendar
from desktop.casework.moments import read_day
from sync.records.dispute import DISPUTE
from sync.records.field import Record

_REASON_LETTERS = next(part.limit for part in DISPUTE.by_name["suspensions"].parts if part.name == "reason")


def begun(dispute: Mapping[str, Any], *, new_id: str, on: date, reason: str) -> Record:
    """What a dispute's record gains when it is suspended that day."""
    entry = {"id": new_id, "from_day": on.isoformat(), "reason": reason[:_REASON_LETTERS]}
    return {"suspensions": [*entries(dispute), entry]}


def ended(dispute: Mapping[str, Any], on: date, calendar: Calendar) -> Record:
    """What it gains when mediation goes on: the entry is closed and whichever deadline is in force moves.

    Nothing for a suspension that an older desk did not write down.
    """
    found = closed_entry(dispute, on)
    if not found:
        return {}
    entry = entries(found)[-1]
    if dispute.get("end_note") == entry.get("reason"):
        found["end_note"] = None
    name = "extended_to" if dispute.get("extended_to") else "deadline"
    end, days = read_day(dispute.get(name)), days_of(entry)
    if end and days:
        found[name] = calendar.due_after(end, days).day.isoformat()
    return found


def closed_entry(dispute: Mapping[str, Any], on: date) -> Record:
    """The suspensions with the running one closed; nothing when none runs."""
    kept = entries(dispute)
    if not kept or kept[-1].get("to_day"):
        return {}
    entry = {**kept[-1], "to_day": max(on.isoformat(), str(kept[-1]["from_day"]))}
    return {"suspensions": [*kept[:-1], entry]}


def days_not_counted(dispute: Mapping[str, Any]) -> int:
    """How many days of finished suspensions do not count."""
    return sum(days_of(entry) for entry in entries(dispute))


def days_of(entry: Mapping[str, Any]) -> int:
    """The days of one suspension; 0 while it lasts."""
    first, last = read_day(entry.get("from_day")), read_day(entry.get("to_day"))
    return max(0, (last - first).days) if first and last else 0


def entries(dispute: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The suspensions, the first one first."""
    found = dispute.get("suspensions")
    return list(found) if isinstance(found, list) else []
