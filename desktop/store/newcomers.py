"""Records the desk has never heard of, written many at a time: nothing to look up, nothing to replace.

What is written is what `fold` would write. A new desk takes a hundred thousand records, so here it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter, itemgetter
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
_AGREED = """
    INSERT INTO agreed (record, type, no, body, address, mark, created_at, updated_at, untold)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
"""
_NAMES = {name: [column.name for column in table.columns] for name, table in VIEWS.items()}
_ROW_OF: dict[str, Callable[[dict[str, Any]], tuple[Any, ...]]] = {n: itemgetter(*c) for n, c in _NAMES.items()}
_INSERT = {
    name: f'INSERT INTO "{name}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'
    for name, names in ((name, [f'"{column}"' for column in columns]) for name, columns in _NAMES.items())
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


class Newcomers:
    """Writes agreed states, tallies, rows and search index of new records."""

    def __init__(self, connection: Connection, summarise: Summarise) -> None:
        self._connection = connection
        self._summarise = summarise
        self._below = KEYS_FROM

    def write(self, states: Sequence[State]) -> None:
        """Write them, whole families at a time."""
        if not states:
            return
        marked = [(state, mark(state.type, state.record, state.no, state.fields)) for state in states]
        self._many(_AGREED, (_agreed_row(state, found) for state, found in marked))
        agreed.count_in(self._connection, [(state.address, found) for state, found in marked])
        seen = _seen(reversed(states))
        self._below = marks.number(self._connection, marks.STOCK_KEY) or KEYS_FROM
        marks.put(self._connection, stock_key=self._below - max(map(len, seen.values())))
        for name in seen.keys() - {"dispute"}:
            self._plain(name, seen[name])
        if disputes := seen.get("dispute"):
            self._disputes(disputes, _families(seen))

    def _plain(self, name: str, seen: Mapping[str, View]) -> None:
        keys = self._insert(name, plain_rows(RECORD_TYPES[name], seen))
        if name in INDEXED:
            self._index(name, keys, (search_index.party_words(view.fields) for view in seen.values()))

    def _disputes(self, disputes: Mapping[str, View], families: Mapping[str, Family]) -> None:
        lines = [dispute_line(i, seen, families.get(i, {}), self._summarise) for i, seen in disputes.items()]
        keys = self._insert("dispute", [line.row for line in lines])
        self._index("dispute", keys, (line.words for line in lines))
        for table, people in (("reader", attrgetter("readers")), ("handler", attrgetter("handlers"))):
            named = [(person, key) for key, line in zip(keys, lines, strict=True) for person in people(line)]
            self._many(f"INSERT INTO {table} (person, dispute) VALUES (?, ?)", named)

    def _insert(self, name: str, rows: Sequence[dict[str, Any]]) -> range:
        """Insert rows of a derived table; their keys."""
        keys, values = range(self._below - len(rows), self._below), _ROW_OF[name]
        self._many(_INSERT[name], (values({**row, "key": key}) for key, row in zip(keys, rows, strict=True)))
        return keys

    def _index(self, name: str, keys: range, words: Iterable[str]) -> None:
        rows = ((key, grams(found)) for key, found in zip(keys, words, strict=True))
        self._many(f"INSERT INTO {INDEXED[name]} (rowid, words) VALUES (?, ?)", rows)

    def _many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        if listed := list(rows):
            self._connection.exec_driver_sql(statement, listed)


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
