"""The change log as a person reads it: who did what when, and where two answers clash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from desktop.store.departure import family
from desktop.store.rows import Clash, HistoryLine, Side
from desktop.store.views import json_list, read_change, read_json
from sync.protocol.messages import Change
from sync.records import Record

_HISTORY = text("""
    SELECT id, type, record, body, no, aside, state, refused, why, mine, received FROM change
    WHERE state <> 'left' AND record IN (SELECT value FROM json_each(:ids)) ORDER BY no IS NULL DESC, no DESC, seq DESC
""")
_CLASHES = """
    SELECT clash.no, clash.type, clash.record, clash.fields, clash.state, change.body, change.mine,
        agreed.body AS agreed
    FROM clash JOIN change ON change.no = clash.no LEFT JOIN agreed ON agreed.record = clash.record
"""
_ALL = text(f"{_CLASHES} ORDER BY clash.no DESC")
_OPEN = text(f"{_CLASHES} WHERE clash.state IN ('open', 'decided') ORDER BY clash.no DESC")
_OF = text(f"{_CLASHES} WHERE clash.record IN (SELECT value FROM json_each(:ids)) ORDER BY clash.no DESC")
_NUMBERED = text("""
    SELECT body, aside, mine FROM change WHERE record = :record AND no IS NOT NULL ORDER BY no DESC
""")
_TYPE = text("""
    SELECT type FROM agreed WHERE record = :record UNION ALL SELECT type FROM change WHERE record = :record LIMIT 1
""")


def history(connection: Connection, records: Sequence[str]) -> list[HistoryLine]:
    """Every change of these records, newest first."""
    return [_line(row) for row in connection.execute(_HISTORY, {"ids": json_list(records)})]


def clashes(connection: Connection, record: str, open_only: bool) -> list[Clash]:
    """Clashes of one record and what belongs to it, or of all."""
    if record:
        type_name = connection.execute(_TYPE, {"record": record}).scalar() or ""
        ids = [member for part in family(connection, type_name, record).values() for member in part]
        found = connection.execute(_OF, {"ids": json_list(ids)}).all()
    else:
        found = connection.execute(_OPEN if open_only else _ALL).all()
    return [_clash(connection, row) for row in found if not open_only or row.state in ("open", "decided")]


def _line(row: Any) -> HistoryLine:
    change = read_change(row.body)
    return HistoryLine(
        row.id, row.type, row.record, change.set, change.was, change.by, change.at, change.at + change.told,
        row.no or 0, row.state, tuple(read_json(row.aside)), bool(row.mine), row.why or row.refused,
        tuple(change.settles), row.received, change.base,
    )  # fmt: skip


def _clash(connection: Connection, row: Any) -> Clash:
    change, fields = read_change(row.body), tuple(read_json(row.fields))
    return Clash(
        row.no, row.type, row.record, fields, row.state,
        _only(change.was, fields), _agreed_side(connection, row, fields),
        Side(_only(change.set, fields), change.by, change.at, bool(row.mine)),
    )  # fmt: skip


def _agreed_side(connection: Connection, row: Any, fields: tuple[str, ...]) -> Side:
    """The values in use now, and who last set one of them."""
    values = _only(read_json(row.agreed) if row.agreed else {}, fields)
    for other in connection.execute(_NUMBERED, {"record": row.record}):
        change: Change = read_change(other.body)
        if set(fields) & set(change.set) - set(read_json(other.aside)):
            return Side(values, change.by, change.at, bool(other.mine))
    return Side(values, "", 0, False)


def _only(values: Record, fields: tuple[str, ...]) -> Record:
    return {name: values.get(name) for name in fields}
