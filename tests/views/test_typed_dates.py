"""A date is typed as people write it."""

from __future__ import annotations

from datetime import date, time

import pytest

from desktop.views.kit.typed_dates import read_date, read_time

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("23", date(2026, 11, 23)),
        ("5日", date(2026, 11, 5)),
        ("3号", date(2026, 11, 3)),
        ("11.18", date(2026, 11, 18)),
        ("11/18", date(2026, 11, 18)),
        ("3月5日", date(2026, 3, 5)),
        ("1118", date(2026, 11, 18)),
        ("2026.3.5", date(2026, 3, 5)),
        ("26-3-5", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        ("２０２６．３．５", date(2026, 3, 5)),
        ("今天", date(2026, 11, 23)),
        ("昨天", date(2026, 11, 22)),
        ("后天", date(2026, 11, 25)),
    ],
)
def test_a_typed_date_is_understood(typed: str, meant: date) -> None:
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["", "31", "13.5", "2026.2.30", "下次", "1.2.3.4", "123", "0"])
def test_what_is_no_date_is_not_guessed(typed: str) -> None:
    assert read_date(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("930", time(9, 30)),
        ("9", time(9, 0)),
        ("14点半", time(14, 30)),
        ("下午3点", time(15, 0)),
        ("上午9点10分", time(9, 10)),
        ("14：30", time(14, 30)),
    ],
)
def test_a_typed_time_is_understood(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "25", "14:60", "下午", "abc"])
def test_what_is_no_time_is_not_guessed(typed: str) -> None:
    assert read_time(typed) is None
