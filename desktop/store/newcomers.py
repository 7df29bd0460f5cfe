"""Records the desk has never heard of, written many at a time: nothing to look up, nothing to replace.

What is written is what `fold` would write. A new desk takes a hundred thousand records, so here it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Connection, text

from desktop.store import agreed, marks, search_index
from desktop.store.grams import grams
from desktop.store.lines import DisputeLine, dispute_line, plain_rows
from desktop.store.summary import Summarise
from desktop.store.tables import INDEXED, VIEWS
from desktop.store.views import View, json_list, write_json
from sync.protocol.proof import mark
from sync.protocol.stock import State
from sync.records import CHILDREN, RECORD_TYPES

_KNOWN = text("""
    SELECT value FROM json_each(:ids) WHERE value IN (SELECT record FROM agreed)
        OR value IN (SELECT record FROM change) OR value IN (SELECT record FROM sealed)
""")
_WITH_CHILDREN = [
    text(f'SELECT {kind.parent} FROM "{kind.name}" WHERE {kind.parent} IN (SELECT value FROM json_each(:ids))')
    for kinds in CHILDREN.values()
    for kind in kinds
]
_QUOTED = '"{}"'.format
_AGREED = """
    INSERT INTO agreed (record, type, no, body, address, mark, created_at, updated_at, untold)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
"""
Row: TypeAlias = tuple[Any, ...]
_NAMES = {name: [column.name for column in table.columns if column.name != "key"] for name, table in VIEWS.items()}
_ROW_OF: dict[str, Callable[[dict[str, Any]], Row]] = {name: itemgetter(*names) for name, names in _NAMES.items()}
_INSERT = {
    name: f'INSERT INTO "{name}" (key, {", ".join(map(_QUOTED, names))}) VALUES (?{", ?" * len(names)})'
    for name, names in _NAMES.items()
}
KEYS_FROM = 1 << 24
"""Pages come newest first, and search shows the highest key first: so each page takes keys below the one before,
and what is registered here later gets higher ones."""

Family = dict[str, dict[str, View]]
"""Type name -> record id -> view."""


def told_apart(connection: Connection, states: Sequence[State]) -> tuple[list[State], list[State]]:
    """States of families of which nothing is known here, and all others. Parents come before their children."""
    roots: dict[str, str] = {}
    for state in states:
        kind = RECORD_TYPES.get(state.type)
        parent = str(state.fields.get(kind.parent)) if kind and kind.parent else ""
        roots[state.record] = roots.get(parent, parent) or state.record
    asked = {"ids": json_list({*roots, *roots.values()})}
    known = {roots.get(record, record) for record in connection.execute(_KNOWN, asked).scalars()}
    for query in _WITH_CHILDREN:
        known.update(connection.execute(query, asked).scalars())
    fresh = [state for state in states if roots[state.record] not in known and state.type in VIEWS]
    return fresh, [state for state in states if roots[state.record] in known or state.type not in VIEWS]


@dataclass(slots=True)
class Prepared:
    """Everything that will be written of some new records; made without the database, in whatever thread.

    rows: without keys, by type, the oldest first. words: what the rows are found by, by type.
    people: role -> (account or mediator id, which of the disputes).
    """

    agreed: list[Row]
    marks: list[tuple[str, str]]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


def prepare(states: Sequence[State], summarise: Summarise) -> Prepared:
    """What is to be written of whole families of new records."""
    marked = [(state, mark(state.type, state.record, state.no, state.fields)) for state in states]
    made = Prepared([_agreed_row(*one) for one in marked], [(state.address, found) for state, found in marked])
    seen = _seen(reversed(states))
    families = _families(seen)
    for name, views in seen.items():
        if name == "dispute":
            _add_disputes(made, [dispute_line(i, seen, families.get(i, {}), summarise) for i, seen in views.items()])
        else:
            made.rows[name] = [_ROW_OF[name](row) for row in plain_rows(RECORD_TYPES[name], views)]
        if name in INDEXED and name != "dispute":
            made.words[name] = [grams(search_index.party_words(view.fields)) for view in views.values()]
    return made


def write(connection: Connection, made: Prepared) -> None:
    """Write it: agreed states, tallies, rows, search index."""
    if not made.agreed:
        return
    _many(connection, _AGREED, made.agreed)
    agreed.count_in(connection, made.marks)
    below = marks.number(connection, marks.STOCK_KEY) or KEYS_FROM
    marks.put(connection, stock_key=below - max(map(len, made.rows.values())))
    for name, rows in made.rows.items():
        keys = range(below - len(rows), below)
        _many(connection, _INSERT[name], [(key, *row) for key, row in zip(keys, rows, strict=True)])
        if name in made.words:
            words = list(zip(keys, made.words[name], strict=True))
            _many(connection, f"INSERT INTO {INDEXED[name]} (rowid, words) VALUES (?, ?)", words)
    first = below - len(made.rows.get("dispute", ()))
    for role, people in made.people.items():
        named = [(person, first + which) for person, which in people]
        _many(connection, f"INSERT INTO {role} (person, dispute) VALUES (?, ?)", named)


def _add_disputes(made: Prepared, lines: list[DisputeLine]) -> None:
    made.rows["dispute"] = [_ROW_OF["dispute"](line.row) for line in lines]
    made.words["dispute"] = [grams(line.words) for line in lines]
    made.people["reader"] = [(person, n) for n, line in enumerate(lines) for person in line.readers]
    made.people["handler"] = [(person, n) for n, line in enumerate(lines) for person in line.handlers]


def _many(connection: Connection, statement: str, rows: list[Any]) -> None:
    if rows:
        connection.exec_driver_sql(statement, rows)


def _agreed_row(state: State, found: str) -> tuple[Any, ...]:
    body, address = write_json(state.fields).decode(), write_json([state.address]).decode()
    return state.record, state.type, state.no, body, address, found, state.created_ms, state.updated_ms


def _seen(states: Iterable[State]) -> Family:
    found: Family = {}
    for s in states:
        view = View(s.type, s.fields, s.no, created_ms=s.created_ms, updated_ms=s.updated_ms)
        found.setdefault(s.type, {})[s.record] = view
    return found


def _families(seen: Family) -> dict[str, Family]:
    """Dispute id -> its children by type, oldest first."""
    found: dict[str, Family] = {}
    for kind in CHILDREN["dispute"]:
        for record, view in sorted(seen.get(kind.name, {}).items(), key=lambda item: (item[1].created_ms, item[0])):
            found.setdefault(str(view.fields.get(kind.parent)), {}).setdefault(kind.name, {})[record] = view
    return found
