"""The way to the hub: a port, and HTTPS with the hub's own CA pinned."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from sync.client.connection import Connection, Interrupted, Reply
from sync.protocol import limits
from sync.protocol.errors import Distrusted, Garbled, NoSuchDoor, Unreachable


class Transport(Protocol):
    """Posts a body and brings back the answer's body.

    Raises Unreachable (no line, cut, hub busy; NoSuchDoor when the hub is too old), Distrusted (not our hub),
    Garbled (the hub could not read what arrived).
    """

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes: ...

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Carries one file request, whatever its status. Raises Unreachable, Distrusted, Garbled."""
        ...


class HttpsTransport:
    """One kept connection to one hub. `idle_seconds` bounds silence, not the whole transfer."""

    runs_beside = True
    """Waiting for the hub needs nothing of this process, so a thread may do it beside the work."""

    def __init__(self, url: str, ca_file: Path, *, connect_seconds: float = 15, idle_seconds: float = 45) -> None:
        self._url, self._ca_file = url, ca_file
        self._bounds = {"connect_seconds": connect_seconds, "idle_seconds": idle_seconds}
        self._connection: Connection | None = None

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The answer's body, at most `limits.INFLATED` bytes. Raises as `Transport` says."""
        return _body(self._asked("POST", path, body, headers, limits.INFLATED))

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """See `Transport.ask`."""
        reply = self._asked(method, path, body, headers, limits.CHUNK)
        if len(reply.body) > limits.CHUNK:
            raise Garbled("answer too large")
        return reply

    def _asked(self, method: str, path: str, body: bytes, headers: Mapping[str, str], most: int) -> Reply:
        try:
            return self._connected().ask(method, path, body, headers, most=most)
        except ssl.SSLCertVerificationError as problem:
            raise Distrusted(str(problem)) from problem
        except Interrupted as problem:
            arrived, connected = problem.is_sent, problem.was_connected
            raise Unreachable(str(problem), may_have_arrived=arrived, was_connected=connected) from problem
        except OSError as problem:
            raise Unreachable(str(problem), was_connected=False) from problem

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()

    def _connected(self) -> Connection:
        """The connection, with the CA read when it is first needed. Raises OSError."""
        if self._connection is None:
            context = ssl.create_default_context(cafile=str(self._ca_file))
            self._connection = Connection(self._url, context, **self._bounds)
        return self._connection


def _body(reply: Reply) -> bytes:
    if reply.status in (400, 413, 422):
        raise Garbled(f"HTTP {reply.status}")
    if reply.status == 404:
        raise NoSuchDoor("HTTP 404")
    if reply.status != 200:
        raise Unreachable(f"HTTP {reply.status}")
    if len(reply.body) > limits.INFLATED:
        raise Garbled("answer too large")
    return reply.body
