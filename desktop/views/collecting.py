"""Python's collector on the main thread only: what it finds may hold Qt objects, and those must die where they live.

Left to itself the collector runs in whichever thread allocates next. In a lane it would destroy widgets and signals
of closed pages under the main thread's feet.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class MainThreadCollector(QObject):
    """Collects by the usual thresholds, from a timer; `stop` gives the collector back to whoever had it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()
        self._was_on = gc.isenabled()
        gc.disable()

    def stop(self) -> None:
        """The lanes have ended: any thread is the main thread again."""
        self._timer.stop()
        if self._was_on:
            gc.enable()


def collect_due() -> None:
    """Collect the oldest generation that is due, as Python would have done."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(len(counts)) if counts[generation] > limits[generation]]
    if due:
        gc.collect(due[-1])
