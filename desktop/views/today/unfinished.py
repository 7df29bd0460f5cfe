"""没写完: what was left half-written stands at the top of the day, with the way back to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.casework.today import Unfinished
from desktop.views import words
from desktop.views.kit import Button, Card, Label
from desktop.views.kit.iconmark import IconMark
from desktop.views.look import theme


class UnfinishedStrip(Card):
    """The newest half-written thing in one line; the others come out with 还有 n 件. `asked` carries the item."""

    asked = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(tone="accent", padding=(0, 0), parent=parent)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addLayout(self._column)
        self._items: Sequence[Unfinished] = ()
        self._is_open = False
        self.hide()

    def show_items(self, items: Sequence[Unfinished], now: datetime) -> None:
        """Show what is half-written, the newest first; nothing takes no room."""
        self._items = items
        self.setVisible(bool(items))
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        shown = items if self._is_open else items[:1]
        for number, one in enumerate(shown):
            others = len(items) - 1 if number == 0 and not self._is_open else 0
            self._column.addWidget(self._row(one, now, others))

    def _row(self, one: Unfinished, now: datetime, others: int) -> QWidget:
        look = theme.current()
        row = QWidget()
        layout = QHBoxLayout(row)
        down = look.px(4 if look.is_narrow(self.window().width()) else 7)
        layout.setContentsMargins(look.px(16), down, look.px(14), down)
        layout.setSpacing(look.px(10))
        layout.addWidget(IconMark("edit", tone="accentInk"))
        layout.addWidget(Label("没写完", tone="accentInk", bold=True))
        layout.addWidget(Label(f"{one.verb} {one.title}".strip(), elide=True), 1)
        if others:
            more = Button(f"还有 {others} 件", "link", size="row")
            more.clicked.connect(lambda: self._open(now))
            layout.addWidget(more)
        layout.addWidget(Label(self._facts_of(one, now), "caption", tone="ink2"))
        button = Button("接着写", size="row")
        button.setAccessibleDescription(one.title)
        button.clicked.connect(lambda: self.asked.emit(one))
        layout.addWidget(button)
        return row

    def _facts_of(self, one: Unfinished, now: datetime) -> str:
        missing = f"还差 {one.missing} 项" if one.missing else ""
        if theme.current().is_narrow(self.window().width()) and missing:
            return missing
        saved = f"{words.moment(one.saved_at, now).removeprefix('今天 ')} 自动存在本机"
        return " · ".join(part for part in (missing, saved) if part)

    def _open(self, now: datetime) -> None:
        self._is_open = True
        self.show_items(self._items, now)
