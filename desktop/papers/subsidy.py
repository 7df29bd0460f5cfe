"""The list of what mediators are paid for their cases in a month (一案一补), for the one who pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.papers.values import day_cell
from desktop.papers.workbook import Cell, Column, Sheet

_CASES = (
    Column("序号", 6, "number"), Column("调解员", 10), Column("调解组织", 24), Column("协办", 14),
    Column("案件编码", 28), Column("卷号", 24), Column("纠纷名称", 32, "wrap"), Column("办结日期", 12, "day"),
    Column("档次", 10), Column("补贴（元）", 12, "money", summed=True), Column("审定人", 10),
    Column("审定日期", 12, "day"),
)  # fmt: skip
_PEOPLE = (
    Column("序号", 6, "number"), Column("调解员", 12), Column("件数", 8, "number", summed=True),
    Column("补贴（元）", 14, "money", summed=True), Column("领款人签名", 18), Column("备注", 20),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Payment:
    """What one mediator is paid for one case, in 分; days as stored."""

    mediator: str
    org: str
    helpers: str
    matter_code: str
    dossier_no: str
    title: str
    rate: str
    cents: int
    ended_on: str
    checked_by: str
    checked_on: str


def subsidy_sheets(
    year: int, month: int, payments: Sequence[Payment], totals: Sequence[tuple[str, int, int]]
) -> tuple[Sheet, Sheet]:
    """Case by case, and per mediator (name, cases, 分) with room to sign."""
    title = f"{year}年{month}月人民调解个案补贴"
    cases: list[list[Cell]] = [[n, *_cells(one)] for n, one in enumerate(payments, 1)]
    people: list[list[Cell]] = [[n, *total, None, None] for n, total in enumerate(totals, 1)]
    return (
        Sheet("个案", _CASES, cases, f"{title}明细", totals=True),
        Sheet("汇总", _PEOPLE, people, f"{title}汇总", totals=True),
    )


def _cells(one: Payment) -> list[Cell]:
    return [one.mediator, one.org, one.helpers, one.matter_code, one.dossier_no, one.title, day_cell(one.ended_on),
            one.rate, one.cents, one.checked_by, day_cell(one.checked_on)]  # fmt: skip
