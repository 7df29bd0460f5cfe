"""The recording of one running session: takes begun and ended, never without everyone's word, never behind a page."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.casework.attachments import recordings
from desktop.casework.attachments.recorder import Take
from desktop.casework.desk import Desk
from desktop.casework.disputes.room import AudioConsent
from desktop.sound.ports import Sound
from desktop.views import troubles
from desktop.views.session.audio import AudioCard, AudioFacts, AudioMark, Standing

_LOOK_MS = 1_000
_NOBODY = AudioConsent(None, None, (), ())
_STANDING: dict[str, Standing] = {"opening": "opening", "running": "running", "broken": "broken", "ended": "idle"}


class Recording(QObject):
    """Joins the takes to their card. `session_id` must be set before the first take."""

    def __init__(
        self, desk: Desk, sound: Sound, card: AudioCard, mark: AudioMark, *, dispute_id: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._sound, self._dispute = desk, sound, dispute_id
        self._card, self._mark = card, mark
        self.session_id = ""
        self._consent = _NOBODY
        self._take: Take | None = None
        self._former_seconds = 0.0
        self._is_kept = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        card.toggled.connect(self.toggle)

    @property
    def is_running(self) -> bool:
        """Whether the microphone listens."""
        return self._take is not None and self._take.facts.state in ("opening", "running")

    def begin(self, session_id: str, seconds: float) -> None:
        """The session is open; so much was recorded before."""
        self.session_id, self._former_seconds = session_id, seconds

    def follow(self, consent: AudioConsent) -> None:
        """Who is here, and who agreed: without everyone's word it stops at once."""
        self._consent = consent
        if self.is_running and not consent.allows:
            self.pause()
        self.look()

    def toggle(self) -> None:
        """Start, go on or pause; asks first when not everyone was asked."""
        if self.is_running:
            self.pause()
        elif self._consent.allows:
            self.start()
        else:
            self._card.ask()

    def start(self) -> None:
        """Listen. Does nothing without everyone's word."""
        if self.is_running or not self._consent.allows or not self.session_id:
            return
        self._count_former()
        desk, dispute, session = self._desk, self._dispute, self.session_id
        self._take = Take(
            self._sound.microphone(),
            lambda: recordings.begin_part(desk, dispute, session),
            most_bytes=recordings.most_bytes(desk),
        )
        self._take.begin()
        self._timer.start()
        self.look()

    def pause(self) -> None:
        """Let the microphone go; what was said is on disk when this returns."""
        self._timer.stop()
        if self._take:
            self._take.end()
        self.look()

    def look(self) -> None:
        """Show how it stands now."""
        take = self._take.facts if self._take else None
        if take is None:
            self._show(AudioFacts(self._consent, seconds=_whole(self._former_seconds)))
            return
        if take.state in ("broken", "ended"):
            self._timer.stop()
        trouble = troubles.words_of(take.trouble) if take.trouble else None
        said = (trouble.fact, trouble.rest) if trouble else ("", "")
        seconds = self._former_seconds + take.seconds
        self._show(AudioFacts(self._consent, _STANDING[take.state], _whole(seconds), take.loudness, said))

    def _show(self, facts: AudioFacts) -> None:
        self._card.show_audio(facts)
        self._mark.show_audio(facts)

    def _count_former(self) -> None:
        if self._take:
            self._former_seconds += self._take.facts.seconds
        self._take = None


def _whole(seconds: float) -> float:
    """Counted in minutes once there are any: the card changes no oftener than what it says."""
    return float(seconds // 60 * 60) if seconds >= 60 else min(seconds, 1.0)
