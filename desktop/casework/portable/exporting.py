"""Taking records out of the desk: JSON Lines for programs, workbooks for people and for other platforms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from desktop.casework.portable.gathering import Gathering, is_matter
from desktop.casework.portable.naming import naming
from desktop.casework.portable.stamps import stamps
from desktop.papers.ledger import Layout, ledger_sheet
from desktop.papers.matter import Matter
from desktop.papers.outfile import replacing
from desktop.papers.province import province_sheet
from desktop.papers.record_sheets import record_sheet
from desktop.papers.sheet_pdf import write_pdf
from desktop.papers.values import Naming
from desktop.papers.workbook import Sheet, write_workbook
from sync.records import RecordType

_encoder = msgspec.json.Encoder()


@dataclass(slots=True)
class ExportReport:
    """What was written, by type. closed: disputes left out because only the named people may read them."""

    file: str
    closed: int
    records: dict[str, int] = field(default_factory=dict)

    def counted(self, kind: str) -> None:
        """Count one record of a type."""
        self.records[kind] = self.records.get(kind, 0) + 1


def export_lines(gathering: Gathering, file: Path) -> ExportReport:
    """One record a line, parents before children. Raises PaperRefused, ExportCancelled."""
    report = _begin(gathering, file, passes=1)
    with replacing(file) as draft, draft.open("wb") as out:
        for group in gathering.groups():
            known = stamps(gathering.desk, [str(record["id"]) for _, record in group])
            for kind, record in group:
                line = {"type": kind.name, "id": record["id"], **record, **known.get(str(record["id"]), {})}
                out.write(_encoder.encode(line) + b"\n")
                report.counted(kind.name)
    return report


def export_workbook(gathering: Gathering, file: Path) -> ExportReport:
    """The ledger (台账) and a sheet per record type. Raises PaperRefused, ExportCancelled."""
    kinds = gathering.wanted()
    report = _begin(gathering, file, passes=1 + sum(is_matter(kind) for kind in kinds))
    name = naming(gathering.desk)
    sheets = [record_sheet(kind, _counted(gathering, kind, report), name) for kind in kinds]
    write_workbook(file, [ledger_sheet(matters(gathering), name), *sheets])
    return report


def export_ledger(gathering: Gathering, file: Path, layout: Layout = Layout()) -> ExportReport:
    """The ledger alone, as it is laid out. Raises PaperRefused, ExportCancelled."""
    return _export_sheet(gathering, file, lambda matters, name: ledger_sheet(matters, name, layout))


def export_ledger_pdf(gathering: Gathering, file: Path, layout: Layout = Layout()) -> ExportReport:
    """The same for the printer: A4 on its side. Raises PaperRefused, ExportCancelled."""
    report = _begin(gathering, file, passes=1)
    sheet = ledger_sheet(matters(gathering), naming(gathering.desk), layout)
    report.records["dispute"] = write_pdf(file, sheet, at=gathering.desk.now(), on_rows=gathering.watch.ask)
    return report


def export_province(gathering: Gathering, file: Path) -> ExportReport:
    """The 25 columns of the provincial import (domain.md §2.4). Raises PaperRefused, ExportCancelled."""
    return _export_sheet(gathering, file, province_sheet)


def _export_sheet(
    gathering: Gathering, file: Path, make: Callable[[Iterable[Matter], Naming], Sheet]
) -> ExportReport:
    report = _begin(gathering, file, passes=1)
    count = write_workbook(file, [make(matters(gathering), naming(gathering.desk))])
    report.records["dispute"] = count
    return report


def _begin(gathering: Gathering, file: Path, *, passes: int) -> ExportReport:
    gathering.expect(passes)
    gathering.note_reading()
    return ExportReport(file.name, gathering.closed())


def _counted(
    gathering: Gathering, kind: RecordType, report: ExportReport
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for record in gathering.of(kind):
        report.counted(kind.name)
        yield str(record["id"]), record


def matters(gathering: Gathering) -> Iterator[Matter]:
    """Every dispute with what a ledger line is made of. Raises ExportCancelled."""
    org = gathering.desk.directory.org
    for case in gathering.cases():
        taken_on_by = org(str(case.dispute.get("org_id") or ""))
        yield Matter(case.dispute, case.parties, case.sessions, case.agreements, case.follow_ups, taken_on_by)
