"""A month of days, painted: today ringed, the chosen day filled, 休 and 班 where the calendar says so (picture 13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views import words
from desktop.views.kit.iconbutton import IconButton
from desktop.views.kit.label import Label
from desktop.views.look import hairline, theme

Marks = Callable[[date], str]
_WEEKS = 6


class Calendar(QWidget):
    """A month with two arrows. `picked` carries the day that was clicked or entered.

    `marks(day)` gives 休, 班 or nothing; it comes from the holiday table, never from weekday alone.
    """

    picked = Signal(date)

    def __init__(self, *, today: date, marks: Marks, chosen: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = _Days(today, marks, chosen or today)
        self.days.chosen = chosen
        self._title = Label("", "heading")
        back, forth = IconButton("chevron_left", "上个月"), IconButton("chevron_right", "下个月")
        back.clicked.connect(lambda: self.days.turn(-1))
        forth.clicked.connect(lambda: self.days.turn(1))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        for part in (back, None, self._title, None, forth):
            head.addStretch(1) if part is None else head.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.days, 1)
        self.setFocusProxy(self.days)
        self.setAccessibleName("日历")
        self.days.turned.connect(self._say_month)
        self.days.picked.connect(self.picked)
        self._say_month()

    def choose(self, day: date | None) -> None:
        """Show `day` as chosen and turn to its month."""
        self.days.choose(day)

    def _say_month(self) -> None:
        self._title.setText(f"{self.days.month.year}年{self.days.month.month}月")


class _Days(QWidget):
    picked = Signal(date)
    turned = Signal()

    def __init__(self, today: date, marks: Marks, start: date) -> None:
        super().__init__()
        self._today, self._marks = today, marks
        self.at = start
        self.chosen: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._say()

    @property
    def month(self) -> date:
        return self.at.replace(day=1)

    def choose(self, day: date | None) -> None:
        self.chosen = day
        self.at = day or self._today
        self._moved()

    def turn(self, months: int) -> None:
        self.at = _months_on(self.at, months)
        self._moved()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(7 * 46), look.px(28 + _WEEKS * 38))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        steps = {key.Key_Left: -1, key.Key_Right: 1, key.Key_Up: -7, key.Key_Down: 7}
        months = {key.Key_PageUp: -1, key.Key_PageDown: 1}
        pressed = Qt.Key(event.key())
        if pressed in steps:
            self.at += timedelta(days=steps[pressed])
        elif pressed in months:
            self.at = _months_on(self.at, months[pressed])
        elif pressed == key.Key_Home:
            self.at = self._today
        elif pressed in (key.Key_Return, key.Key_Enter, key.Key_Space):
            self._pick(self.at)
            return
        else:
            super().keyPressEvent(event)
            return
        self._moved()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = event.position()
        column = int(position.x() // self._cell_width())
        row = int((position.y() - self._head_height()) // self._cell_height())
        if 0 <= column < 7 and 0 <= row < _WEEKS:
            self._pick(self._first() + timedelta(days=row * 7 + column))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font("small"))
        painter.setPen(look.colours.ink2)
        for column in range(7):
            box = QRectF(column * self._cell_width(), 0, self._cell_width(), self._head_height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "一二三四五六日"[column])
        first = self._first()
        for index in range(7 * _WEEKS):
            self._paint_day(painter, first + timedelta(days=index), *divmod(index, 7))

    def _paint_day(self, painter: QPainter, day: date, row: int, column: int) -> None:
        look = theme.current()
        colours = look.colours
        width, height = self._cell_width(), self._cell_height()
        box = QRectF(column * width, self._head_height() + row * height, width, height)
        side = min(width, height, look.px(46)) - 2
        disc = QRectF(0, 0, side, side)
        disc.moveCenter(box.center())
        ink, font = (colours.ink if day.month == self.at.month else colours.ink3), look.font()
        if day == self.chosen:
            hairline.plate(painter, disc, radius=side / 2, fill=colours.accent)
            ink, font = colours.onAccent, look.font("body", bold=True)
        elif day == self._today:
            hairline.plate(painter, disc, radius=side / 2, line=colours.accent, lines=1.5)
            font = look.font("body", bold=True)
        if day == self.at and self.hasFocus():
            rim = disc.adjusted(-1, -1, 1, 1)
            hairline.plate(painter, rim, radius=rim.width() / 2, line=colours.accent, lines=2)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day.day))
        self._paint_mark(painter, day, box)

    def _paint_mark(self, painter: QPainter, day: date, box: QRectF) -> None:
        mark = self._marks(day) if day.month == self.at.month else ""
        if not mark or day == self.chosen:
            return
        look = theme.current()
        font = QFont(look.font("micro"))
        painter.setFont(font)
        painter.setPen(look.colours.ink2 if mark == "休" else look.colours.amber)
        middle = box.center()
        corner = QRectF(middle.x() + look.px(8), middle.y() - look.px(21), look.px(14), look.px(16))
        painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, mark)

    def _first(self) -> date:
        return self.month - timedelta(days=self.month.weekday())

    def _cell_width(self) -> float:
        return self.width() / 7

    def _head_height(self) -> int:
        return theme.current().px(28)

    def _cell_height(self) -> float:
        return (self.height() - self._head_height()) / _WEEKS

    def _pick(self, day: date) -> None:
        self.choose(day)
        self.picked.emit(day)

    def _moved(self) -> None:
        self._say()
        self.turned.emit()
        self.update()

    def _say(self) -> None:
        mark = self._marks(self.at)
        spoken = f"{words.full_day(self.at)} {words.weekday(self.at)}"
        self.setAccessibleName(f"{spoken} {mark}".strip())


def _months_on(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    last = date((index + 1) // 12, (index + 1) % 12 + 1, 1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
