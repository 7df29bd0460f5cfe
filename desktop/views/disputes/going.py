"""Where a page can send the person: the app answers, the pages only ask. And the acts a page lends the command bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from desktop.casework.disputes.lists import ListFilter
from desktop.casework.disputes.room import MEDIATION
from desktop.sound.ports import Sound
from desktop.views.kit import Notices
from desktop.views.shell.pages import Page


class Going(Protocol):
    """The ways from page to page. Made by desktop.app, the one place where pages are made and joined."""

    @property
    def notices(self) -> Notices:
        """What is said at the lower right."""

    @property
    def sound(self) -> Sound:
        """The microphone and the loudspeaker of this PC."""

    def open(self, page: Page) -> None:
        """Open a page over the one shown; Esc returns."""

    def back(self) -> None:
        """Return to the page below."""

    def open_dispute(self, dispute_id: str, *, act: str = "", record: str = "", part: str = "") -> None:
        """The page of one dispute; with `act` (as in NextStep.act, TodayItem.act) that act is begun at once.

        `record` is the child the act is about (the planned follow-up, the agreement), `part` the obligation.
        """

    def register(self, *, draft_key: str = "", party_name: str = "") -> None:
        """The registration: a new one, one that was left half-written, or one that begins with a name."""

    def record_session(self, dispute_id: str, *, kind: str = MEDIATION) -> None:
        """The recorder of a session that runs or begins now; kind: a code of SESSION_KIND for one that begins."""

    def settle_clashes(self, dispute_id: str) -> None:
        """The page where two differing texts are decided."""

    def show_disputes(self, chosen: ListFilter) -> None:
        """The list of disputes, filtered."""

    def show_exchange(self) -> None:
        """The page of the exchange: what waits, what was not taken."""

    def fetch_files(self) -> None:
        """Fetch the files a person asked for, as soon as there is a line."""


@dataclass(frozen=True)
class PageAct:
    """One act of the page now shown, for the group 做事 of the command bar. `keys` are only said."""

    words: str
    act: Callable[[], object]
    keys: str = ""
