"""What the store needs of the world: time, randomness, free space. Handed in, never reached for."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Surroundings:
    """clock_ms: wall clock, ms since 1970. random_bytes: n unpredictable bytes. free_bytes: free space at a path.

    home_of: what tells a file from every copy of it; "" when nothing does.
    """

    clock_ms: Callable[[], int]
    random_bytes: Callable[[int], bytes]
    free_bytes: Callable[[Path], int]
    home_of: Callable[[Path], str] = lambda path: ""


def real() -> Surroundings:
    """The PC itself. Only the place where objects are joined calls this."""
    return Surroundings(
        lambda: time.time_ns() // 1_000_000, os.urandom, lambda path: shutil.disk_usage(path).free, home_of
    )


def home_of(path: Path) -> str:
    """The name of the PC, the path, and the file's own number on its disk: a copy has at least one of them different.

    On Windows that number is the NTFS file index. A file that was only moved looks like a copy, which is harmless.
    """
    return f"{platform.node()}|{path.resolve()}|{path.stat().st_ino}"
