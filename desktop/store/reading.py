"""Reading single records, their children and small lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select, text

from desktop.store.fold import chunks
from desktop.store.tables import VIEWS
from desktop.store.views import View, view, views
from sync.records import RECORD_TYPES, Record, Value

_MAY_READ = text("""
    SELECT 1 FROM dispute WHERE id = :id AND restricted = 1
    AND NOT EXISTS (SELECT 1 FROM reader WHERE reader.dispute = dispute.key AND person = :account)
""")


def record(connection: Connection, type_name: str, record_id: str) -> Record | None:
    """A record as it is seen, with its id; None when there is none of that type."""
    seen = view(connection, record_id)
    return _with_id(record_id, seen) if seen is not None and seen.type == type_name else None


def children(connection: Connection, type_name: str, parent: str) -> list[Record]:
    """What of a type belongs to a record, oldest first."""
    return records(connection, type_name, {RECORD_TYPES[type_name].parent: parent})


def records(connection: Connection, type_name: str, where: Mapping[str, Value]) -> list[Record]:
    """The records of a type whose id or declared fields equal these values, or one of a list; oldest first.

    Raises KeyError for an undeclared type or field.
    """
    table = VIEWS[type_name]
    query = select(table.c.id).order_by(table.c.created_at, table.c.id)
    for name, value in where.items():
        column = table.c[name]
        query = query.where(column.in_(value) if isinstance(value, list) else column.is_not_distinct_from(value))
    return _seen(connection, connection.execute(query).scalars().all())


def may_read(connection: Connection, dispute: str, account: str) -> bool:
    """Whether nothing keeps this account from reading the dispute."""
    return connection.execute(_MAY_READ, {"id": dispute, "account": account}).first() is None


def _seen(connection: Connection, ids: Iterable[str]) -> list[Record]:
    found = []
    for part in chunks(list(ids)):
        seen = views(connection, part)
        found += [_with_id(i, seen[i]) for i in part if i in seen]
    return found


def _with_id(record_id: str, seen: View) -> Record:
    return {"id": record_id, **seen.fields}
