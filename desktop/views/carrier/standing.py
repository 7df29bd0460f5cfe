"""How things stand beside the steps: what waits, the last stick, what is carried for others."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from desktop.casework.exchange.carrier import CarrierFacts
from desktop.views import words
from desktop.views.kit import Card, Paragraph

_LOCKED = "U盘上的内容是锁着的，只有区里能开，丢了别人也看不了。"


class StandingCard(Card):
    """Sentences of fact; `say` replaces them."""

    def __init__(self) -> None:
        super().__init__("现在的情形", padding=(18, 14))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._facts, self._locked = Paragraph(), Paragraph(_LOCKED, "small")
        self.add(self._facts, self._locked)

    def say(self, facts: CarrierFacts) -> None:
        """Show them."""
        self._facts.say("\n".join(sentences(facts)))


def sentences(facts: CarrierFacts) -> list[str]:
    """What a person should know, one line each."""
    waiting = f"等着带去的 **{words.count(facts.waiting)} 件**。" if facts.waiting else "没有等着带去的。"
    carried = f"替别的电脑带着 **{words.count(facts.parcels)} 份**，有网就一起传到区里。" if facts.parcels else ""
    receipts = f"有 **{words.count(facts.receipts)} 份**回执，写到U盘上交给原来的电脑。" if facts.receipts else ""
    return [text for text in (waiting, facts.last, carried, receipts, *facts.rejected) if text]
