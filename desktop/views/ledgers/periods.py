"""本月, 上月, 本季度, 今年, 去年: spans of days of registration by their names. Pure; today is handed in."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.views import words

OWN = "own"
NAMES = (("month", "本月"), ("last_month", "上月"), ("quarter", "本季度"), ("year", "今年"), ("last_year", "去年"))
Span = tuple[str, str]


def span(key: str, today: date) -> Span:
    """First and last day of a named period, as stored; ("", "") for every day. Raises KeyError for no name."""
    if not key:
        return "", ""
    this_month = today.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    quarter = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
    first, last = {
        "month": (this_month, _month_end(this_month)),
        "last_month": (last_month, _month_end(last_month)),
        "quarter": (quarter, _month_end(_month_end(_month_end(quarter) + _DAY) + _DAY)),
        "year": (date(today.year, 1, 1), date(today.year, 12, 31)),
        "last_year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }[key]
    return first.isoformat(), last.isoformat()


def named(found_from: str, found_to: str, today: date) -> str:
    """The key of a span that has a name, "" for every day, else the span itself in words."""
    if not found_from and not found_to:
        return ""
    keys = [key for key, _ in NAMES if span(key, today) == (found_from, found_to)]
    start = words.stored_day(found_from, today) if found_from else "最早"
    end = words.stored_day(found_to, today) if found_to else "今天"
    return keys[0] if keys else f"{start}到{end}"


_DAY = timedelta(days=1)


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY
