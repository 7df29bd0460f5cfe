"""One sheet per record type, every declared field under its Chinese label, codes by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from desktop.papers.values import Naming, cell
from desktop.papers.workbook import CELL_CHARS, Cell, Column, Look, Sheet
from sync.records.field import Field, Kind
from sync.records.record_type import RecordType

_LOOKS: Mapping[Kind, Look] = {
    "long_text": "wrap", "texts": "wrap", "items": "wrap",
    "integer": "number", "money": "money", "day": "day",
}  # fmt: skip
_WIDTHS: Mapping[Kind, int] = {
    "long_text": 48, "texts": 36, "items": 48, "text": 16, "moment": 17, "place": 20, "flag": 8,
}  # fmt: skip


def record_sheet(kind: RecordType, records: Iterable[tuple[str, Mapping[str, Any]]], naming: Naming) -> Sheet:
    """The sheet of one record type from (id, fields) pairs."""
    parts = [(field, start) for field in kind.fields for start in _starts(field)]
    columns = [Column("编号", 38), *(_column(field, start) for field, start in parts)]
    return Sheet(kind.label, columns, ([id_, *_cells(kind, record, naming)] for id_, record in records))


def _starts(field: Field) -> range:
    """Where each piece of a field begins: texts longer than a cell go on in further columns."""
    return range(0, field.limit if field.kind == "long_text" else 1, CELL_CHARS)


def _column(field: Field, start: int) -> Column:
    heading = f"{field.label}（{field.unit}）" if field.unit else field.label
    if start:
        heading += f"（续{start // CELL_CHARS}）"
    return Column(heading, _WIDTHS.get(field.kind, 12), _LOOKS.get(field.kind, "text"))


def _cells(kind: RecordType, record: Mapping[str, Any], naming: Naming) -> Iterable[Cell]:
    return chain.from_iterable(_pieces(f, cell(f, record.get(f.name), naming)) for f in kind.fields)


def _pieces(field: Field, value: Cell) -> Iterable[Cell]:
    starts = _starts(field)
    if len(starts) > 1 and isinstance(value, str):
        return [value[start : start + CELL_CHARS] for start in starts]
    return [value, *([None] * (len(starts) - 1))]
