"""A box to tick, painted, with its words as the hit area too."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.look import hairline, theme


class CheckBox(KeyboardFocus, QCheckBox):
    """A tick box with words; `hint` stands in the accessible description."""

    def __init__(self, text: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)

    def hitButton(self, position: QPoint) -> bool:
        """Box and words are one target."""
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:
        """Box, gap and words, at least 32 px high."""
        look = theme.current()
        width = QFontMetricsF(look.font()).horizontalAdvance(self.text()) + look.px(30 + 4)
        return QSize(round(width), look.size("minimumHit"))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, tick, words."""
        look = theme.current()
        colours = look.colours
        painter = QPainter(self)
        side = look.px(20)
        box = QRectF(1, (self.height() - side) / 2, side, side)
        if self.isChecked():
            fill = colours.accent if self.isEnabled() else colours.ink3
            hairline.plate(painter, box, radius=5, fill=fill)
            self._tick(painter, box)
        else:
            hairline.plate(painter, box, radius=5, fill=colours.surface, line=colours.edge)
        if self.shows_focus:
            ring(painter, QRectF(self.rect()), radius=look.radius("field"))
        painter.setFont(look.font())
        painter.setPen(colours.ink if self.isEnabled() else colours.ink3)
        words = self.rect().adjusted(look.px(30), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _tick(self, painter: QPainter, box: QRectF) -> None:
        unit = box.width() / 20
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.current().colours.onAccent, 2 * unit)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        points = [QPointF(5, 10.4), QPointF(8.6, 13.8), QPointF(15, 6.8)]
        painter.drawPolyline(QPolygonF([box.topLeft() + point * unit for point in points]))
