"""Rows that want all their height, take less where the window is low, and are never cut through a row."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.views.kit.foldscroll import FoldScroll

_LEAST_WIDTH = 200


class FitScroll(FoldScroll):
    """A `FoldScroll` as high as its rows where there is room; `least_rows` of them always show."""

    def __init__(self, *, ground: str = "surface", least_rows: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(ground=ground, parent=parent)
        self._least_rows = least_rows

    def sizeHint(self) -> QSize:
        """The height of all rows at the present width."""
        return QSize(super().sizeHint().width(), self._wanted())

    def minimumSizeHint(self) -> QSize:
        """The first rows."""
        widgets = [self.rows.itemAt(number).widget() for number in range(self.rows.count())]
        first = [widget for widget in widgets if widget is not None][: self._least_rows]
        heights = [max(row.sizeHint().height(), row.minimumHeight()) for row in first]
        return QSize(0, min(sum(heights), self._wanted()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew at another width, and want another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _wanted(self) -> int:
        width = max(self.viewport().width(), _LEAST_WIDTH)
        return self.rows.heightForWidth(width) if self.rows.hasHeightForWidth() else self.rows.sizeHint().height()
