"""Fluent icons tinted at need: SVG text filled with a colour, rendered at device size, kept in a cache."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import resources


def draw(painter: QPainter, name: str, rect: QRectF, colour: QColor, *, filled: bool = False) -> None:
    """Draw the icon `name` (a file name without `_20_regular.svg`) in `rect`. Raises OSError for no such icon."""
    dpr = painter.device().devicePixelRatioF()
    image = pixmap(name, rect.width(), colour, dpr=dpr, filled=filled)
    painter.drawPixmap(rect.topLeft(), image)


def pixmap(name: str, size: float, colour: QColor, *, dpr: float, filled: bool = False) -> QPixmap:
    """The icon as a pixmap of `size` logical pixels at the device pixel ratio `dpr`."""
    return _pixmap(name, round(size * dpr), colour.name(QColor.NameFormat.HexArgb), dpr, filled)


def icon(name: str, size: float, colour: QColor, *, dpr: float = 1.0) -> QIcon:
    """The icon as a QIcon, for the few Qt widgets that ask for one."""
    return QIcon(pixmap(name, size, colour, dpr=dpr))


@lru_cache(maxsize=512)
def _pixmap(name: str, device_px: int, colour: str, dpr: float, filled: bool) -> QPixmap:
    tint = QColor(colour)
    renderer = QSvgRenderer(QByteArray(_svg(name, filled).replace("<path", f'<path fill="{tint.name()}"').encode()))
    image = QPixmap(device_px, device_px)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setOpacity(tint.alphaF())
    renderer.render(painter)
    painter.end()
    image.setDevicePixelRatio(dpr)
    return image


@lru_cache(maxsize=256)
def _svg(name: str, filled: bool) -> str:
    style = "filled" if filled else "regular"
    return (resources.folder() / "icons" / f"{name}_20_{style}.svg").read_text(encoding="utf-8")
