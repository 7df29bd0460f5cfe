"""The shapes that say a state without its colour (window.md §2.4), painted in code at 13 to 18 px."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.views.look import theme
from desktop.views.look.tokens import Tone


@dataclass(frozen=True)
class Shape:
    """A shape by its name in tokens.json and the colour token it is painted in."""

    name: str
    tone: str

    @property
    def colour(self) -> QColor:
        """The colour of the theme now in force."""
        return theme.current().colours.named(self.tone)


def of_state(state: str) -> Shape:
    """The shape of a casework state such as 调解中. Raises KeyError for a word that is no state."""
    return _shape(theme.current().tokens.states[state])


def of_deadline(kind: str) -> Shape | None:
    """The shape of `overdue`, `soon`, `appointment`, `waitingForOthers`; None for `later`."""
    tone = theme.current().tokens.deadlines[kind]
    return None if tone.shape == "none" else _shape(tone)


def of_risk(level: str) -> Shape:
    """Three, two or one bar of three, for 高 中 低. Raises KeyError for another word."""
    return _shape(theme.current().tokens.risks[level])


def of_exchange(kind: str) -> Shape:
    """The shape of `allAgreed`, `waiting`, `trouble`, `broken`."""
    return _shape(theme.current().tokens.exchanges[kind])


def room() -> Shape:
    """No shape, but its room: words beside rows that have a shape line up."""
    return Shape("room of a shape", "ink")


def draw(painter: QPainter, shape: Shape, rect: QRectF) -> None:
    """Paint `shape` in the square `rect`. Raises KeyError for an unknown name."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = rect.width() / 14
    painter.translate(rect.topLeft())
    painter.scale(unit, unit)
    _PAINTERS[shape.name](painter, shape.colour)
    painter.restore()


def _shape(tone: Tone) -> Shape:
    return Shape(tone.shape, tone.tone)


_CENTRE = QPointF(7, 7)


def _ground() -> QColor:
    return theme.current().colours.surface


def _pen(colour: QColor, width: float, *, dashes: list[float] | None = None) -> QPen:
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(dashes)
    return pen


def _ring(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(_CENTRE, 6, 6)


def _dashed_ring(painter: QPainter, colour: QColor) -> None:
    arc = 2 * 3.14159265 * 6 / 1.5 / 8
    painter.setPen(_pen(colour, 1.5, dashes=[arc * 0.66, arc * 0.34]))
    painter.drawEllipse(_CENTRE, 6, 6)


def _pie(degrees: int) -> Callable[[QPainter, QColor], None]:
    def paint(painter: QPainter, colour: QColor) -> None:
        _ring(painter, colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(QRectF(3.2, 3.2, 7.6, 7.6), 90 * 16, -degrees * 16)

    return paint


def _full_in_ring(painter: QPainter, colour: QColor) -> None:
    _ring(painter, colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(_CENTRE, 3.8, 3.8)


def _disc(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(_CENTRE, 7, 7)


def _tick(painter: QPainter, colour: QColor) -> None:
    _disc(painter, colour)
    painter.setPen(_pen(_ground(), 1.7))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(4, 7.2), QPointF(6.2, 9.4), QPointF(10.1, 5)]))


def _cross(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(0.4, 0.4, 13.2, 13.2), 2.4, 2.4)
    painter.setPen(_pen(_ground(), 1.7))
    painter.drawLines([QLineF(4.5, 4.5, 9.5, 9.5), QLineF(9.5, 4.5, 4.5, 9.5)])


def _bars(painter: QPainter, colour: QColor) -> None:
    _disc(painter, colour)
    painter.setPen(_pen(_ground(), 1.7))
    painter.drawLines([QLineF(5.4, 4.6, 5.4, 9.4), QLineF(8.6, 4.6, 8.6, 9.4)])


def _arrow(painter: QPainter, colour: QColor) -> None:
    _disc(painter, colour)
    painter.setPen(_pen(_ground(), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(QLineF(3.6, 7, 10.2, 7))
    painter.drawPolyline(QPolygonF([QPointF(7.7, 4.4), QPointF(10.3, 7), QPointF(7.7, 9.6)]))


def _dashed_square(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.5, dashes=[2.0, 1.2]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(1, 1, 12, 12), 2.4, 2.4)


def _exclamation(painter: QPainter, top: float, bottom: float) -> None:
    painter.setPen(_pen(_ground(), 1.6))
    painter.drawLine(QLineF(7, top, 7, bottom))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_ground())
    painter.drawEllipse(QPointF(7, bottom + 2.3), 0.95, 0.95)


def _diamond(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.4))
    painter.setBrush(colour)
    points = [QPointF(7, -0.3), QPointF(14.3, 7), QPointF(7, 14.3), QPointF(-0.3, 7)]
    painter.drawPolygon(QPolygonF(points))
    _exclamation(painter, 3.7, 7.6)


def _triangle(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.6))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(7, 0.6), QPointF(14, 12.6), QPointF(0, 12.6)]))
    _exclamation(painter, 4.9, 8.3)


def _dot(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(_CENTRE, 4, 4)


def _clock(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(_CENTRE, 6.2, 6.2)
    painter.drawPolyline(QPolygonF([QPointF(7, 3.6), QPointF(7, 7.2), QPointF(9.6, 7.2)]))


def _risk(filled: int) -> Callable[[QPainter, QColor], None]:
    def paint(painter: QPainter, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        quiet = theme.current().colours.line2
        for index, height in enumerate((4.6, 9.0, 13.2)):
            path = QPainterPath()
            path.addRoundedRect(QRectF(0.2 + index * 4.9, 13.4 - height, 3.8, height), 1, 1)
            empty = index >= filled
            painter.fillPath(path, _faded(quiet) if empty else colour)

    return paint


def _faded(quiet: QColor) -> QColor:
    """High contrast has only white lines: an empty bar must not look as full as a filled one."""
    colour = QColor(quiet)
    if theme.current().mode == "highContrast":
        colour.setAlphaF(0.3)
    return colour


_PAINTERS: dict[str, Callable[[QPainter, QColor], None]] = {
    "room of a shape": lambda painter, colour: None,
    "dashed ring": _dashed_ring,
    "empty ring": _ring,
    "half disc in ring": _pie(180),
    "three-quarter disc in ring": _pie(270),
    "full disc in ring": _full_in_ring,
    "filled disc with tick": _tick,
    "filled square with cross": _cross,
    "filled disc with two bars": _bars,
    "filled disc with arrow": _arrow,
    "dashed square": _dashed_square,
    "filled diamond with !": _diamond,
    "filled triangle with !": _triangle,
    "dot": _dot,
    "ring with clock hands": _clock,
    "three bars of three": _risk(3),
    "two bars of three": _risk(2),
    "one bar of three": _risk(1),
}
