"""A box for a story: three lines high at rest, as high as what is written in it, within reason."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit import TextBox
from desktop.views.look import theme

_MOST_ROWS = 10
_AROUND = 2 * 6 + 2


class GrowingBox(TextBox):
    """A `TextBox` that grows with its text up to ten lines, then scrolls."""

    def __init__(self, *, placeholder: str = "", rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(placeholder=placeholder, rows=rows, parent=parent)
        self._least_rows = rows
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew in another width."""
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        row = theme.current().line("body")
        least = self._least_rows * row + 2 * 4
        wanted = min(max(round(self.document().size().height()), least), _MOST_ROWS * row)
        if self.height() != wanted + _AROUND:
            self.setFixedHeight(wanted + _AROUND)
