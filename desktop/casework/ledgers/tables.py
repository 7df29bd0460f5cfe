"""Finding the tables of a sheet and saying of every row what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.casework.ledgers.columns import LedgerColumns, guess_mapping, plain_heading
from desktop.casework.ledgers.grid import Cell, Sheet, cell_text
from desktop.casework.ledgers.headers import HeaderFinder, is_repeat
from desktop.casework.ledgers.merges import MergedCells
from desktop.casework.ledgers.width import is_ditto, squeeze

_TOTAL = re.compile(r"(本[页月季年次]|全[村镇乡区年]|截至.{1,8})?(合计|总计|小计|累计|共计)[\d:.,件起人元]*")
_NOTE = re.compile(
    r"(备注|说明|注|填表说明|填报说明|填表人?|制表人?|审核人?|填报人|填报单位|报送单位|联系人|联系电话|负责人|单位负责人|"
    r"填表日期|填报日期|填表时间|填报时间|统计人|统计时间|主要领导|分管领导|单位\(盖章\)|盖章|签字|注意事项|备)[:.、(]"
)
_SECTION = re.compile(
    r"(\d{4}年)?(\d{1,2}|[一二三四五六七八九十]{1,3})月份?|[一二三四五六七八九十]+[、.].{0,20}|\([一二三四五六七八九十]+\).{0,20}"
)
_NOTHING_NEW = re.compile(r".{0,8}(无|没有|未发生|零)(新增|发生|排查出)?(矛盾|纠纷|报告)")
_FEW = 3


class RowKind(StrEnum):
    """What a row of a sheet is; every row of the used range is exactly one of these."""

    DATA = "data"
    BLANK = "blank"
    TOTAL = "total"
    NOTE = "note"
    HEADER = "header"
    TITLE = "title"
    PART = "part"
    REPEAT = "repeat"
    OUTSIDE = "outside"


@dataclass(slots=True)
class TableRow:
    """A row: the number Excel shows, what it is, its cells, and which of them come from above
    (vertically merged cells, 同上)."""

    number: int
    kind: RowKind
    cells: list[Cell]
    inherited: frozenset[int] = frozenset()


@dataclass(slots=True)
class Table:
    """One table of a sheet: its headings, the title lines over it, and all its rows in order."""

    sheet: str
    headings: tuple[str, ...]
    titles: list[str] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)


def find_tables(
    sheet: Sheet, columns: LedgerColumns, *, header_rows: tuple[int, int] | None = None
) -> tuple[list[Table], list[TableRow]]:
    """The tables of a sheet, and all its rows classified.

    `header_rows` (first and last, as Excel shows them) overrides the search for the header.
    """
    finder, merged = HeaderFinder(sheet, columns), MergedCells(sheet)
    rows = [TableRow(number, RowKind.OUTSIDE, cells) for number, cells in enumerate(sheet.rows, start=1)]
    chosen = header_rows is not None and 1 <= header_rows[0] <= header_rows[1] <= len(rows)
    headers = [(header_rows[0] - 1, header_rows[1] - 1)] if header_rows and chosen else finder.find()
    if not headers:
        _mark(rows, RowKind.OUTSIDE)
        return [], rows
    filled = merged.filled_down()
    tables = []
    for index, (first, last) in enumerate(headers):
        end = headers[index + 1][0] if index + 1 < len(headers) else len(rows)
        start = headers[index - 1][1] + 1 if index else 0
        table = Table(sheet.name, finder.headings(first, last))
        title_start = _title_start(rows, start, first) if index else 0
        table.titles = _titles(rows[title_start:first])
        next_title = _title_start(rows, last + 1, end) if index + 1 < len(headers) else end
        _Classifier(table, columns, merged, filled).take(rows, first, last, next_title)
        tables.append(table)
    return tables, rows


def _mark(rows: Sequence[TableRow], kind: RowKind) -> None:
    for row in rows:
        row.kind = kind if any(cell is not None for cell in row.cells) else RowKind.BLANK


def _titles(rows: Sequence[TableRow]) -> list[str]:
    _mark(rows, RowKind.TITLE)
    lines = ("  ".join(dict.fromkeys(filter(None, map(cell_text, row.cells)))) for row in rows)
    return [line for line in lines if line]


def _title_start(rows: Sequence[TableRow], start: int, header: int) -> int:
    """Where the title lines over a later table begin: short rows right above its header."""
    first = header
    while first > start and 0 < _valued(rows[first - 1].cells) < _FEW:
        text = next(cell_text(cell) for cell in rows[first - 1].cells if cell is not None)
        if _NOTE.match(squeeze(text)) or _TOTAL.fullmatch(squeeze(text)):
            break
        first -= 1
    return first


def _is_number(cell: Cell) -> bool:
    """Whether a cell holds only a running number, as in rows numbered before they are used."""
    return not isinstance(cell, str) or squeeze(cell).isdecimal()


def _valued(cells: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in cells)


class _Classifier:
    """Says of each row under a header what it is, and fills in what comes from above."""

    def __init__(
        self, table: Table, columns: LedgerColumns, merged: MergedCells, filled: dict[int, dict[int, Cell]]
    ) -> None:
        self._table = table
        self._filled = filled
        self._width = len(table.headings)
        self._headings = [plain_heading(heading) for heading in table.headings]
        self._seq = guess_mapping(table.headings, columns).column_of("seq")
        self._merged = merged
        self._above: list[Cell] = []

    def take(self, rows: list[TableRow], first: int, last: int, end: int) -> None:
        for row in rows[first : last + 1]:
            row.kind = RowKind.HEADER
            self._table.rows.append(row)
        for row in rows[last + 1 : end]:
            row.kind = self._kind(row)
            if row.kind is RowKind.DATA:
                self._complete(row)
            self._table.rows.append(row)

    def _kind(self, row: TableRow) -> RowKind:
        valued = [column for column, cell in enumerate(row.cells) if cell is not None]
        if not valued or (valued == [self._seq] and _is_number(row.cells[valued[0]])):
            return RowKind.BLANK
        texts = [squeeze(cell_text(row.cells[column])) for column in valued[:2]]
        if any(_TOTAL.fullmatch(text) for text in texts):
            return RowKind.TOTAL
        if is_repeat(row.cells, self._headings):
            return RowKind.HEADER
        if self._is_note(row.number - 1, texts, len(valued)):
            return RowKind.NOTE
        return RowKind.DATA

    def _is_note(self, index: int, texts: Sequence[str], valued: int) -> bool:
        if valued <= max(_FEW, self._width // 2) and _NOTE.match(texts[0]):
            return True
        if valued > 1:
            return False
        is_wide = self._merged.widest(index) > self._width // 2
        return is_wide or bool(_SECTION.fullmatch(texts[0]) or _NOTHING_NEW.match(texts[0]))

    def _complete(self, row: TableRow) -> None:
        """Fill in merged cells (over what they hide) and 同上; remember which values are not the row's own."""
        cells = list(row.cells) + [None] * (self._width - len(row.cells))
        inherited = set()
        for column, value in self._filled.get(row.number - 1, {}).items():
            if column < len(cells):
                cells[column] = value
                inherited.add(column)
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and is_ditto(cell) and column < len(self._above):
                cells[column] = self._above[column]
                inherited.add(column)
        row.cells, row.inherited = cells, frozenset(inherited)
        self._above = cells
