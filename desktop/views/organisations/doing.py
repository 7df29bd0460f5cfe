"""Asking beside the page and doing in the store lane, for the pages of organisations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.casework.desk import Desk
from desktop.casework.errors import NotYet
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.forms.binding import Setting
from desktop.views.disputes.forms.sheet import FormSheet, SheetFacts
from desktop.views.disputes.going import Going
from desktop.views.kit import Choice

Do = Callable[[dict[str, Any]], object]
Choices = Mapping[str, Sequence[Choice]]


class Host(Protocol):
    """The page whose side the forms stand at."""

    def show_form(self, title: str, sheet: FormSheet) -> None:
        """Show a form beside the page."""

    def close_sheet(self) -> None:
        """Take the form away."""

    def reload(self) -> None:
        """Read the page anew."""


class Doing(QObject):
    """Forms beside the page; what came of them is said at the lower right."""

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, host: Host, widget: QWidget) -> None:
        super().__init__(widget)
        self._desk, self._lanes, self._going, self._host = desk, lanes, going, host

    def ask(self, title: str, facts: SheetFacts, do: Do, said: str, *, choices: Choices | None = None) -> FormSheet:
        """Open a form; its button does `do` with the values and says `said`."""
        sheet = FormSheet(facts, Setting(self._desk, dict(choices or {})), self._lanes)
        sheet.acted.connect(lambda values: self._act(sheet, lambda: do(values), said))
        self._host.show_form(title, sheet)
        return sheet

    def do(self, do: Callable[[], object], said: str) -> None:
        """Do something at once."""
        self._lanes.submit("store", do, lambda _done: self._done(said), self._failed)

    def _act(self, sheet: FormSheet, do: Callable[[], object], said: str) -> None:
        sheet.act_button.setEnabled(False)

        def done(_changes: object) -> None:
            sheet.finish()
            self._host.close_sheet()
            self._done(said)

        self._lanes.submit("store", do, done, lambda error: self._refused(sheet, error))

    def _refused(self, sheet: FormSheet, error: Exception) -> None:
        sheet.act_button.setEnabled(True)
        if not isinstance(error, NotYet):
            self._failed(error)
            return
        sheet.say_lacks(error.lacks)
        unseen = [lack for lack in error.lacks if lack.target not in sheet.fields]
        if unseen:
            self._going.notices.tell(unseen[0].message, "写好的都还在", kind="warning")

    def _failed(self, error: Exception) -> None:
        troubles.tell(self._going.notices, error)

    def _done(self, said: str) -> None:
        self._host.reload()
        self._going.notices.tell(said, f"存在本机 {self._desk.now():%H:%M}，等有网传到区里")
