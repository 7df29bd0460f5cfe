"""Stored values as a person reads them in a paper: codes by name, people and places by name, days as days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from desktop.papers.workbook import Cell
from sync.records import codes
from sync.records.field import Field, Kind

Naming: TypeAlias = Callable[[str, str], str]
"""Record type and id to the name people use for it; "" when it is not known here."""


def code_name(table: str, value: Any) -> str:
    """The name of a code; "" for none."""
    return codes.table(table).text(str(value)) if value not in (None, "") else ""


def yes_no(value: Any) -> str:
    """是, 否, or "" when nobody has said."""
    return {True: "是", False: "否"}.get(value, "")


def day_cell(value: Any) -> Cell:
    """A stored day as a real date; what is no date stays as it was written."""
    if not value:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return str(value)


def spoken_moment(value: Any) -> str:
    """2026-11-23 14:30 on the clock it was written by; what is no moment stays as it was written."""
    try:
        return f"{datetime.fromisoformat(str(value)):%Y-%m-%d %H:%M}" if value else ""
    except ValueError:
        return str(value)


def cell(field: Field, value: Any, naming: Naming) -> Cell:
    """One field's value for one cell of a record sheet."""
    if value is None:
        return None
    return _CELLS.get(field.kind, _plain)(field, value, naming)


def _plain(_: Field, value: Any, __: Naming) -> Cell:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole or isinstance(value, str) else str(value)


def _place(_: Field, value: Any, naming: Naming) -> Cell:
    return naming("place", str(value)) or str(value)


def _reference(field: Field, value: Any, naming: Naming) -> Cell:
    return naming(field.refers, str(value)) or str(value)


def _references(field: Field, value: Any, naming: Naming) -> Cell:
    return "、".join(naming(field.refers, str(entry)) or str(entry) for entry in value)


def _entries(field: Field, value: Any, naming: Naming) -> Cell:
    return "\n".join(f"{number}. {_entry(field, entry, naming)}" for number, entry in enumerate(value, 1))


def _entry(field: Field, entry: Mapping[str, Any], naming: Naming) -> str:
    shown = ((part.label, _text(part, entry.get(part.name), naming)) for part in field.parts)
    return "；".join(f"{label}：{text}" for label, text in shown if text)


def _text(part: Field, value: Any, naming: Naming) -> str:
    if part.kind == "money" and isinstance(value, int):
        return f"{value / 100:,.2f} {part.unit}"
    shown = cell(part, value, naming)
    return "" if shown is None else str(shown)


_CELLS: dict[Kind, Callable[[Field, Any, Naming], Cell]] = {
    "code": lambda field, value, _: code_name(field.codes, value),
    "codes": lambda field, value, _: "、".join(code_name(field.codes, code) for code in value),
    "flag": lambda _, value, __: yes_no(value),
    "day": lambda _, value, __: day_cell(value),
    "moment": lambda _, value, __: spoken_moment(value),
    "texts": lambda _, value, __: "\n".join(map(str, value)),
    "place": _place,
    "reference": _reference,
    "references": _references,
    "items": _entries,
}
