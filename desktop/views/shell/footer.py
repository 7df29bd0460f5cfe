"""The footer, 58 px, only where something is finished: leave at the left, what is missing and the acts at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.views.look import hairline, theme


class Footer(QWidget):
    """A row of widgets at both ends; the filled button is the last at the right."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("页脚")
        row = self._row = QHBoxLayout(self)
        row.setSpacing(10)
        for widget in left:
            # What takes any width (the speakers of a session) gets all that is left.
            takes_all = widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
            row.addWidget(widget, 1000 if takes_all else 0)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)
        self.set_margin(26)

    def set_margin(self, margin: int) -> None:
        """Line the ends up with the page above."""
        self._row.setContentsMargins(margin, 1, margin, 0)
        self.setFixedHeight(theme.current().size("footer"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """White ground and a line above."""
        colours = theme.current().colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.surface)
        hairline.rule(painter, QRectF(0, 0, self.width(), 1), colours.line)
