"""Writing a ledger to a file in the lane of files: how far it is, a way to stop, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from desktop.casework.desk import Desk
from desktop.casework.ledgers import saved_views
from desktop.casework.ledgers.saved_views import LedgerView
from desktop.casework.portable import exporting
from desktop.casework.portable.exporting import ExportReport
from desktop.casework.portable.gathering import Gathering, Watch
from desktop.papers.ledger import Layout
from desktop.views.background import Lanes

Write = Callable[[Gathering, Path, Layout], ExportReport]
_WRITE: Mapping[str, Write] = {
    "excel": exporting.export_ledger,
    "pdf": exporting.export_ledger_pdf,
    "province": lambda gathering, file, _layout: exporting.export_province(gathering, file),
}


class LedgerWriting(QObject):
    """One file at a time. `went_on` carries (done, total)."""

    went_on = Signal(int, int)
    done = Signal(object, object)
    failed = Signal(Exception)

    def __init__(self, desk: Desk, lanes: Lanes, *, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._stop = Event()

    def begin(self, kind: str, view: LedgerView, file: Path) -> None:
        """Write "excel", "pdf" or "province" to `file`."""
        desk, self._stop = self._desk, Event()
        stop = self._stop
        watch = Watch(on_progress=self.went_on.emit, cancelled=stop.is_set)

        def work() -> ExportReport:
            gathering = Gathering(desk, query=saved_views.query(desk, view), watch=watch)
            return _WRITE[kind](gathering, file, saved_views.layout(desk, view))

        self._lanes.submit("files", work, lambda report: self.done.emit(report, file), self.failed.emit)

    def stop(self) -> None:
        """Stop what runs; no file is left behind."""
        self._stop.set()
