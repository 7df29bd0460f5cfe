"""Work off the main thread: a lane for the store, one for the district, one for files; answers on the main thread.

Each lane is one thread for as long as the program runs, so what pages read and save keeps its order,
and neither a slow link nor a large ledger delays a save.

Qt objects must die on the main thread: one that dies elsewhere leaves its timers behind, and they crash later.
So while the lanes run, Python's collector of cycles works on the main thread only, and what a job held is let go
there too.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Any, Literal, Protocol, TypeVar, get_args

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal, Slot

from desktop.views.collecting import MainThreadCollector

Lane = Literal["store", "district", "files"]
Answer = TypeVar("Answer")
Failed = Callable[[Exception], None]
FOR_EVER = -1


class Hub(QObject):
    """`changed` tells what changed in the store (whatever casework returned); `trouble` an error nobody took."""

    changed = Signal(object)
    trouble = Signal(Exception)


class Lanes(Protocol):
    """What pages know of working in the background."""

    hub: Hub

    def submit(
        self,
        lane: Lane,
        function: Callable[[], Answer],
        done: Callable[[Answer], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Run `function` in its lane, then `done(answer)` or `failed(error)` on the main thread.

        Without `failed` an error goes to `hub.trouble`. An answer for a widget that is gone is dropped.
        """

    def close(self, *, patience_ms: int = FOR_EVER) -> bool:
        """End the threads: the store finishes what was written down to be saved, the others only what runs.

        False when a lane still hangs after `patience_ms` (a line that does not answer).
        """


class BackgroundLanes(QObject):
    """The lanes of the running program."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hub = Hub(self)
        self._workers: dict[Lane, _Worker] = {lane: _Worker(lane, self) for lane in get_args(Lane)}
        self._collector = MainThreadCollector(self)
        for worker in self._workers.values():
            worker.answered.connect(self._answer)
            worker.start()

    def submit(
        self,
        lane: Lane,
        function: Callable[[], Answer],
        done: Callable[[Answer], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """See `Lanes.submit`."""
        self._workers[lane].jobs.put(_Job(function, done, failed))

    def close(self, *, patience_ms: int = FOR_EVER) -> bool:
        """See `Lanes.close`."""
        for lane, worker in self._workers.items():
            worker.stop(drops_waiting=lane != "store")
        ended = [worker.wait(QDeadlineTimer(patience_ms)) for worker in self._workers.values()]
        if all(ended):
            self._collector.stop()
        return all(ended)

    @Slot(object)
    def _answer(self, job: _Job) -> None:
        job.answer(self.hub)


class ImmediateLanes:
    """The twin for tests: everything happens at once, on the caller's thread."""

    def __init__(self) -> None:
        self.hub = Hub()

    def submit(
        self,
        lane: Lane,
        function: Callable[[], Answer],
        done: Callable[[Answer], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """See `Lanes.submit`."""
        job = _Job(function, done, failed)
        job.run()
        job.answer(self.hub)

    def close(self, *, patience_ms: int = FOR_EVER) -> bool:
        """Nothing runs."""
        return True


class _Job:
    def __init__(
        self, function: Callable[[], Any], done: Callable[[Any], None] | None, failed: Failed | None
    ) -> None:
        self._function, self._done, self._failed = function, done, failed
        self._result: Any = None
        self._error: Exception | None = None

    def run(self) -> None:
        # Everything an act can raise belongs to whoever asked for it, or to the hub: a lane never dies of a job.
        try:
            self._result = self._function()
        except Exception as error:
            self._error = error

    def answer(self, hub: Hub) -> None:
        if self._error is not None:
            if self._failed is None:
                hub.trouble.emit(self._error)
            elif _is_there(self._failed):
                self._failed(self._error)
        elif self._done is not None and _is_there(self._done):
            self._done(self._result)
        self._function, self._done, self._failed = _nothing, None, None
        self._result = self._error = None


def _nothing() -> None:
    """What an answered job still holds."""


class _Worker(QThread):
    answered = Signal(object)

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._drops_waiting = False
        self._dropped: list[_Job] = []
        """Jobs nobody runs any more. What they hold may have timers, so it dies with this object, where that lives."""

    def run(self) -> None:
        while (job := self.jobs.get()) is not None:
            if self._drops_waiting:
                self._dropped.append(job)
            else:
                job.run()
                self.answered.emit(job)
            del job  # what an answered job holds dies on the main thread

    def stop(self, *, drops_waiting: bool) -> None:
        self._drops_waiting = drops_waiting
        self.jobs.put(None)


def _is_there(callback: Callable[..., object]) -> bool:
    """Whether the widgets a callback works on still live: its own object, or those a lambda holds."""
    held = [getattr(callback, "__self__", None)]
    held += [cell.cell_contents for cell in getattr(callback, "__closure__", None) or ()]
    return all(shiboken6.isValid(one) for one in held if isinstance(one, QObject))
