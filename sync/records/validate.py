"""What is wrong with a record, in words a clerk can act on; the same on the desk and on the hub."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sync.records import codes, places
from sync.records.checks import doubt
from sync.records.field import Field, Kind
from sync.records.record_type import RecordType

_IDENTIFIER = re.compile(r"[0-9A-Za-z_-]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong with one field. An error refuses the record, a warning only asks to look again."""

    field: str
    code: Literal["unknown", "kind", "limit", "missing", "doubtful", "retired"]
    message: str
    level: Literal["error", "warning"] = "error"


def complaints(kind: RecordType, record: Mapping[str, Any], only: Iterable[str] = ()) -> list[Complaint]:
    """Everything wrong with a whole record: malformed values, missing fields, doubtful numbers.

    `only` narrows the check to some fields and to what is missing because of them.
    """
    names = set(only) or set(record) | set(kind.by_name)
    found = [c for name in sorted(names & set(record)) for c in value_complaints(kind, name, record[name])]
    return found + [c for c in missing(kind, record) if c.field in names]


def missing(kind: RecordType, record: Mapping[str, Any]) -> list[Complaint]:
    """The fields that must be filled in this state of the record and are not (domain.md §8: R and C)."""
    return [
        Complaint(field.name, "missing", f"还没填“{field.label}”")
        for field in kind.fields
        if not field.retired and field.required.holds(record) and is_empty(record.get(field.name))
    ]


def is_empty(value: Any) -> bool:
    """Whether nothing was filled in. False and 0 are answers."""
    return value is None or value == "" or value == []


def value_complaints(kind: RecordType, name: str, value: Any) -> list[Complaint]:
    """What is wrong with one value, whatever the rest of the record says."""
    field = kind.by_name.get(name)
    if field is None:
        return [Complaint(name, "unknown", f"没有“{name}”这一项")]
    return _field_complaints(field, value)


def _field_complaints(field: Field, value: Any) -> list[Complaint]:
    if value is None:
        return []
    problem = _SHAPES[field.kind](field, value)
    if problem:
        return [Complaint(field.name, "kind", f"“{field.label}”{problem}")]
    if field.check and isinstance(value, str) and value:
        if field.check == "division_code" or not (doubtful := doubt(field.check, value)):
            return []
        return [Complaint(field.name, "doubtful", doubtful, "warning")]
    return []


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        return "应该是文字"
    if field.kind == "text" and ("\n" in value or "\r" in value):
        return "只能写一行"
    if "\x00" in value:
        return "里有不能存的字符"
    return f"最多 {field.limit} 个字，现在 {len(value)} 个" if len(value) > field.limit else ""


def _code(field: Field, value: Any) -> str:
    known = isinstance(value, str) and value in codes.table(field.codes)
    return "" if known else "不在可选的范围里"


def _codes(field: Field, value: Any) -> str:
    if not isinstance(value, list) or len(value) > field.limit or len(set(map(str, value))) != len(value):
        return "应该是几个不重复的选项"
    return next((p for v in value if (p := _code(field, v))), "")


def _number(field: Field, value: Any) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return "应该是整数"
    return "" if 0 <= value <= field.limit else f"应该在 0 到 {field.limit} 之间"


def _flag(_: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else "应该是“是”或“否”"


def _day(_: Field, value: Any) -> str:
    try:
        ok = isinstance(value, str) and len(value) == 10 and 1900 <= date.fromisoformat(value).year <= 2200
    except ValueError:
        ok = False
    return "" if ok else "没有这一天"


def _moment(_: Field, value: Any) -> str:
    try:
        ok = isinstance(value, str) and len(value) <= 32 and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        ok = False
    return "" if ok else "不是一个时间"


def _place(_: Field, value: Any) -> str:
    return "" if isinstance(value, str) and places.is_code(value) else "应该是 12 位区划代码"


def _reference(_: Field, value: Any) -> str:
    ok = isinstance(value, str) and _IDENTIFIER.fullmatch(value)
    return "" if ok else "指不到那一条"


def _references(field: Field, value: Any) -> str:
    if not isinstance(value, list) or len(value) > field.limit:
        return f"最多 {field.limit} 个"
    return next((p for v in value if (p := _reference(field, v))), "")


def _texts(field: Field, value: Any) -> str:
    if not isinstance(value, list) or len(value) > field.limit:
        return f"最多 {field.limit} 条"
    ok = all(isinstance(v, str) and len(v) <= 500 and "\x00" not in v for v in value)
    return "" if ok else "每条最多 500 个字"


def _items(field: Field, value: Any) -> str:
    if not isinstance(value, list) or len(value) > field.limit:
        return f"最多 {field.limit} 条"
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in value]
    if not all(isinstance(i, str) and _IDENTIFIER.fullmatch(i) for i in ids) or len(set(ids)) != len(ids):
        return "每条要有自己的编号"
    return next((p for entry in value if (p := _entry(field, entry))), "")


def _entry(field: Field, entry: dict[str, Any]) -> str:
    parts = {part.name: part for part in field.parts}
    for name, value in entry.items():
        if name == "id":
            continue
        if name not in parts:
            return f"里没有“{name}”这一项"
        if (found := _field_complaints(parts[name], value)) and found[0].level == "error":
            return f"里{found[0].message}"
    absent = [p for p in field.parts if p.required.holds(entry) and is_empty(entry.get(p.name))]
    return f"里还没填“{absent[0].label}”" if absent else ""


def _digest(_: Field, value: Any) -> str:
    return "" if isinstance(value, str) and _SHA256.fullmatch(value) else "应该是 64 位指纹"


_SHAPES: dict[Kind, Callable[[Field, Any], str]] = {
    "text": _text, "long_text": _text, "code": _code, "codes": _codes, "integer": _number, "money": _number,
    "flag": _flag, "day": _day, "moment": _moment, "place": _place, "reference": _reference,
    "references": _references, "texts": _texts, "items": _items,
    "digest": _digest,
}  # fmt: skip
