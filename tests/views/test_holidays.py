"""The open window counts by the holidays that arrive."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop.store import Edit
from tests.casework.conftest import CLERK, Office
from tests.views.at_work import SECRET, premises_of

DAY = date(2027, 3, 1)


def test_a_year_that_arrives_is_on_the_desks_calendar_at_once_and_after_the_next_unlock(tmp_path: Path) -> None:
    office = Office(tmp_path / "枫桥 工作台")
    premises = premises_of(office, None)  # type: ignore[arg-type]
    store, shown = premises.unlock(CLERK, SECRET, lambda *_: None).store, premises._calendar
    assert shown.is_working(DAY)
    days = [{"id": "a", "on": DAY.isoformat(), "name": "社火节"}]
    year = {"place_code": office.place, "year": 2027, "days": days}
    store.save([Edit("holiday_year", office.new_id(), year)], by=CLERK)
    assert shown.rest_name(DAY) == "社火节"
    assert not shown.is_provisional(DAY)
    premises.leave()
    again = premises_of(office, None)  # type: ignore[arg-type]
    again.unlock(CLERK, SECRET, lambda *_: None)
    assert again._calendar.rest_name(DAY) == "社火节"
    again.leave()
