"""Messages to and from compressed bytes, with every bound checked before memory is spent."""

from __future__ import annotations

from typing import TypeVar

import msgspec
import zstandard

from sync.protocol import limits
from sync.protocol.errors import Garbled

T = TypeVar("T")


def pack(message: msgspec.Struct, level: int = 12) -> bytes:
    """A message as zstd-compressed JSON."""
    return zstandard.ZstdCompressor(level=level, write_content_size=True).compress(msgspec.json.encode(message))


def unpack(body: bytes, kind: type[T], inflated_bytes: int = limits.INFLATED) -> T:
    """The message in a body.

    Raises Garbled when it is too large, not zstd, not JSON, nested too deep, or not of that kind.
    """
    try:
        size = zstandard.frame_content_size(body)
        if not 0 <= size <= inflated_bytes:
            raise Garbled("too large")
        raw = zstandard.ZstdDecompressor().decompress(body, max_output_size=inflated_bytes)
        return msgspec.json.decode(raw, type=kind)
    except (zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as problem:
        raise Garbled(str(problem)[:200]) from problem
