"""Hostile payloads for the hub's decoder: `python -m benchmarks.fuzz --cases 100000`.

Each is opened as the hub opens it, in a process of its own; it must be told from an honest one in bounded time, and
the honest ones between them must still open.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from random import Random

from benchmarks.dictionary import Writer
from sync.protocol import coding, contexts
from sync.protocol.coding import Label, Unprimed
from sync.protocol.errors import Garbled
from sync.server.inflater import Inflater

SECONDS = 10.0
_BEFORE = contexts.text(contexts.NEWEST)[:2048]


def honest(random: Random) -> list[tuple[bytes, bytes]]:
    """Some bodies and their payloads."""
    lines = [line for _ in range(3) for line in Writer().matter()]
    texts = [b"\n".join(random.choices(lines, k=random.randrange(1, 6))) for _ in range(20)]
    bodies = [text[: random.randrange(1, 9000)] for text in texts]
    return [(body, coding.squeezed(_BEFORE, body)) for body in bodies]


def bent(random: Random, payload: bytes) -> bytes:
    """One way of spoiling a payload."""
    spoilt = bytearray(payload)
    at = random.randrange(len(spoilt))
    match random.randrange(6):
        case 0:
            for _ in range(random.randrange(1, 10)):
                spoilt[random.randrange(len(spoilt))] ^= 1 << random.randrange(8)
        case 1:
            del spoilt[at:]
        case 2:
            spoilt += random.randbytes(random.randrange(1, 200))
        case 3:
            return random.randbytes(random.randrange(0, 4000))
        case 4:
            spoilt[at : at + random.randrange(60)] = random.randbytes(random.randrange(60))
        case _:
            return bytes([random.choice((0, 255))]) * random.randrange(0, 4000)
    return bytes(spoilt)


def cases(random: Random, count: int) -> Iterator[tuple[bytes, int]]:
    """Payloads with the length they claim."""
    known = honest(random)
    for _ in range(count):
        body, payload = random.choice(known)
        length = random.choice((len(body), len(body), 0, 1, random.randrange(20_000), 200_000))
        yield bent(random, payload), length


def run(seed: int, count: int, inflater: Inflater) -> Counter[str]:
    """How each case ended. Raises AssertionError when an honest payload no longer opens or one took too long."""
    random, ends = Random(seed), Counter[str]()
    known = honest(Random(seed))
    for number, (payload, length) in enumerate(cases(random, count)):
        began = time.monotonic()
        try:
            inflater.inflate(_BEFORE, payload, Label(coding.PPMD, 0, length, 0 if length else zlib.crc32(b"")))
            ends["whole"] += 1
        except (Garbled, Unprimed) as problem:
            ends[type(problem).__name__] += 1
        assert time.monotonic() - began < SECONDS + 2
        if number % 50 == 0:
            body, fine = random.choice(known)
            assert inflater.inflate(_BEFORE, fine, Label(coding.PPMD, 0, len(body), zlib.crc32(body))) == body
    return ends


def main() -> None:
    """Run the cases and print how they ended."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began, inflater = time.monotonic(), Inflater(SECONDS)
    ends = run(given.seed, given.cases, inflater)
    inflater.close()
    print(f"{given.cases} hostile payloads, seed {given.seed}: {dict(ends)}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
