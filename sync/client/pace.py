"""How much to send at once, and how long to wait after a failure. Pure but for the randomness handed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from sync.protocol import limits

MOST_CHANGES = limits.CHANGES
MOST_BYTES = 1024 * 1024
LEAST_BYTES = limits.ROOM_LEAST


TARGET_SECONDS = 8.0
"""A page should take that long: a cut loses no more, and the line hardly rests between pages."""
TELLING_BYTES = 2 * 1024
"""A page that moved less says nothing about the line."""
STEP = 1.1
"""What is added to a page that took nearly as long as it should."""


@dataclass(slots=True)
class PageSize:
    """The size of the next page, both ways, by the time the last one took; halves on failure, down to one change.

    size_bytes: of JSON, before it is compressed. It is kept from round to round, since lines change slowly.
    """

    size_bytes: int = 256 * 1024
    changes: int = 200

    def shrink(self) -> None:
        """After a cut: ask for half."""
        self._scale(0.5)

    def learn(self, moved_bytes: int, seconds: float) -> None:
        """After an answer: dare twice as much, a little more, or only what the line can carry in the time."""
        if moved_bytes < TELLING_BYTES:
            return
        if seconds <= TARGET_SECONDS / 2:
            self._scale(2.0)
        elif seconds <= TARGET_SECONDS:
            self._scale(STEP)
        else:
            self._scale(TARGET_SECONDS / seconds)

    def _scale(self, factor: float) -> None:
        self.size_bytes = max(LEAST_BYTES, min(MOST_BYTES, int(self.size_bytes * factor)))
        changes = int(self.changes * factor) + (factor > 1)
        self.changes = max(1, min(MOST_CHANGES, changes))


@dataclass(slots=True)
class Retry:
    """When a timer should try again: back-off that doubles, with jitter so that desks do not march in step."""

    random: Random
    first_seconds: float = 20
    longest_seconds: float = 15 * 60
    usual_seconds: float = 5 * 60
    failures: int = field(default=0)

    def after_failure(self) -> float:
        """Seconds until the next try."""
        self.failures += 1
        longest = min(self.longest_seconds, self.first_seconds * 2.0 ** min(self.failures - 1, 16))
        return longest * self.random.uniform(0.5, 1.0)

    def after_success(self) -> float:
        """Seconds until the next ordinary round."""
        self.failures = 0
        return self.usual_seconds * self.random.uniform(0.8, 1.2)
