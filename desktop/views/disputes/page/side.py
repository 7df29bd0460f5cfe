"""Beside a dispute: the next step, the deadlines, what is to be decided, what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.casework.disputes.deadlines import Due
from desktop.casework.disputes.next_step import NextStep
from desktop.casework.disputes.page import OpenClashes
from desktop.casework.dossier.checking import lacking
from desktop.casework.dossier.entries import DossierPaper
from desktop.casework.errors import Lack
from desktop.views import words
from desktop.views.kit import Bar, Button, Card, Label, Paragraph, ShapeMark, line
from desktop.views.kit.iconmark import IconMark
from desktop.views.look import shapes, theme
from desktop.views.look.shapes import Shape

_PADDING = (15, 13)
_OPEN = Shape("empty ring", "ink3")
_DOUBT = Shape("filled triangle with !", "amberMark")
_PROVISIONAL = "暂定：那一年的放假安排还没公布，公布以后可能挪"
_MOST_DUES, _MOST_GAPS = 4, 4
_MOVES = {"mediation": ("延期", "extend"), "appointment": ("改时间", "appoint")}


class NextStepCard(Card):
    """下一步. `asked` carries an act's key. The button is filled while no sheet has a filled one.

    `thoughts_asked` when the strip of a narrow window is asked what to think of: it has no room for that card.
    """

    asked = Signal(str)
    thoughts_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(tone="next", padding=_PADDING, parent=parent)
        self.setAccessibleName("下一步")
        self._head = Label("下一步", "heading")
        self._title = Label("", tone="accentInk", bold=True, elide=True)
        self._sentence = Paragraph("", "small", tone="ink")
        self._due = Label("", "small", tone="ink2")
        self.button, self.second = Button("", "primary"), Button("", "text")
        self.button.clicked.connect(lambda: self.asked.emit(self._step.act if self._step else ""))
        self.second.clicked.connect(lambda: self.asked.emit(self._step.second_act if self._step else ""))
        self._step: NextStep | None = None
        self._think = Button("", "link", size="row")
        self._think.clicked.connect(self.thoughts_asked)
        self._is_flat, self._thoughts = False, 0
        self._buttons = line(self.button, self.second, None)
        self._buttons.setContentsMargins(0, 6, 0, 0)
        self.body.setSpacing(4)
        for part in (self._head, self._title, self._sentence, self._think, self._due, self._buttons):
            self.body.addWidget(part)

    def say_due(self, dues: Sequence[Due], today: date, *, soon_days: int) -> None:
        """The nearest deadline, for the window that has no room for the card of deadlines."""
        due = next((one for one in dues if one.kind != "appointment"), None)
        self._due.setText(f"{due.label} {words.days_left(due.day, today)}" if due else "")
        self._due.set_tone(urgency(due, today, soon_days)[1] if due else "ink2")

    def show_step(self, step: NextStep, now: datetime) -> None:
        """Show the step; its day stands before its title."""
        self._step = step
        self._title.setText(f"{_when(step, now)}{step.title}")
        said = step.sentence
        self._sentence.say(said.replace(step.strong, f"**{step.strong}**", 1) if step.strong else said)
        for button, act, label in (
            (self.button, step.act, step.act_label),
            (self.second, step.second_act, step.second_label),
        ):
            button.setVisible(bool(act))
            button.say(label)
        self._buttons.setVisible(bool(step.act or step.second_act))

    def say_thoughts(self, count: int) -> None:
        """How many lines there are to think of."""
        self._thoughts = count
        self._think.say(f"要想到的 {count} 件")
        self._think.setVisible(self._is_flat and bool(count))

    def set_flat(self, flat: bool) -> None:
        """One line above the tabs in a narrow window."""
        self._is_flat = flat
        self.say_thoughts(self._thoughts)
        self._head.setVisible(not flat)
        self._sentence.setVisible(not flat)
        self.body.setDirection(QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom)
        self.body.setStretchFactor(self._title, 1 if flat else 0)
        self._due.setVisible(flat)
        self.body.setSpacing(theme.current().px(12 if flat else 4))
        self.body.setContentsMargins(15, 4 if flat else 13, 10 if flat else 15, 4 if flat else 13)
        self._buttons.setContentsMargins(0, 0 if flat else 6, 0, 0)


class DuesCard(Card):
    """期限: each with its days left, the share of the period gone by, and why the day was moved.

    `asked` carries the act that moves a day (extend, appoint).
    """

    asked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("期限", padding=_PADDING, parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.setSpacing(6)
        self.body.addLayout(self._rows)

    def show_dues(self, dues: Sequence[Due], today: date, *, soon_days: int, may_move: bool) -> None:
        """Show what is due, earliest first; nothing due takes no room."""
        _empty(self._rows)
        self.setVisible(bool(dues))
        for due in dues[:_MOST_DUES]:
            for part in self._due(due, today, soon_days, may_move=may_move):
                self._rows.addWidget(part)

    def _due(self, due: Due, today: date, soon_days: int, *, may_move: bool) -> list[QWidget]:
        kind, tone = urgency(due, today, soon_days)
        shape = shapes.of_deadline(kind)
        said = words.days_left(due.day, today)
        marks: list[QWidget] = [ShapeMark(shape, size=15)] if shape else []
        parts = [_ends(*marks, Label(due.label, elide=True), Label(said, tone=tone, bold=kind != "later"))]
        share = due.share_used(today)
        if share is not None:
            mark = {"overdue": "red", "soon": "amberMark"}.get(kind, "accent")
            bar = Bar(name=f"{due.label}，{said}", tone=mark)
            bar.set_share(round(share * 100), 100)
            parts.append(bar)
        day = words.deadline_day(due.day, today)
        clock = f" {due.at:%H:%M}" if due.at else ""
        why = f"（{due.moved_because}）" if due.moved_because else ""
        under = Label(f"{day}{clock}{why}", "caption", tone="ink2", elide=True)
        move = _MOVES.get(due.kind) if may_move else None
        parts.append(_ends(under, self._link(*move)) if move else under)
        if due.source:
            parts.append(Paragraph(f"依据：{due.source}", "caption", tone="ink3"))
        if due.provisional:
            parts.append(line(ShapeMark(_DOUBT, size=13), Paragraph(_PROVISIONAL, "caption", tone="amber"), gap=6))
        return parts

    def _link(self, words_of_act: str, act: str) -> Button:
        link = Button(words_of_act, "link", size="row")
        link.setFixedHeight(theme.current().px(24))
        link.clicked.connect(lambda: self.asked.emit(act))
        return link


class ClashCard(Card):
    """有 3 处两边改得不一样, and the way to decide."""

    asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(tone="amber", padding=_PADDING, parent=parent)
        self._title = Label("", "heading", elide=True)
        self._labels = Label("", "small", tone="ink2", elide=True)
        button = Button("去定")
        button.clicked.connect(self.asked)
        self.body.addWidget(line(IconMark("branch_compare", size=18, tone="amber"), self._title))
        self.body.addWidget(_ends(self._labels, button))

    def show_clashes(self, clashes: OpenClashes) -> None:
        """Show how many and which; none takes no room."""
        self.setVisible(bool(clashes.count))
        self._title.setText(f"有 {clashes.count} 处两边改得不一样")
        self._labels.setText("、".join(clashes.labels))


class GapsCard(Card):
    """卷宗还缺 2 样, and what the registration itself still lacks. `fill_asked` when the latter is pressed,
    `dossier_asked` for the papers."""

    fill_asked = Signal()
    dossier_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(padding=_PADDING, parent=parent)
        self._title = Label("", "heading")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.body.addWidget(line(IconMark("folder_open", size=18), self._title, None))
        self.body.addLayout(self._rows)

    def show_gaps(self, papers: Sequence[DossierPaper], lacks: Sequence[Lack]) -> None:
        """Show which of these papers are missing; nothing missing takes no room."""
        _empty(self._rows)
        gaps = lacking(papers)
        self.setVisible(bool(gaps or lacks))
        self._title.setText(f"卷宗还缺 {len(gaps)} 样" if gaps else "登记还没填全")
        for gap in gaps[:_MOST_GAPS]:
            self._rows.addWidget(_gap(gap))
        if gaps:
            more = f"还有 {len(gaps) - _MOST_GAPS} 样，去卷宗补" if len(gaps) > _MOST_GAPS else "去卷宗补"
            look = Button(more, "link", size="row")
            look.clicked.connect(self.dossier_asked)
            self._rows.addWidget(line(look, None))
        if lacks:
            fill = Button(f"登记里还差 {len(lacks)} 项，去补", "link", size="row")
            fill.setToolTip("、".join(lack.label for lack in lacks))
            fill.clicked.connect(self.fill_asked)
            self._rows.addWidget(line(fill, None))


def urgency(due: Due, today: date, soon_days: int) -> tuple[str, str]:
    """overdue, soon, later or appointment, and the colour of the words. An opportunity that has passed is not late."""
    left = due.days_left(today)
    if due.kind == "appointment" and left >= 0:
        return "appointment", "ink"
    if left < 0 and not due.has_lapsed(today):
        return "overdue", "red"
    return ("soon", "amber") if 0 <= left <= soon_days else ("later", "ink2")


def _gap(paper: DossierPaper) -> QWidget:
    name = Label(paper.title, "small", tone="ink2", elide=True)
    name.setToolTip(paper.why)
    return _ends(ShapeMark(_OPEN, size=13), name, Label(paper.status, "caption", tone="ink2"))


def _ends(*parts: QWidget) -> QWidget:
    """A row whose last but one part takes the room: the last stands at the right end."""
    row = line(*parts, gap=7)
    layout = row.layout()
    assert isinstance(layout, QHBoxLayout)
    layout.setStretchFactor(parts[-2], 1)
    return row


def _when(step: NextStep, now: datetime) -> str:
    if step.at:
        return f"{words.exact_moment(step.at, now)} "
    return f"{words.day(step.day, now.date())} " if step.day else ""


def _empty(rows: QVBoxLayout) -> None:
    while item := rows.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
