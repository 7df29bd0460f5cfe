"""What waits to be sent, the oldest first, each with its age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.casework.exchange.status import ExchangePage, WaitingLine
from desktop.views import words
from desktop.views.exchange.panel import Panel
from desktop.views.kit import Label, column, line
from desktop.views.kit.iconmark import IconMark
from desktop.views.kit.pressable import PressableRow

_SHOWN = 50
_ICONS = {
    "dispute": "clipboard_edit",
    "party": "people",
    "session": "document_text",
    "agreement": "gavel",
    "follow_up": "home",
    "attachment": "attach",
}


class WaitingPanel(Panel):
    """`asked` carries the `WaitingLine` somebody wants to look into."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("等着传的")
        self._said: Sequence[WaitingLine] = ()
        self._asked_from: PressableRow | None = None

    def return_to_row(self) -> None:
        """Give the keyboard back to the row that was looked into, while it still waits."""
        if self._asked_from:
            self._asked_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, page: ExchangePage, now: datetime) -> None:
        """Show the first fifty, and how many more there are."""
        size = f" · 约 {words.bytes_size(page.waiting_bytes)}" if page.waiting_bytes else ""
        if self.heading:
            self.heading.say("等着传的", f"{words.count(page.card.waiting)} 件{size}")
        if page.waiting == self._said:
            return
        self._said, self._asked_from = page.waiting, None
        shown = page.waiting[:_SHOWN]
        rows: list[QWidget] = [self._row(one, now, has_rule=number > 0) for number, one in enumerate(shown)]
        rest = page.card.waiting - len(shown)
        if rest > 0:
            rows.append(Label(f"还有 {words.count(rest)} 件，也在等着传", "small", tone="ink2"))
        self.show_rows(rows)

    def _row(self, one: WaitingLine, now: datetime, *, has_rule: bool) -> QWidget:
        row = PressableRow(f"{one.title}，{one.second}", has_rule=has_rule)
        texts = [Label(one.title, elide=True)]
        if one.second:
            texts.append(Label(one.second, "caption", tone="ink2", elide=True))
        age = Label(words.waiting(one.since, now), tone="ink2")
        age.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        inside = line(IconMark(_ICONS.get(one.kind, "document_text")), column(*texts, gap=0), age, gap=12)
        inside.layout().setStretch(1, 1)
        row.hold(inside)
        row.clicked.connect(lambda _checked=False: self._ask(row, one))
        return row

    def _ask(self, row: PressableRow, one: WaitingLine) -> None:
        self._asked_from = row
        self.asked.emit(one)
