"""The way to the hub: a port, and HTTPS over requests with the hub's own CA pinned."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import requests

from sync.protocol import limits
from sync.protocol.errors import Distrusted, Garbled, NoSuchDoor, Unreachable


class Transport(Protocol):
    """Posts a body and brings back the answer's body.

    Raises Unreachable (no line, cut, hub busy; NoSuchDoor when the hub is too old), Distrusted (not our hub),
    Garbled (the hub could not read what arrived).
    """

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes: ...


class HttpsTransport:
    """One kept connection to one hub. `idle_seconds` bounds silence, not the whole transfer."""

    def __init__(self, url: str, ca_file: Path, *, connect_seconds: float = 15, idle_seconds: float = 45) -> None:
        self._url = url.rstrip("/")
        self._timeout = (connect_seconds, idle_seconds)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(ca_file)
        self._session.headers.update({"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "fengqiao"})

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The answer's body, at most `limits.INFLATED` bytes. Raises as `Transport` says."""
        try:
            with self._session.post(
                self._url + path, data=body, headers=dict(headers), timeout=self._timeout, stream=True
            ) as response:
                return _body(response)
        except requests.exceptions.SSLError as problem:
            if _is_another_hub(problem):
                raise Distrusted(str(problem)) from problem
            raise Unreachable(str(problem)) from problem
        except (requests.RequestException, OSError) as problem:
            raise Unreachable(str(problem)) from problem

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()


def _is_another_hub(problem: BaseException) -> bool:
    """Whether the certificate did not verify; a cut in the middle of the handshake is only a bad line."""
    seen: BaseException | None = problem
    while seen is not None:
        inner = [seen, *(a for a in seen.args if isinstance(a, BaseException)), getattr(seen, "reason", None)]
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in inner):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _body(response: requests.Response) -> bytes:
    body = response.raw.read(limits.INFLATED + 1, decode_content=False)
    length = response.headers.get("Content-Length")
    if length is not None and len(body) != int(length):
        raise Unreachable("cut short")
    if response.status_code in (400, 413, 422):
        raise Garbled(f"HTTP {response.status_code}")
    if response.status_code == 404:
        raise NoSuchDoor("HTTP 404")
    if response.status_code != 200:
        raise Unreachable(f"HTTP {response.status_code}")
    if len(body) > limits.INFLATED:
        raise Garbled("answer too large")
    return bytes(body)
