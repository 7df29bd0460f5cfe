"""The day's backup: made in the background, some minutes after the desk was opened, for reading a large store through
takes as long as it takes and would delay whoever has just come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer

from desktop.views.background import Lanes
from desktop.views.settings.house import House

AFTER_MINUTES = 5
"""How long the desk is left alone first, and how often a desk that stays open looks whether a new day has begun."""


class DailyBackup(QObject):
    """Sees to one backup a day while the desk is open, also behind the locked screen."""

    def __init__(self, house: House, lanes: Lanes, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._house, self._lanes, self._now = house, lanes, now
        self._seen_to: date | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(AFTER_MINUTES * 60_000)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """The desk is open; somebody else coming in makes the wait no longer."""
        if not self._timer.isActive():
            self._timer.start()

    def rest(self) -> None:
        """The desk is closed."""
        self._timer.stop()

    def look(self) -> None:
        """Make the day's backup unless there is one. What keeps it from being made is said once a day."""
        now = self._now()
        if self._seen_to != now.date():
            self._seen_to = now.date()
            self._lanes.submit("files", lambda: self._make(now))

    def _make(self, now: datetime) -> None:
        # A clock that once ran ahead left a backup of a day to come: only one of this very day counts.
        if all(made.made_at.astimezone(now.tzinfo).date() != now.date() for made in self._house.backups()):
            self._house.back_up()
