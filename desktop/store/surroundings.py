"""What the store needs of the world: time, randomness, free space. Handed in, never reached for."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Surroundings:
    """clock_ms: wall clock, ms since 1970. random_bytes: n unpredictable bytes. free_bytes: free space at a path."""

    clock_ms: Callable[[], int]
    random_bytes: Callable[[int], bytes]
    free_bytes: Callable[[Path], int]


def real() -> Surroundings:
    """The PC itself. Only the place where objects are joined calls this."""
    return Surroundings(lambda: time.time_ns() // 1_000_000, os.urandom, lambda path: shutil.disk_usage(path).free)
