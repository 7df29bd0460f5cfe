"""经过: one line per thing that happened or is arranged, with its shape on a thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.casework.disputes.timeline import TimelineEntry
from desktop.views import words
from desktop.views.kit import Card
from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import hairline, shapes, theme
from desktop.views.look.shapes import Shape

_STATES = {"talk": "调解中", "agreed": "待履行", "sent": "已移交", "done": "办结", "failed": "调解不成",
           "paused": "中止", "visit": "待回访"}  # fmt: skip
_DAYS_RIGHT, _THREAD, _WORDS_LEFT = 94, 118, 144


class Timeline(Card):
    """The card of what happened. `opened` carries (type, id) of a record that can be read, or the appointment."""

    opened = Signal(tuple)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(padding=(1, 6), parent=parent)
        self.setAccessibleName("经过")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shown: tuple[Sequence[TimelineEntry], date] | None = None
        self._scroll = FoldScroll()
        self.body.addWidget(self._scroll)

    def show_entries(self, entries: Sequence[TimelineEntry], today: date) -> None:
        """Show the entries, newest first; the same again changes nothing."""
        if (entries, today) == self._shown:
            return
        self._shown = (entries, today)
        last = len(entries) - 1
        rows = [_Entry(entry, today, is_first=n == 0, is_last=n == last) for n, entry in enumerate(entries)]
        for row in rows:
            row.clicked.connect(lambda _checked=False, row=row: self._open(row))
        self._scroll.fill(rows)

    def _open(self, row: _Entry) -> None:
        if row.entry.record:
            self.opened.emit(row.entry.record)


class _Entry(KeyboardFocus, QAbstractButton):
    def __init__(self, entry: TimelineEntry, today: date, *, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self.entry = entry
        self._is_first, self._is_last = is_first, is_last
        self._day = words.calendar_day(entry.day, today)
        self._under = _under(entry, today)
        opens = entry.record is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{self._day} {self._under}，{entry.title}")
        self.setAccessibleDescription(entry.sentence)
        self.setToolTip(entry.sentence)

    def sizeHint(self) -> QSize:
        """67 px; 58 in the narrow window."""
        look = theme.current()
        return QSize(300, look.px(58 if look.is_narrow(self.window().width()) else 67))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Thread, shape, day at the left, words at the right."""
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        if self.entry.record and self.underMouse():
            plate = QRectF(self.rect()).adjusted(px(8), px(2), -px(4), -px(6))
            hairline.plate(painter, plate, radius=look.radius("row"), fill=look.colours.hover)
        top = px(9)
        self._paint_thread(painter, top + px(12))
        days = QRectF(0, top, px(_DAYS_RIGHT), px(24))
        room = self.width() - px(_WORDS_LEFT) - px(18)
        first = QRectF(px(_WORDS_LEFT), top, room, px(24))
        self._write(painter, days, self._day, "body", right=True)
        self._write(painter, days.translated(0, px(22)), self._under, "caption", right=True)
        self._write(painter, first, self.entry.title, "body")
        self._write(painter, first.translated(0, px(22)), self.entry.sentence, "small")
        if self.shows_focus:
            ring(painter, QRectF(self.rect()).adjusted(px(8), 0, -px(4), -px(6)), radius=look.radius("row"))

    def _paint_thread(self, painter: QPainter, middle: int) -> None:
        look = theme.current()
        px = look.px
        gap, x = px(12), px(_THREAD)
        if not self._is_first:
            hairline.rule(painter, QRectF(x, 0, 1, middle - gap), look.colours.line2)
        if not self._is_last:
            hairline.rule(
                painter, QRectF(x, middle + gap, 1, self.height() - middle - gap), look.colours.line2
            )
        side = px(14)
        shape = _shape(self.entry.shape)
        shapes.draw(painter, shape, QRectF(x - side / 2 + 0.5, middle - side / 2, side, side))

    def _write(self, painter: QPainter, box: QRectF, text: str, role: str, *, right: bool = False) -> None:
        look = theme.current()
        painter.setFont(look.font(role, bold=role == "body"))
        painter.setPen(look.colours.ink if role == "body" else look.colours.ink2)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


def _shape(name: str) -> Shape:
    return shapes.of_state(_STATES[name]) if name in _STATES else Shape("dot", "accent")


def _under(entry: TimelineEntry, today: date) -> str:
    """今天 14:30, 周一 15:05, or where it came from."""
    near = {0: "今天", -1: "昨天", 1: "明天"}.get((entry.day - today).days)
    if entry.at:
        return f"{near or words.weekday(entry.day)} {entry.at:%H:%M}"
    return entry.note or near or words.weekday(entry.day)
