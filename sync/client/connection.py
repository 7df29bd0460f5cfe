"""One kept TLS connection that says as little as HTTP allows and bounds silence, never the whole transfer.

Written on sockets, because urllib3 sends a body under one timeout for all of it, adds headers nobody reads, and
begins each connection with a full handshake. `LeanAdapter` puts it beneath requests.
"""

from __future__ import annotations

import http.client
import selectors
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

BLOCK_BYTES = 16 * 1024
"""Sent at once: each block may take as long as silence may last."""
UNDERWAY_BYTES = 128 * 1024
"""Held by the system for the line, at most: more would still be leaving while the answer's silence is measured."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the headers (names in lower case), and the body, one byte too long when it is."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Interrupted(OSError):
    """The connection failed, or there was none. is_sent: whether the whole request had been handed to it."""

    def __init__(self, why: str, *, is_sent: bool, was_connected: bool = True) -> None:
        super().__init__(why)
        self.is_sent = is_sent
        self.was_connected = was_connected


class Connection:
    """HTTP/1.1 to one hub. The TLS session is remembered, so that the next connection need not prove all anew."""

    def __init__(self, url: str, context: ssl.SSLContext, *, connect_seconds: float, idle_seconds: float) -> None:
        self._socket: ssl.SSLSocket | None = None
        self._session: ssl.SSLSession | None = None
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 443
        self._name, self._base = parts.netloc.rpartition("@")[2], parts.path.rstrip("/")
        self._context = context
        self._connect_seconds, self._idle_seconds = connect_seconds, idle_seconds

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str], *, most: int) -> Reply:
        """One question and its answer, of which at most `most` bytes and one are read.

        Raises ssl.SSLCertVerificationError and Interrupted; then the next question gets a new connection.
        """
        try:
            return self._asked(method, self._head(method, path, len(body), headers) + body, most)
        except Interrupted:
            self.close()
            raise

    def close(self) -> None:
        """Let the connection go; the session is kept for the next one."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
            self._socket = None

    def __del__(self) -> None:
        """Whoever forgets the connection lets it go."""
        self.close()

    def _asked(self, method: str, request: bytes, most: int) -> Reply:
        line = self._connected()
        is_sent = False
        try:
            _send(line, request)
            is_sent = True
            reply = self._answer(method, line, most)
        except (OSError, http.client.HTTPException) as problem:
            raise Interrupted(f"{type(problem).__name__}: {problem}", is_sent=is_sent) from problem
        self._session = line.session or self._session
        return reply

    def _connected(self) -> ssl.SSLSocket:
        if self._socket is not None and _has_word(self._socket):
            self.close()  # the hub says something unasked: that it has gone
        if self._socket is None:
            try:
                self._socket = self._connect()
            except ssl.SSLCertVerificationError:
                raise
            except OSError as problem:
                why = f"{type(problem).__name__}: {problem}"
                raise Interrupted(why, is_sent=False, was_connected=False) from problem
        return self._socket

    def _connect(self) -> ssl.SSLSocket:
        plain = socket.create_connection((self._host, self._port), self._connect_seconds)
        try:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNDERWAY_BYTES)
            plain.settimeout(self._idle_seconds)
            return self._context.wrap_socket(plain, server_hostname=self._host, session=self._session)
        except BaseException:
            plain.close()
            raise

    def _head(self, method: str, path: str, length: int, headers: Mapping[str, str]) -> bytes:
        lines = [f"{method} {self._base}{path} HTTP/1.1", f"Host: {self._name}", f"Content-Length: {length}"]
        return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode("ascii")

    def _answer(self, method: str, line: ssl.SSLSocket, most: int) -> Reply:
        response = http.client.HTTPResponse(line, method=method)
        try:
            response.begin()
            body = response.read(most + 1)
            if response.length:
                if len(body) <= most:
                    raise http.client.IncompleteRead(body, response.length)
                self.close()
            elif response.will_close:
                self.close()
            return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, body)
        finally:
            response.close()


def _has_word(line: socket.socket) -> bool:
    """Whether something has arrived unasked."""
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        return bool(selector.select(0))


def _send(line: ssl.SSLSocket, request: bytes) -> None:
    """In blocks, each under its own bound of silence."""
    rest = memoryview(request)
    while rest:
        rest = rest[line.send(rest[:BLOCK_BYTES]) :]
