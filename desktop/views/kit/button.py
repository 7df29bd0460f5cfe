"""Buttons painted as plates; a verb and its object on each (window.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.views.kit.focus import INSET, KeyboardFocus, ring
from desktop.views.look import hairline, icons, theme

Kind = Literal["primary", "plain", "text", "link", "tonal", "danger"]
Size = Literal["large", "normal", "row", "back"]


@dataclass(frozen=True)
class _Measure:
    height: str
    role: str
    padding: int
    gap: int


_ICON = 18
_SIZES: dict[Size, _Measure] = {
    "large": _Measure("buttonPrimary", "body", 14, 6),
    "normal": _Measure("button", "small", 14, 6),
    "row": _Measure("buttonInRow", "small", 14, 6),
    "back": _Measure("buttonInRow", "body", 11, 2),
}


class Button(KeyboardFocus, QAbstractButton):
    """A painted button.

    kind: `primary` (filled, one per screen), `plain`, `text` (no plate), `link` (accent words), `tonal`, `danger`.
    size: `large` 40 px, `normal` 36, `row` 34 in lists, `back` 34 with an arrow.
    `key` is the short cut written beside the words; it is only shown, never bound.
    `trailing` is a small icon after the words (`chevron_down`, `dismiss`).
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "plain",
        *,
        size: Size = "normal",
        icon: str = "",
        trailing: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind, self._size = kind, _SIZES[size]
        self._icon, self._trailing, self._key = icon, trailing, key
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.current().changed.connect(self.updateGeometry)

    def say(self, text: str) -> None:
        """Change the words, and the accessible name with them."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_kind(self, kind: Kind) -> None:
        """Change how strong the button is; only one on a screen is `primary`."""
        self.kind = kind
        self.updateGeometry()
        self.update()

    def set_trailing(self, icon: str) -> None:
        """Change the small icon after the words; "" takes it away."""
        self._trailing = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Words, icons, key and padding; the height comes from the size, never from the font."""
        look = theme.current()
        padding = 4 if self.kind == "link" else self._size.padding
        width = self._content_width() + 2 * look.px(padding)
        return QSize(round(width), look.size(self._size.height))

    def minimumSizeHint(self) -> QSize:
        """A button is never squeezed: its words are always whole."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Plate, then icon, words, key and trailing icon from left to right, then the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        plate = rect
        if self.shows_focus:
            ring(painter, rect, radius=theme.current().radius("button") + 1)
            plate = rect.adjusted(INSET, INSET, -INSET, -INSET)
        fill, line = self._plate_colours()
        if fill or line:
            hairline.plate(painter, plate, radius=theme.current().radius("button"), fill=fill, line=line)
        self._paint_content(painter)

    def _bold(self) -> bool:
        return self.kind == "primary" and self.isEnabled()

    def _content_width(self) -> float:
        look = theme.current()
        words = QFontMetricsF(look.font(self._size.role, bold=self._bold()))
        width = words.horizontalAdvance(self.text())
        gap = look.px(self._size.gap)
        width += (look.px(_ICON) + gap) if self._icon else 0
        width += (look.size("iconSmall") + look.px(6)) if self._trailing else 0
        if self._key:
            width += look.px(10) + QFontMetricsF(look.font("caption")).horizontalAdvance(self._key)
        return width

    def _paint_content(self, painter: QPainter) -> None:
        look = theme.current()
        font = look.font(self._size.role, bold=self._bold())
        metrics = QFontMetricsF(font)
        ink = self._ink()
        x = (self.width() - self._content_width()) / 2
        side = look.px(_ICON)
        middle = self.height() / 2
        if self._icon:
            icons.draw(painter, self._icon, QRectF(x, middle - side / 2, side, side), ink)
            x += side + look.px(self._size.gap)
        painter.setPen(ink)
        painter.setFont(font)
        baseline = middle - (metrics.ascent() + metrics.descent()) / 2 + metrics.ascent()
        painter.drawText(round(x), round(baseline), self.text())
        x += metrics.horizontalAdvance(self.text())
        if self._key:
            painter.setFont(look.font("caption"))
            painter.setPen(self._quiet(ink))
            painter.drawText(round(x + look.px(10)), round(baseline), self._key)
        if self._trailing:
            side = look.size("iconSmall")
            icons.draw(painter, self._trailing, QRectF(x + look.px(6), middle - side / 2, side, side), ink)

    def _ink(self) -> QColor:
        colours = theme.current().colours
        if not self.isEnabled():
            return colours.ink3
        return {
            "primary": colours.onAccent,
            "plain": colours.ink,
            "text": colours.ink if self.underMouse() else colours.ink2,
            "link": colours.accentHover if self.underMouse() else colours.accent,
            "tonal": colours.accentInk,
            "danger": colours.red,
        }[self.kind]

    def _quiet(self, ink: QColor) -> QColor:
        if self.kind in ("plain", "text", "danger"):
            return theme.current().colours.ink3
        faint = QColor(ink)
        faint.setAlphaF(0.82)
        return faint

    def _plate_colours(self) -> tuple[QColor | None, QColor | None]:
        colours = theme.current().colours
        over = self.underMouse() or self.isDown()
        if not self.isEnabled():
            return (None, None) if self.kind in ("text", "link") else (colours.sunken, colours.line)
        if self.kind == "primary":
            return (colours.accentHover if over else colours.accent), None
        if self.kind == "tonal":
            edge = theme.current().mode == "highContrast" or over
            return colours.accentSoft, (colours.accentLine if edge else None)
        if self.kind == "danger":
            return (colours.redSoft if over else colours.surface), colours.redLine
        if self.kind == "plain":
            return (colours.hover if over else colours.surface), colours.line2
        return (colours.hover if over and self.kind == "text" else None), None
