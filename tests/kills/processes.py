"""Real processes that are really killed: a desk at work, and the hub as `python -m sync.server`.

Where the system can fork, children come from a fork server that has the modules loaded already, so that two
hundred of them fit into a test; on Windows they are spawned. Either way each is a process of its own, and ends by
SIGKILL or TerminateProcess.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import socket
import sys
import time
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()
CONTEXT: Any = multiprocessing.get_context("forkserver" if CAN_FORK else "spawn")
if CAN_FORK:
    CONTEXT.set_forkserver_preload(["tests.kills.desk_life", "pypinyin", "sync.server.__main__", "uvicorn.loops.auto",
                                    "uvicorn.protocols.http.auto", "uvicorn.lifespan.on"])  # fmt: skip
OPENING_SECONDS = 30


class HubProcess:
    """`python -m sync.server serve` on a free port of this computer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self._process: BaseProcess | None = None

    @property
    def url(self) -> str:
        """Where desks find it."""
        return f"https://127.0.0.1:{self._port}"

    @property
    def is_running(self) -> bool:
        """Whether it was started and not killed since."""
        return self._process is not None

    @property
    def ca_file(self) -> Path:
        """The certificate desks pin."""
        return self._folder / "ca.pem"

    def start(self) -> None:
        """Start, and wait until the door opens."""
        words = ["--folder", str(self._folder), "serve", "--host", "127.0.0.1", "--port", str(self._port)]
        self._process = CONTEXT.Process(target=_serve, args=(words, str(self._folder / "serve.log")))
        self._process.start()
        until = time.monotonic() + OPENING_SECONDS
        while time.monotonic() < until:
            assert self._process.is_alive(), (self._folder / "serve.log").read_text(encoding="utf-8")
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
                return
            except OSError:
                time.sleep(0.01)
        raise TimeoutError("the hub does not open")

    def kill(self) -> None:
        """End the process as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.join()
        self._process = None


class Life:
    """One process at a desk, from its start to its violent end, and what it said in between."""

    def __init__(self, target: object, *arguments: object) -> None:
        self._told, tells = CONTEXT.Pipe(duplex=False)
        self._process = CONTEXT.Process(target=target, args=(*arguments, tells))
        self._process.start()
        tells.close()
        self.said: list[tuple[str, object]] = []

    def listen(self, seconds: float, *, until: str = "", things: int = 0) -> None:
        """Hear what it says for a time, or until it has said a certain word, or that many things."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._hear(left):
            if (until and self.said[-1][0] == until) or len(self.said) == things:
                return

    def end(self) -> None:
        """Kill it, and hear what it said last. Whoever had stopped by itself had stumbled over something."""
        self._process.kill()
        self._process.join()
        while self._hear(0):
            pass
        self._told.close()
        stumbled = [what for word, what in self.said if word == "stumbled"]
        assert not stumbled, stumbled[0]

    def _hear(self, seconds: float) -> bool:
        try:
            if not self._told.poll(seconds):
                return False
            self.said.append(self._told.recv())
        except (EOFError, OSError):
            return False
        return True


def _serve(words: list[str], log: str) -> None:
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    sys.argv = ["sync.server", *words]
    runpy.run_module("sync.server", run_name="__main__")
