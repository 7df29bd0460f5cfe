"""The ways out for a refused change: drop it, send it anew or hand it over, ask the district (peers.md §7 rule 3)."""

from __future__ import annotations

from sqlalchemy import Connection, text

from desktop.store.surroundings import Surroundings
from desktop.store.views import read_change, view, without_refused
from desktop.store.writing import Touched, log, reopen
from sync.protocol.messages import Change
from sync.records.codec import patch

_REFUSED = text("SELECT id, type, record, body FROM change WHERE id = :id AND state = 'refused'")
_REFUSED_OF = text("SELECT id, type, body FROM change WHERE record = :record AND state = 'refused' ORDER BY seq")
_SET_STATE = text("UPDATE change SET state = :state WHERE id = :id")
_ASK = text("UPDATE change SET asked = 1 WHERE id = :id AND state = 'refused' AND asked = 0")


def drop(connection: Connection, change: str) -> Touched:
    """Take a refused change out of what is seen; it stays in the history."""
    row = connection.execute(_REFUSED, {"id": change}).first()
    if row is None:
        return {}
    connection.execute(_SET_STATE, {"id": row.id, "state": "dropped"})
    reopen(connection, read_change(row.body))
    return {row.type: {row.record}}


def resend(connection: Connection, record: str, by: str, around: Surroundings) -> Touched:
    """Replace all refused changes of a record by one that leads from the state without them to what is seen."""
    rows = connection.execute(_REFUSED_OF, {"record": record}).all()
    seen = view(connection, record)
    if not rows or seen is None:
        return {}
    new, was = patch(without_refused(connection, rows[0].type, record), seen.fields)
    connection.execute(_SET_STATE, [{"id": row.id, "state": "replaced"} for row in rows])
    refused = [read_change(row.body) for row in rows]
    settles = sorted({no for change in refused for no in change.settles})
    decides = sorted({one for change in refused for one in change.decides})
    if new or settles:
        old = {name: value for name, value in was.items() if value is not None}
        change = Change(rows[0].type, record, new, by, 0, base=seen.no, was=old, settles=settles, decides=decides)
        log(connection, change, around)
    return {rows[0].type: {record}}


def hand_over(connection: Connection, change: str, given: Change, around: Surroundings) -> Touched:
    """Put a refused change aside and let what was made of it wait for those who hold the matter now."""
    row = connection.execute(_REFUSED, {"id": change}).first()
    if row is None:
        return {}
    connection.execute(_SET_STATE, {"id": row.id, "state": "replaced"})
    log(connection, given, around)
    return {row.type: {row.record}, given.type: {given.record}}


def ask(connection: Connection, change: str) -> None:
    """Mark a refused change to be passed on with the next exchange."""
    connection.execute(_ASK, {"id": change})
