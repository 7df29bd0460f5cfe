"""Taking records out of the desk: JSON Lines for programs, workbooks for people and other platforms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop.casework.disputes.deadlines import live
from desktop.casework.portable.gathering import Gathering
from desktop.casework.portable.naming import naming
from desktop.casework.portable.stamps import stamps
from desktop.papers.ledger import ledger_sheet
from desktop.papers.matter import Matter
from desktop.papers.outfile import replacing
from desktop.papers.province import province_sheet
from desktop.papers.record_sheets import record_sheet
from desktop.papers.workbook import write_workbook
from sync.records import RECORD_TYPES, Record, RecordType
from sync.records.codec import canonical


@dataclass(slots=True)
class ExportReport:
    """What was written, by record type (台账 lines are counted as disputes); closed: disputes left out because
    only the named people may read them."""

    file: str
    records: dict[str, int] = field(default_factory=dict)
    closed: int = 0

    def count(self, kind: str, more: int = 1) -> None:
        """Count records of a type."""
        self.records[kind] = self.records.get(kind, 0) + more


def export_lines(gathering: Gathering, file: Path) -> ExportReport:
    """Write one record a line, parents before children. Raises PaperRefused, ExportCancelled."""
    report = ExportReport(file.name, closed=gathering.closed())
    gathering.note_reading()
    with replacing(file) as draft, draft.open("wb") as out:
        for kind, record, stamp in _stamped(gathering):
            out.write(canonical({**record, **stamp, "type": kind.name}) + b"\n")
            report.count(kind.name)
    return report


def _stamped(gathering: Gathering) -> Iterator[tuple[RecordType, Record, Record]]:
    ...
