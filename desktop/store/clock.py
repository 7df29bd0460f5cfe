"""The hybrid clock of this desk: never runs backwards, never falls behind what it has seen."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from desktop.store import marks
from desktop.store.errors import ClockDoubt

DAY_MS = 24 * 60 * 60 * 1000
DOUBT_MS = 10 * 60 * 1000
"""A wall clock this far behind an earlier one is worth a word."""


@dataclass(slots=True)
class Hybrid:
    """The clock as it stands during one transaction."""

    last: int
    seen: int
    told: int = 0

    @classmethod
    def read(cls, connection: Connection) -> Hybrid:
        """The clock as it was kept."""
        last, seen = marks.several(connection, marks.AT_LAST, marks.AT_SEEN)
        return cls(int(last or 0), int(seen or 0))

    def tick(self, wall_ms: int) -> tuple[int, int]:
        """The hybrid time of the next change, in ms, and how far the wall clock is from it.

        Later than every own one before and every believable one seen.
        """
        believed = self.seen if self.seen <= wall_ms + DAY_MS else 0
        self.last, self.told = max(wall_ms, self.last + 1, believed + 1), wall_ms
        return self.last, wall_ms - self.last

    def keep(self, connection: Connection) -> None:
        """Remember the last tick."""
        marks.put(connection, at_last=self.last, told_last=self.told)


def latest(seen_ms: int, at_ms: int, wall_ms: int) -> int:
    """The latest time seen, after another one in somebody else's change; more than a day ahead is not believed."""
    return max(seen_ms, at_ms) if at_ms <= wall_ms + DAY_MS else seen_ms


def check(connection: Connection, wall_ms: int) -> None:
    """Raises ClockDoubt when the wall clock lies before the last change; writing one believes the clock again."""
    behind = marks.number(connection, marks.TOLD_LAST) - wall_ms
    if behind > DOUBT_MS:
        raise ClockDoubt(behind)
