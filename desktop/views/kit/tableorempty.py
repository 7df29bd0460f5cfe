"""A table while there are rows; where there are none, a fact and what can be done (window.md §4 Empty)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.kit.card import Card
from desktop.views.kit.empty import EmptyState
from desktop.views.kit.tablecard import TableCard


class TableOrEmpty(QWidget):
    """`card`, or an `EmptyState` in its place."""

    def __init__(self, card: TableCard, *, icon: str) -> None:
        super().__init__()
        self._card, self._icon = card, icon
        self._empty: Card | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(card, 1)
        self.setFocusProxy(card)

    def show_table(self) -> None:
        """There are rows."""
        self._let_go()
        self._card.show()

    def show_empty(self, fact: str, text: str) -> None:
        """There are none."""
        self._let_go()
        self._empty = Card(padding=(22, 18)).add(EmptyState(self._icon, fact, text))
        self._layout.addWidget(self._empty)
        self._layout.addStretch(1)
        self._card.hide()

    def _let_go(self) -> None:
        if self._empty:
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None
            self._layout.takeAt(self._layout.count() - 1)
