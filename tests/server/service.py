"""A real hub in its own process, behind TLS, that can be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from sync.client.transport import HttpsTransport
from sync.protocol.errors import Unreachable

ROOT = Path(__file__).resolve().parents[2]


def command(folder: Path, *words: str, code: int = 0) -> list[str]:
    """Run one command of the hub's command line; its lines."""
    whole = [sys.executable, "-X", "utf8", "-m", "sync.server", "--folder", str(folder), *words]
    done = subprocess.run(whole, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, (words, done.stdout, done.stderr)
    return done.stdout.splitlines()


class Service:
    """`python -m sync.server serve` on a port of its own."""

    def __init__(self, folder: Path, workers: int = 1) -> None:
        self.folder, self.workers = folder, workers
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until the door opens."""
        words = ["serve", "--host", "127.0.0.1", "--port", str(self.port), "--workers", str(self.workers)]
        whole = [sys.executable, "-X", "utf8", "-m", "sync.server", "--folder", str(self.folder), *words]
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(whole, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        for _ in range(200):
            assert self.process.poll() is None, (self.folder / "serve.log").read_text(encoding="utf-8")
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the hub does not open")

    def stop(self, *, kill: bool = False) -> None:
        """End the process with its workers, kindly or not."""
        assert self.process is not None
        if kill and hasattr(os, "killpg"):
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill() if kill else self.process.terminate()
        self.process.wait(20)

    def transport(self) -> HttpsTransport:
        """A desk's way to this hub, its CA pinned."""
        return HttpsTransport(self.url, self.folder / "ca.pem", connect_seconds=5, idle_seconds=20)


class Road:
    """A transport as the test desk's way of posting; waits for a hub that is just starting."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._transport = service.transport()

    def __call__(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        return 200, self._transport.post(path, body, headers)

    def close(self) -> None:
        self._transport.close()


__all__ = ["Road", "Service", "Unreachable", "command"]
