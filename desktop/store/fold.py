"""Keeps the derived tables equal to the fold: what a transaction touched is folded at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, text

from desktop.store import search_index
from desktop.store.edit import Changes
from desktop.store.initials import initials
from desktop.store.stages import stage
from desktop.store.summary import Summarise
from desktop.store.tables import UPSERTS, VIEWS
from desktop.store.views import View, json_list, views, write_json
from sync.records import CHILDREN, RECORD_TYPES, Record, RecordType

CHUNK = 500
_NO_ONE: frozenset[str] = frozenset()


def fold(connection: Connection, touched: Mapping[str, AbstractSet[str]], summarise: Summarise) -> Changes:
    """Bring the rows of the touched records, and of the disputes they belong to, up to date."""
    changed = {name: frozenset(ids) for name, ids in touched.items() if ids}
    disputes = set(changed.get("dispute", _NO_ONE))
    for name in changed.keys() & VIEWS.keys() - {"dispute"}:
        for ids in chunks(sorted(changed[name])):
            disputes |= _parents(connection, RECORD_TYPES[name], ids)
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
        keys = _keys(connection, VIEWS[name], found.keys())
        words = [(keys[record], search_index.party_words(seen.fields)) for record, seen in found.items()]
        search_index.put(connection, "party_search", words)
    return {row[kind.parent] for row in rows if row[kind.parent]} if kind.parent else set()


def fold_disputes(connection: Connection, ids: list[str], summarise: Summarise) -> None:
    """Rows of disputes, with what follows from their children."""
    found = dispute_lines(connection, ids, summarise)
    _write(connection, "dispute", [line.row for line in found.values()])
    _remove(connection, "dispute", set(ids) - found.keys())
    keys = _keys(connection, VIEWS["dispute"], found.keys())
    search_index.put(connection, "search", [(keys[record], line.words) for record, line in found.items()])
    _name(connection, "reader", {keys[record]: line.readers for record, line in found.items()})
    _name(connection, "handler", {keys[record]: line.handlers for record, line in found.items()})


def of_type(connection: Connection, name: str, ids: Iterable[str]) -> dict[str, View]:
    """The views of those of these records that are of a type."""
    return {record: seen for record, seen in views(connection, ids).items() if seen.type == name}


def plain_rows(kind: RecordType, found: Mapping[str, View]) -> list[dict[str, Any]]:
    """What the derived table of a type but dispute holds of these records."""
    rows = [_row(kind, record, seen) for record, seen in found.items()]
    if kind.name == "party":
        for row in rows:
            row["initials"] = initials(row["name"] or "")
    return rows


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """All that the derived tables hold of a dispute."""

    row: dict[str, Any]
    words: str
    readers: tuple[str, ...]
    handlers: tuple[str, ...]


def dispute_lines(connection: Connection, ids: list[str], summarise: Summarise) -> dict[str, DisputeLine]:
    """What the derived tables hold of these disputes, by id."""
    children = _children(connection, ids)
    return {
        record: _line(record, seen, children.get(record, {}), summarise)
        for record, seen in of_type(connection, "dispute", ids).items()
    }


def _line(record: str, seen: View, own: dict[str, dict[str, View]], summarise: Summarise) -> DisputeLine:
    fields = {name: [{"id": i, **child.fields} for i, child in part.items()] for name, part in own.items()}
    summary = summarise({"id": record, **seen.fields}, fields)
    family = [seen, *(child for part in own.values() for child in part.values())]
    row = {
        **_row(RECORD_TYPES["dispute"], record, _joined(seen, family)),
        "stage": stage(seen.fields), "due_date": summary.due_date, "due_kind": summary.due_kind,
        "restricted": int(bool(summary.readers)),
    }  # fmt: skip
    words = search_index.dispute_words(seen.fields, fields, summary.words)
    return DisputeLine(row, words, tuple(sorted(set(summary.readers))), _handlers(seen.fields))


def chunks(ids: list[str], size: int = CHUNK) -> Iterator[list[str]]:
    """A long list in parts."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _children(connection: Connection, disputes: list[str]) -> dict[str, dict[str, dict[str, View]]]:
    """Dispute id -> type name -> child id -> view, oldest first."""
    found: dict[str, dict[str, dict[str, View]]] = {}
    asked = {"ids": json_list(disputes)}
    for kind in CHILDREN["dispute"]:
        listed = connection.execute(_CHILD_IDS[kind.name], asked).scalars().all()
        for record, seen in sorted(views(connection, listed).items(), key=lambda item: (item[1].created_ms, item[0])):
            parent = str(seen.fields.get(kind.parent))
            found.setdefault(parent, {}).setdefault(kind.name, {})[record] = seen
    return found


def _joined(dispute: View, family: list[View]) -> View:
    """The dispute's view carrying what stands out anywhere in it, for its line in a list."""
    return View(
        dispute.type,
        dispute.fields,
        dispute.no,
        any(member.waiting for member in family),
        any(member.refused for member in family),
        any(member.clash for member in family),
        dispute.created_ms,
        max(member.updated_ms for member in family),
    )


def _row(kind: RecordType, record: str, seen: View) -> dict[str, Any]:
    return {
        "id": record,
        **{field.name: _cell(seen.fields.get(field.name)) for field in kind.fields},
        "waiting": int(seen.waiting),
        "refused": int(seen.refused),
        "clash": int(seen.clash),
        "created_at": seen.created_ms,
        "updated_at": seen.updated_ms,
    }


def _cell(value: Any) -> str | int | None:
    return write_json(value).decode() if isinstance(value, (list, dict)) else value


def _write(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(UPSERTS[name], rows)


def _remove(connection: Connection, name: str, ids: AbstractSet[str]) -> None:
    keys = list(_keys(connection, VIEWS[name], ids).values())
    if not keys:
        return
    connection.execute(text(f'DELETE FROM "{name}" WHERE key = :key'), [{"key": key} for key in keys])
    if name in _INDEXED:
        search_index.drop(connection, _INDEXED[name], keys)
    if name == "dispute":
        _name(connection, "reader", dict.fromkeys(keys, ()))
        _name(connection, "handler", dict.fromkeys(keys, ()))


def _keys(connection: Connection, table: Table, ids: Iterable[str]) -> dict[str, int]:
    """Record id -> key of its row."""
    found = connection.execute(
        text(f'SELECT id, key FROM "{table.name}" WHERE id IN (SELECT value FROM json_each(:ids))'),
        {"ids": json_list(ids)},
    )
    return {row.id: row.key for row in found}


def _parents(connection: Connection, kind: RecordType, ids: list[str]) -> set[str]:
    """The disputes these children belonged to until now."""
    if kind.parent_type != "dispute":
        return set()
    return set(connection.execute(_PARENT_IDS[kind.name], {"ids": json_list(ids)}).scalars())


def _handlers(dispute: Record) -> tuple[str, ...]:
    others = dispute.get("co_mediator_ids")
    named = [
        dispute.get("host_mediator_id"),
        dispute.get("first_contact_id"),
        *(others if isinstance(others, list) else ()),
    ]
    return tuple(sorted({str(person) for person in named if person}))


def _name(connection: Connection, table: str, people: Mapping[int, tuple[str, ...]]) -> None:
    """Write down the people each dispute names in a role, in place of those named before."""
    if not people:
        return
    keys = write_json(list(people)).decode()
    connection.execute(
        text(f"DELETE FROM {table} WHERE dispute IN (SELECT value FROM json_each(:keys))"), {"keys": keys}
    )
    named = [{"person": person, "dispute": key} for key, part in people.items() for person in part]
    if named:
        connection.execute(text(f"INSERT INTO {table} (person, dispute) VALUES (:person, :dispute)"), named)


_INDEXED = {"dispute": "search", "party": "party_search"}
_CHILD_IDS = {
    kind.name: text(f'SELECT id FROM "{kind.name}" WHERE {kind.parent} IN (SELECT value FROM json_each(:ids))')
    for kind in CHILDREN["dispute"]
}
_PARENT_IDS = {
    kind.name: text(
        f'SELECT DISTINCT {kind.parent} FROM "{kind.name}" '
        f"WHERE {kind.parent} IS NOT NULL AND id IN (SELECT value FROM json_each(:ids))"
    )
    for kind in CHILDREN["dispute"]
}
