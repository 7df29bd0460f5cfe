"""Codes (一案一码) for many matters at once, without asking the store for each (domain.md §2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from desktop.casework.desk import Desk

_SERIES = "matter.run"


class MatterCodes:
    """Place + day + device + the number of this run (3) + a number within the run (5).

    A registered matter ends in three digits after the device, so the two never meet; a run that was killed
    has used up its number, so no code is given twice.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._numbers: Iterator[int] = count(1)
        self._run = 0

    def next(self, place: str) -> str:
        """A code no other matter of this desk has."""
        if not self._run:
            self._run = self._desk.store.next_serial(_SERIES)
        desk = self._desk
        return f"{place}{desk.today:%Y%m%d}{desk.device_number:03d}{self._run:03d}{next(self._numbers):05d}"
