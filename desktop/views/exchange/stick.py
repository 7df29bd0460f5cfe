"""U盘往来 on the page of the exchange: the last stick in a sentence, and the way to the steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from desktop.casework.exchange.carrier import CarrierFacts
from desktop.views.carrier.standing import sentences
from desktop.views.kit import Button, Card, IconMark, Label, Paragraph, line


class StickPanel(Card):
    """`opened`: go to the steps."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._text = Paragraph("", "small")
        write, read = Button("写到U盘", "plain", size="row"), Button("读U盘", "plain", size="row")
        for button in (write, read):
            button.clicked.connect(self.opened)
        head = line(IconMark("usb_stick"), Label("U盘往来", "heading"), None, gap=8)
        self.add(head, self._text, line(write, read, None))

    def say(self, facts: CarrierFacts) -> None:
        """Show how the road without a line stands; what waits is said above."""
        self._text.say("\n".join(sentences(facts)[1:]))
