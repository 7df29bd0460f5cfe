"""谁在说: a button for each who is here, with the digit that does the same without the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.casework.disputes.room import Attendant
from desktop.views.kit import Button, Label


class Speakers(QWidget):
    """The row in the footer. `chosen` carries a key; the buttons never take the keyboard from the line."""

    chosen = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(Label("谁在说", "small", tone="ink2"))
        self._shown: list[tuple[Attendant, bool]] = []

    def show_speakers(self, speakers: Sequence[Attendant], speaking: str | None) -> None:
        """Show who may speak, and who does."""
        wanted = [(one, one.key == speaking) for one in speakers]
        if wanted == self._shown:
            return
        self._shown = wanted
        while self._row.count() > 1:
            if widget := self._row.takeAt(1).widget():
                widget.hide()
                widget.deleteLater()
        for one, is_speaking in wanted:
            button = Button(
                one.name, "tonal" if is_speaking else "plain", size="large", key=f"Alt+{one.digit}"
            )
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, key=one.key: self.chosen.emit(key))
            self._row.addWidget(button)
