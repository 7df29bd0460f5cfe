"""Invented disputes and a village's ledger as offices keep it, for the demonstration and the tests.

Every person, number and event here is made up by a seeded generator; the files say so themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter  # type: ignore[import-untyped]

INVENTED = "演示数据：人名、电话和事情都是编的"

SURNAMES = "马王李张刘杨陈赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕"
GIVEN = "海明军平兰秀英强磊娟霞刚勇伟芳丽娜静敏艳杰涛超波辉斌龙鑫宇浩凯健俊帆雪梅琴花桂玉"
ORGANISATIONS = ("兴农合作社", "甲乙丙砖厂", "样例建筑有限公司", "编造养殖场")
SOURCES = ("网格员排查", "群众反映", "当事人口头申请", "派出所移交", "村民来访")
STORIES = (
    ("宅基地", "0902", "{a}家翻修院墙，{b}家认为占了两家中间的过道，多次争吵。", ""),
    ("邻里", "02", "{a}家屋檐滴水流到{b}家院里，双方发生口角。", ""),
    ("借钱", "0804", "{b}前年向{a}借钱看病，约定去年年底还清，至今未还。", "借"),
    ("土地承包", "0901", "{a}与{b}两家承包地相邻，犁地时越过地埂，界线说法不一。", ""),
    ("打架", "0303", "{a}与{b}因孩子玩耍发生推搡，{b}胳膊擦伤。", "赔"),
    ("欠薪", "07", "{a}跟着{b}在工地干活，工钱拖了四个月没有结清。", "欠"),
    ("赡养", "0102", "{a}年老多病，几个子女对轮流照看和药费分担意见不一。", ""),
    ("浇地用水", "0201", "浇地轮水时{a}家先放水，{b}家苗旱，双方争执。", ""),
)
ENDINGS = (
    ("已化解", "经调解，双方互相让步，当场和好。"),
    ("调解成功", "达成口头协议，已履行。"),
    ("正在调解", "已上门两次，约好下周再谈。"),
    ("未化解", ""),
    ("已移交镇综治中心", "双方分歧大，移交镇上。"),
)


@dataclass(frozen=True, slots=True)
class InventedDispute:
    """One made-up dispute, with what a right reading of it must give (`zz_type`, amount, people)."""

    found: date
    first: str
    second: str
    phones: tuple[str, str]
    source: str
    type_words: str
    zz_type: str
    story: str
    people: int
    amount_yuan: int
    status: str
    ending: str
    ended: date | None


def invented_name(random: Random) -> str:
    """A made-up name of two or three characters."""
    return random.choice(SURNAMES) + "".join(random.sample(GIVEN, random.choice((1, 2, 2))))


def invented_phone(random: Random) -> str:
    """A made-up mobile number of the right form."""
    return f"1{random.choice('3578')}{random.randrange(10**9):09d}"


def invented_disputes(
    random: Random, count: int, *, year: int = 2026, before: date | None = None
) -> list[InventedDispute]:
    """Made-up disputes of one year in the order of their days, none after `before`."""
    last = before or date(year, 11, 20)
    span = (last - date(year, 1, 1)).days
    days = sorted(date(year, 1, 1) + timedelta(random.randrange(max(span - 30, 1))) for _ in range(count))
    return [_invented(random, day) for day in days]


def _invented(random: Random, day: date) -> InventedDispute:
    type_words, zz_type, story, money = random.choice(STORIES)
    first = invented_name(random)
    second = random.choice(ORGANISATIONS) if random.random() < 0.1 else invented_name(random)
    status, ending = random.choice(ENDINGS)
    return InventedDispute(
        found=day,
        first=first,
        second=second,
        phones=(invented_phone(random), invented_phone(random)),
        source=random.choice(SOURCES),
        type_words=type_words,
        zz_type=zz_type,
        story=story.format(a=first, b=second),
        people=random.randint(2, 6),
        amount_yuan=random.randrange(2, 300) * 100 if money else 0,
        status=status,
        ending=ending,
        ended=day + timedelta(random.randint(1, 25)) if status in ("已化解", "调解成功") else None,
    )


GROUPS = (
    ("序号", 1), ("排查日期", 1), ("来源", 1), ("所属村组", 1), ("当事人", 2), ("纠纷类型", 1), ("涉及人数", 1),
    ("涉及金额（元）", 1), ("简要情况", 1), ("责任人", 1), ("目前进展", 1), ("化解情况", 1), ("化解日期", 1),
    ("备注", 1),
)  # fmt: skip
"""The headings of a village's ledger and how many columns each spans."""


def write_village_ledger(
    path: Path, random: Random, *, count: int = 24, village: str = "花所村"
) -> list[InventedDispute]:
    """A village's ledger as it is kept: a title, a two-line header with merged cells, days as text,
    full-width digits, one row entered twice, one without its type, a total and notes.

    Answers the disputes in the file; two more of its rows are the repeat and the row to mend.
    """
    disputes = invented_disputes(random, count)
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("台账")
        middle = workbook.add_format({"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1})
        width = sum(span for _, span in GROUPS)
        sheet.merge_range(0, 0, 0, width - 1, f"{village}2026年矛盾纠纷排查调处台账（{INVENTED}）", middle)
        sheet.write_string(1, 0, f"填报单位：{village}村委会")
        _write_header(sheet, 2, middle)
        rows = [_village_row(random, dispute) for dispute in disputes]
        rows.insert(count // 2, rows[count // 2 - 1])
        rows.append(_row_without_type(random, disputes[-1]))
        _write_rows(sheet, 4, rows)
        end = 4 + len(rows)
        sheet.write_row(end, 0, ["合计", "", "", "", "", "", "", sum(dispute.people for dispute in disputes)])
        sheet.write_string(end + 1, 0, f"备注：{INVENTED}")
    return disputes


def _write_header(sheet: xlsxwriter.worksheet.Worksheet, top: int, middle: object) -> None:
    column = 0
    for heading, span in GROUPS:
        if span == 1:
            sheet.merge_range(top, column, top + 1, column, heading, middle)
        else:
            sheet.merge_range(top, column, top, column + span - 1, heading, middle)
            for offset, part in enumerate(("姓名", "电话")):
                sheet.write_string(top + 1, column + offset, part, middle)
        column += span


def _village_row(random: Random, dispute: InventedDispute) -> list[object]:
    day = dispute.found
    found = random.choice((f"{day.month}月{day.day}日", f"{day:%Y}.{day.month}.{day.day}", f"{day:%Y-%m-%d}"))
    people = random.choice((dispute.people, f"{dispute.people}人", full_width(str(dispute.people))))
    amount = f"{dispute.amount_yuan:,}元" if dispute.amount_yuan else "无"
    ended = dispute.ended and f"{dispute.ended.month}月{dispute.ended.day}日"
    names = random.choice(("{}、{}", "{}与{}", "{} {}")).format(dispute.first, dispute.second)
    return [found, dispute.source, f"{random.choice('一二三四')}社", names, "、".join(dispute.phones),
            f"{dispute.type_words}纠纷", people, amount, dispute.story, "村主任", dispute.status, dispute.ending,
            ended or "", ""]  # fmt: skip


def _row_without_type(random: Random, dispute: InventedDispute) -> list[object]:
    row = _village_row(random, dispute)
    row[5], row[8] = "待定", "两家说法不一，还没弄清是什么事。"
    return row


def _write_rows(sheet: xlsxwriter.worksheet.Worksheet, top: int, rows: Sequence[Sequence[object]]) -> None:
    for number, row in enumerate(rows):
        sheet.write_number(top + number, 0, number + 1)
        for column, value in enumerate(row, start=1):
            if value != "":
                sheet.write(top + number, column, value)


def full_width(text: str) -> str:
    """Digits and signs as some input methods write them: １２."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
