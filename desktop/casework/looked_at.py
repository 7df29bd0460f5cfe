"""谁看过: the readings of what is only shown on a person's wish, in words, for everybody who works here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from desktop.casework import readings, values
from desktop.casework.desk import Desk
from desktop.casework.disputes.closed import may_read
from desktop.casework.readings import Reading
from sync.records import RECORD_TYPES

_CLOSED, _GONE = "关起门谈的一件", "不在这台电脑上的一件"
_EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked, when, at what (证件号码) and of whom or of which dispute. exported: taken out with many others."""

    at: datetime
    who: str
    what: str
    about: str
    exported: bool


def looks(desk: Desk, limit: int = 100) -> tuple[Look, ...]:
    """The last looks on this PC, newest first; what was seen with one click is one line."""
    together = groupby(readings.latest(desk, limit), key=lambda one: (one.at, one.account, one.kind, one.record))
    return tuple(_look(desk, list(found)) for _, found in together)


def _look(desk: Desk, found: list[Reading]) -> Look:
    first, exported = found[0], found[0].record == _EVERYTHING
    return Look(
        at=first.at.astimezone(desk.now().tzinfo),
        who=desk.directory.account_name(first.account),
        what="" if exported else _labels(first.kind, (one.field for one in reversed(found))),
        about=RECORD_TYPES[first.kind].label if exported else _about(desk, first),
        exported=exported,
    )


def _labels(kind: str, names: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(values.label(kind, name) for name in names))


def _about(desk: Desk, one: Reading) -> str:
    record = desk.store.record(one.kind, one.record) or {}
    parent = str(record.get("dispute_id") or "")
    dispute = (desk.store.record("dispute", parent) or {}) if parent else record
    if not dispute:
        return _GONE
    if not may_read(desk, dispute):
        return _CLOSED
    return " · ".join(str(part) for part in (record.get("name"), dispute.get("title")) if part)
