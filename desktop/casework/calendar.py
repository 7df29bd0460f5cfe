"""Working days and legal periods: the day of the event is not counted, a rest day moves the end (domain.md §1.5)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

from desktop import resources

YEARS = "calendar.years"
"""The setting that keeps the district's holiday years for the next opening, when no record has been read yet."""
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
class _Written:
    """The years the district has written, each wholly in the place of what came with the program."""

    rest: Mapping[date, str] = field(default_factory=dict)
    work: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()


@dataclass(slots=True)
class Calendar:
    """Rest days with their names, working days that fall on a weekend, and the years officially announced.

    Those came with the program; what the district writes goes before them, also while the desk is open.
    """

    rest: Mapping[date, str] = field(default_factory=dict)
    work: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    _written: _Written = field(default_factory=_Written)

    @property
    def edition(self) -> str:
        """Changes with every announcement of holidays taken in."""
        own = self._written
        days = [*sorted(self.rest), *sorted(self.work), *sorted(own.rest), "", *sorted(own.work)]
        said = " ".join(map(str, [*days, *sorted(self.years), *sorted(own.years)]))
        return f"{crc32(said.encode()):08x}"

    def take_years(self, records: Iterable[Mapping[str, Any]]) -> None:
        """From now on go by these `holiday_year` records; what they said before and do not say now is forgotten."""
        live = sorted((r for r in records if not r.get("void_at")), key=lambda r: str(r.get("id", "")))
        latest = {int(record["year"]): record for record in live}
        days = [(date.fromisoformat(d["on"]), d) for record in latest.values() for d in record.get("days") or ()]
        rest = {day: str(told["name"]) for day, told in days if not told.get("works")}
        work = frozenset(day for day, told in days if told.get("works"))
        self._written = _Written(rest, work, frozenset(latest))

    def with_years(self, records: Iterable[Mapping[str, Any]]) -> Calendar:
        """Another calendar that goes by these `holiday_year` records."""
        made = replace(self)
        made.take_years(records)
        return made

    def is_working(self, day: date) -> bool:
        """Whether offices are open that day. A year without an announcement has plain Monday to Friday."""
        return self._is_work(day) or (not self._named(day) and day.weekday() < 5)

    def is_provisional(self, day: date) -> bool:
        """Whether the holidays of that year are still to be announced."""
        return day.year not in self.years | self._written.years

    def rest_name(self, day: date) -> str:
        """春节, 周日; "" on a working day."""
        if self.is_working(day):
            return ""
        return self._named(day) or f"周{_WEEKDAYS[day.weekday()]}"

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

    def _named(self, day: date) -> str:
        """The holiday of that day, "" for none."""
        own = self._written
        return own.rest.get(day, "") or ("" if day.year in own.years else self.rest.get(day, ""))

    def _is_work(self, day: date) -> bool:
        own = self._written
        return day in own.work or (day.year not in own.years and day in self.work)


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
