"""One decision: 原来 / 区里现在用的 / 您写的, nothing chosen beforehand; and a text of one's own under them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.casework.disputes.clashes import Choice, ClashRow, Side
from desktop.views.clash.choice import BasePlate, ChoiceCard, DiffText, plain
from desktop.views.kit import Label, Paragraph, column
from desktop.views.look import theme

LABEL, BASE = 118, 240


class DecisionRow(QWidget):
    """`decided` is sent when a person chose; `touched` when the keyboard came to this row."""

    decided = Signal()
    touched = Signal()

    def __init__(self, row: ClashRow, notes: tuple[str, str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._own: dict[str, Any] | None = None
        self.theirs = ChoiceCard(row.theirs, name=f"{row.label} 区里现在用的", note=notes[0])
        self.mine = ChoiceCard(row.mine, name=f"{row.label} 您写的", note=notes[1])
        self._own_card: ChoiceCard | None = None
        self._group = QButtonGroup(self)
        self._group.addButton(self.theirs)
        self._group.addButton(self.mine)
        self._group.buttonToggled.connect(lambda _button, on: self.decided.emit() if on else None)
        self._base = BasePlate(row.base)
        self._base_line = Paragraph(f"原来：{plain(row.base)}", "small")
        self._label = column(*_label(row), None, gap=2)
        self._label.layout().setContentsMargins(0, 10, 0, 0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        self.set_narrow(False)

    def choice(self) -> Choice | None:
        """What the person decided for this row; None while nothing."""
        if self.theirs.isChecked():
            return "theirs"
        if self.mine.isChecked():
            return "mine"
        return ("own", self._own) if self._own_card and self._own_card.isChecked() and self._own is not None else None

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
            self._grid.removeWidget(self._own_card)
            self._own_card.hide()
            self._own_card.deleteLater()
        self._own_card = ChoiceCard(self._own_side, name=f"{self.row.label} 您另写的", note="您另写的")
        self._group.addButton(self._own_card)
        self._grid.addWidget(self._own_card, 2, 2, 1, 2)
        self._own_card.setChecked(True)

    def choose(self, way: str) -> None:
        """Choose "theirs" or "mine" again, as a draft remembers it."""
        (self.theirs if way == "theirs" else self.mine).setChecked(True)

    def set_narrow(self, is_narrow: bool) -> None:
        """Three columns; below 1000 logical px 原来 is a line above the two."""
        px, grid = theme.current().px, self._grid
        for widget in (self._label, self._base, self._base_line, self.theirs, self.mine):
            grid.removeWidget(widget)
        self._base.setVisible(not is_narrow)
        self._base_line.setVisible(is_narrow)
        top = Qt.AlignmentFlag.AlignTop
        if is_narrow:
            grid.addWidget(self._label, 0, 2, top)
            grid.addWidget(self._base_line, 0, 3)
        else:
            grid.addWidget(self._label, 1, 0, top)
            grid.addWidget(self._base, 1, 1)
        grid.addWidget(self.theirs, 1, 2)
        grid.addWidget(self.mine, 1, 3)
        grid.setColumnMinimumWidth(0, 0 if is_narrow else px(LABEL))
        grid.setColumnStretch(1, 0 if is_narrow else 5)
        grid.setColumnStretch(2, 6)
        grid.setColumnStretch(3, 6)


def _label(row: ClashRow) -> list[QWidget]:
    parts: list[QWidget] = [Paragraph(f"**{row.label}**", "body")]
    return parts + ([Label(row.help, "caption", tone="ink2")] if row.help else [])
