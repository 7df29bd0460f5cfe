"""Chinese numerals, small and capital (三十五, 壹仟贰佰, 二〇二六)."""

from __future__ import annotations

_DIGITS = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    **{sign: value for value, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0, "两": 2, "貳": 2, "陸": 6, "弍": 2, "參": 3,
}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8}


def chinese_number(text: str) -> int | None:
    """The whole number a text of numerals stands for; None when it is none, or no exact one (三五百).

    十五 is 15, 二〇二六 is 2026, and 一万二 is 12,000 as people say it, while 一万零二 is 10,002.
    """
    if text and all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = section = digit = 0
    unit = 1
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
            unit = unit if digit else 1
        elif sign in _SMALL:
            unit = _SMALL[sign]
            section += (digit or 1) * unit
            digit = 0
        elif sign in _LARGE:
            unit = _LARGE[sign]
            total = (total + section + digit) * unit
            section = digit = 0
        else:
            return None
    return total + section + digit * max(unit // 10, 1) if text else None
