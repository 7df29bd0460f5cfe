"""两边改得不一样 (picture 06): the rows to decide, and deciding them. Both texts stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from desktop.casework.desk import Desk
from desktop.store import Changes

Choice: TypeAlias = Literal["theirs", "mine"] | tuple[Literal["own"], dict[str, Any]]
"""The agreed value, the one set aside, or one's own: field name -> value for every field of the row."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: its values by field, in words line by line, the differing ranges per line, and whose."""

    values: Mapping[str, Any]
    lines: tuple[str, ...]
    ranges: tuple[tuple[tuple[int, int], ...], ...]
    who: str = ""
    where: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClashRow:
    """One decision: a field, or fields that belong together. key: what `settle` takes. no: journal number."""

    key: str
    no: int
    fields: tuple[str, ...]
    label: str
    help: str
    base: Side
    theirs: Side
    mine: Side


@dataclass(frozen=True, slots=True)
class ClashPage:
    """All open rows of a dispute and its children, and the line about what merged by itself."""

    dispute_id: str
    title: str
    rows: tuple[ClashRow, ...]
    merged_sentence: str


def page(desk: Desk, dispute_id: str) -> ClashPage:
    """What is to be decided. Raises Gone."""


def settle(desk: Desk, dispute_id: str, choices: Mapping[str, Choice]) -> Changes:
    """Decide rows by key; a set-aside change is closed when all its rows are decided here.

    Raises NotYet when only some rows of one set-aside change are decided.
    """
