"""How much to send at once, and how long to wait after a failure. Pure but for the randomness handed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from sync.protocol import limits

MOST_CHANGES = limits.CHANGES
MOST_BYTES = 1024 * 1024
LEAST_BYTES = limits.ROOM_LEAST


@dataclass(slots=True)
class PageSize:
    """The size of the next page, both ways: halves on failure, doubles after success."""

    size_bytes: int = 256 * 1024
    changes: int = 200

    def shrink(self) -> None:
        """After a cut: ask for half, down to one change."""
        self.size_bytes = max(LEAST_BYTES, self.size_bytes // 2)
        self.changes = max(1, self.changes // 2)

    def grow(self) -> None:
        """After an answer: dare twice as much, up to the hub's bounds."""
        self.size_bytes = min(MOST_BYTES, self.size_bytes * 2)
        self.changes = min(MOST_CHANGES, self.changes * 2)


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
