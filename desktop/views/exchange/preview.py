"""What of one record waits to be sent, in words: who wrote what about which dispute, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.disputes.change_log import ChangeLine
from desktop.casework.exchange.status import WaitingLine
from desktop.views import words
from desktop.views.disputes.page.changes import field_words, head_words
from desktop.views.kit import Button, Label, Paragraph, Rule, line
from desktop.views.look import theme

_NOTHING = "刚刚已经传到区里了。"


class Preview(QWidget):
    """The content of the sheet. `opened` carries the id of the dispute."""

    opened = Signal(str)

    def __init__(self, waiting: WaitingLine, changes: Sequence[ChangeLine], now: datetime) -> None:
        super().__init__()
        self.open_button = Button("看这件", size="row")
        self.open_button.clicked.connect(lambda: self.opened.emit(waiting.dispute_id))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.current().px(8), 0)
        layout.setSpacing(4)
        about = Paragraph(waiting.second if changes else _NOTHING, "small")
        row = line(about, self.open_button, gap=12)
        row.layout().setStretch(0, 1)
        layout.addWidget(row)
        for one in changes:
            for part in _told(one, now):
                layout.addWidget(part)
        layout.addStretch(1)


def _told(one: ChangeLine, now: datetime) -> Iterator[QWidget]:
    """A row for each field, so that a fold never cuts through one."""
    yield Rule()
    yield Label(words.exact_moment(one.at, now), "caption", tone="ink2")
    yield Paragraph(head_words(one), "small", tone="ink")
    for field in one.fields:
        yield Paragraph(field_words(field, one.verb), "small")
