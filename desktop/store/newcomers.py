"""Records the desk has never heard of, written many at a time: nothing to look up, nothing to replace.

What is written is what `fold` would write. A new desk takes a hundred thousand records, so here it counts: everything
that needs no file is done beforehand (`prepare`), beside the page before being written, and each table is written by
one statement, during which other threads run freely.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, text

from desktop.store import agreed, marks, search_index
from desktop.store.grams import grams
from desktop.store.lines import dispute_line, plain_rows
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
_KEY = "key"
_NAMES = {name: [column.name for column in table.columns if column.name != _KEY] for name, table in VIEWS.items()}
_PEOPLE = ("reader", "handler")


def _from_rows(table: str, columns: Sequence[str], values: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM json_each(:rows)"


def _cells(count: int) -> list[str]:
    return [f"value->>{place}" for place in range(count)]


_AGREED_COLUMNS = ("record", "type", "no", "body", "address", "mark", "created_at", "updated_at", "untold")
_AGREED = text(_from_rows("agreed", _AGREED_COLUMNS, [*_cells(8), "1"]))
_ROWS = {
    name: text(_from_rows(f'"{name}"', [f'"{n}"' for n in (_KEY, *names)], [f":base + {_KEY}", *_cells(len(names))]))
    for name, names in _NAMES.items()
}
_WORDS = {name: text(_from_rows(t, ("rowid", "words"), (f":base + {_KEY}", "value"))) for name, t in INDEXED.items()}
_PERSONS = {
    name: text(_from_rows(name, ("person", "dispute"), ("value->>0", ":base + (value->>1)"))) for name in _PEOPLE
}
KEYS_FROM = 1 << 24
"""Pages come newest first, and search shows the highest key first: so each page takes keys below the one before,
and what is registered here later gets higher ones."""

Family = dict[str, dict[str, View]]
"""Type name -> record id -> view."""


@dataclass(slots=True)
class Prepared:
    """Rows of new records, as JSON, ready to be written under keys that only the file knows.

    marked: address and mark of each. counts: how many rows a derived table gets. words: what its index gets, in the
    same order. people: of the disputes, (person, place in the rows).
    """

    agreed: str = "[]"
    marked: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)


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


def prepare(states: Sequence[State], summarise: Summarise) -> Prepared:
    """Everything about new records that needs no file. Whole families, parents before children."""
    prepared = Prepared()
    marks_of = [mark(state.type, state.record, state.no, state.fields) for state in states]
    prepared.agreed = _json([_agreed_row(state, found) for state, found in zip(states, marks_of, strict=True)])
    prepared.marked = [(state.address, found) for state, found in zip(states, marks_of, strict=True)]
    seen = _seen(reversed(states))
    for name in seen.keys() - {"dispute"}:
        _lay_down(prepared, name, plain_rows(RECORD_TYPES[name], seen[name]))
        if name in INDEXED:
            found = (search_index.party_words(view.fields) for view in seen[name].values())
            prepared.words[name] = _json([grams(words) for words in found])
    if disputes := seen.get("dispute"):
        _prepare_disputes(prepared, disputes, _families(seen), summarise)
    return prepared


def _prepare_disputes(
    prepared: Prepared, disputes: Mapping[str, View], families: Mapping[str, Family], summarise: Summarise
) -> None:
    lines = [dispute_line(i, seen, families.get(i, {}), summarise) for i, seen in disputes.items()]
    _lay_down(prepared, "dispute", [line.row for line in lines])
    prepared.words["dispute"] = _json([grams(line.words) for line in lines])
    for table, people in zip(_PEOPLE, (attrgetter("readers"), attrgetter("handlers")), strict=True):
        named = [(person, place) for place, line in enumerate(lines) for person in people(line)]
        prepared.people[table] = _json(named)


def write(connection: Connection, prepared: Prepared) -> None:
    """Write agreed states, tallies, rows and search index of new records."""
    if not prepared.marked:
        return
    connection.execute(_AGREED, {"rows": prepared.agreed})
    agreed.count_in(connection, prepared.marked)
    below = marks.number(connection, marks.STOCK_KEY) or KEYS_FROM
    marks.put(connection, stock_key=below - max(prepared.counts.values()))
    for name, rows in prepared.rows.items():
        place = {"base": below - prepared.counts[name]}
        connection.execute(_ROWS[name], {"rows": rows, **place})
        if name in prepared.words:
            connection.execute(_WORDS[name], {"rows": prepared.words[name], **place})
    for name, rows in prepared.people.items():
        connection.execute(_PERSONS[name], {"rows": rows, "base": below - prepared.counts["dispute"]})


def _lay_down(prepared: Prepared, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    prepared.counts[name] = len(rows)
    prepared.rows[name] = _json([[row[column] for column in _NAMES[name]] for row in rows])


def _json(rows: Sequence[Any]) -> str:
    return write_json(rows).decode()


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
