"""A look at one dispute from the list, without leaving it: Space opens, Space or Esc closes."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.casework.disputes.page import DisputePage, PartyCard
from desktop.views import words
from desktop.views.disputes.states import state_chip
from desktop.views.kit import Button, Chip, Label, Paragraph, Rule, column, line
from desktop.views.look import theme


class Peek(QWidget):
    """The facts one looks up most often, and the way to the whole page (`open_button`)."""

    def __init__(self, facts: DisputePage, today: date, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = facts.header
        self.open_button = Button("打开这件", key="Enter")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.current().px(8), 0)
        layout.setSpacing(10)
        layout.addWidget(_chips(facts))
        layout.addWidget(_facts(facts))
        layout.addWidget(Rule())
        for party in facts.parties:
            layout.addWidget(_party(party))
        layout.addWidget(Rule())
        layout.addWidget(Label(facts.next_step.title, bold=True, elide=True))
        layout.addWidget(Paragraph(facts.next_step.sentence, "small"))
        for due in facts.dues[:3]:
            kind = "overdue" if due.day < today else "soon"
            said = Chip.deadline(
                kind if due.days_left(today) <= 7 else "later", words.days_left(due.day, today)
            )
            layout.addWidget(line(Label(due.label, "small", tone="ink2"), None, said))
        if head.summary:
            layout.addWidget(Rule())
            layout.addWidget(Paragraph(head.summary, "small"))
        layout.addStretch(1)
        layout.addWidget(line(self.open_button, None))


def _chips(facts: DisputePage) -> QWidget:
    head = facts.header
    parts: list[QWidget | None] = [state_chip(head.status)]
    if head.risk:
        parts.append(Chip.risk(head.risk))
    return line(*parts, None)


def _facts(facts: DisputePage) -> QWidget:
    head = facts.header
    amount = "" if head.amount_cents is None else f"{words.money(head.amount_cents)} 元"
    pairs = (("案号", head.matter_code), ("村", head.village), ("类型", head.type_name), ("争的", amount),
             ("经办", head.handler))  # fmt: skip
    return column(*[_pair(name, value) for name, value in pairs], gap=2)


def _pair(name: str, value: str) -> QWidget:
    label = Label(name, "small", tone="ink3")
    label.setFixedWidth(theme.current().px(48))
    return line(label, Label(value or "—", "small", elide=True))


def _party(party: PartyCard) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    name = Label(party.name, bold=True, elide=True)
    name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    layout.addWidget(name, 1)
    layout.addWidget(Label(party.side, "caption", tone="ink2"))
    return column(row, Label(words.masked_phone(party.phone), "small", tone="ink2"), gap=0)
