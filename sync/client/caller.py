"""Signed requests: every message goes out packed, numbered and vouched for by this device."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from sync.client.replica import Identity
from sync.client.transport import Transport
from sync.protocol.chain import encode, request_bytes
from sync.protocol.packing import pack, unpack

LEVEL = 19
"""zstd level of what a desk sends: the line is dearer than the processor (benchmarks/day.py)."""

T = TypeVar("T", bound=msgspec.Struct)


class Caller:
    """Talks to the hub as one device, and counts the bytes it cost."""

    def __init__(self, transport: Transport, identity: Identity) -> None:
        self._transport = transport
        self._identity = identity
        self.sent_bytes = 0
        self.received_bytes = 0
        self.requests = 0

    def call(self, path: str, message: msgspec.Struct, answer: type[T]) -> T:
        """Post a message and read the answer. Raises as `Transport` does, and Garbled."""
        return unpack(self.post(path, message), answer)

    def post(self, path: str, message: msgspec.Struct) -> bytes:
        """Post a message and bring the answer back as it came. Raises as `Transport` does."""
        body = pack(message, LEVEL)
        signature = encode(self._identity.key.sign(request_bytes(path, body)))
        self.requests += 1
        self.sent_bytes += len(body)
        reply = self._transport.post(path, body, {"Fengqiao-Desk": f"{self._identity.device}.{signature}"})
        self.received_bytes += len(reply)
        return reply
