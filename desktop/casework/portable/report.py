"""What an import came to: every line of the file is counted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from desktop.casework.portable.lines import Trouble

MOST_TROUBLES = 10_000
"""Troubles that are listed one by one; further ones are only counted."""


@dataclass(slots=True)
class ImportReport:
    """lines = blank + created + changed + same + refused, unless it was cancelled or only tried.

    same: the record already is as the line says. tried: nothing was stored, only checked.
    """

    file: str
    tried: bool = False
    cancelled: bool = False
    lines: int = 0
    blank: int = 0
    created: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    more_troubles: int = 0

    def refuse(self, troubles: Iterable[Trouble]) -> None:
        """Count a line that was not taken, with what is wrong with it."""
        self.refused += 1
        for trouble in troubles:
            if len(self.troubles) < MOST_TROUBLES:
                self.troubles.append(trouble)
            else:
                self.more_troubles += 1

    def plain(self) -> dict[str, Any]:
        """The report as JSON values, troubles in the order of the file."""
        return {**asdict(self), "troubles": [asdict(t) for t in sorted(self.troubles, key=lambda t: t.line)]}
