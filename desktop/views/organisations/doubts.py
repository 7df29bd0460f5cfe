"""What the law wants beside what is: calm amber lines, each with its article. Nothing is barred by them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.casework.organisations.checks import OrgDoubt
from desktop.views.kit import Button, Card, Label, Paragraph, ShapeMark, column, line
from desktop.views.organisations.rows import DOUBT


class DoubtsCard(Card):
    """All lines where there is room; else how many, and the way to them (`asked`)."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(tone="amber", padding=(16, 8))
        self.setAccessibleName("照人民调解法看")
        self._held: QWidget | None = None

    def show_doubts(self, doubts: Sequence[OrgDoubt], *, is_short: bool) -> None:
        """Say them, or how many there are."""
        if self._held:
            self.body.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self.setVisible(bool(doubts))
        self._held = self._summary(doubts) if is_short and len(doubts) > 1 else _lines(doubts)
        self.add(self._held)

    def _summary(self, doubts: Sequence[OrgDoubt]) -> QWidget:
        look = Button("看是哪几处", "text", size="row")
        look.clicked.connect(self.asked)
        said = Label(f"照人民调解法，有 {len(doubts)} 处要看", tone="amber")
        return line(ShapeMark(DOUBT, size=15), said, None, look)


def all_doubts(doubts: Sequence[OrgDoubt]) -> QWidget:
    """The same lines for the sheet, wrapped."""
    return column(*(Paragraph(f"{one.sentence}（{one.article}）", "small", tone="amber") for one in doubts), None)


def _lines(doubts: Sequence[OrgDoubt]) -> QWidget:
    return column(*(_one(doubt) for doubt in doubts), gap=2)


def _one(doubt: OrgDoubt) -> QWidget:
    said = Label(doubt.sentence, tone="amber", elide=True)
    row = line(ShapeMark(DOUBT, size=15), said, Label(doubt.article, "caption", tone="ink2"))
    layout = row.layout()
    assert isinstance(layout, QHBoxLayout)
    layout.setStretch(1, 1)
    row.setAccessibleName(f"{doubt.sentence}，{doubt.article}")
    return row
