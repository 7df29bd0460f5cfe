"""The parties of a dispute as cards: name and side, who they are, the phone masked until somebody asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop.casework.disputes.page import PartyCard
from desktop.views import words
from desktop.views.kit import Button, Card, Heading, IconButton, Label, column, line
from desktop.views.kit.iconmark import IconMark
from desktop.views.look import hairline, theme

_ACROSS = 2


class PersonCard(Card):
    """One party. `phone_asked` when the whole number is wanted, `guardian_asked` when the guardian's name is,
    `edit_asked` when something is to be corrected."""

    phone_asked = Signal(str)
    guardian_asked = Signal(str)
    edit_asked = Signal(str)

    def __init__(self, party: PartyCard, *, parent: QWidget | None = None) -> None:
        super().__init__(padding=(15, 11), parent=parent)
        self.party = party
        self.setAccessibleName(f"{party.side} {party.name}")
        self.body.setSpacing(3)
        edit = IconButton("edit", f"改{party.name}的情况")
        edit.clicked.connect(lambda: self.edit_asked.emit(party.id))
        name = Heading(party.name, party.side, fact_role="caption")
        name.setToolTip(party.name)
        about = Label(_about(party), "caption", tone="ink2", elide=True)
        head = line(_Initial(party.name), column(name, about, gap=0), edit, gap=12)
        layout = head.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setStretch(1, 1)
        layout.setAlignment(edit, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(head)
        self._phone = Label(words.masked_phone(party.phone), "small", tone="ink2")
        reveal = Button("点开看全号", "link", size="row")
        reveal.setFixedHeight(theme.current().px(24))
        reveal.clicked.connect(lambda: self.phone_asked.emit(party.id))
        self._reveal = reveal
        self.body.addWidget(line(IconMark("call", size=16), self._phone, reveal, None))
        reveal.setVisible(bool(party.phone))
        if party.agent:
            letter = "，授权书已存" if party.agent_letter else "，还没有授权书"
            said = Label(f"代理：{party.agent}{letter}", "small", tone="ink2", elide=True)
            self.body.addWidget(line(IconMark("people", size=16), said))
        if party.is_representative:
            stands = f"推选的代表，代表 {party.represents} 人" if party.represents else "推选的代表"
            self.body.addWidget(line(IconMark("people", size=16), Label(stands, "small", tone="ink2")))
        if party.has_guardian:
            self._guardian = Label("监护人已写上", "small", tone="ink2", elide=True)
            self._who = Button("看是谁", "link", size="row")
            self._who.setFixedHeight(theme.current().px(24))
            self._who.clicked.connect(lambda: self.guardian_asked.emit(party.id))
            self.body.addWidget(line(IconMark("people", size=16), self._guardian, self._who, None))
        self.body.addStretch(1)

    def show_phone(self, phone: str) -> None:
        """Show the whole number: the reading has been noted."""
        self._phone.setText(words.spaced_phone(phone))
        self._reveal.hide()

    def show_guardian(self, name: str) -> None:
        """Show the guardian's name: the reading has been noted."""
        self._guardian.setText(f"监护人：{name or '不在这件的当事人里'}")
        self._who.hide()


class People(QWidget):
    """All parties, two side by side."""

    phone_asked = Signal(str)
    guardian_asked = Signal(str)
    edit_asked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.current().px(12))
        self._cards: list[PersonCard] = []
        self._shown: Sequence[PartyCard] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_parties(self, parties: Sequence[PartyCard]) -> None:
        """Show the parties; cards that did not change stay, with a number that was opened."""
        if parties == self._shown:
            return
        self._shown = parties
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [PersonCard(party) for party in parties]
        for number, card in enumerate(self._cards):
            card.phone_asked.connect(self.phone_asked)
            card.guardian_asked.connect(self.guardian_asked)
            card.edit_asked.connect(self.edit_asked)
            self._grid.addWidget(card, number // _ACROSS, number % _ACROSS)
            self._grid.setColumnStretch(number % _ACROSS, 1)

    def show_phone(self, party_id: str, phone: str) -> None:
        """Show the whole number of one party."""
        for card in self._cards:
            if card.party.id == party_id:
                card.show_phone(phone)

    def show_guardian(self, party_id: str, name: str) -> None:
        """Show who the guardian of one party is."""
        for card in self._cards:
            if card.party.id == party_id:
                card.show_guardian(name)


class _Initial(QWidget):
    """The first character of a name in a round; never a picture."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._sign = name[:1]
        side = theme.current().px(38)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        edge = look.colours.accent if look.mode == "highContrast" else None
        fill = look.colours.accentSoft
        hairline.plate(painter, QRectF(self.rect()), radius=self.width() / 2, fill=fill, line=edge)
        painter.setFont(look.font("section"))
        painter.setPen(look.colours.accentInk)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._sign)


def _about(party: PartyCard) -> str:
    """男 · 58 岁 · 石桥村四组."""
    age = f"{party.age} 岁" if party.age is not None else ""
    kind = "" if party.kind == "自然人" else party.kind
    return " · ".join(part for part in (kind, party.sex, age, party.address) if part)
