"""Amounts in capitals: every amount reads back as itself, and the rules of 零 and 整 hold."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.papers.capitals import MOST_CENTS, capitals

_DIGITS = {sign: number for number, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8, "兆": 10**12}


def read_back(words: str) -> int:
    """The amount in 分, read sign by sign by somebody who only knows what each sign is worth."""
    total = group = digit = 0
    cents = 0
    for sign in words.removesuffix("整"):
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            group, digit = group + digit * _PLACES[sign], 0
        elif sign in _GROUPS:
            total, group, digit = total + (group + digit) * _GROUPS[sign], 0, 0
        elif sign == "元":
            total, group, digit = total + group + digit, 0, 0
        else:
            cents, digit = cents + digit * {"角": 10, "分": 1}[sign], 0
    return total * 100 + cents


@given(st.integers(0, 10**12))
def test_every_amount_reads_back_as_itself(cents: int) -> None:
    assert read_back(capitals(cents)) == cents


@given(st.integers(0, MOST_CENTS - 1))
def test_it_ends_with_整_exactly_when_there_is_no_分_and_never_doubles_a_零(cents: int) -> None:
    words = capitals(cents)
    assert words.endswith("整") is (cents % 10 == 0)
    assert "零零" not in words
    assert not words.startswith("零") or words == "零元整"
    assert "零元" not in words or words == "零元整"


@given(st.integers(0, 10**10), st.sampled_from("万亿"))
def test_no_零_stands_before_a_unit(yuan: int, unit: str) -> None:
    assert f"零{unit}" not in capitals(yuan * 100)


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "零元整"), (1, "壹分"), (10, "壹角整"), (105, "壹元零伍分"), (10050, "壹佰元伍角整"),
        (100000, "壹仟元整"), (1_000_000, "壹万元整"), (1_000_500, "壹万零伍元整"), (1_230_000, "壹万贰仟叁佰元整"),
        (10_000_000_00, "壹仟万元整"), (1_0000_5000_00, "壹亿零伍仟元整"), (16_80932, "壹万陆仟捌佰零玖元叁角贰分"),
        (10_2000_0500_00, "壹拾亿零贰仟万零伍佰元整"), (107_000_53, "壹拾万零柒仟元伍角叁分"),
    ],
)  # fmt: skip
def test_amounts_are_said_as_the_bank_says_them(cents: int, words: str) -> None:
    assert capitals(cents) == words


def test_all_small_amounts_differ() -> None:
    assert len({capitals(cents) for cents in range(20_000)}) == 20_000


@pytest.mark.parametrize("cents", [-1, MOST_CENTS])
def test_what_has_no_words_is_refused(cents: int) -> None:
    with pytest.raises(ValueError):
        capitals(cents)


def test_every_pattern_of_zeros_reads_back() -> None:
    for digits in product("05", repeat=9):
        cents = int("".join(digits)) * 100
        assert read_back(capitals(cents)) == cents
