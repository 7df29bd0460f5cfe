"""Who looked at a sensitive field, and when: a log on this PC that grows and is never rewritten (domain.md §6.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.casework.desk import Desk

_SERIES = "reading"
_LAST = "reading.last"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: which field of which record, by whom."""

    at: datetime
    account: str
    kind: str
    record: str
    field: str


def note(desk: Desk, kind: str, record: str, field: str) -> None:
    """Write down that this person saw the field now."""
    serial = desk.store.next_serial(_SERIES)
    line = {"at": desk.moment(), "account": desk.account.id, "kind": kind, "record": record, "field": field}
    desk.store.set_setting(f"{_SERIES}.{serial}", line)
    desk.store.set_setting(_LAST, serial)


def latest(desk: Desk, limit: int = 200) -> list[Reading]:
    """The last readings on this PC, newest first, for the auditor."""
    last = desk.store.setting(_LAST)
    serials = range(last, max(0, last - limit), -1) if isinstance(last, int) else range(0)
    found = (desk.store.setting(f"{_SERIES}.{serial}") for serial in serials)
    return [
        Reading(datetime.fromisoformat(line["at"]), line["account"], line["kind"], line["record"], line["field"])
        for line in found
        if isinstance(line, dict)
    ]
