"""Ctrl+C asks long work to stop at the next safe place, so that its report still tells what was done."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Whether the person has asked to stop; a second Ctrl+C stops at once."""
    asked = Event()

    def ask(*_: object) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
