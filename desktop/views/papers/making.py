"""Papers made in the lane of files: read from the desk, laid out, told step by step, stopped when asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.casework.desk import Desk
from desktop.papers import dossier
from desktop.papers.dossier import Bundle, Format
from desktop.papers.typeset.pdf import Printing
from desktop.views.background import Failed, Lanes

Answer = TypeVar("Answer")
READING = "从这台电脑里取材料"


class Stopped(Exception):
    """The person stopped it; nothing was written."""


@dataclass(frozen=True)
class Wanted:
    """What is to be made. title: of the paper, or 卷宗; second: of which case. gather: reads it, in any lane."""

    title: str
    second: str
    gather: Callable[[], Bundle]


@dataclass(frozen=True)
class Made:
    """A paper that was laid out. complaints: what is not in it or not as the district wanted it, for the person."""

    pdf: bytes
    name: str
    complaints: tuple[str, ...]


class Making(QObject):
    """One piece of work after the other. `went_on` carries steps done, steps in all, and what is done now."""

    went_on = Signal(int, int, str)

    def __init__(self, desk: Desk, lanes: Lanes, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._stop = Event()
        self.is_running = False

    def lay_out(self, wanted: Wanted, done: Callable[[Made], object], failed: Failed) -> None:
        """Make the PDF. What can be raised: Stopped, PaperRefused, what `wanted.gather` raises."""

        def work(watch: Watch) -> Made:
            bundle = wanted.gather()
            watch.expect(_steps(bundle))
            return Made(dossier.as_pdf(bundle, watch.printing), bundle.name, tuple(bundle.complaints))

        self.run(work, done, failed)

    def write(self, wanted: Wanted, file: Path, form: Format, done: Callable[[str], object], failed: Failed) -> None:
        """Write a file, whole or not at all; `done` gets its name."""

        def work(watch: Watch) -> str:
            bundle = wanted.gather()
            watch.expect(_steps(bundle) + (len(bundle.papers) + _scans(bundle) if form == "docx" else 0) + 1)
            dossier.write(bundle, file, form, watch.printing)
            return file.name

        self.run(work, done, failed)

    def run(self, work: Callable[[Watch], Answer], done: Callable[[Answer], object], failed: Failed) -> None:
        """Other long work with papers, told and stopped in the same way."""
        self._stop = Event()
        self.is_running = True
        watch = Watch(self._desk, self._stop, self.went_on.emit)

        def ended(answer: Answer) -> None:
            self.is_running = False
            done(answer)

        def broken(error: Exception) -> None:
            self.is_running = False
            failed(error)

        self._lanes.submit("files", lambda: work(watch), ended, broken)

    def stop(self) -> None:
        """停下: it ends before its next step."""
        self._stop.set()


class Watch:
    """How far the work is; lives in the lane. Every step asks first whether to go on."""

    def __init__(self, desk: Desk, stop: Event, tell: Callable[[int, int, str], object]) -> None:
        self._stop, self._tell = stop, tell
        self._done, self._total = 0, 0
        self.printing = Printing(desk.now().replace(microsecond=0), on_step=self.step)
        self.step(READING)

    def expect(self, steps: int) -> None:
        """How many steps are to come."""
        self._total = self._done + steps

    def step(self, what: str) -> None:
        """The next step begins. Raises Stopped."""
        if self._stop.is_set():
            raise Stopped
        self._tell(min(self._done, self._total), self._total, what)
        self._done += 1


def _steps(bundle: Bundle) -> int:
    """Laying out is one step, and each scan is looked at and laid in."""
    return 1 + 2 * _scans(bundle)


def _scans(bundle: Bundle) -> int:
    return sum(len(paper.scans) for paper in bundle.papers)
