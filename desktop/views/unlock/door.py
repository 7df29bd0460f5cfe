"""What the unlocking screen needs of the program: who may come in, and the ways in. desktop.app answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

Report: TypeAlias = Callable[[int, int], None]
"""Told how many records of how many were put in order anew, after an update of the program."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person who can open this PC's store; `locked_until` after too many wrong tries."""

    account: str
    name: str
    locked_until: datetime | None = None


class Door(Protocol):
    """The ways in. The acts run off the main thread; their errors speak to the person.

    `place_name` is whose desk this is, "" before it was opened.
    """

    place_name: str

    def visitors(self) -> Sequence[Visitor]:
        """Who can come in, the last one who did first."""

    def unlock(self, account: str, secret: str, report: Report) -> object:
        """Come in with one's secret; what was opened goes to `UnlockCover.opened`."""

    def recover(self, code: str, account: str, secret: str, report: Report) -> object:
        """Come in with the printed recovery code; from now on `secret` opens for `account`."""

    def restore(self, account: str, secret: str, report: Report) -> object:
        """Put the newest good backup in place of a damaged store, and come in."""

    def is_restorable(self, error: Exception) -> bool:
        """Whether `restore` is what helps against this error."""
