"""All sources by their Chinese names: what a template may name, and what it prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from desktop.papers.facts.case import CASE, Source
from desktop.papers.facts.file import CaseFile
from desktop.papers.facts.meetings import DUTY, MEETING
from desktop.papers.facts.people import OWN, PARTY, EntrySource

PAGES = "页号"
"""Inside 每个 目录: the pages of that paper. Laid out later."""
PAGE_COUNT = "总页数"
"""The number of pages of the dossier. Laid out later."""
NUMBER = "序"
"""Inside every list: the running number."""
NUMERAL = "序汉字"
"""Inside every list: 一, 二, 三."""

SOURCES: Mapping[str, Source] = {**CASE, **MEETING, **OWN}
DAYS = frozenset({"调解起", "调解止", "调解期限", "延期至", "确认期限", "履行期限"})
"""Placeholders that print a day, beside all whose names end with 日期."""
MOMENTS = frozenset({"开始时间", "结束时间", "下次时间"})
COMMITTEE = "调委会"


def is_day(name: str) -> bool:
    """Whether a placeholder prints a day: empty, it leaves room for 年 月 日."""
    return name in DAYS or name.endswith("日期")


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list a template may repeat over. entries: of a case; blanks: how many empty ones a blank form shows."""

    entries: Callable[[CaseFile], Sequence[Any]]
    fields: Mapping[str, EntrySource]
    blanks: int = 1


def _parties(*sides: str) -> Callable[[CaseFile], Sequence[Any]]:
    return lambda case: [p for p in case.matter.parties if not sides or p.get("side") in sides]


_TEXT: Mapping[str, EntrySource] = {"内容": lambda _, entry: str(entry or "")}
_LISTED: Mapping[str, EntrySource] = {
    "文书名称": lambda _, entry: entry.name if entry else "",
    "备注": lambda _, entry: entry.remark if entry else "",
}
_OBLIGATIONS = "obligations"

LISTS: Mapping[str, ListSource] = {
    "当事人": ListSource(_parties(), PARTY, 2),
    "甲方": ListSource(_parties("甲"), PARTY),
    "乙方": ListSource(_parties("乙"), PARTY),
    "第三人": ListSource(_parties("第三人"), PARTY, 0),
    "申请事项": ListSource(lambda case: case.matter.dispute.get("claims") or (), _TEXT, 3),
    "协议条款": ListSource(lambda case: case.agreement.get("items") or (), _TEXT, 3),
    "履行义务": ListSource(lambda case: case.agreement.get(_OBLIGATIONS) or (), DUTY, 2),
    "全部履行义务": ListSource(
        lambda case: list(chain.from_iterable(a.get(_OBLIGATIONS) or () for a in case.matter.agreements)), DUTY, 3
    ),
    "目录": ListSource(lambda case: case.contents, _LISTED, 20),
}
"""List name → its entries and what may be named inside it."""
