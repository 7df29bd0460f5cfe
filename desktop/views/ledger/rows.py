"""The rows of the file as they were understood: what each will be, and what is odd about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.casework.ledgers import LedgerRow, RowKind
from desktop.casework.ledgers.report import LABELS, Outcome
from desktop.views.kit import Cell, Column, PagedRows, Row
from desktop.views.kit.rows import Deliver
from desktop.views.look.shapes import Shape
from sync.records import codes

COLUMNS = (
    Column("row", "第几行", 84, sorts=False),
    Column("state", "认成什么", 140, sorts=False),
    Column("what", "谁和谁，什么事", sorts=False),
    Column("day", "哪天", 108, needs_width=1000, sorts=False),
    Column("type", "类型", 140, needs_width=1180, sorts=False),
)
_FINE = Shape("filled disc with tick", "accent")
_ODD = Shape("filled triangle with !", "amberMark")
_NOT = Shape("filled diamond with !", "red")
_QUIET = Shape("dashed ring", "ink3")


class ReadRows(PagedRows):
    """A table over rows held in memory; `state_of` says what becomes of a row and why."""

    def __init__(self, rows: Sequence[LedgerRow], state_of: Callable[[LedgerRow], tuple[Cell, str]]) -> None:
        self._held, self._state_of = rows, state_of
        super().__init__(COLUMNS, self._hand_over)
        self.reload()
        self.set_total(len(rows))

    def _hand_over(self, first: int, count: int, deliver: Deliver) -> None:
        deliver([self._row(number) for number in range(first, min(first + count, len(self._held)))])

    def _row(self, number: int) -> Row:
        row = self._held[number]
        state, reason = self._state_of(row)
        day = str(row.values.get("found_date") or row.values.get("accept_date") or "")
        kind = str(row.values.get("zz_type") or "")
        what = Cell(reason or title(row), tone=state.tone if reason else "")
        cells = (
            Cell(f"{row.number}", tone="ink2"),
            state,
            what,
            Cell(day),
            Cell(codes.table("ZZ_TYPE").text(kind) if kind else ""),
        )
        return Row(str(number), cells)


def before(row: LedgerRow) -> tuple[Cell, str]:
    """What a row will be once the person agrees."""
    if row.kind is not RowKind.DATA:
        return Cell(LABELS[Outcome(row.kind.value)], _QUIET, "ink2"), "" if row.parties else _text(row)
    if row.is_refused:
        return Cell("导不了", _NOT, "red"), f"{row.reason}：{title(row)}"
    if row.troubles:
        return Cell("能导，看看", _ODD, "amber"), f"{row.troubles[0].reason}：{title(row)}"
    return Cell("能导", _FINE), ""


def after(outcome: Outcome, reason: str) -> tuple[Cell, str]:
    """What became of a row."""
    shape = {Outcome.IMPORTED: _FINE, Outcome.REFUSED: _NOT}.get(outcome, _QUIET)
    tone = "red" if outcome is Outcome.REFUSED else "ink" if outcome is Outcome.IMPORTED else "ink2"
    return Cell(LABELS[outcome], shape, tone), reason


def title(row: LedgerRow) -> str:
    """谁和谁 · 经过, as far as the row says."""
    names = "、".join(str(party.get("name") or "") for party in row.parties if party.get("name"))
    told = str(row.values.get("title") or "") or names
    summary = str(row.values.get("summary") or "").replace("\n", " ")
    return " · ".join(part for part in (told, summary) if part) or _text(row)


def _text(row: LedgerRow) -> str:
    return "  ".join(str(cell).strip() for cell in row.cells if cell not in (None, ""))
