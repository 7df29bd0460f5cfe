"""Chips: a state, a deadline, a risk or a plain word on a small plate, always with its shape."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.views.look import hairline, shapes, theme
from desktop.views.look.shapes import Shape

_PLATES = {"accent": "accentSoft", "red": "redSoft", "amberMark": "amberSoft", "slate": "slateSoft"}
_INKS = {"accent": "accentInk", "amberMark": "amber"}


class Chip(QLabel):
    """A word on a plate 26 px high. Use `Chip.state`, `Chip.deadline`, `Chip.risk`, or a plain `Chip(text)`."""

    def __init__(
        self,
        text: str,
        shape: Shape | None = None,
        *,
        tone: str = "ink2",
        struck: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._shape, self._tone, self._struck = shape, tone, struck
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.current().changed.connect(self.updateGeometry)

    @classmethod
    def state(cls, state: str) -> Chip:
        """办到哪一步. Raises KeyError for a word that is no state of tokens.json."""
        tone = theme.current().tokens.states[state]
        return cls(state, shapes.of_state(state), tone=tone.tone, struck=tone.text == "struck through")

    @classmethod
    def deadline(cls, kind: str, text: str) -> Chip:
        """A deadline: kind `overdue`, `soon`, `later`, `appointment`, `waitingForOthers`, and its words."""
        return cls(text, shapes.of_deadline(kind), tone=theme.current().tokens.deadlines[kind].tone)

    @classmethod
    def risk(cls, level: str) -> Chip:
        """The risk of a dispute (never of a person): 高, 中 or 低."""
        shape = shapes.of_risk(level)
        return cls(f"风险{level}", shape, tone=shape.tone)

    def sizeHint(self) -> QSize:
        """Shape, gap, words and padding."""
        look = theme.current()
        width = QFontMetricsF(look.font("small")).horizontalAdvance(self.text()) + look.px(18)
        if self._shape:
            width += look.size("stateShape") + look.px(8)
        return QSize(round(width), look.size("chip"))

    def minimumSizeHint(self) -> QSize:
        """A chip is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Plate, shape, words."""
        look = theme.current()
        painter = QPainter(self)
        fill = look.colours.named(_PLATES.get(self._tone, "sunken"))
        edge = self._ink() if look.mode == "highContrast" else None
        hairline.plate(painter, QRectF(self.rect()), radius=look.radius("chip"), fill=fill, line=edge)
        x = look.px(9)
        if self._shape:
            side = look.size("stateShape")
            shapes.draw(painter, self._shape, QRectF(x, (self.height() - side) / 2, side, side))
            x += side + look.px(8)
        font = look.font("small")
        font.setStrikeOut(self._struck)
        painter.setFont(font)
        painter.setPen(self._ink())
        painter.drawText(self.rect().adjusted(x, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())

    def _ink(self) -> QColor:
        return theme.current().colours.named(_INKS.get(self._tone, self._tone))


class ShapeMark(QWidget):
    """A state shape alone; its words stand beside it or are given as the accessible `name`."""

    def __init__(self, shape: Shape, *, size: int = 14, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape, self._size = shape, size
        side = theme.current().px(size) + 2
        self.setFixedSize(side, side)
        self.setAccessibleName(name)

    def set_shape(self, shape: Shape, *, name: str = "") -> None:
        """Show another shape."""
        self._shape = shape
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The shape with a pixel of air around it."""
        side = theme.current().px(self._size)
        shapes.draw(QPainter(self), self._shape, QRectF(1, 1, side, side))
