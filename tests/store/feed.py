"""What a hub would answer, said by hand: numbers, verdicts and entries as plain messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.store import Store
from sync.client.replica import Taken
from sync.protocol.chain import full_changes
from sync.protocol.messages import Answer, Change, Enrolled, Entry, Verdict

START_MS = 1_795_400_000_000
VILLAGE = "620802107204"


@dataclass
class Feed:
    """The district's side of one desk. Every answer reads on from where the last one ended."""

    store: Store
    epoch: str = "e1"
    no: int = 0
    cursor: int = 0
    address: list[str] = field(default_factory=lambda: [VILLAGE])

    def entry(self, change: Change, *, aside: tuple[str, ...] = (), body: bool = True, **more: Any) -> Entry:
        """The next line of the journal."""
        self.no += 1
        given = {"address": self.address, "received": START_MS, **more}
        return Entry(self.no, self.no, change.record, change.type, change.id, change=change if body else None,
                     aside=list(aside), **given)  # fmt: skip

    def theirs(self, record: str, values: dict[str, Any], *, kind: str = "dispute", **more: Any) -> Change:
        """A change made at another desk."""
        given = {"by": "account-9", "at": START_MS + self.no, "id": f"OTHER.{self.no + 1}", **more}
        return Change(kind, record, values, **given)

    def leave(self, record: str, *, kind: str = "dispute", reason: str = "moved") -> Entry:
        """The record is no longer this desk's."""
        self.no += 1
        stub = {"place_code": VILLAGE, "found_date": "2026-11-01", "status": "50"}
        return Entry(self.no, self.no, record, kind, kind="leave", reason=reason, stub=stub)

    def answer(self, *entries: Entry, verdicts: tuple[Verdict, ...] = (), more: bool = False) -> Answer:
        """An answer with these lines."""
        self.cursor = max([self.cursor, *(entry.pos for entry in entries)])
        return Answer(self.epoch, START_MS, self.cursor, verdicts=list(verdicts), entries=list(entries), more=more)

    def tell(self, *entries: Entry, **more: Any) -> Taken:
        """Let the store take an answer with these lines."""
        return self.store.replica.take(self.answer(*entries, **more), None, [])

    def accept_all(self, *, aside: dict[str, tuple[str, ...]] | None = None) -> Taken:
        """Accept whatever waits, some fields of some records set aside."""
        batch = self.store.replica.next_batch(500, 10**7)
        if batch is None:
            return Taken()
        lines = [
            self.entry(change, aside=(aside or {}).get(change.record, ()), body=False) for change in full_changes(batch)
        ]
        verdicts = tuple(Verdict(line.id, line.no, line.aside) for line in lines)
        return self.store.replica.take(self.answer(*lines, verdicts=verdicts), batch, [])

    def refuse_all(self, code: str = "invalid", why: str = "还没填“风险”") -> Taken:
        """Refuse whatever waits."""
        batch = self.store.replica.next_batch(500, 10**7)
        verdicts = tuple(Verdict(change.id, refused=code, why=why) for change in full_changes(batch))
        return self.store.replica.take(self.answer(verdicts=verdicts), batch, [])


def enrolled_feed(store: Store) -> Feed:
    """The feed of a desk that has just been enrolled."""
    enrolled = Enrolled("hub-1", "e1", "device-1", 3, VILLAGE, "花所村")
    store.enrol(enrolled, Ed25519PrivateKey.from_private_bytes(bytes(32)), "https://hub")
    return Feed(store)
