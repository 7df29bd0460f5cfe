"""One office of the demonstration: a PC with its own encrypted store, and the clerk who sits at it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from desktop.casework.desk import Desk
from desktop.casework.exchange.rounds import Exchange, RoundResult
from desktop.premises import Premises
from desktop.store import Folder, Store, surroundings
from desktop.views.unlock.door import Report
from sync.protocol.messages import Proof

SECRET = "演示 密码 2026"
"""Opens every store of the demonstration."""


class DemoOffice:
    """A PC at a place. `name`: 花所村; `clerk`: who works there."""

    def __init__(self, folder: Path, *, place: str, name: str, clerk: str) -> None:
        self.folder, self.place, self.name, self.clerk = folder, place, name, clerk
        self.account = ""
        self.days_ago = 0
        self._premises = Premises(Folder(folder, surroundings.real()), self.now, Random(place))
        self._rounds: Exchange | None = None

    def now(self) -> datetime:
        """The moment work is done at: now, or some days ago for what shall have a past."""
        return datetime.now().astimezone() - timedelta(days=self.days_ago)

    def join(self, url: str, code: str) -> RoundResult:
        """Enrol with a one-time code, set up the encrypted store, exchange for the first time."""
        people = self._premises.enrol(url, code).people
        self.account = next(person.account for person in people if person.name == self.clerk)
        self._premises.start(self.account, SECRET)
        return self.exchange()

    @property
    def desk(self) -> Desk:
        """The desk with its clerk, for casework."""
        return self._premises.desk()

    @property
    def store(self) -> Store:
        """The open store."""
        return self._premises.opened().store

    def exchange(self) -> RoundResult:
        """One round, as the timer or 立即同步 would run it."""
        self._rounds = self._rounds or self._premises.exchange()
        return self._rounds.run()

    def exchange_until_agreed(self, tries: int = 60) -> list[RoundResult]:
        """Rounds until both sides agree, with the timer's waiting left out. Raises TimeoutError."""
        results: list[RoundResult] = []
        for _ in range(tries):
            results.append(self.exchange())
            if results[-1].state == "agreed":
                return results
            time.sleep(0.1)
        raise TimeoutError(results[-1].sentence)

    def proof(self) -> Proof:
        """Count and digest of everything agreed that this PC holds."""
        return self.store.replica.proof()

    def leave(self) -> None:
        """Close the store."""
        self._rounds = None
        self._premises.leave()

    def come_back(self) -> None:
        """Unlock it again."""
        nothing: Report = lambda done, total: None  # noqa: E731
        self._premises.unlock(self.account, SECRET, nothing)
