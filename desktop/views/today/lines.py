"""The lines at the right of today: what waits on others, and what came from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.casework.today import Awaited, News
from desktop.views import words
from desktop.views.kit import Card, Heading, Label, Rule, column, line
from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.kit.progress import draw_bar
from desktop.views.look import hairline, icons, shapes, theme
from desktop.views.look.shapes import Shape

_MOST = 60
_BARS = {"red": "red", "amber": "amberMark"}
_NEWS_ICONS = {
    "late": ("warning", "amberMark"),
    "clash": ("branch_compare", "amberMark"),
    "arrived": ("mail_inbox", "ink2"),
    "changed": ("edit", "ink2"),
    "left": ("door_arrow_right", "ink2"),
    "refused": ("warning", "red"),
}


@dataclass(frozen=True)
class LineFacts:
    """One line: a shape or an icon (name, tone), two lines of words and words at the right in the tone of a state.

    share: 0.0 to 1.0 of the time gone by, drawn as a bar under the words; None for none.
    """

    first: str
    second: str
    right: str
    mark: Shape | tuple[str, str]
    tone: str = "ink2"
    share: float | None = None


class LineCard(Card):
    """A card of lines under a title; `opened` carries the number of the line. `nothing` is said when there are none."""

    opened = Signal(int)

    def __init__(
        self, title: str, *, unit: str, nothing: str, grows: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(padding=(12, 14), parent=parent)
        self.setAccessibleName(title)
        self._title, self._unit, self._grows = title, unit, grows
        self._head = Heading(title)
        self._scroll = FoldScroll()
        self._nothing = Label(nothing, "small", tone="ink2")
        self._said = Label("", "small", tone="ink2")
        self._foot = column(Rule(), self._said, gap=8)
        # A line has a plate of its own when pointed at, so it begins 6 px before the words of the card.
        for part in (self._head, self._nothing, self._scroll, self._foot):
            inset = 0 if part is self._scroll else theme.current().px(6)
            row = line(part)
            row.setContentsMargins(inset, 0, inset, 0)
            self.body.addWidget(row, 1 if part is self._scroll else 0)

    def show_lines(self, lines: Sequence[LineFacts], *, foot: str = "", titled: bool = True) -> None:
        """Show the lines; what does not fit scrolls, a fold never cuts a line."""
        self._head.say(self._title, f"{len(lines):,} {self._unit}" if lines else "")
        self._head.parentWidget().setVisible(titled)
        rows: list[QWidget] = []
        for number, facts in enumerate(lines[:_MOST]):
            row = Line(facts)
            row.clicked.connect(lambda _checked=False, number=number: self.opened.emit(number))
            rows.append(row)
        self._scroll.fill(rows)
        self._said.setText(foot)
        for part, is_shown in (
            (self._nothing, not lines),
            (self._scroll, bool(lines)),
            (self._foot, bool(foot)),
        ):
            part.parentWidget().setVisible(is_shown)
        down = QSizePolicy.Policy.Expanding if lines and self._grows else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, down)


class Line(KeyboardFocus, QAbstractButton):
    """One line that opens what it speaks of."""

    def __init__(self, facts: LineFacts) -> None:
        super().__init__()
        self._facts = facts
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{facts.first}，{facts.right}")
        self.setAccessibleDescription(facts.second)
        self.setToolTip(facts.second)

    def sizeHint(self) -> QSize:
        """54 px, 62 with a bar."""
        return QSize(200, theme.current().px(54 if self._facts.share is None else 62))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark, words, ring."""
        look = theme.current()
        px, facts = look.px, self._facts
        painter = QPainter(self)
        if self.underMouse():
            rect = QRectF(self.rect()).adjusted(0, 0, 0, -px(2))
            hairline.plate(painter, rect, radius=look.radius("row"), fill=look.colours.hover)
        self._paint_mark(painter, QRectF(px(5), px(7), px(17), px(17)))
        left, right = px(28), self.width() - px(6)
        painter.setFont(look.font("caption", bold=facts.tone == "red"))
        painter.setPen(look.colours.named(facts.tone))
        right_width = painter.fontMetrics().horizontalAdvance(facts.right)
        painter.drawText(QRectF(right - right_width, px(4), right_width + 1, px(24)), _MIDDLE, facts.right)
        self._write(
            painter, QRectF(left, px(4), right - right_width - left - px(8), px(24)), facts.first, "body"
        )
        self._write(painter, QRectF(left, px(26), right - left, px(20)), facts.second, "caption")
        if facts.share is not None:
            tone = _BARS.get(facts.tone, "slate")
            draw_bar(painter, QRectF(left, px(49), right - left, px(4)), facts.share, tone=tone)
        if self.shows_focus:
            ring(painter, QRectF(self.rect()), radius=look.radius("row"))

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        mark = self._facts.mark
        if isinstance(mark, Shape):
            shapes.draw(painter, mark, box)
        else:
            icons.draw(painter, mark[0], box, theme.current().colours.named(mark[1]))

    def _write(self, painter: QPainter, box: QRectF, text: str, role: str) -> None:
        look = theme.current()
        painter.setFont(look.font(role))
        painter.setPen(look.colours.ink if role == "body" else look.colours.ink2)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
        painter.drawText(box, _MIDDLE, shown)


_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def awaited_line(one: Awaited, today: date) -> LineFacts:
    """Who is waited for, and how long they still have; where nobody set a day, for how many days already."""
    waits = Shape("ring with clock hands", "slate")
    if one.due is None or one.since is None:
        return LineFacts(one.who, one.sentence, _waited(one.since, today), waits)
    right, is_late = words.days_left(one.due, today), one.due < today
    share = min(1.0, (today - one.since).days / max(1, (one.due - one.since).days))
    mark = shapes.of_deadline("overdue") if is_late else None
    tone = "red" if is_late else "amber" if one.due == today else "ink2"
    return LineFacts(one.who, one.sentence, right, mark or waits, tone, share)


def _waited(since: date | None, today: date) -> str:
    if since is None:
        return ""
    return f"已 {(today - since).days} 天" if since < today else "今天"


def news_line(one: News, now: datetime) -> LineFacts:
    """What came, with its clock time today and its day before that."""
    is_today = one.at is not None and one.at.date() == now.date()
    right = "" if one.at is None else f"{one.at:%H:%M}" if is_today else words.moment(one.at, now)
    return LineFacts(one.title, one.sentence, right, _NEWS_ICONS.get(one.kind, ("info", "ink2")))
