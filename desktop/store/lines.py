"""What the derived tables hold of a record: its view in columns, and what follows from a dispute's children."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from desktop.store import search_index
from desktop.store.initials import initials
from desktop.store.stages import stage
from desktop.store.summary import Summarise
from desktop.store.views import View, json_list, views, write_json
from sync.records import CHILDREN, RECORD_TYPES, Record, RecordType

_CHILDREN = text(" UNION ALL ".join(
    f'SELECT id FROM "{kind.name}" WHERE {kind.parent} IN (SELECT value FROM json_each(:ids))'
    for kind in CHILDREN["dispute"]
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """All that the derived tables hold of a dispute."""

    row: dict[str, Any]
    words: str
    readers: tuple[str, ...]
    handlers: tuple[str, ...]


def of_type(connection: Connection, name: str, ids: Iterable[str]) -> dict[str, View]:
    """The views of those of these records that are of a type."""
    return {record: seen for record, seen in views(connection, ids).items() if seen.type == name}


def plain_rows(kind: RecordType, found: Mapping[str, View]) -> list[dict[str, Any]]:
    """What the derived table of a type but dispute holds of these records."""
    rows = [_row(kind, record, seen) for record, seen in found.items()]
    if kind.name == "party":
        for row in rows:
            row["initials"] = initials(row["name"] or "")
            row["words"] = search_index.digest(search_index.party_words(found[row["id"]].fields))
    return rows


def dispute_lines(connection: Connection, ids: list[str], summarise: Summarise) -> dict[str, DisputeLine]:
    """What the derived tables hold of these disputes, by id. The rows of their children must be there."""
    children = _children(connection, ids)
    return {
        record: dispute_line(record, seen, children.get(record, {}), summarise)
        for record, seen in of_type(connection, "dispute", ids).items()
    }


def dispute_line(record: str, seen: View, own: dict[str, dict[str, View]], summarise: Summarise) -> DisputeLine:
    """The same of one dispute, its children given by type and id, oldest first."""
    fields = {name: [{"id": i, **child.fields} for i, child in part.items()] for name, part in own.items()}
    summary = summarise({"id": record, **seen.fields}, fields)
    family = [seen, *(child for part in own.values() for child in part.values())]
    words = search_index.dispute_words(seen.fields, fields, summary.words)
    row = {
        **_row(RECORD_TYPES["dispute"], record, _joined(seen, family)),
        "stage": stage(seen.fields), "due_date": summary.due_date, "due_kind": summary.due_kind,
        "restricted": int(bool(summary.readers)), "words": search_index.digest(words),
    }  # fmt: skip
    return DisputeLine(row, words, tuple(sorted(set(summary.readers))), _handlers(seen.fields))


def _children(connection: Connection, disputes: list[str]) -> dict[str, dict[str, dict[str, View]]]:
    """Dispute id -> type name -> child id -> view, oldest first."""
    found: dict[str, dict[str, dict[str, View]]] = {}
    listed = connection.execute(_CHILDREN, {"ids": json_list(disputes)}).scalars()
    for record, seen in sorted(views(connection, listed).items(), key=lambda one: (one[1].created_ms, one[0])):
        parent = str(seen.fields.get(RECORD_TYPES[seen.type].parent))
        found.setdefault(parent, {}).setdefault(seen.type, {})[record] = seen
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


def _handlers(dispute: Record) -> tuple[str, ...]:
    others = dispute.get("co_mediator_ids")
    named = [dispute.get("host_mediator_id"), dispute.get("first_contact_id")]
    named.extend(others if isinstance(others, list) else ())
    return tuple(sorted({str(person) for person in named if person}))


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
