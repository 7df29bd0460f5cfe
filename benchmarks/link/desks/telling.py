"""How a desk's program and the bench talk: a line of JSON when a phase is over, a line back when the next may begin.

Standard library alone, since others' programs run it in an environment of their own.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Callable, Mapping

OPENING_SECONDS = 60


def await_hub(host: str, port: int) -> None:
    """Wait until the hub's door opens. Raises TimeoutError."""
    until = time.monotonic() + OPENING_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection((host, port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nobody answers at {host}:{port}")


def ready() -> None:
    """Everything is made ready; returns when the link is what it shall be and the clock runs."""
    _tell({"phase": "ready"})


def phase(name: str, act: Callable[[], bool], notes: Mapping[str, float] | None = None) -> None:
    """Do it, tell how long it took and whether it came to its end; returns when the next may begin.

    notes: what the act itself found worth telling; CPU time is told with it.
    """
    began, spent = time.perf_counter(), time.process_time()
    complete = act()
    lasted, used = time.perf_counter() - began, time.process_time() - spent
    _tell({"phase": name, "seconds": lasted, "complete": complete, "notes": {"cpu_seconds": used, **(notes or {})}})


def _tell(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)
    if sys.stdin.readline().strip() != "go":
        raise SystemExit(0)
