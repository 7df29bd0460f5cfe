"""A box for a story: three lines high at rest, as high as what is written in it, within reason."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit import TextBox
from desktop.views.look import theme

MOST_ROWS = 10


class GrowingBox(TextBox):
    """A `TextBox` that grows with its text up to `most_rows`, then scrolls."""

    around_px = 2 * 6 + 2
    """Padding and border above and below the text."""

    def __init__(
        self,
        *,
        placeholder: str = "",
        rows: int = 3,
        most_rows: int = MOST_ROWS,
        role: str = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, rows=rows, role=role, parent=parent)
        self._least_rows, self._most_rows, self._line_role = rows, most_rows, role
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew in another width."""
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        row = theme.current().line(self._line_role)
        least = self._least_rows * row + 2 * round(self.document().documentMargin())
        wanted = (
            min(max(round(self.document().size().height()), least), self._most_rows * row) + self.around_px
        )
        if self.height() != wanted:
            self.setFixedHeight(wanted)
