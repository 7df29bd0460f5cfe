"""定下来会是这样: what each row will be, before anything is decided for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout

from desktop.views.clash.row import DecisionRow
from desktop.views.kit import Card, Label, column
from desktop.views.look import theme

_ACROSS = 3


class Outcome(Card):
    """One small column per row, three across."""

    def __init__(self, rows: Sequence[DecisionRow]) -> None:
        super().__init__("定下来会是这样")
        self._rows = rows
        self._values = [Label("", elide=True, bold=True) for _ in rows]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(24))
        for number, (row, value) in enumerate(zip(rows, self._values, strict=True)):
            pair = column(Label(row.row.label, "small", tone="ink2"), value, gap=0)
            grid.addWidget(pair, number // _ACROSS, number % _ACROSS)
        for across in range(_ACROSS):
            grid.setColumnStretch(across, 1)
        self.body.addLayout(grid)
        self.say()

    def say(self) -> None:
        """Say the rows as they now stand."""
        for row, value in zip(self._rows, self._values, strict=True):
            text = row.words()
            value.setText(text or "还没定")
            value.set_tone("ink" if text else "amber")
