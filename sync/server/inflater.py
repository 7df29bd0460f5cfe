"""Opening PPMd payloads in processes of their own: a payload that crashes or hangs the decoder is only garbled.

pyppmd's decoder runs in a thread, waits for bytes that never come, and does not survive every hostile input
(decision 0010). A process is kept for the next payload, and replaced when it failed or has done enough.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sync.protocol import coding
from sync.protocol.coding import Label, Unprimed
from sync.protocol.errors import Garbled
from sync.server import inflating
from sync.server.inflating import ANSWER, QUESTION

PROCESSES = 2
"""At work at once; more questions wait a while."""
SECONDS = 5.0
"""How long a question waits for its turn, and then for its answer; the largest honest one takes about one."""
_MEMORY = 512 * 1024 * 1024
_QUESTIONS = 1000
"""Answered by one process: the decoder forgets to free a little each time."""


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    answered: int = 0


class Inflater:
    """Some processes that open payloads. Safe to share between threads."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._places = threading.Semaphore(PROCESSES)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []

    def inflate(self, before: bytes, payload: bytes, label: Label) -> bytes:
        """The body of a payload, for somebody who has read `before`. Raises Garbled, and Unprimed as `checked`.

        A process that has seen anything but an honest payload may be broken in ways that do not show: it ends.
        """
        head = QUESTION.pack(coding.ORDER, coding.MEMORY, len(before), len(payload), label.size, _MEMORY)
        with self._worker() as worker:
            return coding.checked(label, _asked(worker, head + before + payload, self._seconds))

    def close(self) -> None:
        """End the processes that rest."""
        with self._lock:
            resting, self._idle = self._idle, []
        for worker in resting:
            _end(worker)

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        if not self._places.acquire(timeout=self._seconds):
            raise Unprimed("busy")
        try:
            with self._lock:
                worker = self._idle.pop() if self._idle else _Worker(_started())
            try:
                yield worker
            except BaseException:
                _end(worker)
                raise
            self._let_rest(worker)
        finally:
            self._places.release()

    def _let_rest(self, worker: _Worker) -> None:
        worker.answered += 1
        if worker.answered >= _QUESTIONS:
            _end(worker)
            return
        with self._lock:
            self._idle.append(worker)


def is_possible() -> bool:
    """Whether processes of our own can be started: not by a frozen program, which has no Python to start."""
    return not getattr(sys, "frozen", False)


@cache
def shared() -> Inflater:
    """The one of this process; it ends with it."""
    inflater = Inflater()
    atexit.register(inflater.close)
    return inflater


def _started() -> subprocess.Popen[bytes]:
    words = [sys.executable, "-P", "-X", "utf8", str(Path(inflating.__file__))]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=nowhere, creationflags=flags)


def _asked(worker: _Worker, question: bytes, seconds: float) -> bytes:
    pipes = worker.process.stdin, worker.process.stdout
    assert pipes[0] is not None
    assert pipes[1] is not None
    alarm = threading.Timer(seconds, worker.process.kill)
    alarm.start()
    try:
        pipes[0].write(question)
        pipes[0].flush()
        head = pipes[1].read(ANSWER.size)
        if len(head) < ANSWER.size:
            raise Garbled("payload")
        (size,) = ANSWER.unpack(head)
        body = pipes[1].read(size)
    except OSError as problem:
        raise Garbled("payload") from problem
    finally:
        alarm.cancel()
    if len(body) != size:
        raise Garbled("payload")
    return body


def _end(worker: _Worker) -> None:
    worker.process.kill()
    for pipe in (worker.process.stdin, worker.process.stdout):
        with suppress(OSError):
            assert pipe is not None
            pipe.close()
    worker.process.wait()
