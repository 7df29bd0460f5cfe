"""Several of a few: boxes to tick, as many in a line as fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.disputes.forms.wraprow import WrapRow
from desktop.views.kit import CheckBox, Choice


class ManyChoices(QWidget):
    """Tick boxes; nothing is ticked until a person does it."""

    changed = Signal(object)

    def __init__(self, choices: Sequence[Choice], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._boxes = {choice.value: CheckBox(choice.words) for choice in choices}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(WrapRow([(box, box.sizeHint().width(), False) for box in self._boxes.values()]))
        for box in self._boxes.values():
            box.toggled.connect(lambda _on: self.changed.emit(self.values()))
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def values(self) -> list[str]:
        """What is ticked, in the order offered."""
        return [value for value, box in self._boxes.items() if box.isChecked()]

    def set_values(self, values: Sequence[str]) -> None:
        """Tick these and no others."""
        for value, box in self._boxes.items():
            box.setChecked(value in values)
