"""Dates and money inside sentences of fact. How single values look on screen is desktop/views/words.py."""

from __future__ import annotations

from datetime import date, datetime


def day(value: date, today: date) -> str:
    """11月14日; with its year when that is another one."""
    short = f"{value.month}月{value.day}日"
    return short if value.year == today.year else f"{value.year}年{short}"


def iso_day(value: str, today: date) -> str:
    """The same for a stored date; what is no date is said as it is."""
    try:
        return day(date.fromisoformat(value), today)
    except ValueError:
        return value


def iso_moment(value: str, now: datetime) -> str:
    """11月23日 14:30 for a stored moment, on this desk's clock."""
    try:
        local = datetime.fromisoformat(value).astimezone(now.tzinfo)
    except ValueError:
        return value
    return f"{day(local.date(), now.date())} {local:%H:%M}"


def month(value: date, today: date) -> str:
    """今年 6 月, 去年 6 月, 2023年6月."""
    year = {0: "今年", 1: "去年"}.get(today.year - value.year)
    return f"{year} {value.month} 月" if year else f"{value.year}年{value.month}月"


def yuan(cents: int) -> str:
    """2,400 or 1,280.50, without the unit."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}.{rest:02d}" if rest else f"{whole:,}"


def lasting(seconds: float) -> str:
    """About how long: 3 分钟, 2 小时, 5 天."""
    minutes = max(1, int(seconds // 60))
    if minutes < 60:
        return f"{minutes} 分钟"
    return f"{minutes // 60} 小时" if minutes < 24 * 60 else f"{minutes // (24 * 60)} 天"
