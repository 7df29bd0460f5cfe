"""Rows that are all in memory: a short list needs no fetching."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.views.kit.rows import Column, Deliver, PagedRows, Row


class HeldRows(PagedRows):
    """A table's rows handed over whole with `show_rows`."""

    def __init__(self, columns: Sequence[Column], *, parent: QObject | None = None) -> None:
        self._held: tuple[Row, ...] = ()
        super().__init__(columns, self._hand_over, parent=parent)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these instead."""
        self._held = tuple(rows)
        self.reload()
        self.set_total(len(self._held))

    def show_columns(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show other columns, and rows for them."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()
        self.show_rows(rows)

    def _hand_over(self, first: int, count: int, deliver: Deliver) -> None:
        deliver(self._held[first : first + count])
