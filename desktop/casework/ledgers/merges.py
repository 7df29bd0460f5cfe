"""The merged cells of a sheet, looked up by row."""

from __future__ import annotations

from desktop.casework.ledgers.grid import Cell, Merge, Sheet, cell_text
from desktop.casework.ledgers.refusal import too_big

TALLEST_HEADER = 4
_WIDEST_GROUP = 200
_MOST_FILLED = 2_000_000


class MergedCells:
    """Merged ranges by the rows they cross, so that a sheet of many merges stays quick."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._low: dict[int, list[Merge]] = {}
        self._widest: dict[int, int] = {}
        for merge in sheet.merges:
            if merge.top >= len(sheet.rows):
                continue
            self._widest[merge.top] = max(self._widest.get(merge.top, 0), merge.right - merge.left + 1)
            if merge.bottom - merge.top < TALLEST_HEADER:
                for row in range(merge.top, merge.bottom + 1):
                    self._low.setdefault(row, []).append(merge)

    def across(self, row: int) -> list[Merge]:
        """The ranges of at most four lines that cross a row; taller ones belong to no header."""
        return self._low.get(row, [])

    def widest(self, row: int) -> int:
        """How many columns the widest range that begins in a row spans; 0 when none does."""
        return self._widest.get(row, 0)

    def spread(self, row: int, line: list[str]) -> bool:
        """Write merged texts into every cell they cover of a header line; answers whether there were any."""
        found = False
        for merge in self.across(row):
            width = merge.right - merge.left + 1
            if width <= _WIDEST_GROUP:
                text = cell_text(self._top_left(merge)).replace("\n", "")
                line += [""] * (merge.right + 1 - len(line))
                line[merge.left : merge.right + 1] = [text] * width
                found = True
        return found

    def filled_down(self) -> dict[int, dict[int, Cell]]:
        """For each row under the top of a vertically merged range, the values that repeat down to it."""
        filled: dict[int, dict[int, Cell]] = {}
        left = _MOST_FILLED
        for merge in self._sheet.merges:
            bottom = min(merge.bottom, len(self._sheet.rows) - 1)
            value = self._top_left(merge) if merge.top < bottom else None
            if value is None:
                continue
            left -= bottom - merge.top
            if left < 0:
                raise too_big("合并的格子太多")
            for row in range(merge.top + 1, bottom + 1):
                filled.setdefault(row, {})[merge.left] = value
        return filled

    def _top_left(self, merge: Merge) -> Cell:
        cells = self._sheet.rows[merge.top]
        return cells[merge.left] if merge.left < len(cells) else None
