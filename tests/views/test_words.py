"""Dates, waiting, money and phones read as people say them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from desktop.views import words

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 42)


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        (date(2026, 11, 23), "今天"),
        (date(2026, 11, 22), "昨天"),
        (date(2026, 11, 24), "明天"),
        (date(2026, 11, 18), "11月18日"),
        (date(2024, 5, 6), "2024年5月6日"),
    ],
)
def test_a_day_is_said_as_spoken_and_its_year_only_if_another(day: date, spoken: str) -> None:
    assert words.day(day, TODAY) == spoken


def test_a_near_moment_has_its_clock_and_a_far_one_only_its_day() -> None:
    assert words.moment(datetime(2026, 11, 23, 14, 30), NOW) == "今天 14:30"
    assert words.moment(datetime(2026, 11, 22, 17, 10), NOW) == "昨天 17:10"
    assert words.moment(datetime(2026, 11, 18, 9, 5), NOW) == "11月18日"
    assert words.exact_moment(datetime(2026, 11, 18, 9, 5), NOW) == "11月18日 09:05"


def test_a_deadline_is_said_with_its_weekday() -> None:
    assert words.deadline_day(date(2026, 11, 30), TODAY) == "11月30日 周一"
    assert words.long_weekday(TODAY) == "星期一"


@pytest.mark.parametrize(("left", "spoken"), [(7, "剩 7 天"), (0, "今天"), (-2, "超期 2 天")])
def test_what_is_left_is_said_in_days(left: int, spoken: str) -> None:
    assert words.days_left(TODAY + timedelta(days=left), TODAY) == spoken


@pytest.mark.parametrize(
    ("minutes", "spoken"),
    [(0, "刚刚"), (25, "25 分钟"), (125, "2 小时"), (3 * 24 * 60 + 5, "3 天"), (-30, "刚刚")],
)
def test_waiting_is_said_in_its_largest_unit(minutes: int, spoken: str) -> None:
    assert words.waiting(NOW - timedelta(minutes=minutes), NOW) == spoken


@pytest.mark.parametrize(
    ("fen", "spoken"),
    [(None, "—"), (0, "0"), (4_680_000, "46,800"), (128_050, "1,280.50"), (-5, "-0.05")],
)
def test_money_shows_decimals_only_if_there_are_any(fen: int | None, spoken: str) -> None:
    assert words.money(fen) == spoken


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13809352207", "138****2207"), ("138 0935 2207", "138****2207"), ("8812345", "****45"), ("", "—")],
)
def test_a_phone_never_shows_whole(phone: str, shown: str) -> None:
    assert words.masked_phone(phone) == shown


def test_durations_counts_and_sizes_are_short() -> None:
    assert [words.lasting(seconds) for seconds in (48, 130, 3900)] == ["48 秒", "2 分 10 秒", "1 小时 5 分"]
    assert [words.count(1284), words.count(None)] == ["1,284", "…"]
    assert [words.bytes_size(46 * 1024), words.bytes_size(1_887_437)] == ["46 KB", "1.8 MB"]
    assert words.spaced_phone("13809356127") == "138 0935 6127"
