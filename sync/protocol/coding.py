"""Bodies said with the help of what both sides hold already (decision 0010).

A body is plain zstd, or an envelope: the magic byte, the length of the label, the label, the payload. The label
names everything the payload was primed with, so that a shared context never makes a body unreadable: whoever
cannot build it says so, and is told the same in plain zstd.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec
import pyppmd
import zstandard

from sync.protocol import contexts, limits
from sync.protocol.chain import change_id
from sync.protocol.errors import Garbled
from sync.protocol.messages import Change
from sync.records.codec import canonical

MAGIC = 0xFB
"""The first byte of an envelope; a zstd frame begins with 0x28."""
ZSTD, PPMD = 1, 2
SHORT, DICTIONARY, PPM = "short", f"d{contexts.NEWEST}", "ppm1"
"""What one side may tell the other it reads: batches in short (shortening.py), zstd with the dictionary, PPMd."""
ORDER, MEMORY = 10, 16 * 1024 * 1024
"""Of the PPMd model; part of what PPM means."""
CONTEXT = 128 * 1024
"""Bytes of earlier changes a body is primed with, at most."""
_PIECE = 1024
"""Bytes encoded at once: pyppmd grows its buffer (32 kB at first) while other threads run, so it must never need to."""


class Unprimed(Exception):
    """What the body was primed with is not at hand: it must be said plainly."""


class Label(msgspec.Struct, frozen=True, array_like=True):
    """What must be known to open a payload.

    way: ZSTD or PPMD. dictionary: its number, 0 for none. size, sum: bytes and CRC-32 of the opened body.
    writer, first, last, check: the links whose changes came before, and the first 8 bytes of the SHA-256 of their text.
    """

    way: int
    dictionary: int
    size: int
    sum: int
    writer: str = ""
    first: int = 0
    last: int = 0
    check: bytes = b""


@dataclass(frozen=True, slots=True)
class Context:
    """Earlier changes of one writer, a line each, as both sides hold them."""

    writer: str
    first: int
    last: int
    text: bytes

    @property
    def check(self) -> bytes:
        """Whether two sides mean the same text."""
        return hashlib.sha256(self.text).digest()[:8]


def context_of(writer: str, links: Iterable[tuple[int, Change]]) -> Context | None:
    """The context these links make, in chain order; None when there are none."""
    numbers, lines = [], []
    for n, change in links:
        implied = change.id == change_id(writer, n)
        numbers.append(n)
        lines.append(canonical(msgspec.to_builtins(msgspec.structs.replace(change, id="") if implied else change)))
    return Context(writer, numbers[0], numbers[-1], b"\n".join(lines) + b"\n") if numbers else None


Opener = Callable[[Label, bytes], bytes]
"""Makes a body of a label and its payload. Raises Garbled, Unprimed."""


def in_zstd(raw: bytes, level: int) -> bytes:
    """A body primed with the newest dictionary; for small messages of both sides."""
    compressor = zstandard.ZstdCompressor(level=level, dict_data=contexts.for_zstd_at(contexts.NEWEST, level))
    return _enveloped(Label(ZSTD, contexts.NEWEST, len(raw), zlib.crc32(raw)), compressor.compress(raw))


def in_ppmd(raw: bytes, context: Context | None) -> bytes:
    """A body primed with the newest dictionary and with earlier changes; for the texts a desk sends."""
    label = Label(PPMD, contexts.NEWEST, len(raw), zlib.crc32(raw))
    if context is not None:
        label = msgspec.structs.replace(
            label, writer=context.writer, first=context.first, last=context.last, check=context.check
        )
    before = contexts.text(contexts.NEWEST) + (context.text if context else b"")
    return _enveloped(label, squeezed(before, raw))


def squeezed(before: bytes, raw: bytes) -> bytes:
    """What PPMd says of `raw` to somebody who has read `before`: the bytes for `before` itself are left out."""
    encoder = pyppmd.Ppmd7Encoder(ORDER, MEMORY)
    for start in range(0, len(before), _PIECE):
        encoder.encode(before[start : start + _PIECE])
    pieces = [encoder.encode(raw[start : start + _PIECE]) for start in range(0, len(raw), _PIECE)]
    return b"".join([*pieces, encoder.flush()])


def is_enveloped(body: bytes) -> bool:
    """Whether the body is anything but plain zstd."""
    return body[:1] == bytes([MAGIC])


def unlabelled(body: bytes) -> tuple[Label, bytes]:
    """The label and the payload. Raises Garbled."""
    end = 2 + (body[1] if len(body) > 1 else 0)
    try:
        label = msgspec.msgpack.decode(body[2:end], type=Label)
    except (msgspec.MsgspecError, ValueError) as problem:
        raise Garbled("label") from problem
    return label, body[end:]


def opened(label: Label, payload: bytes) -> bytes:
    """The body of a payload in zstd. Raises Garbled, and Unprimed for every other way."""
    if label.way != ZSTD:
        raise Unprimed("way")
    try:
        known = contexts.for_zstd(label.dictionary)
        raw = zstandard.ZstdDecompressor(dict_data=known).decompress(payload, max_output_size=label.size)
    except KeyError as problem:
        raise Unprimed("dictionary") from problem
    except (zstandard.ZstdError, ValueError) as problem:
        raise Garbled("payload") from problem
    return checked(label, raw)


def checked(label: Label, raw: bytes) -> bytes:
    """The body, when it is the one the label was made for. Raises Unprimed: the two sides differ in something."""
    if len(raw) != label.size or zlib.crc32(raw) != label.sum:
        raise Unprimed("sum")
    return raw


def check_size(label: Label, most: int = limits.INFLATED) -> None:
    """Bound what opening may cost, before anything is spent. Raises Garbled."""
    if not 0 <= label.size <= (min(most, limits.PRIMED) if label.way == PPMD else most):
        raise Garbled("too large")


def _enveloped(label: Label, payload: bytes) -> bytes:
    head = msgspec.msgpack.encode(label)
    return bytes([MAGIC, len(head)]) + head + payload
