"""Four line drawings: plug the stick in, write it, carry it there, read what came back. A sheet of 160 × 84."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

WIDTH, HEIGHT = 160, 84
_MIDDLE = 42


@dataclass(frozen=True)
class Ink:
    """What a drawing is made with: lines, the plate behind things, and what matters in it."""

    line: QColor
    plate: QColor
    mark: QColor


def plug_in(painter: QPainter, ink: Ink) -> None:
    """A stick comes to the computer."""
    _computer(painter, ink, 16)
    _arrow(painter, ink, 110, 92)
    _stick(painter, ink, 114)


def write(painter: QPainter, ink: Ink) -> None:
    """Lines of text go from the computer onto the stick."""
    _computer(painter, ink, 10)
    _text(painter, 22)
    _arrow(painter, ink, 80, 104)
    _stick(painter, ink, 108)


def carry(painter: QPainter, ink: Ink) -> None:
    """From a small house to a large one with a flag."""
    _house(painter, ink, QRectF(8, 42, 34, 28))
    _stick(painter, ink, 50, scale=0.62)
    _arrow(painter, ink, 82, 98)
    _house(painter, ink, QRectF(104, 30, 48, 40), columns=3)
    _flag(painter, ink, QPointF(128, 16))


def read_back(painter: QPainter, ink: Ink) -> None:
    """The stick comes back, a tick stands on the screen."""
    _computer(painter, ink, 76)
    _arrow(painter, ink, 54, 70)
    _stick(painter, ink, 8)
    _tick(painter, ink, QPointF(110, 34))


DRAWINGS: tuple[Callable[[QPainter, Ink], None], ...] = (plug_in, write, carry, read_back)


def _computer(painter: QPainter, ink: Ink, left: float) -> None:
    _plate(painter, ink, QRectF(left, 12, 68, 46), 5)
    painter.drawLine(QPointF(left + 34, 58), QPointF(left + 34, 68))
    painter.drawLine(QPointF(left + 20, 69), QPointF(left + 48, 69))


def _stick(painter: QPainter, ink: Ink, left: float, *, scale: float = 1.0) -> None:
    """Lying, its plug to the left."""
    painter.save()
    painter.translate(left, _MIDDLE if scale == 1 else 58)
    painter.scale(scale, scale)
    _plate(painter, ink, QRectF(0, -6, 12, 12), 1)
    painter.setBrush(ink.mark)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(12, -10, 34, 20), 4, 4)
    painter.restore()


def _arrow(painter: QPainter, ink: Ink, start: float, end: float) -> None:
    back = 5 if end < start else -5
    painter.save()
    painter.setPen(_pen(ink.mark, 2.4))
    painter.drawLine(QPointF(start, _MIDDLE), QPointF(end, _MIDDLE))
    for side in (-5, 5):
        painter.drawLine(QPointF(end, _MIDDLE), QPointF(end + back, _MIDDLE + side))
    painter.restore()


def _text(painter: QPainter, left: float) -> None:
    for row, length in enumerate((44, 36, 40)):
        painter.drawLine(QPointF(left, 25 + row * 10), QPointF(left + length, 25 + row * 10))


def _house(painter: QPainter, ink: Ink, walls: QRectF, *, columns: int = 0) -> None:
    _plate(painter, ink, walls, 1)
    middle, eaves = walls.center().x(), 5
    roof = [(walls.left() - eaves, walls.top()), (middle, walls.top() - 14), (walls.right() + eaves, walls.top())]
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in roof]))
    for number in range(columns):
        x = walls.left() + walls.width() * (number + 1) / (columns + 1)
        painter.drawLine(QPointF(x, walls.top() + 8), QPointF(x, walls.bottom()))
    if not columns:
        painter.drawRect(QRectF(middle - 5, walls.bottom() - 14, 10, 14))


def _flag(painter: QPainter, ink: Ink, foot: QPointF) -> None:
    painter.drawLine(foot, foot - QPointF(0, 14))
    painter.fillRect(QRectF(foot.x(), foot.y() - 14, 13, 8), ink.mark)


def _tick(painter: QPainter, ink: Ink, middle: QPointF) -> None:
    painter.save()
    painter.setBrush(ink.mark)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(middle, 14, 14)
    painter.setPen(_pen(ink.plate, 3))
    painter.drawPolyline(QPolygonF([middle + QPointF(-6, 0), middle + QPointF(-1, 5), middle + QPointF(7, -5)]))
    painter.restore()


def _plate(painter: QPainter, ink: Ink, rect: QRectF, radius: float) -> None:
    painter.setPen(_pen(ink.line, 1.8))
    painter.setBrush(ink.plate)
    painter.drawRoundedRect(rect, radius, radius)


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
