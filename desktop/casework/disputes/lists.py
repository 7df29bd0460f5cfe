"""The list of disputes (picture 02b): rows, filters, counts, the line below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from desktop.casework.desk import Desk

TabKey: TypeAlias = Literal["open", "moved", "closed", "all"]
Sort: TypeAlias = Literal["updated", "due", "found", "amount"]
DueFilter: TypeAlias = Literal["", "overdue", "soon", "any"]


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the person chose. mine: only what this person handles, and her village. places: codes of areas."""

    tab: TabKey = "open"
    mine: bool = False
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    due: DueFilter = ""
    sort: Sort = "updated"


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One row. due_words: what stands in 期限 when there is no day (等区住建局). fresh: new or changed, bold."""

    id: str
    status: str
    status_name: str
    risk: str
    title: str
    village: str
    type_name: str
    amount_cents: int | None
    due: date | None
    due_label: str
    due_words: str
    handler: str
    updated: datetime
    fresh: bool
    waiting: bool
    refused: bool
    clash: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the cursor of the next ones ("" when these are the last)."""

    rows: tuple[DisputeRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Footer:
    """在办 29 件，新动过的在前 · 超期 1 · 7 天内到期 5."""

    sentence: str
    overdue: int
    soon: int
    soon_days: int


def rows(desk: Desk, chosen: ListFilter, *, after: str = "", limit: int = 100) -> Page:
    """The next rows."""


def counts(desk: Desk, chosen: ListFilter) -> dict[TabKey, int]:
    """How many per tab; may be slow on a large desk, ask in the background."""


def footer(desk: Desk, chosen: ListFilter, counted: dict[TabKey, int]) -> Footer:
    """The line below the list."""


def places(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(code, name) of the villages to choose from, in administrative order."""


def types() -> tuple[tuple[str, str], ...]:
    """(code, name) of the types to choose from."""
