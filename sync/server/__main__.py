"""`python -m sync.server`: where the hub meets the clock, the dice, the screen and the network."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from starlette.applications import Starlette

from sync.server.commands import run
from sync.server.commands.house import FOLDER_VARIABLE
from sync.server.premises import Premises
from sync.server.routes import create_app


def clock_ms() -> int:
    """The wall clock in ms."""
    return time.time_ns() // 1_000_000


def app() -> Starlette:
    """One worker's service, for the hub named in the environment."""
    folder = Path(os.environ[FOLDER_VARIABLE])
    return create_app(Premises(folder, clock_ms=clock_ms, random_bytes=os.urandom).open())


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], clock_ms=clock_ms, random_bytes=os.urandom, say=print))
