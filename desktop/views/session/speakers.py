"""谁在说: a button for each who is here, with the digit that does the same without the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.casework.disputes.room import Attendant
from desktop.views.kit import Button, Label

_GAP = 8
_SHORT_LETTERS = 4
Words = Callable[[Attendant], tuple[str, str]]
"""The words of a button, and the key beside them."""


class Speakers(QWidget):
    """The row in the footer. `chosen` carries a key; the buttons never take the keyboard from the line.

    Where the names do not fit they are shortened, then only digits stay; the whole name is always in the tooltip.
    """

    chosen = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._label = Label("谁在说", "small", tone="ink2")
        self._row.addWidget(self._label)
        self._row.addStretch(1)
        self._shown: list[tuple[Attendant, bool]] = []
        self._buttons: list[Button] = []

    def show_speakers(self, speakers: Sequence[Attendant], speaking: str | None) -> None:
        """Show who may speak, and who does."""
        wanted = [(one, one.key == speaking) for one in speakers]
        if wanted == self._shown:
            return
        self._shown = wanted
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, longer names."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """The fullest words that fit."""
        for words in (_whole, _short, _digit):
            self._fill(words)
            wanted = sum(one.sizeHint().width() + _GAP for one in (self._label, *self._buttons))
            if wanted <= self.width():
                return

    def _fill(self, words: Words) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for one, is_speaking in self._shown:
            text, key = words(one)
            button = Button(text, "tonal" if is_speaking else "plain", size="large", key=key)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setToolTip(f"{one.name}，Alt+{one.digit}")
            button.setAccessibleName(one.name)
            button.clicked.connect(lambda _checked=False, key=one.key: self.chosen.emit(key))
            self._row.insertWidget(len(self._buttons) + 1, button)
            self._buttons.append(button)


def _whole(one: Attendant) -> tuple[str, str]:
    return one.name, f"Alt+{one.digit}"


def _short(one: Attendant) -> tuple[str, str]:
    is_long = len(one.name) > _SHORT_LETTERS
    return f"{one.name[: _SHORT_LETTERS - 1]}…" if is_long else one.name, str(one.digit)


def _digit(one: Attendant) -> tuple[str, str]:
    return one.name[:1], str(one.digit)
