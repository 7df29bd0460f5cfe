"""Where the header of a table is, also when it has two lines or merged cells."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.casework.ledgers.columns import LedgerColumns, plain_heading
from desktop.casework.ledgers.grid import Cell, Sheet, cell_text
from desktop.casework.ledgers.merges import MergedCells
from desktop.casework.ledgers.refusal import too_big

_LONGEST_HEADING = 30
_FEWEST = 3
_SEARCHED_ROWS = 60
_MOST_HEADERS = 200
_WIDEST_SHARE = 0.7
_FIRST_LOOK = 8


class HeaderFinder:
    """Finds the headers of one sheet and reads their headings."""

    def __init__(self, sheet: Sheet, columns: LedgerColumns) -> None:
        self._rows = sheet.rows
        self._columns = columns
        self._merged = MergedCells(sheet)

    def find(self) -> list[tuple[int, int]]:
        """First and last row (from 0) of each header, in order; a repeat of the header above is not listed."""
        found: list[tuple[int, int]] = []
        headings: list[str] = []
        for index, cells in enumerate(self._rows):
            if (found and index <= found[-1][1]) or not self._is_known(cells) or is_repeat(cells, headings):
                continue
            span = self._span(index)
            found.append(span)
            headings = [plain_heading(heading) for heading in self.headings(*span)]
            if len(found) > _MOST_HEADERS:
                raise too_big("一张表里的表头太多")
        return found or self._guess()

    def headings(self, first: int, last: int) -> tuple[str, ...]:
        """One heading for each column: the lines over it joined by "/", merged cells counted everywhere."""
        lines = [self._line(row, spread=row < last) for row in range(first, last + 1)]
        headings = []
        for column in range(max(map(len, lines))):
            parts = (line[column] if column < len(line) else "" for line in lines)
            headings.append("/".join(dict.fromkeys(part for part in parts if part)))
        while headings and not headings[-1]:
            headings.pop()
        return tuple(headings)

    def _line(self, row: int, *, spread: bool) -> list[str]:
        """The texts of a header line; merged cells, and group names over blanks, reach to the right."""
        line = [cell_text(cell).replace("\n", "") for cell in self._rows[row]]
        if not self._merged.spread(row, line) and spread:
            _spread(line, self._rows[row + 1])
        return line

    def _is_known(self, cells: Sequence[Cell]) -> bool:
        """Whether a line is a header: texts only, no number among them, and half of them known headings."""
        is_heading = self._columns.is_heading
        texts = [cell for cell in cells if isinstance(cell, str)]
        if len(texts) < _FEWEST or not any(map(is_heading, texts[:_FIRST_LOOK])):
            return False
        if len(texts) < sum(cell is not None for cell in cells) or any(map(str.isdecimal, texts)):
            return False
        known = sum(len(text) <= _LONGEST_HEADING and is_heading(text) for text in texts)
        return known >= _FEWEST and known * 2 >= len(texts)

    def _span(self, index: int) -> tuple[int, int]:
        """The header's first and last line around the line that was recognised."""
        first = min((merge.top for merge in self._merged.across(index)), default=index)
        last = max((merge.bottom for merge in self._merged.across(index)), default=index)
        last = min(last, len(self._rows) - 1)
        if first == last and index and self._is_group_line(index - 1):
            first = index - 1
        if first == last and index + 1 < len(self._rows) and self._is_sub_line(index):
            last = index + 1
        return first, last

    def _is_group_line(self, row: int) -> bool:
        """Whether a line names groups of columns (基本情况, 化解情况) over the headings below it."""
        groups = [merge for merge in self._merged.across(row) if merge.top == merge.bottom]
        below = sum(cell is not None for cell in self._rows[row + 1])
        return len(groups) >= 2 and self._merged.widest(row) <= below * _WIDEST_SHARE

    def _is_sub_line(self, row: int) -> bool:
        """Whether the next line splits headings (甲方: 姓名, 电话) and holds nothing else."""
        above, below = self._rows[row], self._rows[row + 1]
        texts = [plain_heading(cell) if isinstance(cell, str) else "" for cell in below if cell is not None]
        first_blank = bool(below) and below[0] is None and bool(above) and above[0] is not None
        return len(texts) >= 2 and first_blank and all(text in self._columns.sub_headings for text in texts)

    def _guess(self) -> list[tuple[int, int]]:
        """For headings nobody knows: the first line of several short, different texts over filled rows."""
        for index, cells in enumerate(self._rows[:_SEARCHED_ROWS]):
            texts = [cell for cell in cells if cell is not None]
            short = [text for text in texts if isinstance(text, str) and len(text) <= _LONGEST_HEADING]
            plain = {text for text in short if not any(sign.isdecimal() for sign in text)}
            below = next((row for row in self._rows[index + 1 :] if any(cell is not None for cell in row)), [])
            enough = len(texts) >= _FEWEST and len(plain) == len(texts)
            if enough and sum(cell is not None for cell in below) * 2 >= len(texts):
                return [(index, index)]
        return []


def is_repeat(cells: Sequence[Cell], headings: Sequence[str]) -> bool:
    """Whether a row repeats a header, or one line of it; the headings are in their plain form."""
    valued = [(column, cell) for column, cell in enumerate(cells) if cell is not None]
    if len(valued) < min(_FEWEST, len(headings)) or not headings:
        return False
    hits = 0
    for seen, (column, cell) in enumerate(valued):
        text = plain_heading(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING else ""
        hits += bool(text) and column < len(headings) and text in headings[column]
        if hits == 0 and seen > 0:
            return False
    return hits * 3 >= len(valued) * 2


def _spread(line: list[str], below: Sequence[Cell]) -> None:
    """Without merges (.csv), a group name stands over the first of its columns only."""
    line += [""] * (len(below) - len(line))
    for column in range(1, len(line)):
        has_sub = column < len(below) and below[column] is not None
        if not line[column] and has_sub and below[column - 1] is not None:
            line[column] = line[column - 1]
