"""“我的信息”: what is held about one person, for that person to take home (个人信息保护法 45)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.papers.workbook import Cell, Column, Sheet

_COLUMNS = (Column("哪一件", 26, "wrap"), Column("项目", 16), Column("内容", 70, "wrap"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: the matter or heading it belongs to, what it is, what is held."""

    section: str
    label: str
    value: str


def my_information_sheet(title: str, note: str, entries: Sequence[Entry]) -> Sheet:
    """The print-out, in the order of its lines; a heading stands once."""
    return Sheet("我的信息", _COLUMNS, list(_rows(entries)), title, note=note)


def _rows(entries: Sequence[Entry]) -> list[list[Cell]]:
    before = ["", *(entry.section for entry in entries)]
    return [
        [entry.section if entry.section != former else None, entry.label, entry.value]
        for entry, former in zip(entries, before, strict=False)
    ]
