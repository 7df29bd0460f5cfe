"""How a desk says things in one round: as briefly as its hub understands, and plainly once that was not understood."""

from __future__ import annotations

from collections.abc import Collection

from sync.client.replica import Replica
from sync.protocol import coding, limits
from sync.protocol.errors import Garbled
from sync.protocol.messages import Answer, Ask, Batch
from sync.protocol.packing import raw, squeezed_for
from sync.protocol.shortening import plain, shorten

LEVEL = 19
"""zstd level of what a desk sends: the line is dearer than the processor (benchmarks/day.py)."""
READS = (coding.DICTIONARY,)
"""What this desk understands itself."""
_PRIMED_FROM = 3_000
"""Bytes of JSON from which on PPMd is worth the hub's processor."""
_CONTEXT_FROM = 24_000
"""Bytes of JSON from which on earlier changes are worth reading through."""


class Voice:
    """Chosen anew for each round, so that one misunderstanding does not last."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self._is_plain = False
        self._in_full: set[int] = set()

    def batch(self, batch: Batch | None) -> Batch | None:
        """The signed batch as it will be said."""
        if batch is None:
            return None
        return shorten(batch, self._in_full) if coding.SHORT in self._reader() else plain(batch)

    def body(self, ask: Ask) -> bytes:
        """The bytes of a question."""
        said, reader = raw(ask), self._reader()
        if ask.batch is None or coding.PPM not in reader or not _PRIMED_FROM <= len(said) <= limits.PRIMED:
            return squeezed_for(reader, said, LEVEL)
        wants_context = len(said) >= _CONTEXT_FROM
        return coding.in_ppmd(said, self._replica.context(ask.batch.first, coding.CONTEXT) if wants_context else None)

    def speak_up(self, answer: Answer | None = None) -> None:
        """It was not understood: say those links in full or, when it does not say which, everything plainly.

        Raises Garbled when it was told plainly already, and is asked for plainly again.
        """
        if answer is not None and self._is_plain:
            raise Garbled("not even plain words are understood")
        if answer is not None and answer.unknown and not self._in_full.issuperset(answer.unknown):
            self._in_full.update(answer.unknown)
        else:
            self._is_plain = True

    def _reader(self) -> Collection[str]:
        return () if self._is_plain else self._replica.standing().reads
