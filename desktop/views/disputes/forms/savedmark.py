"""每个字都已存在本机 10:42:07 — said after the write, never before; when a write fails, that is said instead."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views import troubles
from desktop.views.kit import Label, ShapeMark
from desktop.views.look.shapes import Shape

_KEPT = Shape("filled disc with tick", "accent")
_LOST = Shape("filled diamond with !", "red")


class SavedMark(QWidget):
    """The mark in the head of a form. Nothing is said before the first write."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark, self._words = ShapeMark(_KEPT, size=16), Label("", "small", tone="ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 5, 0)
        row.setSpacing(7)
        row.addWidget(self._mark)
        row.addWidget(self._words)
        self._say("开始写就自动存", _KEPT, "ink2", marked=False)

    def words(self) -> str:
        """What is said now."""
        return self._words.text()

    def say_kept(self, at: datetime) -> None:
        """It is written."""
        self._say(f"每个字都已存在本机 {at:%H:%M:%S}", _KEPT, "ink2")

    def say_failed(self, error: Exception) -> None:
        """It is not written; what was typed is still on the window."""
        self._say(f"{troubles.words_of(error).fact}，写的字还在，先别关", _LOST, "red")

    def _say(self, words: str, shape: Shape, tone: str, *, marked: bool = True) -> None:
        self._mark.set_shape(shape)
        self._mark.setVisible(marked)
        self._words.set_tone(tone)
        self._words.setText(words)
        self.setAccessibleName(words)
