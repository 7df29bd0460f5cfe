"""How an organisation, a mediator and a gap in the numbers read as a line of a table."""

from __future__ import annotations

from datetime import date

from desktop.casework.numbers.gaps import Lent
from desktop.casework.organisations.roster import MediatorRow, OrgRow
from desktop.views import words
from desktop.views.kit import Cell, Column, Row
from desktop.views.look import shapes
from desktop.views.look.shapes import Shape
from sync.records.numbering import Gap

_WIDE, _NARROW = 1180, 1000
DOUBT = Shape("filled triangle with !", "amberMark")
ORGS = (
    Column("name", "组织", tone="ink", sorts=False),
    Column("kind", "种类", 96, needs_width=_WIDE, sorts=False),
    Column("place", "地方", 112, needs_width=_NARROW, sorts=False),
    Column("members", "在任", 72, right=True, tone="ink", sorts=False),
    Column("term", "任期到", 152, sorts=False),
    Column("doubts", "要看的", 320, needs_width=_NARROW, sorts=False),
)
MEMBERS = (
    Column("name", "姓名", tone="ink", sorts=False),
    Column("role", "职务", 84, tone="ink", sorts=False),
    Column("sex", "性别", 64, sorts=False),
    Column("ethnic", "民族", 92, needs_width=_WIDE, sorts=False),
    Column("phone", "电话", 134, sorts=False),
    Column("trained", "培训", 142, needs_width=_NARROW, sorts=False),
    Column("since", "在任", 190, needs_width=_WIDE, sorts=False),
)
GAPS = (
    Column("numbers", "号", 132, tone="ink", sorts=False),
    Column("why", "为什么没有卷", sorts=False),
    Column("disputes", "有关的纠纷", 108, right=True, needs_width=_NARROW, sorts=False),
)
BLOCKS = (
    Column("numbers", "号段", 132, tone="ink", sorts=False),
    Column("pc", "领去的电脑", sorts=False),
    Column("state", "还用不用", 132, sorts=False),
)


def org_row(one: OrgRow, today: date) -> Row:
    """One organisation; what the law wants beside it begins with the first thing."""
    ended = one.status == "已撤销"
    more = f"，还有 {one.doubts - 1} 处" if one.doubts > 1 else ""
    cells = (
        Cell(one.name, DOUBT if one.doubts else shapes.room(), tone="ink3" if ended else ""),
        Cell(one.kind),
        Cell(one.place),
        Cell(f"{one.members}"),
        _term(one.term_to, today, ended=ended),
        Cell(f"{one.first_doubt}{more}" if one.doubts else "没有要看的", tone="amber" if one.doubts else "ink3"),
    )
    return Row(one.id, cells)


def member_row(one: MediatorRow, today: date) -> Row:
    """One mediator; who left steps back."""
    tone = "" if one.is_in_office else "ink3"
    cells = (
        Cell(one.name, tone=tone),
        Cell(one.role, tone=tone),
        Cell(one.sex),
        Cell(one.ethnic),
        Cell(words.masked_phone(one.phone)),
        Cell(trained(one, today)),
        Cell(in_office(one, today), tone=tone),
    )
    return Row(one.id, cells)


def trained(one: MediatorRow, today: date) -> str:
    """3 次，最近 11月2日; 还没有."""
    if not one.trainings:
        return "还没有"
    last = one.trainings[0].day
    return f"{len(one.trainings)} 次" + (f"，{words.calendar_day(last, today)}" if last else "")


def in_office(one: MediatorRow, today: date) -> str:
    """2025年1月1日起, and the last day when there is one."""
    start = f"{words.calendar_day(one.since, today)}起" if one.since else ""
    end = f"到{words.calendar_day(one.until, today)}" if one.until else ""
    return f"{start}{end}"


def gap_row(one: Gap) -> Row:
    """Numbers without a dossier, and why."""
    tone = "amber" if one.why == "double" else ""
    about = f"{len(one.records)} 件" if one.records else ""
    shape = DOUBT if one.why == "double" else shapes.room()
    return Row(f"{one.first}", (Cell(span(one.first, one.last), shape), Cell(one.text, tone=tone), Cell(about)))


def block_row(one: Lent) -> Row:
    """A block and whose it is."""
    state = "不再用了" if one.is_over else "还在用"
    return Row(f"{one.first}", (Cell(span(one.first, one.last), shapes.room()), Cell(one.pc), Cell(state)))


def span(first: int, last: int) -> str:
    """第 12 号, 第 12–30 号."""
    return f"第 {first} 号" if first == last else f"第 {first}–{last} 号"


def _term(end: date | None, today: date, *, ended: bool) -> Cell:
    if ended:
        return Cell("已撤销", tone="ink3")
    if end is None:
        return Cell("")
    late = end < today
    return Cell(words.calendar_day(end, today), DOUBT if late else None, "amber" if late else "")
