"""Asking beside the page and doing in the store lane: what an act needs of the window, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import lists, register
from desktop.casework.disputes.search import initials
from desktop.casework.errors import NotYet
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.forms.binding import Setting
from desktop.views.disputes.forms.sheet import FormSheet, SheetFacts
from desktop.views.disputes.going import Going
from desktop.views.disputes.page.reading import Reading
from desktop.views.kit import Choice, Confirm

Do = Callable[[dict[str, Any]], object]
Offered = tuple[str, Callable[[], object]]


class Host(Protocol):
    """The page the acts belong to."""

    dispute_id: str
    reading: Reading | None

    def show_sheet(self, title: str, sheet: FormSheet) -> None:
        """Show a form beside the page."""

    def close_sheet(self) -> None:
        """Take the form away."""

    def reload(self) -> None:
        """Read the dispute anew."""

    def show_tab(self, key: str) -> None:
        """Go to a tab."""


class Doing(QObject):
    """Forms beside the page and questions over it; what came of them is said at the lower right."""

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, host: Host, widget: QWidget) -> None:
        super().__init__(widget)
        self._desk, self._lanes, self._going, self._host, self._widget = desk, lanes, going, host, widget
        self.choices: dict[str, Sequence[Choice]] = {}

    def ask(
        self, title: str, facts: SheetFacts, do: Do, said: str, *, then: Sequence[Offered] = ()
    ) -> FormSheet:
        """Open a form; its button does `do` with the values, says `said`, and offers what mostly comes `then`."""
        sheet = FormSheet(facts, Setting(self._desk, dict(self.choices)), self._lanes)
        sheet.acted.connect(lambda values: self._act(sheet, lambda: do(values), said, then))
        self._host.show_sheet(title, sheet)
        return sheet

    def question(self, words: str, text: str, *, act: str, agreed: Callable[[str], object]) -> None:
        """Ask before something is struck out; `agreed` gets the typed reason."""
        question = Confirm(self._widget, words, text, act=act, keep="不作废", reason="为什么作废")
        question.agreed.connect(agreed)
        question.open()

    def do(self, do: Callable[[], object], said: str, *, undo: Callable[[], object] | None = None) -> None:
        """Do something at once; what can be undone offers 撤回."""
        actions = [("撤回", lambda: self.do(undo, "撤回了"))] if undo else []
        self._lanes.submit("store", do, lambda _changes: self._done(said, actions), self._failed)

    def _act(self, sheet: FormSheet, do: Callable[[], object], said: str, then: Sequence[Offered]) -> None:
        sheet.act_button.setEnabled(False)

        def done(_changes: object) -> None:
            sheet.finish()
            self._host.close_sheet()
            self._done(said, then)

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

    def _done(self, said: str, actions: Sequence[Offered] = ()) -> None:
        self._host.reload()
        self._going.notices.tell(said, f"存在本机 {self._desk.now():%H:%M}，等有网传到区里", actions=actions)


def choices_of(desk: Desk) -> Mapping[str, Sequence[Choice]]:
    """What the forms of a dispute offer by name. In the store lane."""
    hosts = [Choice(code, name) for code, name in register.hosts(desk)]
    return {
        "place_code": [Choice(code, name, initials(name)) for code, name in lists.places(desk)],
        "zz_type": [Choice(code, name, initials(name)) for code, name in lists.types()],
        "host_mediator_id": hosts,
        "co_mediator_ids": hosts,
        "org_id": [
            Choice(str(o["id"]), str(o.get("full_name"))) for o in desk.directory.orgs_for(desk.place)
        ],
    }
