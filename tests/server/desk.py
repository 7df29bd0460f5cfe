"""A desk reduced to its memory: it keeps its chain and what the hub told it, and sends what it is told to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Protocol

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sync.protocol import chain, proof
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.merge import merge
from sync.protocol.messages import (
    Answer,
    Ask,
    Batch,
    Change,
    Compare,
    Compared,
    Enrol,
    Enrolled,
    Entry,
    Link,
    Proof,
)
from sync.protocol.packing import pack, unpack
from sync.records import CHILDREN, RECORD_TYPES
from sync.records.codec import apply

ROOM = 1 << 20


class Post(Protocol):
    """Carries a request to the hub: status and body."""

    def __call__(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]: ...


class Desk:
    """One enrolled desk. Everything it sends can be bent by the test before it goes."""

    def __init__(self, post: Post, code: str, *, clock_ms: Callable[[], int], random: Random) -> None:
        self.post, self.clock_ms, self.random = post, clock_ms, random
        self.key = Ed25519PrivateKey.from_private_bytes(random.randbytes(32))
        public = chain.encode(self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
        secret = EnrolmentCode.read(code).secret
        status, body = post("/enrol", pack(Enrol(secret, "台式机", public)), {})
        self.identity: Enrolled = unpack(body, Enrolled)
        assert status == 200
        assert not self.identity.refused
        self.place = self.identity.place
        self.begin(f"w{random.getrandbits(60):x}")

    def begin(self, writer: str) -> None:
        """Start a chain under a new writer, with an empty memory."""
        self.writer, self.number, self.cursor, self.epoch = writer, 0, 0, ""
        self.links: list[Link] = []
        self.sent = 0
        self.own: dict[str, Change] = {}
        self.entries: dict[str, dict[int, Entry]] = {}
        self.left: dict[str, Entry] = {}

    def change(self, kind: str, record: str, fields: dict[str, Any], by: str, **more: Any) -> Change:
        """Put one change at the end of the chain; `was` is what this desk holds."""
        held = self.holds(record)
        was = more.pop("was", {n: held[n] for n in fields if n in held})
        n = len(self.links) + 1
        change = Change(
            kind, record, fields, by, self.clock_ms(), id=chain.change_id(self.writer, n), was=was, **more
        )
        salt = chain.encode(self.random.randbytes(8))
        self.links.append(chain.short_link(self.writer, n, salt, change))
        self.own[change.id] = change
        return change

    def offer_again(self, change: Change) -> None:
        """Put a change made earlier at the end of the present chain, under its own id."""
        salt = chain.encode(self.random.randbytes(8))
        self.links.append(chain.short_link(self.writer, len(self.links) + 1, salt, change))

    def batch(self, first: int | None = None, count: int | None = None) -> Batch | None:
        """A signed batch of the links from `first` on; what is unsent when not said."""
        first = first or self.sent + 1
        links = self.links[first - 1 :][:count]
        if not links:
            return None
        before = chain.START
        for n, link in enumerate(self.links[: first - 1], 1):
            before = chain.advance(before, link.salt, self._full(n, link))
        return chain.sign(self.key, self.identity.hub, Batch(self.writer, first, chain.encode(before), links))

    def ask(self, batch: Batch | None = None, **more: Any) -> Ask:
        """The next numbered request."""
        self.number += 1
        fields = {"number": self.number, "cursor": self.cursor, "room": ROOM, "epoch": self.epoch, **more}
        return Ask(writer=self.writer, clock=self.clock_ms(), batch=batch, **fields)

    def call(self, path: str, message: msgspec.Struct) -> tuple[int, bytes]:
        """Post a signed message."""
        return self.post_raw(path, pack(message))

    def post_raw(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Post signed bytes."""
        signature = chain.encode(self.key.sign(chain.request_bytes(path, body)))
        return self.post(path, body, {"Fengqiao-Desk": f"{self.identity.device}.{signature}"})

    def answer(self, ask: Ask) -> Answer:
        """The hub's answer, which must be one."""
        status, body = self.call("/exchange", ask)
        assert status == 200, (status, body)
        answer = unpack(body, Answer)
        if answer.halt:
            return answer
        entries = [self._whole(entry) for entry in answer.entries]
        return msgspec.structs.replace(answer, verdicts=chain.named(answer.verdicts, ask.batch), entries=entries)

    def round(self, **more: Any) -> Answer:
        """Send everything unsent, read everything new; the last answer, with all verdicts and entries."""
        verdicts, entries = [], []
        while True:
            batch = self.batch(count=500)
            answer = self.answer(self.ask(batch, **more))
            if answer.halt:
                return answer
            self.take(answer, batch)
            verdicts += answer.verdicts
            entries += answer.entries
            if not answer.more and self.sent == len(self.links):
                return msgspec.structs.replace(answer, verdicts=verdicts, entries=entries)

    def take(self, answer: Answer, batch: Batch | None) -> None:
        """Remember an answer."""
        self.epoch, self.cursor = answer.epoch, answer.cursor
        if batch is not None:
            self.sent = batch.first + len(batch.links) - 1
        for entry in answer.entries:
            self._take_entry(entry)

    def compare(self, want: str, **more: Any) -> Compared:
        """Ask the hub to compare."""
        self.number += 1
        status, body = self.call("/compare", Compare(self.writer, self.number, want, **more))  # type: ignore[arg-type]
        assert status == 200, (status, body)
        return unpack(body, Compared)

    def holds(self, record: str) -> dict[str, Any]:
        """The agreed fields of a record as this desk knows them; empty when it holds none."""
        fields: dict[str, Any] = {}
        for _, entry in sorted(self.entries.get(record, {}).items()):
            change = entry.change or self.own[entry.id]
            values = {n: v for n, v in change.set.items() if n not in entry.aside}
            kind = RECORD_TYPES[entry.type]
            assert set(merge(kind, fields, change).aside) == set(entry.aside)
            fields = apply(fields, {**values, **entry.merged})
        return fields

    def proof(self) -> Proof:
        """The proof of what this desk holds."""
        total = proof.NOTHING
        for record, entries in self.entries.items():
            last = max(entries)
            total = proof.add(total, proof.mark(entries[last].type, record, last, self.holds(record)))
        return total

    def _whole(self, entry: Entry) -> Entry:
        if entry.record:
            return entry
        own = self.own[entry.id]
        return msgspec.structs.replace(entry, record=own.record, type=own.type)

    def _take_entry(self, entry: Entry) -> None:
        if entry.kind == "change":
            self.entries.setdefault(entry.record, {})[entry.no] = entry
            self.left.pop(entry.record, None)
            return
        self.left[entry.record] = entry
        parents = {kind.parent for kind in CHILDREN[entry.type]}
        for record in list(self.entries):
            if record == entry.record or entry.record in {self.holds(record).get(p) for p in parents}:
                del self.entries[record]

    def _full(self, n: int, link: Link) -> Change:
        return msgspec.structs.replace(link.change, id=link.change.id or chain.change_id(self.writer, n))
