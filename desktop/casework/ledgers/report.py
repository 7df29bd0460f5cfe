"""What became of every row of an imported ledger, and the refused rows as a file to mend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from desktop.casework.ledgers.entry import LedgerRow, Trouble
from desktop.casework.ledgers.grid import column_letter
from desktop.casework.ledgers.reading import LedgerReading, ReadTable
from desktop.casework.ledgers.refused_sheet import RefusedSheet
from desktop.casework.ledgers.tables import RowKind


class Outcome(StrEnum):
    """What became of a row; every row of the file has exactly one."""

    IMPORTED = "imported"
    REPEAT = "repeat"
    REFUSED = "refused"
    PART = "part"
    BLANK = "blank"
    TOTAL = "total"
    NOTE = "note"
    HEADER = "header"
    TITLE = "title"
    OUTSIDE = "outside"
    NOT_REACHED = "not_reached"


LABELS = {
    Outcome.IMPORTED: "导入", Outcome.REPEAT: "重复，没再导入", Outcome.REFUSED: "没导入", Outcome.PART: "并入上一行",
    Outcome.BLANK: "空行", Outcome.TOTAL: "合计行", Outcome.NOTE: "备注行", Outcome.HEADER: "表头",
    Outcome.TITLE: "标题", Outcome.OUTSIDE: "表外", Outcome.NOT_REACHED: "停下时还没轮到",
}  # fmt: skip
"""What each outcome is called on the screen and on paper."""

_KEPT_AS = {kind: Outcome(kind.value) for kind in RowKind if kind is not RowKind.DATA}


@dataclass(slots=True)
class ImportReport:
    """The report on one file; made from a reading, then told by the importer what it did with each row."""

    reading: LedgerReading
    outcomes: dict[tuple[str, int], Outcome] = field(default_factory=dict)
    reasons: dict[tuple[str, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: LedgerReading) -> ImportReport:
        """Everything that is settled by reading alone; rows fit to import wait for the importer."""
        report = cls(reading)
        for row in reading.rows:
            if row.kind in _KEPT_AS:
                report.outcomes[_place(row)] = _KEPT_AS[row.kind]
            elif row.is_refused:
                report.refuse(row, row.reason)
        return report

    def imported(self, row: LedgerRow) -> None:
        """The row became a dispute."""
        self.outcomes[_place(row)] = Outcome.IMPORTED

    def repeat(self, row: LedgerRow) -> None:
        """The dispute was there already, from this file or an earlier one."""
        self.outcomes[_place(row)] = Outcome.REPEAT

    def refuse(self, row: LedgerRow, reason: str) -> None:
        """The row was not taken, and why."""
        self.outcomes[_place(row)] = Outcome.REFUSED
        self.reasons[_place(row)] = reason

    def outcome(self, row: LedgerRow) -> Outcome:
        """What became of the row so far."""
        return self.outcomes.get(_place(row), Outcome.NOT_REACHED)

    def counts(self) -> Counter[Outcome]:
        """How many rows of each outcome; they add up to the rows of the file."""
        return Counter(self.outcome(row) for row in self.reading.rows)

    def refused_rows(self) -> list[LedgerRow]:
        """The rows to mend, in the order of the file."""
        return [row for row in self.reading.rows if self.outcome(row) is Outcome.REFUSED]

    def to_json(self) -> dict[str, Any]:
        """The report as plain data, the same on the command line and in the window."""
        counts = self.counts()
        return {
            "file": self.reading.file,
            "kind": self.reading.kind,
            "cancelled": self.reading.is_cancelled,
            "rows": len(self.reading.rows),
            "counts": {outcome.value: counts[outcome] for outcome in Outcome},
            "notices": list(self.reading.notices),
            "tables": [_table_json(table) for table in self.reading.tables],
            "troubles": [_trouble_json(row, trouble) for row in self.reading.rows for trouble in self._troubles(row)],
        }

    def _troubles(self, row: LedgerRow) -> list[Trouble]:
        """A row's troubles, with the importer's own reason if it refused a row that read well."""
        reason = self.reasons.get(_place(row), "")
        own = [Trouble("", "", reason, "refuse")] if reason and not row.is_refused else []
        return [*row.troubles, *own]


def save_refused_rows(report: ImportReport, path: Path) -> int:
    """Write the refused rows as .xlsx under their own headings and titles, with a column of reasons.

    The file can be mended and imported as it is. Answers how many rows were written.
    """
    refused = report.refused_rows()
    with xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as workbook:
        if not refused:
            workbook.add_worksheet("没有要改的").write_string(0, 0, "没有要改的行")
        for sheet, rows in groupby(refused, key=lambda row: _table_index(report.reading, row)):
            RefusedSheet(workbook, report.reading, sheet).write((row, report.reasons[_place(row)]) for row in rows)
    return len(refused)


def _place(row: LedgerRow) -> tuple[str, int]:
    return row.sheet, row.number


def _table_index(reading: LedgerReading, row: LedgerRow) -> int:
    """Which table a row stands in: the last one of its sheet that begins above it."""
    return max(
        index
        for index, table in enumerate(reading.tables)
        if table.sheet == row.sheet and table.first_row <= row.number
    )


def _table_json(table: ReadTable) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "first_row": table.first_row,
        "columns": [
            {"column": column_letter(index), "heading": heading, "key": key}
            for index, (heading, key) in enumerate(zip(table.mapping.headings, table.mapping.keys, strict=True))
        ],
    }


def _trouble_json(row: LedgerRow, trouble: Trouble) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.number,
        "column": trouble.column,
        "heading": trouble.heading,
        "level": trouble.level,
        "reason": trouble.reason,
    }
