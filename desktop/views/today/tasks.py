"""要办的: what is late, what is for today, what comes within a week — each line with its one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.casework.today import Today, TodayItem
from desktop.views import words
from desktop.views.kit import Button, Card, EmptyState, Label, Rule, column, line
from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import shapes, theme
from desktop.views.look.shapes import Shape

When = Literal["overdue", "today", "soon"]
_GROUPS: tuple[tuple[When, str], ...] = (("overdue", "已经超期"), ("today", "今天"), ("soon", "往后一周"))
_MOST = 40
_TITLE_LEFT = 122


class TaskCard(Card):
    """The card of things to do. `asked` carries the item whose button was pressed, `opened` a dispute's id."""

    asked = Signal(object)
    opened = Signal(str)
    all_asked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("要办的", parent=parent)
        self.filled: Button | None = None
        self._rows: list[TaskRow] = []
        self._scroll = FoldScroll()
        self._later = Label("", "small", tone="ink2")
        see_all = Button("看全部", "link", size="row")
        see_all.clicked.connect(lambda: self.all_asked.emit("any"))
        self._foot = column(Rule(), line(self._later, None, see_all), gap=4)
        self._foot.setContentsMargins(0, 0, 8, 0)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self._foot)

    def show_facts(self, facts: Today, *, narrow: bool) -> None:
        """Show the lines of a day; the most likely next act gets the filled button."""
        groups: dict[When, Sequence[TodayItem]] = {
            "overdue": facts.overdue,
            "today": facts.today,
            "soon": facts.soon,
        }
        total = sum(map(len, groups.values()))
        if self.heading:
            self.heading.say("要办的", f"{total:,} 件" if total else "")
            self.heading.setVisible(not narrow)
        self.body.setContentsMargins(18, 4 if narrow else 14, 10, 4)
        self.body.setSpacing(theme.current().px(4))
        down = QSizePolicy.Policy.Expanding if total else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, down)
        first, stood = _most_likely(facts), self._place_of_keyboard()
        self._rows = []
        rows: list[QWidget] = [] if total else [self._nothing()]
        for when, name in _GROUPS:
            rows += self._group(name, when, groups[when], facts.day, first)
        self._scroll.fill(rows)
        self._later.setText(f"一周以后还有 {facts.later:,} 件")
        self._foot.setVisible(bool(facts.later) and not narrow)
        if stood >= 0 and self._rows:
            self._rows[min(stood, len(self._rows) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def rows(self) -> list[TaskRow]:
        """The lines now shown, top to bottom."""
        return list(self._rows)

    def focus_first(self) -> None:
        """Give the keyboard to the first line."""
        if self._rows:
            self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _group(
        self, name: str, when: When, items: Sequence[TodayItem], today: date, first: TodayItem | None
    ) -> list[QWidget]:
        if not items:
            return []
        rows: list[QWidget] = [_GroupLine(name, len(items))]
        for item in items[:_MOST]:
            row = TaskRow(item, when, today, is_next=item is first)
            row.button.clicked.connect(lambda _checked=False, item=item: self.asked.emit(item))
            row.clicked.connect(lambda _checked=False, item=item: self.opened.emit(item.dispute_id))
            row.walked.connect(self._walk)
            if item is first:
                self.filled = row.button
            self._rows.append(row)
            rows.append(row)
        if len(items) > _MOST:
            more = Button(f"还有 {len(items) - _MOST:,} 件，到纠纷里看", "link", size="row")
            more.clicked.connect(lambda: self.all_asked.emit("overdue" if when == "overdue" else "soon"))
            rows.append(line(more, None))
        return rows

    def _nothing(self) -> QWidget:
        state = EmptyState(
            "checkmark", "今天没有要办的", "往后一周也没有到期的。有新事，按 Ctrl+N 登记。", tone="accent"
        )
        self.filled = None
        return state

    def _walk(self, step: int) -> None:
        at = min(max(self._place_of_keyboard() + step, 0), len(self._rows) - 1)
        self._rows[at].setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.reveal(self._rows[at])

    def _place_of_keyboard(self) -> int:
        """The number of the line that has the keyboard; -1 when none has."""
        focus = self.focusWidget() if self.isVisible() else None
        here = (i for i, row in enumerate(self._rows) if focus is row or focus is row.button)
        return next(here, -1) if focus is not None and focus.hasFocus() else -1


class TaskRow(KeyboardFocus, QAbstractButton):
    """One line: when, what, why, and the button of its act. A click or Enter opens the dispute; arrows walk."""

    walked = Signal(int)

    def __init__(self, item: TodayItem, when: When, today: date, *, is_next: bool) -> None:
        super().__init__()
        self._item = item
        self._shape, self._tone, self._bold_words, self._under = _say_when(item, when, today)
        self.button = Button(item.act_label, "primary" if is_next else "plain", size="row")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.current().px(10), 0)
        row.addStretch(1)
        row.addWidget(self.button)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{self._bold_words}，{item.title}")
        self.setAccessibleDescription(f"{self._under}，{item.sentence}，回车打开")
        self.button.setAccessibleDescription(item.title)

    def sizeHint(self) -> QSize:
        """61 px; 55 in the narrow window."""
        look = theme.current()
        name = "taskRowNarrow" if look.is_narrow(self.window().width()) else "taskRow"
        return QSize(look.px(300), look.size(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the lines, Enter opens."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.walked.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shape, two lines at the left, two lines beside them, the ring."""
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        top = (self.height() - px(43)) / 2
        side = px(16 if self._shape.name != "dot" else 14)
        left = px(8) - side / 2
        shapes.draw(painter, self._shape, QRectF(left + 1, top + (px(24) - side) / 2 - 1, side, side))
        room = self.button.x() - px(_TITLE_LEFT) - px(14)
        first, second = QRectF(0, top, 0, px(24)), QRectF(0, top + px(23), 0, px(20))
        self._write(painter, first, px(23), px(98), self._bold_words, "body", self._tone)
        self._write(painter, second, px(23), px(98), self._under, "caption", "ink2")
        self._write(painter, first, px(_TITLE_LEFT), room, self._item.title, "body", "ink")
        self._write(painter, second, px(_TITLE_LEFT), room, self._item.sentence, "caption", "ink2")
        if self.shows_focus:
            rect = QRectF(self.rect()).adjusted(0, 2, 0, -2)
            ring(painter, rect, radius=look.radius("row"))

    def _write(
        self, painter: QPainter, box: QRectF, left: float, width: float, text: str, role: str, tone: str
    ) -> None:
        look = theme.current()
        painter.setFont(look.font(role, bold=role == "body"))
        painter.setPen(look.colours.named(tone))
        box = QRectF(left, box.top(), width, box.height())
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width) + 1)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


class _GroupLine(QWidget):
    """已经超期 1 件, and a line to the right end."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__()
        look = theme.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, look.px(14), 0)
        row.setSpacing(look.px(6))
        row.addWidget(Label(name, "caption", tone="ink2", bold=True))
        row.addWidget(Label(f"{count:,} 件", "caption", tone="ink2"))
        row.addSpacing(look.px(6))
        row.addWidget(Rule(), 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """30 px; 26 in the narrow window."""
        look = theme.current()
        return QSize(200, look.px(26 if look.is_narrow(self.window().width()) else 30))


def _most_likely(facts: Today) -> TodayItem | None:
    """A meeting of today comes before what is late: people are on their way to it."""
    meetings = [item for item in facts.today if item.at]
    return next(iter((*meetings, *facts.overdue, *facts.today, *facts.soon)), None)


def _say_when(item: TodayItem, when: When, today: date) -> tuple[Shape, str, str, str]:
    """Shape, colour, the bold words and the words under them."""
    overdue, soon, meeting = (shapes.of_deadline(kind) for kind in ("overdue", "soon", "appointment"))
    assert overdue
    assert soon
    assert meeting
    if when == "overdue":
        return (
            overdue,
            "red",
            words.days_left(item.day, today),
            item.note or words.calendar_day(item.day, today),
        )
    if when == "today":
        if item.at:
            return meeting, "ink", f"{item.at:%H:%M}", item.note or "今天"
        return soon, "amber", "今天", item.note or words.weekday(item.day)
    left = (item.day - today).days
    return Shape("dot", "ink3"), "ink", f"还有 {left} 天", item.note or words.deadline_day(item.day, today)
