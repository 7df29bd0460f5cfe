"""A bad line between desks and hub: it cuts, swallows answers, delivers twice, dawdles, or is not there at all.

It stands between them as a real server on this computer. So that it can deliver a request twice it ends TLS itself,
with the hub's own certificate; desks still pin the hub's CA, and everything in the messages stays signed by desks.
"""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from desktop.demo.tls_server import Answering, TlsServer

TROUBLES = ("cut", "cut", "lost", "lost", "torn", "torn", "twice", "late")
WORDS = {
    "fine": "顺利过去", "cut": "发到一半断了", "lost": "送到了但回音丢了", "torn": "回音断在半路",
    "twice": "同一份送到两次", "late": "迟了半秒",
}  # fmt: skip
_LATE_SECONDS = 0.5
_PASSED_ON = ("fengqiao-desk", "content-type", "accept", "accept-encoding", "user-agent")


class BadLine:
    """The way to one hub. `trouble`: the share of crossings that go wrong. `seen`: what happened, by kind."""

    def __init__(self, hub_url: str, certificates: Path, random: Random) -> None:
        self.trouble = 0.0
        self.seen: Counter[str] = Counter()
        self._hub = urlsplit(hub_url)
        self._certificates = certificates
        self._random = random
        self._lock = threading.Lock()
        self._server: TlsServer | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Where desks find the hub over this line."""
        return f"https://127.0.0.1:{self._port}"

    def go_up(self) -> None:
        """There is a line."""
        line = self

        class Crossing(_Crossing):
            way = line

        certificate, key = self._certificates / "server.pem", self._certificates / "server-key.pem"
        self._server = TlsServer(certificate, key, Crossing, self._port)
        self._port = self._server.server_port
        self._server.start()

    def go_down(self) -> None:
        """There is no line: nobody answers at its address."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def draw(self) -> str:
        """What happens to the next crossing."""
        with self._lock:
            kind = self._random.choice(TROUBLES) if self._random.random() < self.trouble else "fine"
            self.seen[kind] += 1
        return kind

    def some(self, size: int) -> int:
        """How much of something gets through before the cut."""
        with self._lock:
            return self._random.randrange(max(size, 1))

    def deliver(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """One request to the hub, and its answer."""
        context = ssl.create_default_context(cafile=str(self._certificates / "ca.pem"))
        hub = http.client.HTTPSConnection(str(self._hub.hostname), self._hub.port, timeout=60, context=context)
        try:
            hub.request(method, path, body, dict(headers))
            answer = hub.getresponse()
            return answer.status, answer.read()
        finally:
            hub.close()


class _Crossing(Answering):
    """One request on its way."""

    way: BadLine

    def do_GET(self) -> None:
        """A question without a body."""
        self._cross("GET")

    def do_POST(self) -> None:
        """A message."""
        self._cross("POST")

    def _cross(self, method: str) -> None:
        kind = self.way.draw()
        if kind == "cut":
            self.rfile.read(self.way.some(int(self.headers.get("Content-Length") or 0)))
            self.hang_up()
            return
        body = self.read_body()
        headers = {name: value for name, value in self.headers.items() if name.lower() in _PASSED_ON}
        try:
            status, answer = self.way.deliver(method, self.path, body, headers)
            if kind == "twice":
                self.way.deliver(method, self.path, body, headers)
        except OSError:
            self.hang_up()
            return
        self._bring_back(kind, status, answer)

    def _bring_back(self, kind: str, status: int, answer: bytes) -> None:
        if kind == "lost":
            self.hang_up()
        elif kind == "torn":
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer[: self.way.some(len(answer))])
            self.hang_up()
        else:
            time.sleep(_LATE_SECONDS if kind == "late" else 0)
            self.reply(status, answer)
