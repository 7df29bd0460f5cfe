"""A process that opens PPMd payloads, and nothing else: whatever a hostile one does to the decoder ends here.

Run as a file, so that it loads nothing but the decoder. It reads from stdin and writes to stdout, until stdin ends.
A question: six unsigned numbers of four bytes (order, memory, bytes read before, bytes of the payload, bytes of the
body, bytes of memory it may use), what was read before, the payload. An answer: the number of bytes, and the body.
"""

from __future__ import annotations

import os
import struct
import sys
from contextlib import suppress
from typing import BinaryIO

import pyppmd

QUESTION, ANSWER = struct.Struct(">6I"), struct.Struct(">I")
_PIECE = 1024
_SPARE = bytes(8)
"""What the decoder may read past the end of an honest payload, so that it never waits for more in its thread."""


def inflated(order: int, memory: int, before: bytes, payload: bytes, size: int) -> bytes:
    """The body, or as much of it as the payload says; after less than all the decoder cannot be trusted any more."""
    encoder = pyppmd.Ppmd7Encoder(order, memory)
    told = [encoder.encode(before[start : start + _PIECE]) for start in range(0, len(before), _PIECE)]
    decoder = pyppmd.Ppmd7Decoder(order, memory)
    found: bytes = decoder.decode(b"".join([*told, payload, _SPARE]), len(before) + size)
    return found[len(before) :]


def answer(questions: BinaryIO, answers: BinaryIO) -> bool:
    """Answer one question; False when it was the last."""
    head = questions.read(QUESTION.size)
    if len(head) < QUESTION.size:
        return False
    order, memory, before_bytes, payload_bytes, size, most = QUESTION.unpack(head)
    _bound(most)
    before, payload = questions.read(before_bytes), questions.read(payload_bytes)
    body = b""
    with suppress(pyppmd.PpmdError, ValueError, MemoryError):
        body = inflated(order, memory, before, payload, size)
    answers.write(ANSWER.pack(len(body)) + body)
    answers.flush()
    return len(body) == int(size)


def _bound(most: int) -> None:
    """Never more memory than that, where the system knows such bounds."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    while answer(sys.stdin.buffer, sys.stdout.buffer):
        pass
    os._exit(0)
