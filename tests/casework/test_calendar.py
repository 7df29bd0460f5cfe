"""Legal periods on the official calendars of 2024 to 2026."""

from datetime import date

import pytest

from desktop.casework import calendar

DAYS = calendar.load()


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_a_month_after_acceptance_that_ends_on_a_sunday_ends_on_monday() -> None:
    due = DAYS.due_after(day("2026-10-30"), 30)
    assert (due.day, due.moved_because) == (day("2026-11-30"), "29 日是周日，顺延")


def test_a_period_that_ends_in_the_national_holiday_ends_after_it() -> None:
    due = DAYS.due_after(day("2026-09-03"), 30)
    assert (due.day, due.moved_because) == (day("2026-10-08"), "3 日是国庆节，顺延")


def test_the_day_of_the_event_is_not_counted() -> None:
    assert DAYS.due_after(day("2026-11-23"), 1).day == day("2026-11-24")
    assert DAYS.due_after(day("2026-11-23"), 1).moved_because == ""


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-18", "2026-11-23"),  # Wednesday; Thursday, Friday, Monday
        ("2026-02-13", "2026-02-25"),  # Friday before 春节: Saturday 14 is worked, then the 24th and 25th
        ("2026-09-30", "2026-10-10"),  # 8, 9 and the worked Saturday 10
        ("2025-01-26", "2025-02-06"),  # a worked Sunday as the start
    ],
)
def test_working_days_pass_over_holidays_and_count_worked_weekends(start: str, due: str) -> None:
    assert DAYS.add_working_days(day(start), 3).day == day(due)


def test_worked_weekends_are_working_days_and_rest_days_have_names() -> None:
    assert DAYS.is_working(day("2024-02-04"))
    assert DAYS.rest_name(day("2024-02-17")) == "春节"
    assert DAYS.rest_name(day("2026-11-22")) == "周日"
    assert DAYS.rest_name(day("2026-11-23")) == ""


def test_a_year_without_an_announcement_is_plain_and_provisional() -> None:
    due = DAYS.due_after(day("2026-12-30"), 30)
    assert due.provisional
    assert due.day == day("2027-01-29")
    assert not DAYS.due_after(day("2026-11-01"), 10).provisional


def year(number: int, *days: tuple[str, str, bool], **more: object) -> dict[str, object]:
    told = [{"id": on, "on": on, "name": name, "works": works} for on, name, works in days]
    return {"id": f"id-{number}", "year": number, "days": told, **more}


def test_a_year_the_district_has_written_is_provisional_no_more_and_counts_as_written() -> None:
    written = DAYS.with_years([year(2027, ("2027-01-29", "社火节", False), ("2027-01-30", "上班", True))])
    due = written.due_after(day("2026-12-30"), 30)
    assert (due.day, due.provisional) == (day("2027-01-30"), False)
    assert due.moved_because == "29 日是社火节，顺延"
    assert DAYS.due_after(day("2026-12-30"), 30).provisional, "the other calendar is as it was"
    assert written.edition != DAYS.edition


def test_the_same_number_of_other_days_is_another_edition() -> None:
    one, other = (DAYS.with_years([year(2027, (on, "社火节", False))]) for on in ("2027-03-01", "2027-03-02"))
    assert one.edition != other.edition


def test_a_year_that_was_struck_out_is_counted_as_it_came_with_the_program() -> None:
    struck = DAYS.with_years([year(2026, ("2026-11-25", "社火节", False), void_at="2026-11-01T08:00:00+08:00")])
    assert struck.edition == DAYS.edition
    assert struck.is_working(day("2026-11-25"))
    assert struck.rest_name(day("2026-10-01")) == "国庆节"
