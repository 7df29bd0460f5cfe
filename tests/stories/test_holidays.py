"""The district writes a year's holidays; every desk counts its periods by them, at once and after the next opening."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.casework import calendar, holidays
from desktop.casework.desk import Desk
from desktop.casework.disputes import register
from desktop.casework.disputes.deadlines import Deadlines
from desktop.casework.exchange.rounds import Exchange
from desktop.store import DisputeQuery, Store
from tests.stories.district import SECRET, VILLAGE, District, Office, filled


def told(path: Path, *rest: str, work: tuple[str, ...] = ()) -> Path:
    """An invented announcement."""
    spans = [{"name": "社火节", "from": day, "to": day} for day in rest]
    path.write_text(json.dumps({"year": 2026, "provisional": False, "rest": spans, "work": list(work)}), "utf-8")
    return path


def due(store: Store) -> str:
    (row,) = store.disputes(DisputeQuery(tab="all")).rows
    return row.due_date


def opened(office: Office) -> calendar.Calendar:
    """The office's store opened as the program does it, with a calendar of its own."""
    days = calendar.load()
    key = office.folder.unlock(office.clerk, SECRET, now_ms=office.clock_ms())
    office.store.close()
    office.store = Store.open(office.folder, key, summariser=Deadlines(calendar.load(), office.settings).summariser())
    holidays.follow(office.store, days)
    office.rounds = Exchange(office.store, lambda: office, now=office.time, random=office.random)
    return days


def seat(office: Office, days: calendar.Calendar) -> Desk:
    """The clerk at a desk that goes by this calendar."""
    return replace(office.sit(), calendar=days)


def test_a_due_day_moves_when_the_day_becomes_a_holiday_and_back_when_it_is_none(
    district: District, tmp_path: Path
) -> None:
    village = district.office(VILLAGE)
    days = opened(village)
    register.register(seat(village, days), filled(seat(village, days)), accept=False)
    assert due(village.store) == "2026-11-26", "Monday; Tuesday, Wednesday, Thursday"
    district.hub.take_holidays(told(tmp_path / "放假.json", "2026-11-25"))
    village.exchange()
    assert due(village.store) == "2026-11-27"
    assert days.rest_name(date(2026, 11, 25)) == "社火节"
    assert days.is_working(date(2026, 10, 1)), "the district's year stands wholly in the place of the program's"
    again = opened(village)
    assert due(village.store) == "2026-11-27"
    assert again.edition == days.edition
    district.hub.take_holidays(told(tmp_path / "改.json", "2026-11-28"))
    village.exchange()
    assert due(village.store) == "2026-11-26"
    assert village.store.verify() == []
