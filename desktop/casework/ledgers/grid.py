"""What every reader yields: sheets of plain cells, built under one budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from desktop.casework.ledgers.refusal import SAFE, LedgerRefused, Limits, ReadingCancelled, Refusal, too_big

READING = "读文件"
"""The step in which the file itself is read; only the share done means something, not the count."""

Cell = str | int | float | date | time | None
"""A blank cell is None; a date with a time of day is a `datetime`; true and false are 是 and 否."""

Progress = Callable[[str, int, int], None]
"""Called with the step (读文件, 认行), how much is done and how much there is."""

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns count from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows[0]` is the row Excel shows as 1; a blank row is an empty list."""

    name: str
    rows: list[list[Cell]]
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """An opened file: its name, what it really is (xlsx, xls, csv) and its sheets."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...]


@dataclass(slots=True)
class Budget:
    """What a file may still cost while it is read, and whether the person still wants it."""

    limits: Limits
    on_progress: Progress = lambda step, done, total: None
    cancelled: Cancelled = lambda: False
    cells: int = 0
    chars: int = 0
    inflated: int = 0
    expected: int = 0
    total: int = 1

    def spend_bytes(self, count: int) -> None:
        """Account for bytes inflated; raises LedgerRefused past the limit, ReadingCancelled when asked."""
        self.inflated += count
        if self.inflated > self.limits.inflated_bytes:
            raise too_big("里面的内容展开以后超过能读的大小")
        self.advance(self.inflated, self.expected)

    def advance(self, done: int, total: int) -> None:
        """Say how far the reading is; raises ReadingCancelled when the person asked to stop."""
        if self.cancelled():
            raise ReadingCancelled
        self.total = max(total, done, 1)
        self.on_progress(READING, done, self.total)

    def spend_cells(self, count: int) -> None:
        """Account for cells held in memory."""
        self.cells += count
        if self.cells > self.limits.cells:
            raise too_big("格子太多")

    def spend_text(self, text: str) -> None:
        """Account for the text of one cell; the same text shown in many cells counts each time."""
        self.chars += len(text)
        if len(text) > self.limits.cell_chars or self.chars > self.limits.text_chars:
            raise too_big("里面的字太多")


@dataclass(slots=True)
class SheetBuilder:
    """Takes cells in any order and keeps the rows, refusing cells far from everything else."""

    name: str
    budget: Budget
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Set one cell (counted from 0); blank text is no cell."""
        if isinstance(cell, str):
            cell = cell.strip()
            self.budget.spend_text(cell)
        if cell is None or cell == "":
            return
        limits = self.budget.limits
        if not (0 <= row < limits.rows and 0 <= column < limits.columns):
            raise _far_cell(self.name, row, column)
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        if len(cells) <= column:
            self.budget.spend_cells(column + 1 - len(cells))
            cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = cell

    def merge(self, merge: Merge) -> None:
        """Note a merged range; each costs like twenty cells, so that a million of them are refused."""
        self.budget.spend_cells(20)
        if 0 <= merge.top <= merge.bottom and 0 <= merge.left <= merge.right:
            self.merges.append(merge)

    def build(self, *, is_hidden: bool = False) -> Sheet:
        """The finished sheet."""
        return Sheet(self.name, self.rows, tuple(self.merges), is_hidden)


def column_letter(column: int) -> str:
    """The letters Excel shows over a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_text(cell: Cell) -> str:
    """A cell as a person would read it, without surrounding blanks; "" when blank."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".") if abs(cell) < 1e15 else repr(cell)
    return cell.strftime("%H:%M") if isinstance(cell, time) else str(cell)


def _far_cell(sheet: str, row: int, column: int) -> LedgerRefused:
    where = f"{column_letter(column)}{row + 1}"
    return LedgerRefused(
        f"“{sheet}”表的 {where} 格离台账太远，多半是误填的。{SAFE}把那一格删掉，存好再导入。", Refusal.FAR_CELL
    )
