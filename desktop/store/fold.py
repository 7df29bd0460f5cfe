"""Keeps the derived tables equal to the fold: what a transaction touched is folded at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Connection, text

from desktop.store import search_index
from desktop.store.edit import Changes
from desktop.store.lines import DisputeLine, dispute_lines, of_type, plain_rows
from desktop.store.summary import Summarise
from desktop.store.tables import UPSERTS, VIEWS
from desktop.store.views import json_list
from sync.records import CHILDREN, RECORD_TYPES

Named = tuple[str, int, str]
"""How a dispute names a person: role, key of the dispute, account or mediator id."""
CHUNK = 500
_NO_ONE: frozenset[str] = frozenset()
ROLES = ("reader", "handler")
"""How a dispute may name a person, and the tables that hold it."""
_INDEXED = {"dispute": "search", "party": "party_search"}
_KEYS = {name: text(f'SELECT id, key FROM "{name}" WHERE id IN (SELECT value FROM json_each(:ids))') for name in VIEWS}
_HELD = text("""
    SELECT id, key, '' AS role, '' AS person FROM dispute WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT '', dispute, 'reader', person FROM reader JOIN dispute ON dispute.key = reader.dispute
        WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT '', dispute, 'handler', person FROM handler JOIN dispute ON dispute.key = handler.dispute
        WHERE id IN (SELECT value FROM json_each(:ids))
""")
"""The keys of disputes, and whom each names."""
_NAME = {role: text(f"INSERT INTO {role} (person, dispute) VALUES (:person, :key)") for role in ROLES}
_UNNAME = {role: text(f"DELETE FROM {role} WHERE person = :person AND dispute = :key") for role in ROLES}
_NAME_NOBODY = [text(f"DELETE FROM {role} WHERE dispute = :key") for role in ROLES]
_DELETE = {name: text(f'DELETE FROM "{name}" WHERE key = :key') for name in VIEWS}
_PARENTS = {
    kind.name: text(
        f'SELECT DISTINCT {kind.parent} FROM "{kind.name}" '
        f"WHERE {kind.parent} IS NOT NULL AND id IN (SELECT value FROM json_each(:ids))"
    )
    for kind in CHILDREN["dispute"]
}


def fold(connection: Connection, touched: Mapping[str, AbstractSet[str]], summarise: Summarise) -> Changes:
    """Bring the rows of the touched records, and of the disputes they belong to, up to date."""
    changed = {name: frozenset(ids) for name, ids in touched.items() if ids}
    disputes = set(changed.get("dispute", _NO_ONE))
    for name in changed.keys() & VIEWS.keys() - {"dispute"}:
        for ids in chunks(sorted(changed[name])):
            disputes |= _parents(connection, name, ids)
            disputes |= fold_plain(connection, name, ids)
    for ids in chunks(sorted(disputes)):
        fold_disputes(connection, ids, summarise)
    return Changes({**changed, "dispute": frozenset(disputes)} if disputes else changed)


def fold_plain(connection: Connection, name: str, ids: list[str]) -> set[str]:
    """Rows of any type but dispute; answers with the disputes they belong to."""
    kind = RECORD_TYPES[name]
    found = of_type(connection, name, ids)
    rows = plain_rows(kind, found)
    _write(connection, name, rows)
    _remove(connection, name, set(ids) - found.keys())
    if name == "party":
        keys = _keys(connection, name, found.keys())
        words = [(keys[record], search_index.party_words(seen.fields)) for record, seen in found.items()]
        search_index.put(connection, "party_search", words)
    return {row[kind.parent] for row in rows if row[kind.parent]} if kind.parent else set()


def fold_disputes(connection: Connection, ids: list[str], summarise: Summarise) -> None:
    """Rows of disputes, with what follows from their children."""
    found = dispute_lines(connection, ids, summarise)
    _write(connection, "dispute", [line.row for line in found.values()])
    _remove(connection, "dispute", set(ids) - found.keys())
    held = connection.execute(_HELD, {"ids": json_list(found)}).all()
    keys = {row.id: row.key for row in held if not row.role}
    search_index.put(connection, "search", [(keys[record], line.words) for record, line in found.items()])
    named = {(row.role, row.key, row.person) for row in held if row.role}
    _name(connection, named, {named for record, line in found.items() for named in _people(keys[record], line)})


def chunks(ids: list[str], size: int = CHUNK) -> Iterator[list[str]]:
    """A long list in parts."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _write(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(UPSERTS[name], rows)


def _remove(connection: Connection, name: str, ids: AbstractSet[str]) -> None:
    keys = list(_keys(connection, name, ids).values()) if ids else []
    if not keys:
        return
    connection.execute(_DELETE[name], [{"key": key} for key in keys])
    if name in _INDEXED:
        search_index.drop(connection, _INDEXED[name], keys)
    if name == "dispute":
        for statement in _NAME_NOBODY:
            connection.execute(statement, [{"key": key} for key in keys])


def _keys(connection: Connection, name: str, ids: Iterable[str]) -> dict[str, int]:
    """Record id -> key of its row."""
    return {row.id: row.key for row in connection.execute(_KEYS[name], {"ids": json_list(ids)})}


def _parents(connection: Connection, name: str, ids: list[str]) -> set[str]:
    """The disputes these children belonged to until now."""
    return set(connection.execute(_PARENTS[name], {"ids": json_list(ids)}).scalars()) if name in _PARENTS else set()


def _people(key: int, line: DisputeLine) -> Iterator[Named]:
    for role, people in (("reader", line.readers), ("handler", line.handlers)):
        for person in people:
            yield role, key, person


def _name(connection: Connection, before: set[Named], after: set[Named]) -> None:
    """Write down the people each dispute names, where they are others than before."""
    for statements, changed in ((_UNNAME, before - after), (_NAME, after - before)):
        for role in ROLES:
            rows = [{"key": key, "person": person} for one, key, person in changed if one == role]
            if rows:
                connection.execute(statements[role], rows)
