"""White sheets on paper: a card with a line and no shadow, and the thin rule inside it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit.label import Heading
from desktop.views.look import hairline, theme

Tone = Literal["plain", "next", "accent", "amber", "red", "sunken"]


class Rule(QWidget):
    """A 1 px line across; `strong` takes the darker line colour."""

    def __init__(self, *, strong: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strong = strong
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line sharp at any scale."""
        colours = theme.current().colours
        hairline.rule(QPainter(self), QRectF(self.rect()), colours.line2 if self._strong else colours.line)


class Card(QFrame):
    """A plate with padding 18×14 and a column `body` inside.

    tone: `plain`; `next` (white with an accent line, for the next act); `accent`, `amber`, `red` (soft fill);
    `sunken`. With `title` a heading line stands first; `action` is placed at its right end.
    """

    def __init__(
        self,
        title: str = "",
        fact: str = "",
        *,
        tone: Tone = "plain",
        action: QWidget | None = None,
        padding: tuple[int, int] = (18, 14),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone: Tone = tone
        self.heading: Heading | None = None
        self.body = QVBoxLayout(self)
        across, down = padding
        self.body.setContentsMargins(across, down, across, down)
        self.body.setSpacing(theme.current().px(8))
        if title:
            self.heading = Heading(title, fact)
            self.body.addWidget(line(self.heading, None, action) if action else self.heading)
            self.setAccessibleName(title)

    def set_tone(self, tone: Tone) -> None:
        """Change the plate."""
        self._tone = tone
        self.update()

    def add(self, *widgets: QWidget) -> Card:
        """Put widgets under what stands there; returns the card."""
        for widget in widgets:
            self.body.addWidget(widget)
        return self

    def rule(self) -> Card:
        """Put a line under what stands there; returns the card."""
        return self.add(Rule())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate."""
        fill, edge = self._colours()
        rect = QRectF(self.rect())
        hairline.plate(QPainter(self), rect, radius=theme.current().radius("card"), fill=fill, line=edge)

    def _colours(self) -> tuple[QColor, QColor]:
        colours = theme.current().colours
        return {
            "plain": (colours.surface, colours.line),
            "next": (colours.surface, colours.accentLine),
            "accent": (colours.accentSoft, colours.accentLine),
            "amber": (colours.amberSoft, colours.amberLine),
            "red": (colours.surface, colours.redLine),
            "sunken": (colours.sunken, colours.line),
        }[self._tone]


def line(*parts: QWidget | None, gap: int = 8, parent: QWidget | None = None) -> QWidget:
    """A row of widgets; `None` is a stretch. The row is a widget, so no strip of background shows (window.md §7)."""
    row = QWidget(parent)
    layout = QHBoxLayout(row)
    _fill(layout, parts, gap)
    return row


def column(*parts: QWidget | None, gap: int = 8, parent: QWidget | None = None) -> QWidget:
    """A column of widgets; `None` is a stretch."""
    stack = QWidget(parent)
    layout = QVBoxLayout(stack)
    _fill(layout, parts, gap)
    return stack


def _fill(layout: QHBoxLayout | QVBoxLayout, parts: tuple[QWidget | None, ...], gap: int) -> QLayout:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.current().px(gap))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        else:
            layout.addWidget(part)
    return layout
