"""Refused rows as a sheet to mend: their own headings and titles, and why each was refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from desktop.casework.ledgers.columns import ADDED
from desktop.casework.ledgers.entry import LedgerRow
from desktop.casework.ledgers.grid import Cell
from desktop.casework.ledgers.reading import LedgerReading

REASON_HEADING = "没导入的原因"
ORIGIN_HEADING = "原来在哪里"
_SHEET_NAME_LIMIT = 31


class RefusedSheet:
    """One sheet of refused rows: the title lines, the headings, the rows with their parts."""

    def __init__(self, workbook: Any, reading: LedgerReading, index: int) -> None:
        self._file = reading.file
        self._table = reading.tables[index]
        taken = {sheet.get_name().lower() for sheet in workbook.worksheets()}
        self._sheet = workbook.add_worksheet(_sheet_name(self._table.sheet, index, taken))
        self._bold = workbook.add_format({"bold": True, "text_wrap": True})
        self._red = workbook.add_format({"font_color": "#B3261E", "text_wrap": True})
        self._middle = workbook.add_format({"valign": "vcenter"})
        self._day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._own = [column for column, key in enumerate(self._table.mapping.keys) if key not in ADDED]
        self._rows = {(row.sheet, row.number): row for row in reading.rows}
        self._line = 0

    def write(self, rows: Iterable[tuple[LedgerRow, str]]) -> None:
        """Write the rows, each with the reason it was refused."""
        file = f"从“{self._file}”里没导入的行，改好以后可以再导入"
        for title in [*(line for line in self._table.titles if line != file), file]:
            self._sheet.write_string(self._line, 0, title)
            self._line += 1
        headings = [*(self._table.mapping.headings[column] for column in self._own), REASON_HEADING, ORIGIN_HEADING]
        for column, heading in enumerate(headings):
            self._sheet.write_string(self._line, column, heading, self._bold)
        self._line += 1
        for row, reason in rows:
            self._write_row(row, reason)

    def _write_row(self, row: LedgerRow, reason: str) -> None:
        origin = f"{self._file} “{row.sheet}”第 {row.number} 行"
        self._sheet.write_string(self._line, len(self._own), reason, self._red)
        self._sheet.write_string(self._line, len(self._own) + 1, origin)
        lines = [self._own_cells(row), *(self._own_cells(self._rows[row.sheet, number]) for number in row.parts)]
        for offset, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                self._write_cell(self._line + offset, column, cell)
        if row.parts:
            self._merge_like_before(lines)
        self._line += len(lines)

    def _own_cells(self, row: LedgerRow) -> list[Cell]:
        return [row.cells[column] if column < len(row.cells) else None for column in self._own]

    def _merge_like_before(self, lines: list[list[Cell]]) -> None:
        """A dispute of several lines is known by its merged cells, so they are merged again."""
        last = self._line + len(lines) - 1
        for column, (cell, *below) in enumerate(zip(*lines, strict=True)):
            if cell is not None and all(other == cell for other in below):
                self._sheet.merge_range(self._line, column, last, column, "", self._middle)
                self._write_cell(self._line, column, cell)

    def _write_cell(self, line: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            self._sheet.write_string(line, column, cell)
        elif isinstance(cell, datetime | date | time):
            self._sheet.write_datetime(line, column, cell, self._day)
        elif cell is not None:
            self._sheet.write_number(line, column, cell)


def _sheet_name(name: str, index: int, taken: set[str]) -> str:
    plain = "".join(sign for sign in name if sign not in "[]:*?/\\'")[: _SHEET_NAME_LIMIT - 4] or "台账"
    return plain if plain.lower() not in taken else f"{plain}({index + 1})"
