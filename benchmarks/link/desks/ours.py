"""Our desk: the real store, the real rounds and their timer, HTTPS to the real hub.

    python -m benchmarks.link.desks.ours prepare|day|restore FOLDER
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from random import Random

from benchmarks.link.desks.telling import await_hub, phase, ready
from benchmarks.link.records import CLERK, Row, stock_and_day
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
    """One office of the benchmark, through the doors the window uses."""

    def __init__(self, folder: Path) -> None:
        self.clock = DeskClock()
        around = Surroundings(self.clock, os.urandom, surroundings.real().free_bytes)
        self.folder = folder
        self.premises = Premises(Folder(folder, around), lambda: datetime.now().astimezone(), Random(1))

    @property
    def store(self) -> Store:
        """The open store."""
        return self.premises.opened().store

    def join(self) -> None:
        """Enrol with the code that lies in the folder, as the clerk."""
        self.premises.enrol(URL, (self.folder / "code.txt").read_text(encoding="utf-8"))
        self.premises.start(CLERK, SECRET)

    def open(self) -> None:
        """Unlock."""
        self.premises.unlock(CLERK, SECRET, lambda done, total: None)

    def write(self, saves: list[list[Row]], *, from_days: float, to_days: float = 0) -> None:
        """Save as a clerk does, spread over a time that ended some days ago."""
        for number, save in enumerate(saves):
            ago = from_days + (to_days - from_days) * number / len(saves)
            self.clock.offset_ms = -round(ago * _DAY_MS)
            self.store.save([Edit(row.type, row.id, row.fields) for row in save], by=CLERK)
        self.clock.offset_ms = 0

    def line(self) -> HttpsTransport:
        """A connection to the hub."""
        return HttpsTransport(URL, self.premises.base.ca_file)

    def until_agreed(self, line: HttpsTransport) -> bool:
        """Rounds as the timer runs them, until both sides hold the same; False when a person must decide."""
        rounds = Exchange(self.store, lambda: line, now=lambda: datetime.now().astimezone(), random=Random(1))
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            result = rounds.run()
            print(result.sentence, file=sys.stderr, flush=True)
            if result.state == "agreed" and self.store.replica.waiting() == 0:
                return True
            due = rounds.due_at()
            if due is None:
                return False
            time.sleep(max(0.0, (due - datetime.now().astimezone()).total_seconds()))
        return False


def prepare(desk: BenchDesk) -> None:
    """Join, write and exchange the stock, then write the day, which waits."""
    desk.join()
    line = desk.line()
    stock, day = stock_and_day()
    desk.until_agreed(line)
    desk.write(stock, from_days=40, to_days=1)
    assert desk.until_agreed(line)
    desk.write(day.saves, from_days=8 / 24)
    line.close()
    print(desk.store.replica.waiting(), file=sys.stderr)


def day(desk: BenchDesk) -> None:
    """Send the day; then nothing more to say: on the kept connection, on a new one."""
    desk.open()
    line = desk.line()
    ready()
    phase("day", lambda: desk.until_agreed(line))
    phase("noop", lambda: desk.until_agreed(line))
    line.close()
    phase("noop again", lambda: desk.until_agreed(line))
    line.close()
    fresh = desk.line()
    phase("noop first", lambda: desk.until_agreed(fresh))
    fresh.close()


def restore(desk: BenchDesk) -> None:
    """A new PC: enrol, and take everything."""
    ready()
    desk.join()
    line = desk.line()
    phase("restore", lambda: desk.until_agreed(line))
    line.close()


def main() -> None:
    """Make ready or run, as the words say."""
    act, folder = sys.argv[1:]
    await_hub(HOST, PORT)
    desk = BenchDesk(Path(folder))
    {"prepare": prepare, "day": day, "restore": restore}[act](desk)
    desk.premises.leave()


if __name__ == "__main__":
    main()
