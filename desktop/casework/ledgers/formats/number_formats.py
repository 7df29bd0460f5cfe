"""Which number formats show a date, and the date behind an Excel serial number."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from desktop.casework.ledgers.grid import Cell

BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Built-in format numbers that show dates or times; 27-36 and 50-58 are the Chinese ones."""

_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_LETTER = re.compile(r"[ymdhs]", re.IGNORECASE)
_LAST_SERIAL = 2_900_000


@lru_cache(maxsize=1024)
def is_date_format(code: str) -> bool:
    """Whether a custom format code shows a date or time; only its first section counts."""
    bare = _LITERAL.sub("", code).split(";")[0]
    return _DATE_LETTER.search(bare) is not None and "general" not in bare.lower()


def from_serial(serial: float, *, since_1904: bool = False) -> Cell:
    """The day (or day and time, or time) behind a serial number; the number itself when there is none."""
    if serial < 0 or serial > _LAST_SERIAL:
        return serial
    days, seconds = divmod(round(serial * 86_400), 86_400)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    if days == 0 and not since_1904:
        return clock
    start = date(1904, 1, 1) if since_1904 else date(1899, 12, 30 if days > 60 else 31)
    day = start + timedelta(days=days)
    return datetime.combine(day, clock) if seconds else day
