"""What the first day needs of the program. desktop.app answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.casework.exchange.rounds import RoundResult


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An account that may work at this desk."""

    account: str
    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The district took the desk in: where it stands, and who may work at it."""

    place_name: str
    people: tuple[Newcomer, ...]


class Arrival(Protocol):
    """The steps of the first day, each off the main thread; their errors speak to the person."""

    def enrol(self, url: str, code: str) -> TakenIn:
        """Show the one-time code to the district."""

    def start(self, account: str, secret: str) -> str:
        """Make the store for this person; the recovery code, to be shown once."""

    def first_round(self, stopped: Callable[[], bool]) -> RoundResult:
        """Bring what belongs here; the store's changes tell how far it is."""

    def opened(self) -> object:
        """What `UnlockCover.opened` would carry: the desk is open for this person."""

    def known_urls(self) -> Sequence[str]:
        """Addresses that stand beside the program (给定的区里地址), to begin with."""
