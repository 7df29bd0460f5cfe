"""When the next round runs: a timer that asks casework when, and the district lane that does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.casework.exchange.rounds import RoundResult
from desktop.views.background import Lanes

_LONGEST_NAP_MS = 60_000


class Rounds(Protocol):
    """What the courier needs of `casework.exchange.rounds.Exchange`."""

    def due_at(self) -> datetime | None: ...

    def run(self, stopped: Callable[[], bool] = ...) -> RoundResult: ...

    def run_files(self, stopped: Callable[[], bool] = ...) -> object: ...

    def allow_large_pull(self) -> None: ...

    def allow_struck(self) -> None: ...


class Courier(QObject):
    """Runs rounds one after the other, in time or when asked; `finished` carries the `RoundResult`.

    The timer looks at the clock once a minute: a laptop that slept does not sleep on.
    """

    started = Signal()
    finished = Signal(object)

    def __init__(
        self, rounds: Rounds, lanes: Lanes, now: Callable[[], datetime], *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._rounds, self._lanes, self._now = rounds, lanes, now
        self._stop, self._make_way = Event(), Event()
        self._moves_files = False
        self.is_running = False
        self._is_closed = False
        self._at_rest: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Run the first round now, later ones when they are due."""
        self.run_now()

    def run_now(self) -> None:
        """Run a round; harmless while one runs."""
        if self.is_running or self._is_closed:
            return
        self.is_running = True
        self._stop.clear()
        self._make_way.set()
        self._timer.stop()
        self.started.emit()
        self._lanes.submit("district", lambda: self._rounds.run(self._stop.is_set), self._done, self._failed)

    def pause(self) -> None:
        """先停一停: the round ends after the page it is at; what was taken stays."""
        self._stop.set()

    def agree_to_large_pull(self) -> None:
        """The person agreed that the district takes many records away; go on with it."""
        self._rounds.allow_large_pull()
        self.run_now()

    def agree_to_struck(self) -> None:
        """The person agreed that everything struck out here goes to the district; go on with it."""
        self._rounds.allow_struck()
        self.run_now()

    def close(self) -> None:
        """No more rounds; the running one ends after its page."""
        self._is_closed = True
        self._stop.set()
        self._make_way.set()
        self._timer.stop()

    def when_quiet(self, act: Callable[[], object]) -> None:
        """Do something once neither round nor files run: now, or when what runs has ended."""
        self._at_rest = act
        self._make_way.set()
        self._quieten()

    def _quieten(self) -> None:
        if self.is_running or self._moves_files:
            return
        act, self._at_rest = self._at_rest, None
        if act:
            act()

    def _done(self, result: RoundResult) -> None:
        self._rest()
        self.finished.emit(result)
        if result.state == "agreed":
            self._move_files()

    def _move_files(self) -> None:
        """After an agreed round, while nothing better is to do; the next round ends it between two chunks."""
        if self.is_running or self._moves_files or self._is_closed:
            return
        self._moves_files = True
        self._make_way.clear()
        self._lanes.submit(
            "district", lambda: self._rounds.run_files(self._make_way.is_set), self._files_rest, self._files_failed
        )

    def _files_rest(self, _report: object = None) -> None:
        self._moves_files = False
        self._quieten()

    def _files_failed(self, error: Exception) -> None:
        self._files_rest()
        self._lanes.hub.trouble.emit(error)

    def _failed(self, error: Exception) -> None:
        self._rest()
        self._lanes.hub.trouble.emit(error)

    def _rest(self) -> None:
        self.is_running = False
        self._wind()
        self._quieten()

    def _look(self) -> None:
        due = self._rounds.due_at()
        if due is not None and due <= self._now():
            self.run_now()
        else:
            self._wind()

    def _wind(self) -> None:
        due = None if self._is_closed else self._rounds.due_at()
        if due is not None:
            wait_ms = int((due - self._now()).total_seconds() * 1000)
            self._timer.start(min(max(wait_ms, 0), _LONGEST_NAP_MS))
