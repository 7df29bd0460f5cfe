"""One side of a row as a card to choose: its words with the differing parts marked, and a ring that fills."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.casework.disputes.clashes import Side
from desktop.views.kit import Label
from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.look import hairline, shapes, theme
from desktop.views.look.shapes import Shape

_CHOSEN, _FREE = Shape("filled disc with tick", "accent"), Shape("empty ring", "edge")
_SHORT = 14
_EMPTY = "没填"


class DiffText(QLabel):
    """The lines of one side; parts that differ are bold, underlined and tinted: three signs, not colour alone."""

    def __init__(self, side: Side, *, tone: str = "ink", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side, self._tone = side, tone
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(plain(side))
        self._dress()
        theme.current().changed.connect(self._dress)

    def _dress(self) -> None:
        look = theme.current()
        role = "section" if len(plain(self._side)) <= _SHORT else "body"
        self.setFont(look.font(role, bold=False))
        style = f"margin:0;line-height:{look.line(role)}px;color:{look.colours.named(self._tone).name()}"
        lines = self._side.lines or (_EMPTY,)
        spans = self._side.spans or ((),) * len(lines)
        body = "<br>".join(_marked(text, where) for text, where in zip(lines, spans, strict=False))
        self.setText(f'<p style="{style}">{body}</p>')


class ChoiceCard(KeyboardFocus, QAbstractButton):
    """A card that can be chosen, one of a row. `note` says whose it is where the column head cannot."""

    def __init__(self, side: Side, *, name: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(name)
        self.setAccessibleName(f"{name}：{plain(side)}")
        self.setAccessibleDescription(note)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 44, 10)
        layout.setSpacing(4)
        words = DiffText(side)
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(words)
        layout.addStretch(1)
        if note:
            layout.addWidget(Label(note, "caption", tone="ink2", elide=True))
        self.toggled.connect(lambda _on: self.update())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Plate, and the ring at the upper right: empty, or a disc with a tick."""
        look = theme.current()
        colours, on = look.colours, self.isChecked()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        inner = rect.adjusted(1, 1, -1, -1)
        fill = colours.accentSoft if on else colours.hover if self.underMouse() else colours.surface
        edge, lines = (colours.accent, 2.0) if on else (colours.line2, 1.0)
        hairline.plate(painter, inner, radius=look.radius("nav"), fill=fill, line=edge, lines=lines)
        if self.shows_focus:
            ring(painter, inner.adjusted(4, 4, -4, -4), radius=look.radius("field"))
        side = look.px(18)
        shapes.draw(painter, _CHOSEN if on else _FREE, QRectF(rect.right() - side - 14, 14, side, side))


class BasePlate(QWidget):
    """What both sides began with: sunken, not to be chosen."""

    def __init__(self, side: Side, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addWidget(DiffText(Side(side.values, side.lines, ()), tone="ink2"))
        layout.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sunken plate."""
        look = theme.current()
        edge = look.colours.line if look.mode == "highContrast" else None
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        hairline.plate(QPainter(self), rect, radius=look.radius("nav"), fill=look.colours.sunken, line=edge)


def plain(side: Side) -> str:
    """The side's words on one line."""
    return "，".join(side.lines) or _EMPTY


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The line with its differing parts marked; spans are (start, end)."""
    colours = theme.current().colours
    style = (
        f"font-weight:700;text-decoration:underline;color:{colours.accentInk.name()};"
        f"background-color:{colours.accentSoft.name()}"
    )
    parts, at = [], 0
    for start, end in sorted(spans):
        parts.append(html.escape(text[at:start]))
        parts.append(f'<span style="{style}">{html.escape(text[start:end])}</span>')
        at = end
    parts.append(html.escape(text[at:]))
    return "".join(parts)
