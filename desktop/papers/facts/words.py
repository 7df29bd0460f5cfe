"""Stored values as an official paper writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from desktop.papers.capitals import MOST_CENTS, capitals

NUMBER_TO_COME = "（待编号）"
FILLED, EMPTY = "■", "□"


def text(value: Any) -> str:
    """The value as it is; "" for none."""
    return "" if value is None else str(value)


def day(value: Any) -> str:
    """2026年11月23日; what is no day stays as it was written."""
    try:
        on = date.fromisoformat(str(value)[:10])
    except ValueError:
        return text(value)
    return f"{on.year}年{on.month}月{on.day}日"


def moment(value: Any) -> str:
    """2026年11月23日14时05分, by the clock it was written by."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return text(value)
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02d}分"


def yuan(cents: Any) -> str:
    """12,300.00元; "" for none."""
    return f"{cents // 100:,}.{cents % 100:02d}元" if isinstance(cents, int) and cents >= 0 else ""


def in_capitals(cents: Any) -> str:
    """人民币壹万元整; "" for none."""
    sayable = isinstance(cents, int) and 0 <= cents < MOST_CENTS
    return f"人民币{capitals(cents)}" if sayable else ""


def both(cents: Any) -> str:
    """人民币12,300.00元（大写：壹万贰仟叁佰元整）; "" for none."""
    return f"人民币{yuan(cents)}（大写：{capitals(cents)}）" if in_capitals(cents) else yuan(cents)


def box(ticked: bool) -> str:
    """A box to tick, ticked or not."""
    return FILLED if ticked else EMPTY


def joined(values: Iterable[Any]) -> str:
    """The filled ones with 、 between, each once."""
    return "、".join(dict.fromkeys(str(value) for value in values if value))
