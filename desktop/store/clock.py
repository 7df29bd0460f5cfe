"""The hybrid clock of this desk: never runs backwards, never falls behind what it has seen."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop.store import marks
from desktop.store.errors import ClockDoubt

DAY_MS = 24 * 60 * 60 * 1000
DOUBT_MS = 10 * 60 * 1000
"""A wall clock this far behind an earlier one is worth a word."""


def tick(connection: Connection, wall_ms: int) -> int:
    """The hybrid time of the next change, in ms; later than every own one before and every believable one seen."""
    seen = marks.number(connection, marks.AT_SEEN)
    believed = seen if seen <= wall_ms + DAY_MS else 0
    at = max(wall_ms, marks.number(connection, marks.AT_LAST) + 1, believed + 1)
    marks.put(connection, at_last=at, told_last=wall_ms)
    return at


def saw(connection: Connection, at_ms: int, wall_ms: int) -> None:
    """Remember a time seen in somebody else's change, unless it lies more than a day ahead."""
    if marks.number(connection, marks.AT_SEEN) < at_ms <= wall_ms + DAY_MS:
        marks.put(connection, at_seen=at_ms)


def check(connection: Connection, wall_ms: int) -> None:
    """Raises ClockDoubt when the wall clock lies before the last change; writing one believes the clock again."""
    behind = marks.number(connection, marks.TOLD_LAST) - wall_ms
    if behind > DOUBT_MS:
        raise ClockDoubt(behind)
