"""When a record was made and last changed, and its number in the district: written on export only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from desktop.casework.desk import Desk
from desktop.store import HistoryLine
from sync.records import Record

_GONE = frozenset({"dropped", "replaced"})


def stamps(desk: Desk, ids: Iterable[str]) -> dict[str, Record]:
    """Record id -> rev (0 until the district has it), created_at and updated_at on this desk's clock."""
    found: dict[str, list[HistoryLine]] = {}
    for line in desk.store.history(list(ids)):
        if line.state not in _GONE:
            found.setdefault(line.record, []).append(line)
    return {record: _stamp(desk, lines) for record, lines in found.items()}


def _stamp(desk: Desk, lines: list[HistoryLine]) -> Record:
    told = [line.told_ms for line in lines]
    return {
        "rev": max(line.no for line in lines),
        "created_at": _moment(desk, min(told)),
        "updated_at": _moment(desk, max(told)),
    }


def _moment(desk: Desk, ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, desk.now().tzinfo).isoformat(timespec="seconds")
