"""The way to the hub: a port, and HTTPS with the hub's own CA pinned."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import requests

from sync.client.connection import Connection, Interrupted, Reply
from sync.client.lean_adapter import LeanAdapter
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
        self._url, self._ca_file = url.rstrip("/"), ca_file
        self._bounds = {"connect_seconds": connect_seconds, "idle_seconds": idle_seconds}
        self._session: requests.Session | None = None

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The answer's body, at most `limits.INFLATED` bytes. Raises as `Transport` says."""
        return _body(self.ask("POST", path, body, headers, most=limits.INFLATED))

    def ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], *, most: int = limits.CHUNK
    ) -> Reply:
        """See `Transport.ask`; the answer's body has at most `most` bytes."""
        try:
            answer = self._opened().request(
                method, self._url + path, data=body, headers=dict(headers), allow_redirects=False
            )
        except ssl.SSLCertVerificationError as problem:
            raise Distrusted(str(problem)) from problem
        except Interrupted as problem:
            arrived, connected = problem.is_sent, problem.was_connected
            raise Unreachable(str(problem), may_have_arrived=arrived, was_connected=connected) from problem
        except OSError as problem:
            raise Unreachable(str(problem), was_connected=False) from problem
        if len(answer.content) > most:
            raise Garbled("answer too large")
        return Reply(answer.status_code, {n.lower(): v for n, v in answer.headers.items()}, answer.content)

    def close(self) -> None:
        """Let the connection go."""
        if self._session is not None:
            self._session.close()

    def _opened(self) -> requests.Session:
        """The session, with the CA read when it is first needed. Raises OSError."""
        if self._session is None:
            context = ssl.create_default_context(cafile=str(self._ca_file))
            parts = urlsplit(self._url)
            connection = Connection(f"{parts.scheme}://{parts.netloc}", context, **self._bounds)
            self._session = requests.Session()
            self._session.trust_env = False
            self._session.headers.clear()
            self._session.mount(self._url, LeanAdapter(connection))
        return self._session


def _body(reply: Reply) -> bytes:
    if reply.status in (400, 413, 422):
        raise Garbled(f"HTTP {reply.status}")
    if reply.status == 404:
        raise NoSuchDoor("HTTP 404")
    if reply.status != 200:
        raise Unreachable(f"HTTP {reply.status}")
    return reply.body
