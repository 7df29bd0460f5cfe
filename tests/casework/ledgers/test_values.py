"""Single cells: days, money, counts, yes and no, phones, ID numbers."""

from datetime import date, datetime, time

import pytest

from desktop.casework.ledgers.amounts import parse_money_cents, parse_people, parse_yes_no
from desktop.casework.ledgers.days import parse_day
from desktop.casework.ledgers.grid import Cell
from desktop.casework.ledgers.numerals import chinese_number
from desktop.casework.ledgers.party_columns import parse_age, parse_id_number, parse_phone

THE_DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "2026.3.5", "2026-3-5", "2026/3/5", "2026-03-05", "2026年3月5日", "2026年03月05号", "3月5日", "三月五日",
        "二〇二六年三月五日", "20260305", 20260305, 46086, 46086.4, "46086", "２０２６．３．５", " 2026 . 3 . 5 ",
        "2026 3 5",
        "2026.03.05 14:30", "2026-03-05T14:30:00", "2026年3月5日上午", "2026年3月5日 星期四", "3.5", 3.5, "3/5",
        THE_DAY, datetime(2026, 3, 5, 14, 30), "2026、3、5",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: Cell) -> None:
    assert parse_day(cell, year=2026) == (THE_DAY, "")


@pytest.mark.parametrize("cell", ["2026.3.5-3.8", "2026年3月5日至8日", "3月5日—3月8日", "2026.3.5、2026.3.9", "26.3.5"])
def test_a_doubtful_day_is_read_with_its_doubt(cell: str) -> None:
    day, reason = parse_day(cell, year=2026)
    assert day == THE_DAY
    assert reason


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("3月5日", "哪一年"), ("2026年3月", "只写到月"), ("3月份", "只写到月"), ("腊月二十三", "农历"),
        ("2026.2.30", "没有"),
        ("昨天", "没认出"), (2026, "看不出"), (3.1, "还是"), ("1900-01-05", "年份不对"), (5.0, "看不出"),
        (time(14, 30), "没有日期"), ("2026.13.5", "没有"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_said_in_words(cell: Cell, word: str) -> None:
    day, reason = parse_day(cell)
    assert day is None
    assert word in reason


@pytest.mark.parametrize("cell", [None, "", "/", "—", "无", " 　"])
def test_blank_says_nothing(cell: Cell) -> None:
    assert parse_day(cell) == (None, "")
    assert parse_money_cents(cell) == (None, "")
    assert parse_people(cell) == (None, "")


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("1200", 120000), (1200, 120000), (1200.5, 120050), ("1,200元", 120000), ("１，２００元", 120000),
        ("￥1,200.00", 120000), ("人民币1200元整", 120000), ("1.2万", 1200000), ("1.2万元", 1200000), ("5千元", 500000),
        ("壹仟贰佰元整", 120000), ("一万二千元", 1200000), ("三千", 300000), ("1.2亿", 12000000000), (0, 0), ("0", 0),
        (0.1 + 0.2, 30), ("共计3万元", 3000000), ("1 200", 120000), ("两千块钱", 200000),
    ],
)  # fmt: skip
def test_money_is_read_in_cents(cell: Cell, cents: int) -> None:
    assert parse_money_cents(cell) == (cents, "")


def test_a_bare_number_counts_in_the_unit_of_its_heading() -> None:
    assert parse_money_cents(1.2, unit=10_000).value == 1_200_000
    assert parse_money_cents("1.2", unit=10_000).value == 1_200_000
    assert parse_money_cents("500元", unit=10_000).value == 50_000


@pytest.mark.parametrize(("cell", "cents"), [("约5000元", 500000), ("2万余元", 2000000), ("赔偿1200元", 120000)])
def test_vague_money_is_read_with_a_doubt(cell: str, cents: int) -> None:
    found, reason = parse_money_cents(cell)
    assert found == cents
    assert reason


@pytest.mark.parametrize(
    "cell",
    ["3000-5000元", "医疗费1200元误工费300元", "不详", "-5", "10万斤", "赔3万，另1千", "1200,300", date(2026, 3, 5)],
)
def test_money_that_is_not_plain_is_never_guessed(cell: Cell) -> None:
    found, reason = parse_money_cents(cell)
    assert found is None
    assert reason


@pytest.mark.parametrize(
    ("cell", "count"),
    [("3", 3), (3.0, 3), ("3人", 3), ("三人", 3), ("２户８人", 8), ("12人（其中妇女3人）", 12), ("5口", 5)],
)
def test_people_are_counted(cell: Cell, count: int) -> None:
    assert parse_people(cell) == (count, "")


def test_a_vague_count_is_a_doubt_and_no_count_is_a_reason() -> None:
    assert parse_people("十余人").value == 10
    assert parse_people("十余人").reason
    assert parse_people("全村") == (None, "“全村”没认出是几个人")
    assert parse_people(2.5).value is None


@pytest.mark.parametrize(
    ("cell", "value"), [("是", True), ("√", True), ("有", True), ("否", False), ("无", False), ("/", None)]
)
def test_yes_and_no_are_marked_in_many_ways(cell: str, value: bool | None) -> None:
    assert parse_yes_no(cell) == (value, "")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十五", 15),
        ("二〇二六", 2026),
        ("壹仟贰佰", 1200),
        ("三十万", 300000),
        ("一万二", 12000),
        ("一万零二", 10002),
        ("三百五", 350),
        ("三十五", 35),
        ("三五百", None),
        ("甲", None),
    ],
)
def test_chinese_numerals(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


def test_a_phone_is_cleaned_and_an_odd_one_doubted() -> None:
    assert parse_phone("138-1234-5678") == ("13812345678", "")
    assert parse_phone("0933-8212345") == ("0933-8212345", "")
    assert parse_phone("138123456").value == "138123456"
    assert parse_phone("138123456").reason


def test_an_id_number_kept_as_a_number_has_lost_its_end() -> None:
    assert parse_id_number("62080219000101001x") == ("62080219000101001X", "")
    assert parse_id_number(620802190001010000).value is None
    assert "丢" in parse_id_number(6.2080219000101e17).reason


def test_an_age_is_a_number_of_years() -> None:
    assert parse_age("45岁") == (45, "")
    assert parse_age("老") == (None, "“老”没认出是几岁")
