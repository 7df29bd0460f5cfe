"""Messages to and from compressed bytes, with every bound checked before memory is spent."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

import msgspec
import zstandard

from sync.protocol import coding, limits
from sync.protocol.coding import Opener
from sync.protocol.errors import Garbled

T = TypeVar("T")
_SMALL = 1024 * 1024
"""Bytes up to which both zstd with and without the dictionary are tried."""
_sorted = msgspec.json.Encoder(order="sorted")


def pack(message: msgspec.Struct, level: int = 12) -> bytes:
    """A message as zstd-compressed JSON."""
    return _squeezed(msgspec.json.encode(message), level)


def raw(message: msgspec.Struct) -> bytes:
    """A message as JSON, in the order of the dictionary and of `coding.context_of`."""
    return _sorted.encode(message)


def squeezed_for(reader: Collection[str], raw: bytes, level: int = 12) -> bytes:
    """JSON in the smallest zstd its reader understands."""
    body = _squeezed(raw, level)
    if coding.DICTIONARY not in reader or len(raw) > _SMALL:
        return body
    return min(body, coding.in_zstd(raw, level), key=len)


def unpack(
    body: bytes, kind: type[T], inflated_bytes: int = limits.INFLATED, opener: Opener = coding.opened
) -> T:
    """The message in a body.

    Raises Garbled when it is too large, not compressed, not JSON, nested too deep, or not of that kind; Unprimed
    when it was primed with something that `opener` does not have.
    """
    try:
        return msgspec.json.decode(_inflated(body, inflated_bytes, opener), type=kind)
    except (zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as problem:
        raise Garbled(str(problem)[:200]) from problem


def _squeezed(raw: bytes, level: int) -> bytes:
    return zstandard.ZstdCompressor(level=level, write_content_size=True).compress(raw)


def _inflated(body: bytes, most: int, opener: Opener) -> bytes:
    if coding.is_enveloped(body):
        label, payload = coding.unlabelled(body)
        coding.check_size(label, most)
        return opener(label, payload)
    size = zstandard.frame_content_size(body)
    if not 0 <= size <= most:
        raise Garbled("too large")
    return zstandard.ZstdDecompressor().decompress(body, max_output_size=most)
