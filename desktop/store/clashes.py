"""Clashes: which set-aside changes are still to be decided about."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from desktop.store.views import read_change, read_json, write_json
from sync.protocol.messages import Change, Entry

_OPEN_OF = text("""
    SELECT clash.no, clash.fields, change.id, change.body FROM clash JOIN change ON change.no = clash.no
    WHERE clash.record = :record AND clash.state IN ('open', 'decided')
""")
_ADD = text("""
    INSERT INTO clash (no, type, record, fields, state) VALUES (:no, :type, :record, :fields, 'open')
    ON CONFLICT DO NOTHING
""")
_NARROW = text("UPDATE clash SET fields = :fields WHERE no = :no")
_CLOSE = text("UPDATE clash SET state = :state, settled_by = :by WHERE no = :no AND record = :record")


def take_entry(connection: Connection, entry: Entry, change: Change) -> bool:
    """Close what the entry's change decided, open what it set aside; True for a new clash."""
    _close(connection, entry, change.settles, "settled")
    if not entry.aside:
        return False
    _supersede(connection, entry, change)
    added = connection.execute(_ADD, {
        "no": entry.no, "type": entry.type, "record": entry.record, "fields": write_json(entry.aside).decode(),
    })  # fmt: skip
    return added.rowcount > 0


def _supersede(connection: Connection, entry: Entry, change: Change) -> None:
    """A writer who goes on from a set-aside value of hers has one clash about it, not two."""
    for row in connection.execute(_OPEN_OF, {"record": entry.record}).all():
        earlier = read_change(row.body)
        if row.no >= entry.no or _writer(row.id) != _writer(entry.id):
            continue
        fields = read_json(row.fields)
        left = [f for f in fields if f not in entry.aside or change.was.get(f) != earlier.set.get(f)]
        if not left:
            _close(connection, entry, [row.no], "superseded")
        elif left != fields:
            connection.execute(_NARROW, {"no": row.no, "fields": write_json(left).decode()})


def _close(connection: Connection, entry: Entry, numbers: Iterable[int], state: str) -> None:
    rows = [{"no": no, "record": entry.record, "state": state, "by": entry.no} for no in numbers]
    if rows:
        connection.execute(_CLOSE, rows)


def _writer(change: str) -> str:
    return change.rpartition(".")[0]
