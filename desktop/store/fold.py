"""Keeps the derived tables equal to the fold: what a transaction touched is folded at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
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
    found = {record: seen for record, seen in views(connection, ids).items() if seen.type == name}
    rows = [_row(kind, record, seen) for record, seen in found.items()]
    if kind.name == "party":
        for row in rows:
            row["initials"] = initials(row["name"] or "")
    _write(connection, name, rows)
    _remove(connection, name, set(ids) - found.keys())
    if kind.name == "party":
        keys = _keys(connection, VIEWS[name], found.keys())
        words = [(keys[record], search_index.party_words(seen.fields)) for record, seen in found.items()]
        search_index.put(connection, "party_search", words)
    return {row[kind.parent] for row in rows if row[kind.parent]} if kind.parent else set()


def fold_disputes(connection: Connection, ids: list[str], summarise: Summarise) -> None:
    """Rows of disputes, with what follows from their children."""
    found = {record: seen for record, seen in views(connection, ids).items() if seen.type == "dispute"}
    children = _children(connection, ids)
    rows, words, readers = [], {}, {}
    for record, seen in found.items():
        own = children.get(record, {})
        fields = {name: [{"id": i, **child.fields} for i, child in part.items()] for name, part in own.items()}
        summary = summarise({"id": record, **seen.fields}, fields)
        family = [seen, *(child for part in own.values() for child in part.values())]
        rows.append({
            **_row(RECORD_TYPES["dispute"], record, _joined(seen, family)),
            "stage": stage(seen.fields), "due_date": summary.due_date, "due_kind": summary.due_kind,
            "restricted": int(bool(summary.readers)),
        })  # fmt: skip
        words[record] = search_index.dispute_words(seen.fields, fields, summary.words)
        readers[record] = summary.readers
    _write(connection, "dispute", rows)
    _remove(connection, "dispute", set(ids) - found.keys())
    keys = _keys(connection, VIEWS["dispute"], found.keys())
    search_index.put(connection, "search", [(keys[record], text) for record, text in words.items()])
    _admit(connection, {keys[record]: accounts for record, accounts in readers.items()})


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
        "no": seen.no,
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
        _admit(connection, dict.fromkeys(keys, ()))


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


def _admit(connection: Connection, readers: Mapping[int, tuple[str, ...]]) -> None:
    """Write down who alone may read; nobody named means no restriction."""
    if not readers:
        return
    keys = write_json(list(readers)).decode()
    connection.execute(text("DELETE FROM reader WHERE dispute IN (SELECT value FROM json_each(:keys))"), {"keys": keys})
    named = [{"account": account, "dispute": key} for key, accounts in readers.items() for account in set(accounts)]
    if named:
        connection.execute(text("INSERT INTO reader (account, dispute) VALUES (:account, :dispute)"), named)


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
