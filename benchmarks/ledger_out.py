"""A ledger of 5,000 disputes taken out of the encrypted store: as Excel and as PDF, beside what the libraries need.

`python -m benchmarks.ledger_out` prints the seconds of each. Claims: Excel in 3 s, PDF in 15 s, progress told.
The floor is the bare library with the same cells already at hand: no store, no portions.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from benchmarks.stock import desk_at, stock
from desktop.casework.desk import Desk
from desktop.casework.portable.exporting import export_ledger, export_ledger_pdf
from desktop.casework.portable.gathering import EVERYTHING, Gathering, Watch
from desktop.casework.portable.naming import naming
from desktop.papers.ledger import Layout, ledger_sheet
from desktop.papers.matter import Matter
from desktop.papers.sheet_pdf import write_pdf
from desktop.papers.workbook import Cell, Sheet

ROWS = 5_000
CLAIMS_SECONDS = {"xlsx": 3, "pdf": 15}


def main() -> bool:
    """Print the figures; True when a claim does not hold."""
    with tempfile.TemporaryDirectory(prefix="fengqiao-ledger-out-") as base:
        folder = Path(base)
        with stock(folder, ROWS).open() as store:
            desk = desk_at(store)
            sheet, rows = _cells(desk)
            seconds = {
                "xlsx": _told("Excel", lambda watch: export_ledger(_all(desk, watch), folder / "台账.xlsx", LAYOUT)),
                "pdf": _told("PDF", lambda watch: export_ledger_pdf(_all(desk, watch), folder / "台账.pdf", LAYOUT)),
            }
        _timed("floor of Excel (xlsxwriter alone)", lambda: _bare_excel(folder / "floor.xlsx", rows))
        _timed("floor of PDF (typst alone, in one piece)", lambda: _bare_pdf(folder / "floor.pdf", sheet, rows, desk))
    return any(seconds[form] > most for form, most in CLAIMS_SECONDS.items())


LAYOUT = Layout(totals=True)


def _all(desk: Desk, watch: Watch) -> Gathering:
    return Gathering(desk, query=EVERYTHING, watch=watch)


def _told(form: str, export: Callable[[Watch], object]) -> float:
    steps: list[int] = []
    seconds = _timed(f"{ROWS:,} disputes as {form}", lambda: export(Watch(lambda done, total: steps.append(done))))
    print(f"  progress told {len(steps):,} times")
    return seconds


def _timed(name: str, act: Callable[[], object]) -> float:
    started, busy = time.perf_counter(), time.process_time()
    act()
    seconds = time.perf_counter() - started
    print(f"ledger_out: {name}: {seconds:.1f} s ({time.process_time() - busy:.1f} s of processor)", flush=True)
    return seconds


def _cells(desk: Desk) -> tuple[Sheet, list[list[Cell]]]:
    cases = _all(desk, Watch()).cases()
    matters = (Matter(c.dispute, c.parties, c.sessions, c.agreements, c.follow_ups) for c in cases)
    sheet = ledger_sheet(matters, naming(desk), LAYOUT)
    return sheet, [list(row) for row in sheet.rows]


def _bare_excel(file: Path, rows: list[list[Cell]]) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def _bare_pdf(file: Path, sheet: Sheet, rows: list[list[Cell]], desk: Desk) -> None:
    write_pdf(file, Sheet(sheet.name, sheet.columns, rows, sheet.title), at=desk.now(), portion=len(rows) + 1)


if __name__ == "__main__":
    raise SystemExit(main())
