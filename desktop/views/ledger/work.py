"""Reading a file and taking it in, in the lane for files; how far it is, and a way to stop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from desktop.casework.desk import Desk
from desktop.casework.ledgers import LedgerReading, read
from desktop.casework.ledgers.report import ImportReport
from desktop.casework.ledgers.taking import ledger_context, take
from desktop.views.background import Lanes

MAPPINGS = "ledger.mappings"
"""The setting that keeps which column is what, by the shape of the headings."""

Keys = Sequence[str | None]


class LedgerWork(QObject):
    """One file at a time. `progressed` carries (step, done, total); a new reading stops the one that runs."""

    progressed = Signal(str, int, int)
    read = Signal(object)
    taken = Signal(object)
    failed = Signal(Exception)

    def __init__(self, desk: Desk, lanes: Lanes, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._stop = Event()
        self.mappings: dict[str, list[str | None]] = {}
        self.word_choices: dict[tuple[str, str], str] = {}

    def begin(self, path: Path) -> None:
        """Read a file with what earlier files of its shape taught."""
        self.mappings, self.word_choices = {}, {}
        self._read(path, with_kept=True)

    def read_again(self, path: Path) -> None:
        """Read it anew: the person said what a column or a word means."""
        self._read(path, with_kept=False)

    def take(self, reading: LedgerReading) -> None:
        """Bring the rows in; the mapping is kept for the next file of this shape."""
        stop = self._renew()
        self._lanes.submit(
            "files", lambda: self._take(reading, stop), self.taken.emit, lambda error: self._fail(error, stop)
        )

    def stop(self) -> None:
        """Stop what runs; what is in stays in."""
        self._stop.set()

    def _read(self, path: Path, *, with_kept: bool) -> None:
        stop = self._renew()
        self._lanes.submit(
            "files",
            lambda: self._reading(path, stop, with_kept=with_kept),
            lambda reading: None if stop.is_set() else self.read.emit(reading),
            lambda error: self._fail(error, stop),
        )

    def _reading(self, path: Path, stop: Event, *, with_kept: bool) -> LedgerReading:
        if with_kept:
            kept = self._desk.store.setting(MAPPINGS)
            self.mappings = dict(kept) if isinstance(kept, dict) else {}
        context = ledger_context(self._desk, mappings=self.mappings, word_choices=self.word_choices)
        return read(path, context, on_progress=self.progressed.emit, cancelled=stop.is_set)

    def _take(self, reading: LedgerReading, stop: Event) -> ImportReport:
        shapes = {table.mapping.shape: list(table.mapping.keys) for table in reading.tables}
        self._desk.store.set_setting(MAPPINGS, self.mappings | shapes)
        return take(self._desk, reading, on_progress=self.progressed.emit, cancelled=stop.is_set)

    def _renew(self) -> Event:
        self._stop.set()
        self._stop = Event()
        return self._stop

    def _fail(self, error: Exception, stop: Event) -> None:
        if not stop.is_set():
            self.failed.emit(error)
