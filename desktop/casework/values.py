"""A stored value in words: codes as names, ids as people, cents as yuan. Sensitive values stay unsaid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.casework import spoken
from desktop.casework.desk import Desk
from sync.records import RECORD_TYPES, codes, declared
from sync.records.field import Field, Kind
from sync.records.validate import is_empty

EMPTY = "没填"
UNSAID = "（不在这里显示）"


def in_words(desk: Desk, field: Field, value: Any) -> str:
    """The value of a field as a sentence can hold it; 没填 when there is none."""
    if is_empty(value):
        return EMPTY
    if field.privacy == "S":
        return UNSAID
    return _SAID[field.kind](desk, field, value)


def label(kind: str, name: str) -> str:
    """The words for a field; its own name when this version does not know it."""
    field = declared(kind).by_name.get(name)
    return field.label if field else name


def _number(_: Desk, field: Field, value: Any) -> str:
    return f"{value:,} {field.unit}".rstrip() if isinstance(value, int) else str(value)


def _money(_: Desk, __: Field, value: Any) -> str:
    return f"{spoken.yuan(value)} 元" if isinstance(value, int) else str(value)


def _flag(_: Desk, __: Field, value: Any) -> str:
    return "是" if value else "否"


def _reference(desk: Desk, field: Field, value: Any) -> str:
    names: dict[str, Callable[[str], str]] = {
        "account": desk.directory.account_name,
        "mediator": desk.directory.mediator_name,
        "mediation_org": desk.directory.org_name,
    }
    if field.refers in names:
        return names[field.refers](str(value))
    record = desk.store.record(field.refers, str(value)) or {}
    title = RECORD_TYPES[field.refers].title
    return str(record.get(title) or "另一条") if title else "另一条"


def _items(desk: Desk, field: Field, value: Any) -> str:
    return "；".join(_item(desk, field, entry) for entry in value if isinstance(entry, dict))


def _item(desk: Desk, field: Field, entry: dict[str, Any]) -> str:
    said = (in_words(desk, part, entry[part.name]) for part in field.parts if not is_empty(entry.get(part.name)))
    return " ".join(said)


_SAID: dict[Kind, Callable[[Desk, Field, Any], str]] = {
    "text": lambda _, __, value: str(value),
    "long_text": lambda _, __, value: str(value),
    "code": lambda _, field, value: codes.table(field.codes).text(str(value)),
    "codes": lambda _, field, value: "、".join(codes.table(field.codes).text(str(v)) for v in value),
    "integer": _number,
    "money": _money,
    "flag": _flag,
    "day": lambda desk, _, value: spoken.iso_day(str(value), desk.today),
    "moment": lambda desk, _, value: spoken.iso_moment(str(value), desk.now()),
    "place": lambda desk, _, value: desk.directory.place_name(str(value)),
    "reference": _reference,
    "references": lambda desk, field, value: "、".join(_reference(desk, field, v) for v in value),
    "texts": lambda _, __, value: "；".join(map(str, value)),
    "items": _items,
    "digest": lambda _, __, value: f"{str(value)[:8]}…",
}
