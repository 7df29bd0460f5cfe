"""Rows of the derived tables: written only where they differ from what is there.

A dispute's row stands in a dozen indexes, and most of what is folded changes a flag or a time: writing the row whole
would write a page of each index anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from desktop.store import search_index
from desktop.store.tables import INDEXED, INSERTS, ROLES, VIEWS
from desktop.store.views import json_list

_COLUMNS = {name: tuple(column.name for column in table.columns) for name, table in VIEWS.items()}
_quoted = '"{}"'.format
_ASKED = "WHERE id IN (SELECT value FROM json_each(:ids))"
_ROWS = {
    name: text(f'SELECT {", ".join(map(_quoted, columns))} FROM "{name}" {_ASKED}')
    for name, columns in _COLUMNS.items()
}
_KEYS = {name: text(f'SELECT id, key FROM "{name}" {_ASKED}') for name in VIEWS}
_DELETE = {name: text(f'DELETE FROM "{name}" WHERE key = :key') for name in VIEWS}
_NAME_NOBODY = [text(f"DELETE FROM {role} WHERE dispute = :key") for role in ROLES]


@dataclass(frozen=True, slots=True)
class Written:
    """Keys by record id, and the records that are new or found by other words than before."""

    keys: Mapping[str, int]
    reworded: AbstractSet[str]


def write(connection: Connection, name: str, rows: list[dict[str, Any]]) -> Written:
    """Bring the rows of these records up to date."""
    known = _rows(connection, name, [row["id"] for row in rows]) if rows else {}
    fresh = [row for row in rows if row["id"] not in known]
    if fresh:
        connection.execute(INSERTS[name], fresh)
    reworded = {row["id"] for row in fresh}
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        kept = known.get(row["id"])
        changed = {column: value for column, value in row.items() if kept and value != kept[column]}
        if changed:
            alike.setdefault(tuple(changed), []).append({"key": known[row["id"]]["key"], **changed})
        if "words" in changed:
            reworded.add(row["id"])
    for columns, changes in alike.items():
        connection.exec_driver_sql(_update(name, columns), changes)
    keys = {record: int(kept["key"]) for record, kept in known.items()}
    return Written(keys | _keys(connection, name, [row["id"] for row in fresh]), reworded)


def remove(connection: Connection, name: str, ids: Iterable[str]) -> None:
    """Take away the rows of these records and what goes with them."""
    rows = [{"key": key} for key in _keys(connection, name, list(ids)).values()]
    if not rows:
        return
    connection.execute(_DELETE[name], rows)
    if name in INDEXED:
        search_index.drop(connection, INDEXED[name], [row["key"] for row in rows])
    if name == "dispute":
        for statement in _NAME_NOBODY:
            connection.execute(statement, rows)


def _rows(connection: Connection, name: str, ids: list[str]) -> dict[str, dict[str, Any]]:
    found = connection.execute(_ROWS[name], {"ids": json_list(ids)})
    return {row.id: dict(zip(_COLUMNS[name], row, strict=True)) for row in found}


def _keys(connection: Connection, name: str, ids: list[str]) -> dict[str, int]:
    if not ids:
        return {}
    return {row.id: row.key for row in connection.execute(_KEYS[name], {"ids": json_list(ids)})}


def _update(name: str, columns: tuple[str, ...]) -> str:
    values = ", ".join(f'"{column}" = :{column}' for column in columns)
    return f'UPDATE "{name}" SET {values} WHERE key = :key'
