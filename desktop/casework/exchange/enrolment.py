"""The first day of a desk: the one-time code, who may work here, the first unlocking secret."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sync.protocol.messages import Person


@dataclass(frozen=True, slots=True)
class Joined:
    """The district took this desk in. people: who may work here."""

    place: str
    place_name: str
    device_number: int
    people: tuple[Person, ...]


class NotEnrolled(Exception):
    """The district did not take the desk in; `message` says why and what to do."""
