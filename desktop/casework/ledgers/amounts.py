"""Money and counts as clerks write them, read without guessing."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation

from desktop.casework.ledgers.grid import Cell, cell_text
from desktop.casework.ledgers.numerals import chinese_number
from desktop.casework.ledgers.parsed import Parsed
from desktop.casework.ledgers.width import half_width, says_nothing

_MOST_CENTS = 10**14
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(,\d{3})+(?![\d,])")
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)(亿|千万|百万|十万|万|千|百)?(元|块|圆|万)?")
_VAGUE = re.compile(r"^(大约|大概|约|近)|左右$|[余多](?=[万元圆块]|$)|(?<=[万千百])[余多](?=元)")
_UNITS = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 100, "": 1}
_PEOPLE = re.compile(r"(\d+)(余|多|来|几)?(?:口人|[人名位口])|^(\d+)(余|多)?$")


def parse_money_cents(cell: Cell, *, unit: int = 1) -> Parsed[int]:
    """Money in cents. `unit` is what a bare number counts, in yuan (10,000 under a heading in 万元)."""
    if isinstance(cell, date | time):
        return Parsed(None, f"“{cell_text(cell)}”是日期，不是金额")
    if isinstance(cell, int | float):
        return _cents(Decimal(repr(cell)) * unit, cell_text(cell))
    text = cell_text(cell)
    if says_nothing(text):
        return Parsed(None)
    bare = re.sub(r"[\s¥]|人民币|rmb", "", half_width(text), flags=re.IGNORECASE)
    bare = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), bare)
    plain = re.sub(r"^(共计|合计|共|计)|(?<=[元圆块])[整正钱]$", "", _VAGUE.sub("", bare))
    parsed = _money_from_text(plain, text, unit)
    vague = parsed.value is not None and not parsed.reason and _VAGUE.search(bare)
    return parsed._replace(reason=f"“{text[:20]}”不是准数") if vague else parsed


def _money_from_text(bare: str, shown: str, unit: int) -> Parsed[int]:
    whole = _AMOUNT.fullmatch(bare)
    if whole:
        return _cents(_yuan(whole, unit), shown)
    capital = chinese_number(bare.rstrip("元圆块整正")) if bare[:1] not in "万亿十百千" else None
    if capital is not None:
        return _cents(Decimal(capital), shown)
    if len(_NUMBER.findall(bare)) > 1:
        return Parsed(None, f"“{shown[:20]}”里不止一个数，看不出金额是哪个")
    inside = _AMOUNT.search(bare)
    if inside and (inside[3] or _ends_amount(inside)):
        return Parsed(_cents(_yuan(inside, unit), shown).value, "金额是从一句话里取出来的，核对一下")
    return Parsed(None, _no_amount(shown))


def _ends_amount(match: re.Match[str]) -> bool:
    """Whether 万 or 千 counts money here: 10万 at the end or before a stop does, 10万斤 does not."""
    return bool(match[2]) and match.string[match.end() : match.end() + 1] in {"", ".", ",", ";", ")", "、"}


def _no_amount(shown: str) -> str:
    return f"“{shown[:20]}”没认出是多少钱"


def _yuan(match: re.Match[str], unit: int) -> Decimal:
    scale = _UNITS[match[2] or ""] * (10_000 if match[3] == "万" else 1)
    return Decimal(match[1]) * (scale if match[2] or match[3] else unit)


def _cents(yuan: Decimal, shown: str) -> Parsed[int]:
    try:
        cents = int((yuan * 100).to_integral_value())
    except (InvalidOperation, OverflowError, ValueError):
        return Parsed(None, _no_amount(shown))
    if cents < 0:
        return Parsed(None, f"“{shown[:20]}”是负数")
    return Parsed(cents) if cents < _MOST_CENTS else Parsed(None, f"“{shown[:20]}”大得不像金额")


def parse_people(cell: Cell) -> Parsed[int]:
    """A number of people: 3, 3人, 三人, 10余人 (with a doubt), 2户8人."""
    if isinstance(cell, int | float):
        return _people(int(cell), "") if cell == int(cell) else Parsed(None, f"“{cell_text(cell)}”不是整数")
    text = cell_text(cell)
    if says_nothing(text):
        return Parsed(None)
    bare = re.sub(r"[\s,]|约|共", "", half_width(text))
    bare = re.sub(r"[零一二三四五六七八九十百两]+", lambda found: str(chinese_number(found[0]) or found[0]), bare)
    found = _PEOPLE.search(bare)
    if found is None:
        return Parsed(None, f"“{text[:20]}”没认出是几个人")
    vague = found[2] or found[4]
    return _people(int(found[1] or found[3]), f"“{text[:20]}”不是准数" if vague else "")


def _people(count: int, reason: str) -> Parsed[int]:
    if 1 <= count <= 999_999:
        return Parsed(count, reason)
    return Parsed(None, "" if count == 0 else f"“{count}”不像人数")


def parse_yes_no(cell: Cell) -> Parsed[bool]:
    """是 or 否, in the ways people mark them."""
    bare = re.sub(r"[\s.]", "", half_width(cell_text(cell))).lower()
    if not bare or bare in {"/", "-"}:
        return Parsed(None)
    if bare[0] in "是有涉√✓✔对y1☑":
        return Parsed(True)
    if bare[0] in "否无没不未×✗xn0☐":
        return Parsed(False)
    return Parsed(None, f"“{bare[:20]}”看不出是还是否")
