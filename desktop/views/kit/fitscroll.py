"""Rows that want all their height at the width they have, and take less where the window is low."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.views.kit.foldscroll import FoldScroll

_LEAST_WIDTH, _GAP = 200, 8


class FitScroll(FoldScroll):
    """A `FoldScroll` of given rows, as high as their wrapped words ask; `least_rows` of them always show."""

    def __init__(self, *, ground: str = "surface", least_rows: int = 2, parent: QWidget | None = None) -> None:
        self._least_rows = least_rows
        super().__init__(ground=ground, parent=parent)
        self.verticalScrollBar().rangeChanged.connect(self._make_room_for_bar)

    def sizeHint(self) -> QSize:
        """The height of all rows at the present width."""
        return QSize(_LEAST_WIDTH, self._wanted())

    def minimumSizeHint(self) -> QSize:
        """The first rows."""
        layout = self.widget().layout()
        widgets = [layout.itemAt(number).widget() for number in range(layout.count())]
        first = [widget for widget in widgets if widget is not None][: self._least_rows]
        heights = [max(row.sizeHint().height(), row.minimumHeight()) for row in first]
        return QSize(0, min(sum(heights), self._wanted()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew at another width, and want another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _make_room_for_bar(self, _least: int, most: int) -> None:
        """Words that end at the right edge keep clear of the bar."""
        self.widget().layout().setContentsMargins(0, 0, _GAP if most > 0 else 0, 0)

    def _wanted(self) -> int:
        layout, width = self.widget().layout(), max(self.viewport().width(), _LEAST_WIDTH)
        return layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
