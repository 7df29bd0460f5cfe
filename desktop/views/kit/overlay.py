"""A plate that floats over the window without being a window.

Chinese input does not work inside Qt.Popup windows (QTBUG-83490), so nothing that floats here is one: an overlay is
a child of the window, closed by Esc, by a click elsewhere, or by the keyboard going elsewhere.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QEvent, QMargins, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.look import hairline, theme

SHADOW = 12
_RIM = 8


class Overlay(QWidget):
    """A floating plate under (or above) `anchor`; put widgets into `body`. `closed` is sent when it goes."""

    closed = Signal()

    def __init__(self, anchor: QWidget, *, name: str) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self.setAccessibleName(name)
        self.hide()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SHADOW + 5, SHADOW + 5, SHADOW + 5, SHADOW + 5)
        self.body.setSpacing(0)

    def open_below(self, size: QSize, *, align_right: bool = False, gap: int = 4) -> None:
        """Show a plate of `size` below the anchor, above it where there is no room, always inside the window."""
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        left = self._left(window, size.width(), align_right)
        top, height = self._top_and_height(window, size.height(), gap)
        plate = QRect(left, top, size.width(), height)
        self.setGeometry(plate.marginsAdded(QMargins(SHADOW, SHADOW, SHADOW, SHADOW)))
        self.show()
        self.raise_()
        _application().installEventFilter(self)

    def close_overlay(self) -> None:
        """Take the plate away; harmless when it is not shown."""
        if self.isVisible():
            _application().removeEventFilter(self)
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on a press outside, on Esc, and when the window moves under the plate."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if isinstance(watched, QWidget) and not self._is_inside(event.globalPosition().toPoint()):
                self.close_overlay()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # The window's own Esc waits: the key comes again as a key press.
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and isinstance(watched, QWidget):
                self.close_overlay()
                return True
        elif kind in (QEvent.Type.Resize, QEvent.Type.Hide) and watched in (self._anchor, self.parent()):
            self.close_overlay()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow and plate."""
        look = theme.current()
        painter = QPainter(self)
        rect = self.rect().marginsRemoved(QMargins(SHADOW, SHADOW, SHADOW, SHADOW))
        paint_shadow(painter, rect)
        radius = look.radius("popup")
        hairline.plate(painter, QRectF(rect), radius=radius, fill=look.colours.surface, line=look.colours.line2)

    def _is_inside(self, point: QPoint) -> bool:
        own = QRect(self.mapToGlobal(QPoint(0, 0)), self.size())
        anchor = QRect(self._anchor.mapToGlobal(QPoint(0, 0)), self._anchor.size())
        return own.contains(point) or anchor.contains(point)

    def _left(self, window: QWidget, width: int, align_right: bool) -> int:
        anchor = QRect(self._anchor.mapTo(window, QPoint(0, 0)), self._anchor.size())
        left = anchor.right() + 1 - width if align_right else anchor.left()
        return max(_RIM, min(left, window.width() - width - _RIM))

    def _top_and_height(self, window: QWidget, height: int, gap: int) -> tuple[int, int]:
        """Below the anchor, above it, or where it fits; never higher than the window."""
        anchor = QRect(self._anchor.mapTo(window, QPoint(0, 0)), self._anchor.size())
        height = min(height, window.height() - 2 * _RIM)
        below = anchor.bottom() + 1 + gap
        if below + height <= window.height() - _RIM:
            return below, height
        above = anchor.top() - gap - height
        return (above if above >= _RIM else window.height() - height - _RIM), height


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None
    return application


def paint_shadow(painter: QPainter, plate: QRect) -> None:
    """A soft shadow around `plate`, a cached nine-patch: an effect would repaint every child."""
    colour = theme.current().colours.shadow
    patch = _shadow_patch(colour.name(), painter.device().devicePixelRatioF())
    edge = 2 * SHADOW
    outer = plate.marginsAdded(QMargins(SHADOW, SHADOW, SHADOW, SHADOW))
    full, dpr = 3 * edge, patch.devicePixelRatio()
    columns = _cuts(outer.left(), outer.width(), edge)
    rows = _cuts(outer.top(), outer.height(), edge)
    source = _cuts(0, full, edge)
    for row, source_row in zip(rows, source, strict=True):
        for column, source_column in zip(columns, source, strict=True):
            target = QRectF(column[0], row[0], column[1], row[1])
            part = QRectF(source_column[0] * dpr, source_row[0] * dpr, source_column[1] * dpr, source_row[1] * dpr)
            painter.drawPixmap(target, patch, part)


def _cuts(start: int, length: int, edge: int) -> list[tuple[int, int]]:
    return [(start, edge), (start + edge, length - 2 * edge), (start + length - edge, edge)]


@lru_cache(maxsize=8)
def _shadow_patch(colour: str, dpr: float) -> QPixmap:
    side = 6 * SHADOW
    patch = QPixmap(round(side * dpr), round(side * dpr))
    patch.setDevicePixelRatio(dpr)
    patch.fill(Qt.GlobalColor.transparent)
    painter = QPainter(patch)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for step in range(SHADOW):
        tint = QColor(colour)
        tint.setAlphaF(0.17 * ((step + 1) / SHADOW) ** 2)
        painter.setBrush(tint)
        rect = QRectF(step, step + 1, side - 2 * step, side - 2 * step)
        painter.drawRoundedRect(rect, 10 + SHADOW - step, 10 + SHADOW - step)
    painter.end()
    return patch
