"""Running rounds: when the next is due, one round, its line in the log. No thread, no timer of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Literal

from desktop.store import Store
from sync.client.transport import Transport


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What one round came to, with the sentence for a notice; records touched by type."""

    state: Literal["agreed", "cut", "none", "trouble", "nothing"]
    sentence: str
    applied: int
    received: int
    refused: int
    clashes: int
    records: dict[str, frozenset[str]]
    pull_too_large: tuple[int, int] | None = None


class Exchange:
    """Rounds of one desk with its hub."""

    def __init__(
        self, store: Store, make_transport: Callable[[], Transport], *, now: Callable[[], datetime], random: Random
    ) -> None: ...

    def due_at(self) -> datetime | None:
        """When the timer should run the next round; None while a person must decide something first."""

    def run(self, stopped: Callable[[], bool] = lambda: False) -> RoundResult:
        """One round, logged whatever comes of it. Never raises for what a line can do."""

    def allow_large_pull(self) -> None:
        """The person agreed that the district takes that many records away; the next round may."""
