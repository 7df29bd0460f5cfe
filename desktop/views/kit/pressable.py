"""A whole row to press: hover plate, focus ring, and whatever stands in it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.look import hairline, theme


class PressableRow(KeyboardFocus, QAbstractButton):
    """A row that is one button; `name` is what a screen reader says. `has_rule` draws a line above."""

    def __init__(self, name: str, *, has_rule: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_rule = has_rule
        self.setText(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 6, 0, 6)

    def hold(self, content: QWidget) -> None:
        """Put `content` in; presses on it are presses on the row."""
        content.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._layout.addWidget(content)

    def sizeHint(self) -> QSize:
        """As high as what it holds."""
        return self._layout.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line, plate, ring; the content paints itself."""
        look = theme.current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.underMouse():
            hairline.plate(
                painter, rect.adjusted(0, 2, 0, -2), radius=look.radius("row"), fill=look.colours.hover
            )
        if self._has_rule:
            hairline.rule(painter, QRectF(0, 0, rect.width(), 1), look.colours.line)
        if self.shows_focus:
            ring(painter, rect.adjusted(0, 2, 0, -2), radius=look.radius("row"))
