"""Record ids: UUIDv7, so that ids sort by the time they were made (RFC 9562 §5.7)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID


def uuid7(ms: int, random_bytes: Callable[[int], bytes]) -> str:
    """A UUIDv7 for a wall clock in ms since 1970 and 74 random bits."""
    noise = int.from_bytes(random_bytes(10), "big")
    high, low = noise >> 68, noise & ((1 << 62) - 1)
    number = (ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    return str(UUID(int=number))
