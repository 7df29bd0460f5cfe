"""Filling a template from a case: what is known is printed, what is not leaves room to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from desktop.papers.facts.file import CaseFile
from desktop.papers.facts.people import EntrySource
from desktop.papers.facts.sources import (
    COMMITTEE,
    LISTS,
    MOMENTS,
    NUMBER,
    NUMERAL,
    PAGE_COUNT,
    PAGES,
    SOURCES,
    is_day,
)
from desktop.papers.template import blocks
from desktop.papers.template.paper import (
    Cell,
    Gap,
    Grid,
    Height,
    Mark,
    PageCount,
    PagesOf,
    Paper,
    Paragraphs,
    Part,
    PastePlace,
    Runs,
    Scan,
    SignaturePlaces,
)

_ROOM = 8
_LINES = 12
_NUMERALS = "一二三四五六七八九十"
_SHOWN_OF_ID = 4
_NARROW = 0.21
_TALL_MM = 24


@dataclass(frozen=True, slots=True)
class _Filler:
    """Where we are: the case, and the entry of the list we are inside."""

    case: CaseFile
    fields: Mapping[str, EntrySource] = field(default_factory=dict)
    entry: Any = None
    number: int = 0

    def value(self, name: str) -> str:
        """What a placeholder prints; "" when it is not known."""
        if self.number and name in (NUMBER, NUMERAL):
            return str(self.number) if name == NUMBER else numeral(self.number)
        if name in self.fields:
            said = self.fields[name](self.case, self.entry) if self.entry is not None else self._side(name)
        else:
            said = SOURCES[name](self.case)
        return self._for_others(name, said) if self.case.for_others else said

    def _for_others(self, name: str, said: str) -> str:
        if name.endswith("证件号码") and said:
            return "＊" * (len(said) - _SHOWN_OF_ID) + said[-_SHOWN_OF_ID:]
        return self.case.matter.shown(said)

    def _side(self, name: str) -> str:
        """A blank form has one party on each side."""
        return ("甲方", "乙方")[self.number - 1] if name == "方" and self.number < 3 else ""

    def is_filled(self, name: str) -> bool:
        if name not in self.fields and name in LISTS:
            return bool(LISTS[name].entries(self.case)) or (self.case.blank and LISTS[name].blanks > 0)
        return bool(self.value(name))

    def each(self, name: str) -> Iterator[_Filler]:
        """This filler inside each entry; as many empty ones as a blank form shows when there is none."""
        source = LISTS[name]
        entries = list(source.entries(self.case)) or [None] * (source.blanks if self.case.blank else 0)
        for number, entry in enumerate(entries, 1):
            yield replace(self, fields=source.fields, entry=entry, number=number)

    def runs(self, line: blocks.Line, *, room: int = _ROOM, gaps: bool = True) -> tuple[Runs, ...]:
        """The paragraphs of a line: a value of several lines makes several."""
        found: list[list[Any]] = [[]]
        for piece in line:
            if isinstance(piece, str):
                found[-1].append(piece)
            elif piece.name in (PAGES, PAGE_COUNT):
                found[-1] += self._pages(piece.name)
            elif said := self.value(piece.name):
                first, *rest = said.splitlines()
                found[-1].append(first)
                found += [[one] for one in rest]
            elif gaps:
                found[-1] += _room(piece, room)
        return tuple(tuple(paragraph) for paragraph in found)

    def _pages(self, name: str) -> list[Any]:
        if self.case.blank:
            return [] if name == PAGES else [Gap(4)]
        return [PageCount()] if name == PAGE_COUNT else [PagesOf(self.entry.key)]


def fill(
    template: blocks.Template, case: CaseFile, *,
    key: str = "", title: str = "", numbered: bool = True, scans: tuple[Scan, ...] = (),
) -> Paper:  # fmt: skip
    """The paper of that template for this case; key tells it from others of its dossier, title is its bookmark.

    With scans there is nothing left to stick in: they follow in place of the frames.
    """
    parts = tuple(part for part in _parts(template.blocks, _Filler(case)) if not (scans and _is_frame(part)))
    code = "" if case.blank else str(case.matter.dispute.get("matter_code") or "")
    return Paper(key or template.name, title or template.name, template.layout, parts, code, scans, numbered)


def _is_frame(part: Part) -> bool:
    return isinstance(part, PastePlace)


def numeral(number: int) -> str:
    """12 is 十二, 40 is 四十."""
    if number <= len(_NUMERALS):
        return _NUMERALS[number - 1]
    tens, units = divmod(number, 10)
    if tens >= len(_NUMERALS):
        return str(number)
    return f"{_NUMERALS[tens - 1] if tens > 1 else ''}十{_NUMERALS[units - 1] if units else ''}"


def _parts(inner: tuple[Any, ...], filler: _Filler) -> Iterator[Part]:
    for block, at in _expanded(inner, filler):
        yield _part(block, at)


def _expanded(inner: tuple[Any, ...], filler: _Filler) -> Iterator[tuple[Any, _Filler]]:
    """Blocks, or rows, with lists repeated and conditions decided."""
    for block in inner:
        if isinstance(block, blocks.Each):
            for one in filler.each(block.name):
                yield from _expanded(block.inner, one)
        elif isinstance(block, blocks.When):
            if filler.is_filled(block.name) is block.filled:
                yield from _expanded(block.inner, filler)
        else:
            yield block, filler


def _part(block: Any, filler: _Filler) -> Part:
    if isinstance(block, blocks.Text):
        return _text(block, filler)
    if isinstance(block, blocks.Table):
        return _grid(block, filler)
    if isinstance(block, blocks.Signatures):
        return SignaturePlaces(tuple(runs for label in block.labels for runs in filler.runs(label, gaps=False)))
    if isinstance(block, blocks.Paste):
        return PastePlace(filler.runs(block.line)[0])
    if isinstance(block, blocks.Space):
        return Height(block.height_mm)
    return Mark(str(filler.case.matter.dispute.get("matter_code") or ""))


def _text(block: blocks.Text, filler: _Filler) -> Part:
    slots = [piece for piece in block.line if isinstance(piece, blocks.Slot)]
    if block.style == "记录" and slots and not any(filler.value(slot.name) for slot in slots):
        return Paragraphs("记录", ((Gap(0),),) * (slots[0].room or _LINES))
    return Paragraphs(block.style, filler.runs(block.line))


def _grid(table: blocks.Table, filler: _Filler) -> Grid:
    rows = [(cast(blocks.Row, row), at) for row, at in _expanded(table.rows, filler)]
    cells: list[Cell] = []
    for number, (row, at) in enumerate(rows):
        for column, line in enumerate(row.cells):
            if line == "left" or (line is None and number):
                continue
            across = _reach([cell == "left" for cell in row.cells[column + 1 :]])
            below = [later.cells[column : column + 1 + across] for later, _ in rows[number + 1 :]]
            down = _reach([all(cell in (None, "left") for cell in cells) and cells[0] is None for cells in below])
            share = sum(table.widths[column : column + 1 + across]) / sum(table.widths)
            cells.append(_cell(line or (), (number, column, 1 + across, 1 + down), at, _where(line, share, row)))
    return Grid(table.widths, tuple(row.height_mm for row, _ in rows), tuple(cells))


def _where(line: Any, share: float, row: blocks.Row) -> str:
    if not line or not any(isinstance(piece, blocks.Slot) for piece in line) or share < _NARROW:
        return "centre"
    return "top" if row.height_mm >= _TALL_MM else "left"


def _cell(line: Any, place: tuple[int, int, int, int], filler: _Filler, where: Any) -> Cell:
    lone = len(line) == 1 and isinstance(line[0], blocks.Slot)
    is_label = bool(line) and not any(isinstance(piece, blocks.Slot) for piece in line)
    if lone and line[0].name not in (PAGES, PAGE_COUNT) and not filler.value(line[0].name):
        to_date = is_day(line[0].name) and not filler.number
        return Cell(*place, False, where, (("　　年　月　日",),) if to_date else ())
    only_slots = all(isinstance(piece, blocks.Slot) for piece in line)
    return Cell(*place, is_label, where, filler.runs(line, room=4, gaps=not only_slots))


def _room(slot: blocks.Slot, room: int) -> list[Any]:
    if slot.name == COMMITTEE:
        return [Gap(6), "人民调解委员会"]
    if is_day(slot.name) and not slot.room:
        return [Gap(3), "年", Gap(2), "月", Gap(2), "日"]
    if slot.name in MOMENTS and not slot.room:
        return [Gap(3), "年", Gap(2), "月", Gap(2), "日", Gap(2), "时", Gap(2), "分"]
    return [Gap(slot.room or room)]


def _reach(hangs: list[bool]) -> int:
    """How many of the next ones hang on this one without a break."""
    return next((n for n, one in enumerate(hangs) if not one), len(hangs))
