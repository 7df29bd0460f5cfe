"""One decision: 原来 / 区里现在用的 / 您写的, nothing chosen beforehand; and a text of one's own under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.casework.disputes.clashes import Choice, ClashRow, Side
from desktop.views.clash.choice import BasePlate, ChoiceCard, plain
from desktop.views.kit import Label, Paragraph, column, line
from desktop.views.look import theme

LABEL, _GAP = 118, 10


class DecisionRow(QWidget):
    """`decided` is sent when a person chose."""

    decided = Signal()

    def __init__(self, row: ClashRow, notes: tuple[str, str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._own: dict[str, Any] | None = None
        self.theirs = ChoiceCard(row.theirs, name=f"{row.label} 区里现在用的", note=notes[0])
        self.mine = ChoiceCard(row.mine, name=f"{row.label} 另一份", note=notes[1])
        self._own_card: ChoiceCard | None = None
        self._group = QButtonGroup(self)
        self._group.addButton(self.theirs)
        self._group.addButton(self.mine)
        self._group.buttonToggled.connect(lambda _button, on: self.decided.emit() if on else None)
        self._base = BasePlate(row.base)
        self._label = column(*_label(row), None, gap=2)
        self._label.layout().setContentsMargins(0, 10, 0, 0)
        self._label.setFixedWidth(theme.current().px(LABEL))
        self._head = line(
            Label(row.label, bold=True),
            Label(f"原来：{plain(row.base)}", "small", tone="ink2", elide=True),
            gap=14,
        )
        self._head.layout().setStretch(1, 1)
        self._sides = QGridLayout()
        self._build()

    def _build(self) -> None:
        self._sides.setSpacing(_GAP)
        for across, card in enumerate((self.theirs, self.mine)):
            self._sides.addWidget(card, 0, across)
            self._sides.setColumnStretch(across, 1)
        cells = QHBoxLayout()
        cells.setSpacing(_GAP)
        cells.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        cells.addWidget(self._base, 5)
        cells.addLayout(self._sides, 12)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self._head)
        rows.addLayout(cells)
        self.set_narrow(False)

    def choice(self) -> Choice | None:
        """What the person decided for this row; None while nothing."""
        if self.theirs.isChecked():
            return "theirs"
        if self.mine.isChecked():
            return "mine"
        return (
            ("own", self._own)
            if self._own_card and self._own_card.isChecked() and self._own is not None
            else None
        )

    def words(self) -> str:
        """What it will be, on one line; empty while undecided."""
        chosen = self._group.checkedButton()
        if chosen is self.theirs:
            return plain(self.row.theirs)
        if chosen is self.mine:
            return plain(self.row.mine)
        return plain(self._own_side) if chosen is not None else ""

    def own(self) -> dict[str, Any] | None:
        """The person's own values, once written."""
        return self._own

    def decide_own(self, values: dict[str, Any], lines: tuple[str, ...]) -> None:
        """Take a text of the person's own: it becomes the chosen card of the row."""
        self._own, self._own_side = values, Side(values, lines, ())
        if self._own_card:
            self._group.removeButton(self._own_card)
            self._sides.removeWidget(self._own_card)
            self._own_card.hide()
            self._own_card.deleteLater()
        self._own_card = ChoiceCard(self._own_side, name=f"{self.row.label} 您另写的", note="您另写的")
        self._group.addButton(self._own_card)
        self._sides.addWidget(self._own_card, 1, 0, 1, 2)
        self._own_card.setChecked(True)

    def kept(self) -> list[Any]:
        """The decision as a draft keeps it: ["theirs"], ["mine"] or ["own", values, lines]; [] while undecided."""
        chosen = self._group.checkedButton()
        if chosen is None:
            return []
        if chosen is self._own_card:
            return ["own", self._own, list(self._own_side.lines)]
        return ["theirs" if chosen is self.theirs else "mine"]

    def recall(self, kept: Sequence[Any]) -> None:
        """Decide as a draft kept it."""
        if kept and kept[0] == "own":
            self.decide_own(dict(kept[1]), tuple(kept[2]))
        elif kept:
            (self.theirs if kept[0] == "theirs" else self.mine).setChecked(True)

    def set_narrow(self, is_narrow: bool) -> None:
        """Three columns; below 1000 logical px 原来 is a line above the two."""
        self._head.setVisible(is_narrow)
        self._label.setVisible(not is_narrow)
        self._base.setVisible(not is_narrow)


class Heads(QWidget):
    """Over the columns: whose each side is. `titles` and the words under them, from left to right."""

    def __init__(self, titles: Sequence[str], said: Sequence[str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heads = [
            column(Label(title, "heading"), Label(whose, "caption", tone="ink2", elide=True), gap=0)
            for title, whose in zip(titles, said, strict=True)
        ]
        self._only_wide = [column(), heads[0]]
        self._only_wide[0].setFixedWidth(theme.current().px(LABEL))
        sides = QHBoxLayout()
        sides.setSpacing(_GAP)
        for head in heads[1:]:
            sides.addWidget(head, 1)
        cells = QHBoxLayout(self)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(_GAP)
        cells.addWidget(self._only_wide[0])
        cells.addWidget(heads[0], 5)
        cells.addLayout(sides, 12)
        for head in heads:
            head.layout().setContentsMargins(14, 0, 0, 0)

    def set_narrow(self, is_narrow: bool) -> None:
        """原来 is said on the rows themselves."""
        for widget in self._only_wide:
            widget.setVisible(not is_narrow)


def _label(row: ClashRow) -> list[QWidget]:
    notes = [Paragraph(text, "caption") for text in (row.subject, row.help) if text]
    return [Paragraph(f"**{row.label}**", "body"), *notes]
