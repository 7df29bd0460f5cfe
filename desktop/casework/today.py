"""Today (picture 01): what is late, what is for today, the next week; what lies half-written; what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.casework.desk import Desk


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One thing to do. act: follow_up, record_session, accept, remind, look, perform. act_label: 写回访.

    note: what stands under the day when it is no weekday (满 3 个工作日).
    """

    dispute_id: str
    record: str
    kind: str
    day: date
    at: datetime | None
    note: str
    title: str
    sentence: str
    act: str
    act_label: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft: what (登记 …), what is missing, when it was last saved, and the key to go on with it."""

    key: str
    verb: str
    title: str
    missing: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that waits on others. late_days: how far past the day asked for, or None."""

    dispute_id: str
    who: str
    sentence: str
    since: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class News:
    """Something that came from elsewhere. kind: clash, arrived, changed, left, refused. target: what to open."""

    kind: str
    title: str
    sentence: str
    at: datetime | None
    target: str


@dataclass(frozen=True, slots=True)
class Today:
    """The whole page. later: how many things are due after the next week."""

    day: date
    overdue: tuple[TodayItem, ...]
    today: tuple[TodayItem, ...]
    soon: tuple[TodayItem, ...]
    later: int
    unfinished: tuple[Unfinished, ...]
    awaited: tuple[Awaited, ...]
    news: tuple[News, ...]
    received: int


def today(desk: Desk) -> Today:
    """The facts of the day for the person at this desk."""


def seen(desk: Desk) -> None:
    """The person has looked at what is new: it is not new any more."""
