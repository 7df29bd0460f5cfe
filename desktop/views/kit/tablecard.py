"""A table on a card with its words below: the order said, what is late, which rows are in view."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.kit.label import Label
from desktop.views.kit.table import Table
from desktop.views.look import hairline, theme


class TableCard(QWidget):
    """A card around `table`. `foot` is a row for small widgets after the left words; the right words are the rows."""

    def __init__(self, table: Table, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._left = Label("", "caption", tone="ink2")
        self._right = Label("", "caption", tone="ink2")
        self.foot = QHBoxLayout()
        self.foot.setSpacing(14)
        ends = QHBoxLayout()
        ends.setContentsMargins(14, 0, 14, 0)
        ends.addWidget(self._left)
        ends.addSpacing(8)
        ends.addLayout(self.foot)
        ends.addStretch(1)
        ends.addWidget(self._right)
        bar = QWidget()
        bar.setLayout(ends)
        bar.setFixedHeight(theme.current().px(38))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(table)
        layout.addStretch(1)
        layout.addWidget(bar)
        self._bar = bar
        self.setMinimumHeight(theme.current().px(38 + 42 + 2 * 44))
        table.verticalScrollBar().valueChanged.connect(self._say_rows)
        table.model().rowsInserted.connect(self._say_rows)
        table.model().modelReset.connect(self._say_rows)
        self.setFocusProxy(table)

    def say(self, left: str) -> None:
        """The words below: how many, in which order."""
        self._left.setText(left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fold cuts between rows: the table is as high as whole rows are."""
        super().resizeEvent(event)
        room = self.height() - 2 - self._bar.height()
        head, row = self.table.horizontalHeader().height(), self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(head + max(1, (room - head) // row) * row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plate; the rows in view are said anew, for the height may have changed."""
        look = theme.current()
        painter = QPainter(self)
        radius = look.radius("card")
        hairline.plate(painter, QRectF(self.rect()), radius=radius, fill=look.colours.surface, line=look.colours.line)
        self._say_rows()

    def _say_rows(self) -> None:
        first, last = self.table.shown_rows()
        self._right.setText(f"第 {first}–{last} 行" if last else "")
