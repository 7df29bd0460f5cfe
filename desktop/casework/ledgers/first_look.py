"""A ledger before it is written: its first lines, then how many there are and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from desktop.casework import spoken
from desktop.casework.desk import Desk
from desktop.casework.ledgers import saved_views
from desktop.casework.ledgers.saved_views import LedgerView
from desktop.casework.portable.exporting import matters
from desktop.casework.portable.gathering import Gathering, Watch
from desktop.casework.portable.naming import naming
from desktop.papers.ledger import ledger_sheet
from desktop.papers.workbook import Cell, Column, Sheet, Totals

FIRST = 20
"""How many lines are shown before the ledger is written."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The first lines in words, cell by cell. is_right: which columns stand to the right; widths: in characters."""

    headings: tuple[str, ...]
    is_right: tuple[bool, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """How many disputes it holds, how many are left out as closed to this person, and (heading, sum in words)."""

    count: int
    closed: int
    sums: tuple[tuple[str, str], ...]


def first_rows(desk: Desk, view: LedgerView) -> Preview:
    """The first lines. For the background."""
    sheet = _sheet(Gathering(desk, query=saved_views.query(desk, view)), view)
    rows = tuple(_words(row, sheet.columns) for row in islice(sheet.rows, FIRST))
    right = tuple(column.look in ("number", "money") for column in sheet.columns)
    widths = tuple(column.width for column in sheet.columns)
    return Preview(tuple(column.heading for column in sheet.columns), right, widths, rows)


def sums(desk: Desk, view: LedgerView, watch: Watch) -> Sums:
    """Count and add up everything the ledger will hold; slow when it is long. Raises ExportCancelled."""
    gathering = Gathering(desk, query=saved_views.query(desk, view), watch=watch)
    gathering.expect(1)
    sheet = _sheet(gathering, view)
    totals = Totals(sheet.columns)
    _pass(totals.passing(sheet.rows))
    said = zip(sheet.columns, totals.row(), strict=True)
    added = tuple((column.heading, _said(cell, column)) for column, cell in said if column.summed)
    return Sums(totals.count, gathering.closed(), added)


def _sheet(gathering: Gathering, view: LedgerView) -> Sheet:
    desk = gathering.desk
    return ledger_sheet(matters(gathering), naming(desk), saved_views.layout(desk, view))


def _pass(rows: Iterable[Sequence[Cell]]) -> None:
    for _ in rows:
        pass


def _words(row: Sequence[Cell], columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(_said(cell, column) for cell, column in zip(row, columns, strict=True))


def _said(cell: Cell, column: Column) -> str:
    if isinstance(cell, int):
        return spoken.yuan(cell) if column.look == "money" else f"{cell:,}"
    return cell.isoformat() if isinstance(cell, date) else " ".join(str(cell or "").split())
