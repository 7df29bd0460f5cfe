"""Reading dates and times as people type them: 23, 11.18, 2026.3.5, 今天, 1430. Pure; `today` is handed in."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

_NEAR = {"前天": -2, "昨天": -1, "昨": -1, "今天": 0, "今日": 0, "今": 0, "明天": 1, "明": 1, "后天": 2}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－／：", "0123456789.-/:")
_SEPARATORS = re.compile(r"[年月.\-/ ]+")
_AFTERNOON = ("下午", "晚上")


def read_date(text: str, today: date) -> date | None:
    """The day that was meant, or None.

    A lone number is a day of this month, two numbers a day of this year, three a full date; eight digits in a row
    are year, month, day, four are month and day; a two-digit year is of this century.
    """
    plain = text.translate(_FULL_WIDTH).strip()
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    parts = [part for part in _SEPARATORS.split(plain.rstrip("日号")) if part]
    if len(parts) == 1:
        parts = _split_run(parts[0])
    if not parts or len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    year, month, day = [today.year, today.month][: 3 - len(numbers)] + numbers
    return _day(year + 2000 if year < 100 else year, month, day)


def read_time(text: str) -> time | None:
    """The time of day that was meant: 14:30, 1430, 9, 14点半, 下午3点; None when it is no time."""
    plain = text.translate(_FULL_WIDTH).strip().replace("：", ":")
    is_afternoon = plain.startswith(_AFTERNOON)
    for word in (*_AFTERNOON, "上午", "早上", "中午"):
        plain = plain.removeprefix(word)
    plain = plain.replace("点半", ":30").replace("点", ":").rstrip("分:").replace(".", ":")
    if plain.isdigit() and len(plain) in (3, 4):
        plain = f"{plain[:-2]}:{plain[-2:]}"
    hours, _, minutes = plain.partition(":")
    if not (hours.isascii() and hours.isdigit()) or (minutes and not (minutes.isascii() and minutes.isdigit())):
        return None
    hour = int(hours) + (12 if is_afternoon and int(hours) < 12 else 0)
    minute = int(minutes or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _split_run(run: str) -> list[str]:
    if len(run) == 8:
        return [run[:4], run[4:6], run[6:]]
    if len(run) == 4:
        return [run[:2], run[2:]]
    return [run]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
