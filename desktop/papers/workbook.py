"""Workbooks of plain rows: headings, widths and values, written to .xlsx in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from desktop.papers.outfile import replacing
from desktop.papers.refusal import PaperRefused

Cell: TypeAlias = str | int | date | None
"""Text, a whole number (分 in a money column), a day, or nothing. Text is never read as a formula."""

Look: TypeAlias = Literal["text", "wrap", "number", "money", "day"]

OnRows: TypeAlias = Callable[[int], None]

CELL_CHARS = 25_000
"""Characters kept in one cell; Excel's own bound is 32,767 UTF-16 units, and rare characters take two."""
TOTAL = "合计"
"""A ledger that is read in again knows the last line by this word."""
_ROOM = 10
_WORDS: frozenset[Look] = frozenset({"text", "wrap"})
_MOST_ROWS = 1_048_576
_EVERY = 500


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters, how its cells look, whether a total of it means anything."""

    heading: str
    width: int = 12
    look: Look = "text"
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the columns and as many rows as come. `title` stands in a merged line above the headings.

    totals: a last line adds up the columns that are summed. note: a line for paper, who made it and of what.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    title: str = ""
    totals: bool = False
    note: str = ""


class Totals:
    """Adds up the rows that pass."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._sums: list[int | None] = [0 if column.summed else None for column in columns]
        self.count = 0

    def passing(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        """The same rows, each added on its way."""
        for row in rows:
            self.count += 1
            for number, cell in enumerate(row):
                known = self._sums[number]
                if known is not None and isinstance(cell, int):
                    self._sums[number] = known + cell
            yield row

    def row(self) -> list[Cell]:
        """The last line: 合计 and the sums; the word stands in the first column that has room for it."""
        cells: list[Cell] = list(self._sums)
        roomy = (n for n, c in enumerate(self._columns) if not c.summed and c.width >= _ROOM and c.look in _WORDS)
        cells[next(roomy, 0)] = TOTAL
        return cells


def write_workbook(file: Path, sheets: Iterable[Sheet], *, on_rows: OnRows = lambda count: None) -> int:
    """Write the sheets to `file` and return how many rows they hold.

    `on_rows` is told the count now and then; what it raises stops the writing and leaves no file behind.
    Raises PaperRefused when the file cannot be written.
    """
    with replacing(file) as draft:
        book = xlsxwriter.Workbook(draft, {"constant_memory": True, "tmpdir": str(draft.parent)})
        try:
            count = _write_sheets(book, sheets, on_rows)
            book.close()
        except FileCreateError as problem:
            raise OSError(*problem.args[0].args) from problem
        finally:
            for worksheet in book.worksheets():
                worksheet.row_data_fh.close()
    return count


def _write_sheets(book: Any, sheets: Iterable[Sheet], on_rows: OnRows) -> int:
    looks = _looks(book)
    count = 0
    for sheet in sheets:
        worksheet = book.add_worksheet(sheet.name)
        first, totals = _write_head(worksheet, sheet, looks), Totals(sheet.columns)
        for line, row in enumerate(totals.passing(sheet.rows), first):
            if line >= _MOST_ROWS - 1:
                raise PaperRefused(f"“{sheet.name}”超过一百万行，一张表放不下，没存。分种类或分村导出。")
            _write_row(worksheet, line, row, sheet.columns, looks)
            count += 1
            if count % _EVERY == 0:
                on_rows(count)
        if sheet.totals:
            _write_row(worksheet, first + totals.count, totals.row(), sheet.columns, looks)
    return count


def _write_row(
    worksheet: Any, line: int, row: Sequence[Cell], columns: Sequence[Column], looks: Mapping[str, Any]
) -> None:
    for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
        _write_cell(worksheet, (line, number), cell, column.look, looks[column.look])


def _looks(book: Any) -> Mapping[str, Any]:
    top = {"valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "head": book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True}),
        "text": book.add_format({**top, "num_format": "@"}),
        "wrap": book.add_format({**top, "num_format": "@", "text_wrap": True}),
        "number": book.add_format({**top, "num_format": "#,##0"}),
        "money": book.add_format({**top, "num_format": "#,##0.00"}),
        "day": book.add_format({**top, "num_format": "yyyy-mm-dd"}),
    }


def _write_head(worksheet: Any, sheet: Sheet, looks: Mapping[str, Any]) -> int:
    """Titles, headings and widths; returns the line of the first row."""
    last = len(sheet.columns) - 1
    for number, column in enumerate(sheet.columns):
        worksheet.set_column(number, number, column.width)
    line = 0
    if sheet.title:
        worksheet.merge_range(0, 0, 0, last, sheet.title, looks["title"])
        line = 1
    for number, column in enumerate(sheet.columns):
        worksheet.write_string(line, number, column.heading, looks["head"])
    worksheet.freeze_panes(line + 1, 0)
    worksheet.repeat_rows(line)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    return line + 1


def _write_cell(worksheet: Any, place: tuple[int, int], cell: Cell, look: Look, format_: Any) -> None:
    if isinstance(cell, str):
        if cell:
            worksheet.write_string(*place, cell[:CELL_CHARS], format_)
    elif isinstance(cell, int):
        worksheet.write_number(*place, cell / 100 if look == "money" else cell, format_)
    elif cell is not None:
        worksheet.write_datetime(*place, cell, format_)
