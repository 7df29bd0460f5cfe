"""The district of the demonstration: a hub founded by its own commands, served by a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

from desktop.demo.bad_line import BadLine
from sync.protocol.messages import Proof
from sync.server.commands import run
from sync.server.hub import Hub
from sync.server.pages import proof_of
from sync.server.premises import Premises

DISTRICT = "620802000000"
_OPENING_SECONDS = 30


class DemoDistrict:
    """The hub: its folder, its process, and the line that leads to it."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.folder = folder
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.line = BadLine(f"https://127.0.0.1:{self._port}", folder, random)

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    def command(self, *words: str) -> list[str]:
        """One command of `python -m sync.server`; what it says. Raises RuntimeError when it fails."""
        said: list[str] = []
        code = run(["--folder", str(self.folder), *words], clock_ms=_clock_ms, random_bytes=os.urandom, say=said.append)
        if code:
            raise RuntimeError("\n".join(said))
        return said

    def start(self) -> None:
        """Serve, in a process of its own, and open the line."""
        words = ["--folder", str(self.folder), "serve", "--host", "127.0.0.1", "--port", str(self._port)]
        with (self.folder / "serve.log").open("ab") as log:
            whole = [sys.executable, "-X", "utf8", "-m", "sync.server", *words]
            self._process = subprocess.Popen(whole, stdout=log, stderr=log)
        self._wait()
        self.line.go_up()

    def stop(self) -> None:
        """Close the line and end the process."""
        self.line.go_down()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def proof(self, place: str) -> Proof:
        """Count and digest of everything a desk at that place should hold, read beside the serving process."""
        with closing(self.open()) as hub, hub.reading() as connection:
            return proof_of(connection, place)

    def journal(self) -> int:
        """How many changes the hub has numbered, each once."""
        with closing(self.open()) as hub:
            ids = [line.change_id for line in hub.journal()]
        if len(set(ids)) != len(ids):
            raise AssertionError("a change was numbered twice")
        return len(ids)

    def open(self) -> Hub:
        """The hub's data, for looking at."""
        return Premises(self.folder, clock_ms=_clock_ms, random_bytes=os.urandom).open()

    def _wait(self) -> None:
        assert self._process is not None
        until = time.monotonic() + _OPENING_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise RuntimeError((self.folder / "serve.log").read_text(encoding="utf-8"))
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the hub does not open")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _clock_ms() -> int:
    return time.time_ns() // 1_000_000
