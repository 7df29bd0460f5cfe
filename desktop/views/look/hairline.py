"""Lines and plates that stay sharp at 125 % and 150 %: every edge is snapped to device pixels (window.md §7)."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def width(dpr: float, *, lines: float = 1) -> float:
    """Logical width of a line that covers whole device pixels: `lines` pixels at 100 %, never blurred."""
    return max(1, math.floor(dpr * lines)) / dpr


def snapped(painter: QPainter, rect: QRectF) -> QRectF:
    """The rectangle moved to the nearest device pixels, in the painter's own coordinates."""
    to_device = painter.deviceTransform()
    device = to_device.mapRect(rect)
    edges = QRectF(
        QPointF(_half_up(device.left()), _half_up(device.top())),
        QPointF(_half_up(device.right()), _half_up(device.bottom())),
    )
    back, _ = to_device.inverted()
    return back.mapRect(edges)


def _half_up(value: float) -> int:
    """As Qt rounds the clip of a widget: rounding half to even would push an edge outside it."""
    return math.floor(value + 0.5)


def rule(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill the thin rectangle `rect` (a rule) as a sharp line along its longer side."""
    dpr = painter.device().devicePixelRatioF()
    thin = width(dpr)
    sharp = snapped(painter, rect)
    if sharp.width() >= sharp.height():
        sharp.setHeight(thin)
    else:
        sharp.setWidth(thin)
    painter.fillRect(sharp, colour)


def plate(
    painter: QPainter,
    rect: QRectF,
    *,
    radius: float,
    fill: QColor | None = None,
    line: QColor | None = None,
    lines: float = 1,
) -> None:
    """A rounded plate whose line lies wholly inside `rect`, sharp at any scale."""
    pen = width(painter.device().devicePixelRatioF(), lines=lines) if line else 0.0
    inner = snapped(painter, rect).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(line, pen) if line else Qt.PenStyle.NoPen)
    corner = max(0.0, radius - pen / 2)
    painter.drawRoundedRect(inner, corner, corner)
    painter.restore()
