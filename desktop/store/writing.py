"""Saving: a person's edits become changes in the log and rows in the views, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, TextClause, text

from desktop.store import clashes
from desktop.store.edit import Edit
from desktop.store.pen import Pen
from desktop.store.surroundings import Surroundings
from desktop.store.views import View, views, without_refused, write_json
from sync.protocol.messages import Change
from sync.records import RECORD_TYPES, Record
from sync.records.codec import apply, patch

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
    seen, pen = views(connection, {edit.record for edit in edits}), Pen(connection, around)
    for edit in edits:
        view = seen.setdefault(edit.record, View(RECORD_TYPES[edit.type].name, {}))
        # A decision is judged by what the hub knows: refused words still standing here would make it a wrong step.
        decides = edit.settles and view.refused
        seen_there = without_refused(connection, edit.type, edit.record) if decides else view.fields
        new, was = _difference(seen_there, edit)
        if new or edit.settles:
            change = Change(edit.type, edit.record, new, by, 0, base=view.no, was=was, settles=sorted(edit.settles),
                            decides=clashes.parties(connection, edit.record, edit.settles))  # fmt: skip
            pen.write(change)
            _decide(connection, change)
            view.fields = apply(view.fields, new)
            touched.setdefault(edit.type, set()).add(edit.record)
    pen.lay_down()
    return touched


def log(connection: Connection, change: Change, around: Surroundings) -> None:
    """Let one more change wait; clashes it decides about are open no more."""
    pen = Pen(connection, around)
    pen.write(change)
    pen.lay_down()
    _decide(connection, change)


def _decide(connection: Connection, change: Change) -> None:
    _set_state(connection, _DECIDE, change)


def reopen(connection: Connection, change: Change) -> None:
    """The decision was refused: the clash is open again."""
    _set_state(connection, _REOPEN, change)


def _set_state(connection: Connection, statement: TextClause, change: Change) -> None:
    if change.settles:
        numbers = write_json(clashes.numbers(connection, change)).decode()
        connection.execute(statement, {"record": change.record, "numbers": numbers})


def _difference(seen: Record, edit: Edit) -> tuple[Record, Record]:
    """What the edit changes and what was there. A decision keeps every field it names: it is what was decided."""
    named = {name: value for name, value in edit.set.items() if name != "id"}
    if edit.settles:
        new, was = named, {name: seen.get(name) for name in named}
    else:
        new, was = patch({name: seen.get(name) for name in named}, named)
    return new, {name: value for name, value in was.items() if value is not None}
