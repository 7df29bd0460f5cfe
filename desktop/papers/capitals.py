"""Amounts as bank and court write them (人民币大写): 壹万贰仟叁佰元整. 正确填写票据和结算凭证的基本规定, 附一."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")
MOST_CENTS = 10**18
"""Amounts from here on are refused: there is no agreed word for them."""


def capitals(cents: int) -> str:
    """The amount in 分 as capitals, 整 at the end when there is no 分: 10050 is 壹佰元伍角整.

    Raises ValueError for a negative amount or one of MOST_CENTS or more.
    """
    if not 0 <= cents < MOST_CENTS:
        raise ValueError(f"no capitals for {cents} 分")
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    whole = f"{_integer(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return f"{whole or '零元'}整"
    tenth = f"{_DIGITS[jiao]}角" if jiao else "零" if yuan else ""
    return f"{whole}{tenth}{_DIGITS[fen]}分" if fen else f"{whole}{tenth}整"


def _integer(number: int) -> str:
    """12030004 is 壹仟贰佰零叁万零肆: one 零 for any gap, none at the end of a group or of all."""
    words, gap = "", False
    for power in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10 ** (4 * power) % 10_000
        if group:
            words += ("零" if words and (gap or group < 1000) else "") + _group(group) + _GROUPS[power]
            gap = group % 10 == 0
        elif words:
            gap = True
    return words


def _group(number: int) -> str:
    words, gap = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[power]
        gap = bool(words) and not digit
    return words
