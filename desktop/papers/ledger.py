"""The office's ledger (矛盾纠纷排查调处台账): columns chosen from the catalogue. No ID number ever enters it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.papers.ledger_columns import CATALOGUE, USUAL, LedgerColumn
from desktop.papers.matter import Matter
from desktop.papers.values import Naming
from desktop.papers.workbook import Cell, Sheet

NAME = "台账"
TITLE = "矛盾纠纷排查调处台账"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a ledger looks. columns: keys of the catalogue, in order; totals: with a last line that adds up;
    note: who made it, when and of what, for paper."""

    columns: tuple[str, ...] = USUAL
    title: str = TITLE
    totals: bool = False
    note: str = ""


def ledger_sheet(matters: Iterable[Matter], naming: Naming, layout: Layout = Layout()) -> Sheet:
    """The ledger of these matters, numbered in the order they come. A key this version does not know is left out."""
    chosen = [CATALOGUE[key] for key in layout.columns if key in CATALOGUE] or [CATALOGUE[key] for key in USUAL]
    rows = (_row(seq, matter, naming, chosen) for seq, matter in enumerate(matters, 1))
    return Sheet(NAME, [one.column for one in chosen], rows, layout.title, totals=layout.totals, note=layout.note)


def _row(seq: int, matter: Matter, naming: Naming, chosen: list[LedgerColumn]) -> list[Cell]:
    return [seq if one.key == "seq" else one.fill(matter, naming) for one in chosen]
