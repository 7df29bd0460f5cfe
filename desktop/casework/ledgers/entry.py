"""What one ledger row became: values for records, what was kept as text, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from desktop.casework.ledgers.grid import Cell
from desktop.casework.ledgers.people import Wire
from desktop.casework.ledgers.tables import RowKind

Level = Literal["refuse", "warn"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong or doubtful: the column's letter and heading ("" for the whole row) and the reason."""

    column: str
    heading: str
    reason: str
    level: Level


@dataclass(frozen=True, slots=True)
class Extra:
    """Text that has no field of its own: the remark, unknown columns, words that were not recognised.

    `key` is the ledger field it was read as, if any; an importer that stores that field can leave it out.
    """

    column: str
    heading: str
    key: str | None
    text: str


@dataclass(slots=True)
class LedgerRow:
    """One row of a ledger, as Excel numbers it.

    `values` are fields of a dispute and `parties` of its parties (domain.md §8.1, §8.3) in wire form:
    dates 'YYYY-MM-DD', money in cents, codes as text. `beside` holds facts for other records by type
    (agreement, follow_up, session); `names` holds names of people and bodies a dispute refers to by id
    (org, host_mediator, co_mediators, acceptor, found_by, studio). What is beside or a name is in
    `extras` too, so that nothing is lost if it is not used.

    `key` is the same for the same dispute in any file; `digest` is the same only if no cell differs.
    `parts` are further rows merged into this one; `repeat_of` is "sheet:row" of the first of equals.
    """

    sheet: str
    number: int
    kind: RowKind
    cells: list[Cell]
    values: dict[str, Wire] = field(default_factory=dict)
    parties: list[dict[str, Wire]] = field(default_factory=list)
    beside: dict[str, dict[str, Wire]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    key: str = ""
    digest: str = ""
    parts: list[int] = field(default_factory=list)
    repeat_of: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether the row cannot become a dispute as it stands."""
        return any(trouble.level == "refuse" for trouble in self.troubles)

    @property
    def reason(self) -> str:
        """Why it is refused, in one line."""
        return "；".join(trouble.reason for trouble in self.troubles if trouble.level == "refuse")


def with_extras(summary: str, extras: list[Extra], *, limit: int = 2000) -> tuple[str, list[Extra]]:
    """The summary with the extras written under it, and those that no longer fit."""
    lines = [summary]
    left_out = []
    length = len(summary)
    for extra in extras:
        line = f"{extra.heading}：{extra.text}" if extra.heading else extra.text
        if length + len(line) + 1 > limit:
            left_out.append(extra)
        else:
            lines.append(line)
            length += len(line) + 1
    return "\n".join(lines), left_out
