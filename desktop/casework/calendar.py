"""Working days and legal periods: the day of the event is not counted, a rest day moves the end (domain.md §1.5)."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desktop import resources
from desktop.casework.moments import read_day

_ONE = timedelta(days=1)
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of a period; `moved_because` says why it is later than counted, e.g. "29 日是周日，顺延".

    provisional: the holidays of that year are not announced yet, so only weekends were counted.
    """

    day: date
    moved_because: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Rest days with their names, working days that fall on a weekend, and the years officially announced."""

    rest: Mapping[date, str] = field(default_factory=dict)
    work: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    @property
    def edition(self) -> str:
        """Changes with every announcement of holidays taken in."""
        days = [*sorted(f"{day}{name}" for day, name in self.rest.items()), *sorted(map(str, self.work))]
        return f"{max(self.years, default=0)}-{zlib.crc32(chr(10).join(days).encode()):08x}"

    def with_years(self, records: Iterable[Mapping[str, Any]]) -> Calendar:
        """This calendar with the years the district keeps (`holiday_year` records): each takes a year's place whole.

        The last record of a year wins; one that was struck out, or is no year, is left aside.
        """
        told = {r["year"]: r for r in records if isinstance(r.get("year"), int) and not r.get("void_at")}
        entries = [entry for record in told.values() for entry in record.get("days") or ()]
        days = [(on, entry) for entry in entries if (on := read_day(entry.get("on")))]
        rest = {day: name for day, name in self.rest.items() if day.year not in told}
        work = {day for day in self.work if day.year not in told}
        return Calendar(
            rest={**rest, **{on: str(entry.get("name") or "放假") for on, entry in days if not entry.get("works")}},
            work=frozenset(work | {on for on, entry in days if entry.get("works")}),
            years=self.years | frozenset(told),
        )

    def is_working(self, day: date) -> bool:
        """Whether offices are open that day. A year without an announcement has plain Monday to Friday."""
        return day in self.work or (day not in self.rest and day.weekday() < 5)

    def is_provisional(self, day: date) -> bool:
        """Whether the holidays of that year are still to be announced."""
        return day.year not in self.years

    def rest_name(self, day: date) -> str:
        """春节, 周日; "" on a working day."""
        if self.is_working(day):
            return ""
        return self.rest.get(day, f"周{_WEEKDAYS[day.weekday()]}")

    def next_working(self, day: date) -> date:
        """That day if offices are open, else the next day they are."""
        while not self.is_working(day):
            day += _ONE
        return day

    def due_after(self, start: date, days: int) -> LastDay:
        """The end of a period of calendar days after `start` (民法典 201, 203)."""
        return self.moved(start + timedelta(days=days))

    def moved(self, counted: date) -> LastDay:
        """The counted last day, or the working day after it when it falls on a rest day."""
        end = self.next_working(counted)
        why = f"{counted.day} 日是{self.rest_name(counted)}，顺延" if end != counted else ""
        return LastDay(end, why, self.is_provisional(end))

    def add_working_days(self, start: date, days: int) -> LastDay:
        """The `days`-th working day after `start`."""
        day, left = start, days
        while left > 0:
            day += _ONE
            left -= self.is_working(day)
        return LastDay(day, provisional=self.is_provisional(day))


def load(folder: Path | None = None) -> Calendar:
    """The calendar made of every <year>.json in resources/holidays."""
    files = sorted((folder or resources.folder() / "holidays").glob("*.json"))
    years = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return Calendar(
        rest={day: span["name"] for year in years for span in year["rest"] for day in _span(span)},
        work=frozenset(date.fromisoformat(day) for year in years for day in year["work"]),
        years=frozenset(year["year"] for year in years if not year["provisional"]),
    )


def _span(span: Mapping[str, str]) -> Iterable[date]:
    day, last = date.fromisoformat(span["from"]), date.fromisoformat(span["to"])
    while day <= last:
        yield day
        day += _ONE
