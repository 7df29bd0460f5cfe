"""An icon alone, as a mark beside words; what it means stands in the words."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.views.look import icons, theme


class IconMark(QWidget):
    """A Fluent icon of `size` logical pixels in a colour token."""

    def __init__(
        self, icon: str, *, size: int = 20, tone: str = "ink2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone
        side = theme.current().px(size)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon in its square."""
        icons.draw(QPainter(self), self._icon, QRectF(self.rect()), theme.current().colours.named(self._tone))
