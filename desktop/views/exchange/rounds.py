"""The last rounds in words: when, how many went out and came in, how large, how long, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.casework.exchange.status import RoundLine
from desktop.views import words
from desktop.views.exchange.panel import Panel
from desktop.views.kit import Label, ShapeMark, column
from desktop.views.look import hairline, theme
from desktop.views.look.shapes import Shape

_RESULTS = {
    "agreed": (Shape("filled disc with tick", "accent"), "ink"),
    "cut": (Shape("filled triangle with !", "amberMark"), "amber"),
    "none": (Shape("filled square with cross", "ink3"), "ink2"),
    "trouble": (Shape("filled triangle with !", "amberMark"), "amber"),
}
_WIDTHS = (124, 62, 68, 92)
_TOOK, _ROW, _ROOM_FOR_ALL = 3, 52, 540


class RoundsPanel(Panel):
    """All rounds that are kept, newest first."""

    def __init__(self) -> None:
        super().__init__("近来几次")
        heads = ("什么时候", "传出", "收进", "用时", "", "结果")
        self._heads = _Line([Label(text, "small", tone="ink2") for text in heads], is_head=True)
        self.add(self._heads)
        self.body.setSpacing(0)
        self._said: Sequence[RoundLine] | None = None

    def say(self, lines: Sequence[RoundLine], now: datetime) -> None:
        """Show them."""
        if lines != self._said:
            self._said = lines
            self._heads.setVisible(bool(lines))
            rows = [_Line(_cells(one, now), name=_name(one, now)) for one in lines]
            self.show_rows(rows or [Label("还没有和区里传过", "small", tone="ink2")])


class _Line(QWidget):
    """One row of fixed columns; the last takes the rest. A line stands below the head and between rows."""

    def __init__(self, cells: Sequence[QWidget], *, name: str = "", is_head: bool = False) -> None:
        super().__init__()
        self._is_head = is_head
        self.setAccessibleName(name)
        px = theme.current().px
        self.setFixedHeight(px(34 if is_head else _ROW))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._took = cells[_TOOK]
        for number, cell in enumerate(cells):
            if number < len(_WIDTHS):
                cell.setFixedWidth(px(_WIDTHS[number]))
            if number == len(_WIDTHS):
                row.addSpacing(px(24))
                cell.setFixedWidth(px(24))
            if 0 < number < len(_WIDTHS):
                for label in (cell, *cell.findChildren(Label)):
                    if isinstance(label, Label):
                        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(cell, 1 if number > len(_WIDTHS) else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """How long it took is the first to give way: what came of it matters more."""
        super().resizeEvent(event)
        self._took.setVisible(self.width() >= theme.current().px(_ROOM_FOR_ALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line: under the head, over each row but the first is the row's own lower line."""
        colours = theme.current().colours
        box = QRectF(0, self.height() - 1, self.width(), 1)
        hairline.rule(QPainter(self), box, colours.line2 if self._is_head else colours.line)


def _cells(one: RoundLine, now: datetime) -> list[QWidget]:
    shape, tone = _RESULTS[one.state]
    said = [Label(one.words, tone=tone, elide=True)]
    if one.more:
        said.append(Label(one.more, "caption", tone="ink2", elide=True))
    result = column(*said, gap=0)
    result.setToolTip(one.sentence)
    return [
        Label(words.exact_moment(one.at, now)),
        _counted(one.sent, one.sent_bytes),
        _counted(one.received, one.received_bytes),
        Label(_took(one), tone="ink2" if one.seconds is None else "ink"),
        ShapeMark(shape, size=14),
        result,
    ]


def _counted(changes: int, size: int) -> QWidget:
    """How many, and under it how large; an empty round still carries some bytes."""
    number = Label(words.count(changes), tone="ink" if changes else "ink3")
    return column(number, Label(words.bytes_size(size), "caption", tone="ink2"), gap=0) if size else number


def _name(one: RoundLine, now: datetime) -> str:
    went, came = (words.bytes_size(size) for size in (one.sent_bytes, one.received_bytes))
    counts = f"传出 {one.sent} 条 {went}，收进 {one.received} 条 {came}，用时 {_took(one)}"
    return f"{words.exact_moment(one.at, now)}，{counts}，{one.sentence or one.words}"


def _took(one: RoundLine) -> str:
    if one.seconds is None:
        return "—"
    return words.lasting(one.seconds) if one.seconds >= 1 else "不到 1 秒"
