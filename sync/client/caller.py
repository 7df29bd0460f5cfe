"""Signed requests: every message goes out packed, numbered and vouched for by this device."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import msgspec

from sync.client.replica import Identity
from sync.client.transport import Transport
from sync.protocol.chain import encode, request_bytes
from sync.protocol.coding import Unprimed
from sync.protocol.errors import Garbled
from sync.protocol.packing import pack, unpack

T = TypeVar("T", bound=msgspec.Struct)


class Caller:
    """Talks to the hub as one device, counts the bytes it cost, and how long the last answer took."""

    def __init__(
        self, transport: Transport, identity: Identity, clock_seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._transport = transport
        self._identity = identity
        self._clock_seconds = clock_seconds
        self.sent_bytes = 0
        self.received_bytes = 0
        self.requests = 0
        self.last_bytes = 0
        self.last_seconds = 0.0

    @property
    def runs_beside(self) -> bool:
        """Whether a request may be under way in a thread of its own while this one goes on."""
        return bool(getattr(self._transport, "runs_beside", False))

    def call(self, path: str, message: msgspec.Struct, answer: type[T]) -> T:
        """Post a message and read the answer. Raises as `Transport` does, and Garbled."""
        return self.post(path, pack(message), answer)

    def post(self, path: str, body: bytes, answer: type[T]) -> T:
        """Post a packed message and read the answer. Raises as `call`."""
        reply = self.fetch(path, body)
        try:
            return unpack(reply, answer)
        except Unprimed as problem:
            raise Garbled("primed with something unknown") from problem

    def fetch(self, path: str, body: bytes) -> bytes:
        """Post a packed message and bring the answer back as it came. Raises as `Transport` does."""
        began = self._clock_seconds()
        self.requests += 1
        self.sent_bytes += len(body)
        reply = self._transport.post(path, body, {"Fengqiao-Desk": signature_of(self._identity, path, body)})
        self.received_bytes += len(reply)
        self.last_bytes, self.last_seconds = len(body) + len(reply), self._clock_seconds() - began
        return reply


def signature_of(identity: Identity, path: str, body: bytes) -> str:
    """The header that vouches for a request of this device."""
    return f"{identity.device}.{encode(identity.key.sign(request_bytes(path, body)))}"
