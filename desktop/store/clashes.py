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
    INSERT INTO clash (no, type, record, fields, state, settled_by)
    VALUES (:no, :type, :record, :fields, :state, :by) ON CONFLICT DO NOTHING
""")
_DECISION = text("""
    SELECT no, state FROM change WHERE record = :record AND state IN ('waiting', 'offered', 'numbered', 'agreed')
        AND EXISTS (SELECT 1 FROM json_each(change.body, '$.decides') WHERE value = :id)
    ORDER BY no IS NULL, no LIMIT 1
""")
_NUMBERS = text("""
    SELECT no FROM change WHERE record = :record AND no IS NOT NULL AND id IN (SELECT value FROM json_each(:ids))
""")
_ASIDE = text("""
    SELECT change.id, clash.fields FROM clash JOIN change ON change.no = clash.no
    WHERE clash.record = :record AND clash.no IN (SELECT value FROM json_each(:numbers)) ORDER BY clash.no
""")
_NUMBERED = text("SELECT id, body, aside FROM change WHERE record = :record AND no IS NOT NULL ORDER BY no DESC")
_NARROW = text("UPDATE clash SET fields = :fields WHERE no = :no")
_CLOSE = text("UPDATE clash SET state = :state, settled_by = :by WHERE no = :no AND record = :record")


def take_entry(connection: Connection, entry: Entry, change: Change) -> bool:
    """Close what the entry's change decided, open what it set aside; True for a new clash.

    What somebody has decided about already (on a desk that offered its changes again sooner) is not opened.
    """
    _close(connection, entry, numbers(connection, change), "settled")
    if not entry.aside:
        return False
    _supersede(connection, entry, change)
    decision = connection.execute(_DECISION, {"record": entry.record, "id": entry.id}).first()
    state = "open" if decision is None else "settled" if decision.state == "agreed" else "decided"
    added = connection.execute(_ADD, {
        "no": entry.no, "type": entry.type, "record": entry.record, "fields": write_json(entry.aside).decode(),
        "state": state, "by": decision.no or 0 if decision else 0,
    })  # fmt: skip
    return added.rowcount > 0 and state == "open"


def numbers(connection: Connection, change: Change) -> list[int]:
    """The journal numbers, as they stand today, of what a change decides about."""
    if not change.decides:
        return change.settles
    asked = {"record": change.record, "ids": write_json(change.decides).decode()}
    return list(connection.execute(_NUMBERS, asked).scalars())


def parties(connection: Connection, record: str, numbers: Iterable[int]) -> list[str]:
    """The changes that a decision about these clashes is about: what was set aside, and what stands against it."""
    settled = list(numbers)
    if not settled:
        return []
    asked = {"record": record, "numbers": write_json(settled).decode()}
    aside = connection.execute(_ASIDE, asked).all()
    found, fields = [row.id for row in aside], {name for row in aside for name in read_json(row.fields)}
    for row in connection.execute(_NUMBERED, {"record": record}) if fields else ():
        if said := fields & read_change(row.body).set.keys() - set(read_json(row.aside)):
            found.append(row.id)
            fields -= said
    return found


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
