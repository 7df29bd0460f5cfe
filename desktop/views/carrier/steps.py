"""The four steps side by side, each with its drawing: done, present, to come, told by shape and word as by colour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.views.carrier.drawings import DRAWINGS, HEIGHT, WIDTH, Ink
from desktop.views.look import hairline, shapes, theme
from desktop.views.look.shapes import Shape

STEPS = ("插上U盘，选中它", "写到U盘", "送到区里或镇里", "拿回来，读U盘")
_DONE = Shape("filled disc with tick", "ink3")
_HERE = Shape("full disc in ring", "accent")
_AHEAD = Shape("empty ring", "ink3")
_WORDS_HEIGHT, _PADDING = 44, 12


class StepStrip(QWidget):
    """`go(number)` says which step is present, from 0; `set_low` leaves the drawings out where the window is low."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(12))
        self._steps = [_Step(number, drawing) for number, drawing in enumerate(DRAWINGS)]
        for step in self._steps:
            row.addWidget(step, 1)
        self.go(0)

    def go(self, present: int) -> None:
        """Say where one is."""
        for number, step in enumerate(self._steps):
            step.stand(present - number)
        self.setAccessibleName(f"第 {present + 1} 步，共 {len(STEPS)} 步：{STEPS[present]}")

    def set_low(self, is_low: bool) -> None:
        """Words without drawings, or with them."""
        for step in self._steps:
            step.set_low(is_low)


class _Step(QWidget):
    """One card: the drawing, then shape, number and words."""

    def __init__(self, number: int, drawing: Callable[[QPainter, Ink], None]) -> None:
        super().__init__()
        self._number, self._drawing = number, drawing
        self._ahead, self._is_low = 0, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)

    def stand(self, ahead: int) -> None:
        """0: present; above: done; below: to come."""
        self._ahead = ahead
        self.update()

    def set_low(self, is_low: bool) -> None:
        """Without the drawing, or with it."""
        self._is_low = is_low
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the drawing and its words."""
        px = theme.current().px
        drawing = 0 if self._is_low else HEIGHT + _PADDING
        return QSize(px(WIDTH), px(drawing + _WORDS_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """May be narrower than its drawing; that one then shrinks."""
        return QSize(theme.current().px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Plate, drawing, words."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = look.colours.accent if self._ahead == 0 else look.colours.line
        fill = look.colours.surface if self._ahead == 0 else look.colours.canvas
        hairline.plate(painter, QRectF(self.rect()), radius=look.radius("card"), fill=fill, line=edge)
        if not self._is_low:
            self._draw(painter)
        self._say(painter)

    def _draw(self, painter: QPainter) -> None:
        look = theme.current()
        colours, is_here = look.colours, self._ahead == 0
        mark = colours.accent if is_here else colours.ink3
        ink = Ink(colours.ink2 if is_here else colours.ink3, colours.surface, mark)
        factor = min(look.scale, (self.width() - 2 * look.px(_PADDING)) / WIDTH)
        painter.save()
        painter.translate((self.width() - WIDTH * factor) / 2, look.px(_PADDING))
        painter.scale(factor, factor)
        painter.setPen(ink.line)
        self._drawing(painter, ink)
        painter.restore()

    def _say(self, painter: QPainter) -> None:
        look = theme.current()
        px, side = look.px, look.px(16)
        top = self.height() - px(_WORDS_HEIGHT)
        shape = _HERE if self._ahead == 0 else _DONE if self._ahead > 0 else _AHEAD
        middle = top + px(_WORDS_HEIGHT) / 2
        shapes.draw(painter, shape, QRectF(px(14), middle - side / 2, side, side))
        painter.setFont(look.font("small", bold=self._ahead == 0))
        painter.setPen(look.colours.ink if self._ahead == 0 else look.colours.ink2)
        room = QRectF(px(38), top, self.width() - px(44), px(_WORDS_HEIGHT))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"{self._number + 1}  {STEPS[self._number]}")
