"""Every field saves itself: each change goes to the store as it is typed, one write after the other, and what was
written is said only when it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.casework.desk import Desk
from desktop.views.background import Lanes

Facts = TypeVar("Facts")
Body = dict[str, Any]


class DraftKeeper(QObject, Generic[Facts]):
    """Keeps a draft under its key and works out what follows from it, in the store lane.

    `gather` brings the draft as it stands; `judge` (in the lane, after the write) what the form says about it.
    While one write runs the next waits and takes the newest text: a fast typist never queues up.
    """

    kept = Signal(datetime)
    judged = Signal(object)
    failed = Signal(Exception)

    def __init__(
        self,
        desk: Desk,
        lanes: Lanes,
        gather: Callable[[], Body],
        judge: Callable[[Body], Facts],
        *,
        key: Callable[[Body], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._gather, self._judge, self._key = gather, judge, key
        self._is_busy = self._is_stale = self._is_over = False

    def touch(self) -> None:
        """Something was typed."""
        if self._is_over:
            return
        if self._is_busy:
            self._is_stale = True
            return
        self._is_busy, self._is_stale = True, False
        self._lanes.submit("store", self._work(self._gather()), self._done, self._trouble)

    def flush(self) -> None:
        """Write what the running write has not seen; whoever asked may be gone before it is done."""
        if self._is_stale and not self._is_over:
            self._is_stale = False
            self._lanes.submit("store", self._work(self._gather()))

    def look(self) -> None:
        """Work out what follows from the draft without writing it."""
        body, judge = self._gather(), self._judge
        self._lanes.submit("store", lambda: judge(body), self._look_done, self._trouble)

    def stop(self) -> None:
        """The draft has become a record, or was thrown away: nothing is written any more."""
        self._is_over = True

    def _work(self, body: Body) -> Callable[[], tuple[datetime, Facts]]:
        desk, judge, key = self._desk, self._judge, self._key(body)

        def work() -> tuple[datetime, Facts]:
            desk.store.write_draft(key, body)
            return desk.now(), judge(body)

        return work

    def _look_done(self, facts: Facts) -> None:
        self.judged.emit(facts)

    def _done(self, answer: tuple[datetime, Facts]) -> None:
        self._is_busy = False
        self.kept.emit(answer[0])
        self.judged.emit(answer[1])
        if self._is_stale:
            self.touch()

    def _trouble(self, error: Exception) -> None:
        self._is_busy = False
        self.failed.emit(error)
