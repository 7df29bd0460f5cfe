"""A record leaves this desk: what was agreed goes, what is unsent stays, a sealed line remembers it.

Own words the hub has are put by unseen for a while: a hub restored from a backup may need them again. Those about a
file stay as long as the file: it may still have to go (file_roads.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from desktop.store.agreed import AgreedRecords
from desktop.store.views import json_list, write_json
from desktop.store.writing import Touched
from sync.protocol.messages import Entry
from sync.records import CHILDREN, RECORD_TYPES, Record

UNSENT = "state IN ('waiting', 'offered', 'refused')"
"""A change the hub does not have."""

TOLD_BY_NAME = ("moved", "shelved")
"""Reasons that hide nothing from the people who worked here until now."""

_CHILDREN = {
    parent: [
        (kind.name, text(f'SELECT id FROM "{kind.name}" WHERE {kind.parent} = :parent')) for kind in kinds
    ]
    for parent, kinds in CHILDREN.items()
}  # fmt: skip
_UNSENT_OF = text(f"""
    SELECT DISTINCT record FROM change WHERE {UNSENT} AND record IN (SELECT value FROM json_each(:ids))
""")
KEPT_MS = 90 * 24 * 3600 * 1000
"""How long own words about what left are kept unseen, for a hub that is restored (peers.md §4 lesson 4)."""
_FORGET_OTHERS = text(f"""
    DELETE FROM change WHERE mine = 0 AND NOT {UNSENT} AND record IN (SELECT value FROM json_each(:ids))
""")
_PUT_BY = text("""
    UPDATE change SET state = 'left', received = max(received, :since)
    WHERE state IN ('agreed', 'numbered') AND record IN (SELECT value FROM json_each(:ids))
""")
_FORGET_OWN = text(f"""
    DELETE FROM change WHERE (state IN ('dropped', 'replaced') AND record IN (SELECT value FROM json_each(:ids)))
        OR (state = 'left' AND received < :since - {KEPT_MS} AND NOT EXISTS (SELECT 1 FROM file WHERE digest IN (
            json_extract(body, '$.set.sha256'), json_extract(body, '$.set.thumbnail'),
            json_extract(body, '$.set.original'))))
""")
_FORGET_CLASHES = text("DELETE FROM clash WHERE record IN (SELECT value FROM json_each(:ids))")
_SEAL = text("""
    INSERT INTO sealed (record, type, parent, reason, stub, since)
    VALUES (:record, :type, :parent, :reason, :stub, :since)
    ON CONFLICT DO UPDATE SET reason = excluded.reason, stub = excluded.stub, since = excluded.since
""")
_UNSEAL = text("""
    DELETE FROM sealed WHERE record IN (SELECT value FROM json_each(:ids))
        OR (parent <> '' AND parent IN (SELECT value FROM json_each(:ids))) RETURNING type, record
""")
_HELD = text("SELECT count(*) FROM agreed WHERE record IN (SELECT value FROM json_each(:ids))")


def family(connection: Connection, type_name: str, record: str) -> Touched:
    """A record and everything that belongs to it, by type."""
    found = {type_name: {record}}
    for name, children in _CHILDREN.get(type_name, ()):
        found.setdefault(name, set()).update(connection.execute(children, {"parent": record}).scalars())
    return found


def leaving(connection: Connection, entries: Sequence[Entry]) -> int:
    """How many held records these entries take away."""
    gone = {
        r for e in entries if e.kind == "leave" for ids in family(connection, e.type, e.record).values() for r in ids
    }
    return int(connection.execute(_HELD, {"ids": json_list(gone)}).scalar_one()) if gone else 0


def leave(connection: Connection, entry: Entry, since_ms: int) -> Touched:
    """Take a record and its children away, but for unsent changes; what was touched."""
    members = family(connection, entry.type, entry.record)
    ids = [record for part in members.values() for record in part]
    asked = {"ids": json_list(ids)}
    kept = set(connection.execute(_UNSENT_OF, asked).scalars())
    connection.execute(_FORGET_OTHERS, asked)
    for step in (_PUT_BY, _FORGET_OWN):
        connection.execute(step, {**asked, "since": since_ms})
    connection.execute(_FORGET_CLASHES, asked)
    states = AgreedRecords(connection, ids)
    stub = _remembered(entry, states)
    for record in ids:
        states.put(record, None)
    states.write()
    sealed = [
        _sealed_row(entry, name, record, stub if record == entry.record else {}, since_ms)
        for name, part in members.items()
        for record in part
        if record in kept or (record == entry.record and not _is_child(name))
    ]
    if sealed:
        connection.execute(_SEAL, sealed)
    return members


def return_of(connection: Connection, records: Sequence[str]) -> Touched:
    """Records that are this desk's again, with what of their children was sealed along."""
    touched: Touched = {}
    for row in connection.execute(_UNSEAL, {"ids": json_list(records)}):
        touched.setdefault(row.type, set()).add(row.record)
    return touched


def _remembered(entry: Entry, states: AgreedRecords) -> Record:
    """The stub, with the name by which the people here knew what moved, so that they can be told."""
    held = states.get(entry.record)
    known = held.fields.get(RECORD_TYPES[entry.type].title) if held and entry.type in RECORD_TYPES else None
    return {**entry.stub, "title": known} if known and entry.reason in TOLD_BY_NAME else dict(entry.stub)


def _sealed_row(
    entry: Entry, type_name: str, record: str, stub: Record, since_ms: int
) -> dict[str, object]:
    return {
        "record": record, "type": type_name, "parent": entry.record if record != entry.record else "",
        "reason": entry.reason, "stub": write_json(stub).decode(), "since": since_ms,
    }  # fmt: skip


def _is_child(type_name: str) -> bool:
    return any(kind.name == type_name for kinds in CHILDREN.values() for kind in kinds)
