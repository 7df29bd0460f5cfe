"""A card whose rows scroll inside it: as high as its rows, lower where the window is low, never cut through a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit import Card
from desktop.views.kit.card import Tone
from desktop.views.kit.foldscroll import FoldScroll

_GROUNDS = {"plain": "surface", "amber": "amberSoft"}


class Panel(Card):
    """Heads stand still in `body`; `show_rows` replaces what scrolls below them."""

    def __init__(self, title: str = "", *, tone: Tone = "plain", action: QWidget | None = None) -> None:
        super().__init__(title, tone=tone, action=action)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._rows = _Rows(ground=_GROUNDS[tone])

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Put `rows` under the heads; called for the first time when the heads stand."""
        if self.body.indexOf(self._rows) < 0:
            self.body.addWidget(self._rows, 1)
        self._rows.fill(list(rows))
        self._rows.updateGeometry()


class _Rows(FoldScroll):
    """Wants the height of its rows; takes as little as two of them."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted())

    def minimumSizeHint(self) -> QSize:
        heights = [max(row.sizeHint().height(), row.minimumHeight()) for row in self._widgets()[:2]]
        return QSize(0, min(sum(heights), self._wanted()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew at another width, and want another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _wanted(self) -> int:
        width = max(self.viewport().width(), 200)
        rows = self.rows
        return rows.heightForWidth(width) if rows.hasHeightForWidth() else rows.sizeHint().height()

    def _widgets(self) -> list[QWidget]:
        items = (self.rows.itemAt(number).widget() for number in range(self.rows.count()))
        return [widget for widget in items if widget is not None]
