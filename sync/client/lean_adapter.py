"""How `requests` reaches the hub here: over the one lean connection, instead of urllib3's pool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import BaseAdapter

from sync.client.connection import Connection
from sync.protocol import limits

_OWN = frozenset({"content-length", "host"})
"""What the connection says itself."""


class LeanAdapter(BaseAdapter):
    """Carries prepared requests over a `Connection`, which see for what it raises; bounds are the connection's own."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """The answer, read whole: one byte more than `limits.INFLATED` when it is longer."""
        headers = {name: str(value) for name, value in request.headers.items() if name.lower() not in _OWN}
        body = request.body or b""
        raw = body.encode("utf-8") if isinstance(body, str) else bytes(body)
        reply = self._connection.ask(request.method or "", request.path_url, raw, headers, most=limits.INFLATED)
        response = requests.Response()
        response.status_code, response.request, response.url = reply.status, request, request.url or ""
        response.headers.update(reply.headers)
        response._content = reply.body  # the documented attribute is read-only, and filled from urllib3's answer
        return response

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()
