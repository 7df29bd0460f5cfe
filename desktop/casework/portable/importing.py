"""Reading a JSON Lines file into the desk: records are made or brought up to date by their ids.

A field that a line leaves out stays as it is, null clears it; so importing an export back changes nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

from desktop.casework.desk import Desk
from desktop.casework.portable.intake import Intake
from desktop.casework.portable.lines import LINE_BYTES, RecordLine, Trouble, lines, open_lines, read_line
from desktop.casework.portable.report import ImportReport
from sync.records import RECORD_TYPES

Progress: TypeAlias = Callable[[int, int], None]

_EVERY = 100


def import_lines(
    desk: Desk,
    path: Path,
    *,
    keep: bool = True,
    on_progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Take a file's records; `keep` false only says what would come of it.

    Parents may stand after their children. A line that cannot be taken is listed and the others go on; what
    was saved before a cancel stays, and taking the file again goes on from there.
    Raises FileRefused, and what `Store.save` raises.
    """
    report = ImportReport(path.name, tried=not keep)
    with open_lines(path) as file:
        index = _index(file, report)
        intake = Intake(desk, report, keep=keep)
        later: list[RecordLine] = []
        for done, line in enumerate(_in_order(file, index)):
            if done % _EVERY == 0:
                on_progress(done, report.lines)
                if cancelled():
                    report.cancelled = True
                    break
            if not intake.offer(line):
                later.append(line)
        for line in later:
            intake.offer(line, may_wait=False)
        intake.flush()
    on_progress(report.lines, report.lines)
    return report


Index: TypeAlias = dict[str, "array[int]"]
"""Record type -> line number and offset of each of its lines, one after the other."""


def _index(file: BinaryIO, report: ImportReport) -> Index:
    """Look at every line once; what is no record is counted and listed here."""
    found: Index = {name: array("Q") for name in RECORD_TYPES}
    for number, offset, raw in lines(file):
        report.lines += 1
        line = read_line(number, raw)
        if line is None:
            report.blank += 1
        elif isinstance(line, Trouble):
            report.refuse([line])
        else:
            found[line.kind.name].extend((number, offset))
    return found


def _in_order(file: BinaryIO, index: Index) -> Iterator[RecordLine]:
    """The records, parents before children."""
    for places in index.values():
        for number, offset in zip(places[::2], places[1::2], strict=True):
            file.seek(offset)
            line = read_line(number, file.readline(LINE_BYTES + 1))
            if isinstance(line, RecordLine):
                yield line
