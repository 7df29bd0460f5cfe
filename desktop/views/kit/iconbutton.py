"""A small button that shows only an icon; its words are in the tooltip and the accessible name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.look import hairline, icons, theme


class IconButton(KeyboardFocus, QAbstractButton):
    """An icon 20 px in a target 32 px; `words` say what it does."""

    def __init__(self, icon: str, words: str, *, tone: str = "ink2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, words: str) -> None:
        """Change icon and words together."""
        self._icon = icon
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """The least target for a finger or an unsteady hand."""
        side = theme.current().size("minimumHit")
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hover plate, icon, ring."""
        look = theme.current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.underMouse() and self.isEnabled():
            hairline.plate(painter, rect, radius=look.radius("field"), fill=look.colours.hover)
        if self.shows_focus:
            ring(painter, rect, radius=look.radius("field"))
        side = look.size("iconSmall")
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        icons.draw(painter, self._icon, box, look.colours.named(self._tone if self.isEnabled() else "ink3"))
