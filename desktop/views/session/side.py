"""What stands beside the record: who is asked or here, what was told, the recording, papers, the place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.casework.disputes.room import INQUIRY, SessionDraft, SessionRoom
from desktop.views.disputes.forms.binding import Setting, bind
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.kit import Card, column
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.session.audio import AudioCard
from desktop.views.session.papers import PapersCard
from desktop.views.session.respondent import RespondentCard
from desktop.views.session.room import PresenceCard, StuckCard, TellingCard
from sync.records.session import SESSION


class SessionSide(FoldScroll):
    """The cards. `typed` after every letter of what is filled here."""

    typed = Signal()

    def __init__(self, setting: Setting, *, dispute_id: str, parent: QWidget | None = None) -> None:
        self.presence, self.tellings, self.stuck = PresenceCard(), TellingCard(), StuckCard()
        self.respondent, self.audio, self.papers = RespondentCard(setting), AudioCard(), PapersCard(dispute_id)
        self._place = Card(padding=(15, 10))
        cards = column(
            self.respondent, self.presence, self.tellings, self.audio, self.stuck, self.papers.offers, self.papers,
            self._place, None, gap=12,
        )  # fmt: skip
        super().__init__(cards, ground="canvas", parent=parent)
        self.fields = FieldSet(self)
        field = SESSION.by_name["place"]
        self._place.add(self.fields.add("place", field.label, bind(field, setting, placeholder="石桥村调解室")))
        self._is_inquiry = False
        self.fields.typed.connect(lambda _key: self.typed.emit())
        self.respondent.typed.connect(self.typed)
        # Only laid out the card is where it will be.
        self.audio.looked_for.connect(lambda: QTimer.singleShot(0, self, lambda: self.reveal(self.audio)))

    def fill(self, draft: SessionDraft) -> None:
        """Show what was filled before; an inquiry asks about one person and has nothing to be told."""
        self._is_inquiry = draft["kind"] == INQUIRY
        self.respondent.setVisible(self._is_inquiry)
        self.tellings.setVisible(not self._is_inquiry)
        self.fields.fill({"place": draft["place"]})
        self.respondent.fill(draft)

    def values(self) -> dict[str, Any]:
        """What is filled here, for the draft."""
        own = self.respondent.values() if self._is_inquiry else {}
        return {"place": str(self.fields.value("place") or ""), **own}

    def show_room(self, room: SessionRoom, *, closed: bool | None) -> None:
        """Show who is here, what was told, where it got stuck."""
        self.presence.show_people(room.attendants)
        self.tellings.show_tellings(room.tellings, closed=closed)
        self.respondent.offer_parties(room.parties)
        self.stuck.show_stuck("" if self._is_inquiry else room.last_stuck)
