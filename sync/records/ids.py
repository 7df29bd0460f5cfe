"""Record ids: UUIDv7 (RFC 9562), so that ids made later sort later. Time and randomness are handed in."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID


def uuid7(now_ms: int, random_bytes: Callable[[int], bytes]) -> str:
    """A new id from a time in ms and ten random bytes."""
    raw = bytearray(now_ms.to_bytes(6, "big") + random_bytes(10))
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return str(UUID(bytes=bytes(raw)))
