"""Saving: a person's edits become changes in the log and rows in the views, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import Connection, text

from desktop.store import clock, own_chain
from desktop.store.edit import Edit
from desktop.store.surroundings import Surroundings
from desktop.store.views import View, view, write_json
from sync.protocol.messages import Change
from sync.records import RECORD_TYPES, Record
from sync.records.codec import patch

Touched = dict[str, set[str]]

_DECIDE = text("""
    UPDATE clash SET state = 'decided'
    WHERE state = 'open' AND record = :record AND no IN (SELECT value FROM json_each(:numbers))
""")
_REOPEN = text("""
    UPDATE clash SET state = 'open'
    WHERE state = 'decided' AND record = :record AND no IN (SELECT value FROM json_each(:numbers))
""")


def save(connection: Connection, edits: Sequence[Edit], by: str, around: Surroundings) -> Touched:
    """Write the changes these edits make; what they touched. Raises KeyError for an undeclared type."""
    touched: Touched = {}
    for edit in edits:
        if write(connection, edit, by, around):
            touched.setdefault(edit.type, set()).add(edit.record)
    return touched


def write(connection: Connection, edit: Edit, by: str, around: Surroundings) -> bool:
    """Add one edit to the log as a waiting change; False when it changes nothing."""
    seen = view(connection, edit.record) or View(RECORD_TYPES[edit.type].name, {})
    new, was = _difference(seen.fields, edit)
    if not new and not edit.settles:
        return False
    settles = sorted(edit.settles)
    log(connection, Change(edit.type, edit.record, new, by, 0, base=seen.no, was=was, settles=settles), around)
    return True


def log(connection: Connection, change: Change, around: Surroundings) -> None:
    """Stamp a change with the time, chain it and let it wait; clashes it decides about are open no more."""
    wall = around.clock_ms()
    at = clock.tick(connection, wall)
    own_chain.append(connection, replace(change, at=at, told=wall - at), around.random_bytes)
    if change.settles:
        connection.execute(_DECIDE, {"record": change.record, "numbers": write_json(change.settles).decode()})


def reopen(connection: Connection, record: str, numbers: Sequence[int]) -> None:
    """The decision was refused: the clash is open again."""
    if numbers:
        connection.execute(_REOPEN, {"record": record, "numbers": write_json(list(numbers)).decode()})


def _difference(seen: Record, edit: Edit) -> tuple[Record, Record]:
    """What the edit changes and what was there. A decision keeps every field it names: it is what was decided."""
    named = {name: value for name, value in edit.set.items() if name != "id"}
    if edit.settles:
        new, was = named, {name: seen.get(name) for name in named}
    else:
        new, was = patch({name: seen.get(name) for name in named}, named)
    return new, {name: value for name, value in was.items() if value is not None}
