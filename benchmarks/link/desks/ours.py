"""What our desk does in each act; see `office` for how.

    python -m benchmarks.link.desks.ours prepare|day|restore|morning FOLDER
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.link.desks.office import HOST, PORT, BenchDesk
from benchmarks.link.desks.telling import await_hub, phase, ready
from benchmarks.link.records import Office, stock_and_day
from desktop.store import Changes


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
    """A new PC: enrol, and take everything; when the first dispute can be worked on is noted."""
    ready()
    began, notes = time.perf_counter(), dict[str, float]()

    def note_first(changes: Changes) -> None:
        if changes.of("dispute"):
            notes.setdefault("first_seconds", time.perf_counter() - began)

    def everything() -> bool:
        desk.join()
        desk.store.changed.append(note_first)
        line = desk.line()
        agreed = desk.until_agreed(line)
        line.close()
        return agreed

    phase("restore", everything, notes)


def morning(desk: BenchDesk) -> None:
    """One of many desks: everything written before, sent when all are told to."""
    desk.join()
    line = desk.line()
    desk.until_agreed(line)
    office = Office(int(desk.seat["seed"]), clerk=desk.clerk, villages=(desk.seat["place"],))
    desk.write([save for dispute in office.disputes(int(desk.seat["new"])) for save in dispute], from_days=2)
    line.close()
    ready()
    phase("morning", lambda: desk.until_agreed(line))
    line.close()


def main() -> None:
    """Make ready or run, as the words say."""
    act, folder = sys.argv[1:]
    await_hub(HOST, PORT)
    desk = BenchDesk(Path(folder))
    {"prepare": prepare, "day": day, "restore": restore, "morning": morning}[act](desk)
    desk.premises.leave()


if __name__ == "__main__":
    main()
