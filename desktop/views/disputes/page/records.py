"""调解记录, 协议, 回访: the records of a dispute, each a card with its facts, its text and what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views import words
from desktop.views.disputes.page.reading import DutyFacts, RecordFacts
from desktop.views.kit import Button, Card, EmptyState, Label, Paragraph, line
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import theme

Act = tuple[str, Callable[[RecordFacts], object]]
Perform = Callable[[RecordFacts, str], object]
_SPOKEN = re.compile(r"(\d\d:\d\d) (.+?)：(.*)", re.DOTALL)
_LABELS = 110


class RecordList(QWidget):
    """Cards under each other, or what to do while there is none."""

    def __init__(self, empty: EmptyState, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = Card()
        self._empty.add(empty)
        self._empty.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._content = QWidget()
        self.cards = QVBoxLayout(self._content)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.cards.setSpacing(12)
        self._scroll = FoldScroll(self._content, ground="canvas")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._empty)
        layout.addWidget(self._scroll, 1)
        layout.addStretch(0)

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these cards."""
        while item := self.cards.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for card in cards:
            self.cards.addWidget(card)
        self.cards.addStretch(1)
        self._empty.setVisible(not cards)
        self._scroll.setVisible(bool(cards))

    def reveal(self, record_id: str) -> None:
        """Bring the card of a record into view and open it."""
        for card in self._content.findChildren(RecordCard):
            if card.facts.id == record_id:
                card.unfold()
                self._scroll.ensureWidgetVisible(card, 0, 0)


class RecordCard(Card):
    """One record. `acts` are buttons at its head; `perform` is what the button of an open obligation does."""

    def __init__(
        self,
        facts: RecordFacts,
        acts: Sequence[Act],
        *,
        today: date,
        unfolded: bool,
        perform: Perform | None = None,
    ) -> None:
        super().__init__(facts.title, facts.fact, action=_buttons(facts, acts))
        self.facts = facts
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._rest = QWidget()
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(8)
        if facts.pairs:
            rest.addWidget(_pairs(facts.pairs))
        for duty in facts.duties:
            rest.addWidget(_duty(facts, duty, today, perform))
        if facts.text:
            rest.addWidget(_transcript(facts.text))
        self._open = Button("看全文", "link", size="row")
        self._open.clicked.connect(self.unfold)
        self._open_row = line(self._open, None)
        self.add(self._rest, self._open_row)
        has_rest = bool(facts.pairs or facts.duties or facts.text)
        self._rest.setVisible(unfolded and has_rest)
        self._open_row.setVisible(has_rest and not unfolded)

    def unfold(self) -> None:
        """Show everything."""
        self._rest.show()
        self._open_row.hide()


def _buttons(facts: RecordFacts, acts: Sequence[Act]) -> QWidget:
    buttons: list[QWidget | None] = []
    for number, (name, act) in enumerate(acts):
        button = Button(name, "plain" if number == 0 else "text", size="row")
        button.clicked.connect(lambda _checked=False, act=act: act(facts))
        button.setAccessibleDescription(facts.title)
        buttons.append(button)
    return line(*buttons)


def _pairs(pairs: Sequence[tuple[str, str]]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, theme.current().px(_LABELS))
    grid.setColumnStretch(1, 1)
    for row, (label, said) in enumerate(pairs):
        grid.addWidget(Label(label, "small", tone="ink3"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Paragraph(said, "small", tone="ink"), row, 1)
    return table


def _duty(facts: RecordFacts, duty: DutyFacts, today: date, perform: Perform | None) -> QWidget:
    text = Paragraph(duty.text, "body", tone="ink")
    text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    if duty.done:
        said = Label(f"{words.calendar_day(duty.done, today)}履行了", "small", tone="ink2")
        return line(text, said)
    late = duty.due is not None and duty.due < today
    due = f"{words.deadline_day(duty.due, today)}前" if duty.due else "没写哪天"
    parts: list[QWidget] = [text, Label(due, "small", tone="red" if late else "ink2", bold=late)]
    if perform:
        button = Button("记履行", size="row")
        button.clicked.connect(lambda: perform(facts, duty.id))
        parts.append(button)
    return line(*parts, gap=12)


def _transcript(text: str) -> QWidget:
    """The record as it was spoken: time, who, what; other lines as they are."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(2, 1)
    for row, said in enumerate(text.splitlines()):
        spoken = _SPOKEN.fullmatch(said)
        if spoken is None:
            grid.addWidget(Paragraph(said, "body", tone="ink"), row, 2)
            continue
        at, who, what = spoken.groups()
        grid.addWidget(Label(at, "caption", tone="ink2"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(who, "body", tone="accentInk", bold=True), row, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Paragraph(what, "body", tone="ink"), row, 2)
    return table
