"""How one dispute reads as a line of the list: its cells, shapes and tones."""

from __future__ import annotations

from datetime import date, datetime

from desktop.casework.disputes.lists import DisputeRow, Sort
from desktop.views import words
from desktop.views.kit import Cell, Column, Row
from desktop.views.look import shapes, theme
from desktop.views.look.shapes import Shape

_WIDE, _NARROW = 1180, 1000
COLUMNS = (
    Column("status", "办到哪一步", 114, tone="ink", sorts=False),
    Column("title", "纠纷", None, tone="ink", sorts=False),
    Column("village", "村（社区）", 104, needs_width=_NARROW, sorts=False),
    Column("type", "类型", 134, needs_width=_WIDE, sorts=False),
    Column("amount", "金额（元）", 100, right=True, tone="ink", needs_width=_NARROW),
    Column("due", "期限", 122),
    Column("handler", "经办", 80, needs_width=_NARROW, sorts=False),
    Column("updated", "更新", 112, needs_width=_WIDE),
)
SORTS: dict[str, Sort] = {"amount": "amount", "due": "due", "updated": "updated"}


def row(one: DisputeRow, *, now: datetime, soon_days: int) -> Row:
    """The cells in the order of `COLUMNS`. A title without a risk keeps the room of its bars."""
    cells = (
        Cell(one.status_name, state_shape(one.status_name)),
        Cell(one.title, shapes.of_risk(one.risk) if one.risk else shapes.room()),
        Cell(one.village),
        Cell(one.type_name),
        Cell("" if one.amount_cents is None else words.money(one.amount_cents)),
        due_cell(one, today=now.date(), soon_days=soon_days),
        Cell(one.handler),
        _updated_cell(one, now),
    )
    return Row(one.id, cells, bold=one.fresh)


def state_shape(name: str) -> Shape | None:
    """The shape of a state; none for a word this version does not know."""
    return shapes.of_state(name) if name in theme.current().tokens.states else None


def due_cell(one: DisputeRow, *, today: date, soon_days: int) -> Cell:
    """超期 2 天 in red, 剩 3 天 in amber, 剩 16 天 plain, 约好 今天 with a dot; without a day what is waited for."""
    if one.due is None:
        return Cell(one.due_words)
    left, said = (one.due - today).days, words.days_left(one.due, today)
    if left < 0:
        return Cell(said, shapes.of_deadline("overdue"), "red", bold=True)
    if one.due_kind == "appointment":
        return Cell(f"约好 {words.day(one.due, today)}", shapes.of_deadline("appointment"), "ink")
    if left <= soon_days:
        return Cell(said, shapes.of_deadline("soon"), "amber")
    return Cell(said)


def _updated_cell(one: DisputeRow, now: datetime) -> Cell:
    """When it was last touched, unless something about it must be seen first."""
    if one.refused:
        return Cell("没收下", shapes.of_exchange("broken"), "red")
    if one.clash:
        return Cell("要您定", Shape("filled triangle with !", "amberMark"), "amber")
    return Cell(words.moment(one.updated, now))
