"""Whether a committee stands as the law wants: how many, a woman, a minority member, three years (§1.1, L-RMTJ 8, 9).

Warnings with their article; nothing is barred by them. A studio is no committee and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desktop.casework.moments import read_day

LEAST, MOST, TERM_YEARS = 3, 9, 3
STUDIO = "工作室"
MEMBER_ROLES = frozenset({"主任", "副主任", "委员"})
"""聘任 mediators are engaged, not members (L-RMTJ 13)."""
_WOMAN, _HAN = "2", "01"
_SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class OrgDoubt:
    """What is not as the law wants: about which field, in a sentence, by which article."""

    field: str
    sentence: str
    article: str


def in_office(person: Mapping[str, Any], today: date) -> bool:
    """Whether a mediator is in office that day."""
    day, start, end = today.isoformat(), str(person.get("valid_from") or ""), str(person.get("valid_to") or "")
    return not person.get("void_at") and start <= day and (not end or day <= end)


def term_end(org: Mapping[str, Any]) -> date | None:
    """The last day of the term: as written, else three years after it began."""
    told, start = read_day(org.get("term_to")), read_day(org.get("term_from"))
    return told or (_years_later(start, TERM_YEARS) - timedelta(days=1) if start else None)


def doubts(
    org: Mapping[str, Any], mediators: Sequence[Mapping[str, Any]], place: Mapping[str, Any], today: date
) -> tuple[OrgDoubt, ...]:
    """What to look at; nothing for a studio or a committee that was dissolved."""
    if org.get("kind") == STUDIO or org.get("status") == "已撤销":
        return ()
    members = [one for one in mediators if one.get("role") in MEMBER_ROLES and in_office(one, today)]
    return (*_of_members(members, is_mixed=place.get("multi_ethnic") is True), *_of_term(org, today), *_of_filing(org))


def _of_members(members: Sequence[Mapping[str, Any]], *, is_mixed: bool) -> Iterator[OrgDoubt]:
    if not LEAST <= len(members) <= MOST:
        said = f"委员现在 {len(members)} 人，应当 {LEAST} 到 {MOST} 人"
        yield OrgDoubt("members", said, "人民调解法第八条")
    if members and not any(one.get("sex") == _WOMAN for one in members):
        yield OrgDoubt("sex", "委员里没有妇女，应当有", "人民调解法第八条")
    if is_mixed and members and not any(one.get("ethnic") not in (None, "", _HAN) for one in members):
        said = "这里多民族居住，委员里应当有人数较少的民族的成员"
        yield OrgDoubt("ethnic", said, "人民调解法第八条")
    directors = sum(one.get("role") == "主任" for one in members)
    if directors != 1:
        said = f"主任应当一人，现在 {directors} 人" if directors else "还没有主任"
        yield OrgDoubt("role", said, "人民调解法第八条")


def _of_term(org: Mapping[str, Any], today: date) -> Iterator[OrgDoubt]:
    start, end = read_day(org.get("term_from")), term_end(org)
    if start is None or end is None:
        return
    if end >= _years_later(start, TERM_YEARS):
        yield OrgDoubt("term_to", f"任期超过 {TERM_YEARS} 年", "人民调解法第九条")
    if end < today:
        yield OrgDoubt("term_to", f"任期 {end.year}年{end.month}月{end.day}日已满，该换届了", "人民调解法第九条")
    elif end - today <= _SOON:
        yield OrgDoubt("term_to", f"任期再有 {(end - today).days} 天就满，准备换届", "人民调解法第九条")


def _of_filing(org: Mapping[str, Any]) -> Iterator[OrgDoubt]:
    if not org.get("filed_on"):
        said = "还没记备案日期：设立、变更要报县级司法行政部门统计"
        yield OrgDoubt("filed_on", said, "人民调解法第十条")


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
