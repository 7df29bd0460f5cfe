"""The port between a round of exchange and whatever keeps the desk's records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.coding import Context
from sync.protocol.messages import Answer, Batch, Entry, Proof
from sync.protocol.stock import Stocked


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this desk is to the hub. The key never leaves the encrypted store but through here."""

    hub: str
    device: str
    place: str
    key: Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the desk and the hub have come: epoch and cursor as committed, and the writer in use.

    reads: the ways of saying things the hub understands, as it last told.
    carrier: the hub's public key for carrier files (base64), "" until the hub has told it.
    is_stocking: the desk is taking current state in pages, and does not read the feed yet.
    """

    epoch: str
    cursor: int
    writer: str
    reads: frozenset[str] = frozenset()
    carrier: str = ""
    is_stocking: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Links that were sent and may have arrived, though no answer came.

    first: the number of the first. ids: of their changes. heads: of the chain after each (base64).
    """

    first: int
    ids: Sequence[str]
    heads: Sequence[str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one answer changed: ids of touched records by type, and counts for the report."""

    records: Mapping[str, frozenset[str]] = field(default_factory=dict)
    applied: int = 0
    refused: int = 0
    clashes: int = 0
    received: int = 0

    def plus(self, other: Taken) -> Taken:
        """Both together."""
        kinds = {*self.records, *other.records}
        records = {k: self.records.get(k, frozenset()) | other.records.get(k, frozenset()) for k in kinds}
        return Taken(
            records, self.applied + other.applied, self.refused + other.refused,
            self.clashes + other.clashes, self.received + other.received,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stocking:
    """How far a desk that held nothing has come with taking current state.

    want: names of the next pages, none before there is a plan. offset: bytes of the first one that are here
    already, of the page whose CRC-32 is `check`.
    """

    want: tuple[str, ...] = ()
    offset: int = 0
    check: int = 0


class Replica(Protocol):
    """A desk's records as the exchange sees them. Every method commits before it returns."""

    def identity(self) -> Identity:
        """Who this desk is. Raises LookupError when it is not enrolled."""
        ...

    def standing(self) -> Standing:
        """Epoch, cursor and writer as last committed."""
        ...

    def next_number(self, through: int = 0) -> int:
        """A request number larger than every one before, stored before it is used.

        through: the last link sent with it; until an answer is taken, the links up to it are in doubt.
        """
        ...

    def in_doubt(self) -> Doubt | None:
        """Unanswered links that were sent before; None when there are none."""
        ...

    def unsend(self) -> None:
        """The last request certainly did not arrive: nothing is in doubt because of it."""
        ...

    def context(self, before: int, size_bytes: int) -> Context | None:
        """Answered links of the present writer right before a number, as many as fit; None when there are none."""
        ...

    def next_batch(self, changes: int, size_bytes: int, after: int = 0) -> Batch | None:
        """The next unanswered links in chain order after number `after`, unsigned; None when nothing waits.

        At least one link, then as many as fit both bounds (JSON bytes).
        """
        ...

    def asked(self) -> list[str]:
        """Ids of refused changes whose author asks the district and that were not yet passed on."""
        ...

    def take(self, answer: Answer, sent: Batch | None, asked: Sequence[str]) -> Taken:
        """Store verdicts, entries and the new cursor in one transaction.

        Repeating it with the same answer changes nothing. Raises PullTooLarge when the page would take
        away more than a set share of the records held, and nobody has agreed to it.
        """
        ...

    def proof(self) -> Proof:
        """Count and digest of everything agreed that this desk holds."""
        ...

    def waiting(self) -> int:
        """How many changes have no verdict yet."""
        ...

    def begin_epoch(self, epoch: str) -> None:
        """The hub was restored: read from the start again and offer every own change again."""
        ...

    def take_new_writer(self) -> None:
        """Another copy of this disk used our chain: go on under a new writer, chaining afresh what waits."""
        ...

    def tallies(self) -> dict[str, Proof]:
        """The proof per address, for finding where two sides differ."""
        ...

    def census(self, address: str) -> dict[str, str]:
        """Record id -> mark, of the agreed records at one address."""
        ...

    def stocking(self) -> Stocking | None:
        """Which pages of current state to ask for next; None when the feed is the road."""
        ...

    def read_stock(self, answer: Stocked, bodies: Sequence[bytes]) -> Sequence[Any]:
        """Whatever can be done with these pieces before they are stored, for `take_stock`; one entry a piece.

        Touches no file, and may be called while another answer is being stored.
        """
        ...

    def take_stock(self, answer: Stocked, bodies: Sequence[bytes], read: Sequence[Any]) -> Taken:
        """Store a plan and pieces of pages, each page and its place in the plan in one transaction.

        Once no page is missing the feed is read from where the plan says. Raises Garbled when a page is not what
        it was said to be; then it is asked for again.
        """
        ...

    def read_history(self) -> None:
        """The hub gives out no pages: read the feed from its start."""
        ...

    def untold(self, most: int) -> list[str]:
        """Records whose state came without the changes that made it, when a person or a clash asks for them."""
        ...

    def replace_records(self, records: Sequence[str], entries: Sequence[Entry]) -> Taken:
        """Set the agreed state of these records anew from all their entries; none means it is not ours."""
        ...


class PullTooLarge(Exception):
    """A page would remove more records than a set share: `leaving` of `held`. Stop and ask a person."""

    def __init__(self, leaving: int, held: int) -> None:
        super().__init__(f"{leaving} of {held}")
        self.leaving = leaving
        self.held = held
