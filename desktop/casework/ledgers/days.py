"""Days as clerks write them, read without guessing."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from desktop.casework.ledgers.formats.number_formats import from_serial
from desktop.casework.ledgers.grid import Cell, cell_text
from desktop.casework.ledgers.numerals import chinese_number
from desktop.casework.ledgers.parsed import Parsed
from desktop.casework.ledgers.width import half_width, says_nothing

FIRST_YEAR, LAST_YEAR = 1980, 2100

_YMD = re.compile(r"(\d{4}|\d{2})[.\-/年、](\d{1,2})[.\-/月、](\d{1,2})(?!\d)[日号]?")
_MD = re.compile(r"(?<![\d.])(\d{1,2})[.\-/月](\d{1,2})(?![\d.])[日号]?")
_YM = re.compile(r"(\d{4})[.\-/年](\d{1,2})月?")
_SOLID = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_CHINESE_DAY = re.compile(r"[〇○零一二三四五六七八九十]+(?=[年月日号])")
_CLOCK = re.compile(r"[\sT]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_GAP = re.compile(r"(?<=\d)\s+(?=\d)")
_MORE = re.compile(r"[-~至到及和、,;]\d")
_LUNAR = re.compile(r"农历|阴历|腊月|正月|初[一二三四五六七八九十]")


def parse_day(cell: Cell, *, year: int | None = None) -> Parsed[date]:
    """A day, from a real date, an Excel serial number or any usual writing.

    `year` is taken for days written without one (3月5日); it comes from the title or the sheet's name.
    """
    if isinstance(cell, datetime):
        return _in_range(cell.date())
    if isinstance(cell, date):
        return _in_range(cell)
    if isinstance(cell, time):
        return Parsed(None, "只写了时间，没有日期")
    if isinstance(cell, int | float):
        return _day_from_number(cell, year)
    text = cell_text(cell)
    return Parsed(None) if says_nothing(text) else _day_from_text(half_width(text), year)


def _day_from_number(number: float, year: int | None) -> Parsed[date]:
    if number == int(number) and 1_000_000 <= number <= 99_999_999:
        return _day_from_text(str(int(number)), year)
    if 20_000 <= number <= 80_000:
        found = from_serial(number)
        return _in_range(found.date() if isinstance(found, datetime) else found)
    month, _, day = cell_text(number).partition(".")
    if not day or not 1 <= int(month or 0) <= 12:
        return Parsed(None, f"“{cell_text(number)}”看不出是哪一天")
    if day in {"1", "2", "3"}:
        return Parsed(None, f"“{month}.{day}”看不出是{month}月{day}日还是{month}月{day}0日")
    return _made(year, int(month), int(day), f"{month}.{day}")


def _day_from_text(text: str, year: int | None) -> Parsed[date]:
    text = _CHINESE_DAY.sub(lambda found: str(chinese_number(found[0]) or found[0]), text)
    text = _GAP.sub(".", _CLOCK.sub("", text.strip()))
    bare = re.sub(r"\s+", "", text)
    if bare.isdecimal() and len(bare) == 5:
        return _day_from_number(int(bare), year)
    full = _YMD.search(bare) or _SOLID.search(bare)
    if full:
        return _doubted(_made(_full_year(full[1]), int(full[2]), int(full[3]), bare), full)
    short = None if _YM.fullmatch(bare) else _MD.search(bare)
    if short:
        return _doubted(_made(year, int(short[1]), int(short[2]), bare), short)
    return Parsed(None, _why_no_day(bare))


def _why_no_day(text: str) -> str:
    if _LUNAR.search(text):
        return f"“{text}”是农历，改成公历日期"
    if _YM.fullmatch(text) or re.fullmatch(r"\d{1,2}月份?", text):
        return f"“{text}”只写到月，没有哪一天"
    return f"“{text[:20]}”没认出是哪一天"


def _made(year: int | None, month: int, day: int, text: str) -> Parsed[date]:
    if year is None:
        return Parsed(None, f"“{text[:20]}”没写是哪一年")
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        return Parsed(None, f"没有“{text[:20]}”这一天")


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _doubted(parsed: Parsed[date], match: re.Match[str]) -> Parsed[date]:
    if parsed.value is None:
        return parsed
    if _MORE.match(match.string, match.end()):
        return parsed._replace(reason="写了不止一天，取了头一天")
    if len(match.groups()) == 3 and len(match[1]) == 2:
        return parsed._replace(reason=f"年份只写了两位，当作{_full_year(match[1])}年")
    return parsed


def _in_range(day: object) -> Parsed[date]:
    if not isinstance(day, date) or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Parsed(None, f"“{day}”年份不对")
    return Parsed(day)
