"""A card whose rows scroll inside it: as high as its rows, lower where the window is low, never cut through a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit import Card
from desktop.views.kit.card import Tone
from desktop.views.kit.fitscroll import FitScroll

_GROUNDS = {"plain": "surface", "amber": "amberSoft"}


class Panel(Card):
    """Heads stand still in `body`; `show_rows` replaces what scrolls below them."""

    def __init__(self, title: str = "", *, tone: Tone = "plain", action: QWidget | None = None) -> None:
        super().__init__(title, tone=tone, action=action)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._rows = FitScroll(ground=_GROUNDS[tone])

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Put `rows` under the heads; called for the first time when the heads stand."""
        if self.body.indexOf(self._rows) < 0:
            self.body.addWidget(self._rows, 1)
        self._rows.fill(list(rows))
        self._rows.updateGeometry()
