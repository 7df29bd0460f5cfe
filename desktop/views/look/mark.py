"""The mark of 枫桥工作台: a maple leaf over an arched bridge, on a plate of pine."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF

from desktop.views.look import theme

# Right half of the leaf from its tip down to the stem, in a square of 32.
_LEAF = ((16, 4.4), (17.9, 7.4), (21.6, 6.0), (20.5, 9.3), (22.0, 12.4), (18.2, 12.5), (16.6, 14.8))


def draw(painter: QPainter, rect: QRectF) -> None:
    """Paint the mark in the square `rect`."""
    colours = theme.current().colours
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 32, rect.height() / 32)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.accent)
    painter.drawRoundedRect(QRectF(0, 0, 32, 32), 7, 7)
    painter.setBrush(colours.onAccent)
    right = [QPointF(x, y) for x, y in _LEAF]
    painter.drawPolygon(QPolygonF(right + [QPointF(32 - p.x(), p.y()) for p in reversed(right)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.onAccent, 2.1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QLineF(4.2, 25, 27.8, 25))
    painter.drawArc(QRectF(6.6, 15.8, 18.8, 17), 14 * 16, 152 * 16)
    painter.restore()


def icon() -> QIcon:
    """The mark as the window's icon, in the sizes Windows asks for."""
    result = QIcon()
    for size in (16, 24, 32, 48, 256):
        image = QPixmap(size, size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        draw(painter, QRectF(0, 0, size, size))
        painter.end()
        result.addPixmap(image)
    return result
