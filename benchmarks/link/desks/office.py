"""Our desk as the benchmark sits at it: through the doors the window uses, with the real store, timer and HTTPS."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from random import Random

from benchmarks.link.records import CLERK, Row
from desktop.casework.exchange.rounds import Exchange
from desktop.premises import Premises
from desktop.store import Edit, Folder, Store, Surroundings, surroundings
from sync.client.transport import HttpsTransport

HOST, PORT = "10.77.0.1", 8443
URL = f"https://{HOST}:{PORT}"
SECRET = "只为测量的口令"
_DAY_MS = 24 * 3600_000
_PATIENCE_SECONDS = 900


class DeskClock:
    """The clock of the PC while the work is written: from some hours ago on, a while between savings."""

    def __init__(self) -> None:
        self.offset_ms = 0

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 + self.offset_ms


class BenchDesk:
    """One PC of the benchmark: its folder, in which the hub's one-time code lies.

    Who sits there stands in seat.json, if it is not the clerk of the township.
    """

    def __init__(self, folder: Path) -> None:
        self.clock = DeskClock()
        around = Surroundings(self.clock, os.urandom, surroundings.real().free_bytes)
        self.folder = folder
        seat = folder / "seat.json"
        self.seat: dict[str, str] = json.loads(seat.read_text(encoding="utf-8")) if seat.exists() else {}
        self.clerk = self.seat.get("clerk", CLERK)
        self.premises = Premises(Folder(folder, around), lambda: datetime.now().astimezone(), Random(1))

    @property
    def store(self) -> Store:
        """The open store."""
        return self.premises.opened().store

    def join(self) -> None:
        """Enrol with the code that lies in the folder, as the clerk."""
        self.premises.enrol(URL, (self.folder / "code.txt").read_text(encoding="utf-8"))
        self.premises.start(self.clerk, SECRET)

    def open(self) -> None:
        """Unlock."""
        self.premises.unlock(self.clerk, SECRET, lambda done, total: None)

    def write(self, saves: list[list[Row]], *, from_days: float, to_days: float = 0) -> None:
        """Save as a clerk does, spread over a time that ended some days ago."""
        for number, save in enumerate(saves):
            ago = from_days + (to_days - from_days) * number / len(saves)
            self.clock.offset_ms = -round(ago * _DAY_MS)
            self.store.save([Edit(row.type, row.id, row.fields) for row in save], by=self.clerk)
        self.clock.offset_ms = 0

    def line(self) -> HttpsTransport:
        """A connection to the hub."""
        return HttpsTransport(URL, self.premises.base.ca_file)

    def until_agreed(self, line: HttpsTransport) -> bool:
        """Rounds as the timer runs them, until both sides hold the same; False when a person must decide.

        Raises AssertionError when the hub refused something: then the payload is not what it should be.
        """
        rounds = Exchange(self.store, lambda: line, now=lambda: datetime.now().astimezone(), random=Random(1))
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            result = rounds.run()
            print(result.sentence, file=sys.stderr, flush=True)
            assert not result.refused, f"{result.refused} refused"
            if result.state == "agreed" and self.store.replica.waiting() == 0:
                return True
            due = rounds.due_at()
            if due is None:
                return False
            time.sleep(max(0.0, (due - datetime.now().astimezone()).total_seconds()))
        return False
