"""Where one is on the first day: five steps, done, present and to come, each with its shape."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.look import hairline, shapes, theme
from desktop.views.look.shapes import Shape

STEPS = ("接入区里", "您是哪一位", "开锁密码", "恢复码", "第一次传")
_DONE = Shape("filled disc with tick", "ink3")
_HERE = Shape("full disc in ring", "accent")
_AHEAD = Shape("empty ring", "ink3")


class Steps(QWidget):
    """A line of steps; `go(number)` says which one is present, from 0."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.go(0)

    def go(self, number: int) -> None:
        """Say where one is."""
        self._here = number
        self.setAccessibleName(f"第 {number + 1} 步，共 {len(STEPS)} 步：{STEPS[number]}")
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its words."""
        return QSize(theme.current().px(560), theme.current().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shape and words for each, a line between them."""
        look = theme.current()
        px, painter = look.px, QPainter(self)
        widths = [self._width(number) for number in range(len(STEPS))]
        gap = max(px(12), (self.width() - sum(widths)) / (len(STEPS) - 1))
        x, middle = 0.0, self.height() / 2
        for number, words in enumerate(STEPS):
            side = px(16)
            shape = _DONE if number < self._here else _HERE if number == self._here else _AHEAD
            shapes.draw(painter, shape, QRectF(x, middle - side / 2, side, side))
            painter.setFont(look.font("small", bold=number == self._here))
            painter.setPen(look.colours.ink if number == self._here else look.colours.ink2)
            painter.drawText(
                QRectF(x + px(23), 0, widths[number], self.height()), Qt.AlignmentFlag.AlignVCenter, words
            )
            x += widths[number]
            if number + 1 < len(STEPS):
                rule = QRectF(x + px(8), middle, max(0.0, gap - px(16)), 1)
                hairline.rule(painter, rule, look.colours.line2)
            x += gap

    def _width(self, number: int) -> float:
        look = theme.current()
        return look.px(23) + QFontMetricsF(look.font("small", bold=True)).horizontalAdvance(STEPS[number])
