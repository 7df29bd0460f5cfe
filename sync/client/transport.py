"""The way to the hub: a port, and HTTPS over requests with the hub's own CA pinned."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import requests
import urllib3

from sync.protocol import limits
from sync.protocol.errors import Distrusted, Garbled, Unreachable


@dataclass(frozen=True, slots=True)
class Reply:
    """The hub's answer to one file request; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Posts a body and brings back the answer's body.

    Raises Unreachable (no line, cut, hub busy), Distrusted (not our hub), Garbled (the hub could not
    read what arrived).
    """

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes: ...

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Carries one file request. Raises Unreachable, Distrusted, Garbled."""
        ...


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
        with self._sent("POST", path, body, headers) as response:
            return _body(response)

    @contextmanager
    def _sent(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> Iterator[requests.Response]:
        try:
            with self._session.request(
                method, self._url + path, data=body, headers=dict(headers), timeout=self._timeout, stream=True
            ) as response:
                yield response
        except requests.exceptions.SSLError as problem:
            if _is_another_hub(problem):
                raise Distrusted(str(problem)) from problem
            raise Unreachable(str(problem)) from problem
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as problem:
            raise Unreachable(str(problem)) from problem

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """One file request, whatever its status. Raises Unreachable, Distrusted, Garbled."""
        with self._sent(method, path, body, headers) as response:
            raw = bytes(response.raw.read(limits.CHUNK + 1, decode_content=False))
            told = response.headers.get("Content-Length", "0")
            if len(raw) > limits.CHUNK:
                raise Garbled("answer too large")
            if method != "HEAD" and response.status_code != 204 and len(raw) != int(told):
                raise Unreachable("cut short")
            return Reply(response.status_code, {k.lower(): v for k, v in response.headers.items()}, raw)

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
    if response.status_code != 200:
        raise Unreachable(f"HTTP {response.status_code}")
    if len(body) > limits.INFLATED:
        raise Garbled("answer too large")
    return bytes(body)
