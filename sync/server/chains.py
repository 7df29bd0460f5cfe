"""Taking in a signed batch: the chain is checked link by link, and each change gets its own verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from sync.protocol import chain, limits
from sync.protocol.messages import Batch, Change, Verdict
from sync.records.codec import canonical
from sync.server.access import Desk
from sync.server.agreed import is_name
from sync.server.judge import Author, Refused
from sync.server.striking import StrikeLimit
from sync.server.tables import LINK, REFUSAL, VOUCH, WRITER
from sync.server.turn import HUB, Origin, Turn

_LAST = select(WRITER.c.last).where(WRITER.c.writer == bindparam("known"))
_LINKS = select(LINK).where(LINK.c.writer == bindparam("known"), LINK.c.n.between(bindparam("first"), bindparam("end")))
_WRITERS = select(WRITER).where(WRITER.c.writer.in_(bindparam("several", expanding=True)))
_GROW = update(WRITER).where(WRITER.c.writer == bindparam("known"))


class Forked(Exception):
    """The batch does not continue the chain the hub knows: the disk was copied, or went back in time."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One link with its number in the chain, its digest and the head after it (hex)."""

    n: int
    salt: str
    change: Change
    digest: str
    head: str


def numbered(batch: Batch) -> list[Numbered]:
    """The links of a batch. Raises ValueError on malformed salts."""
    changes, heads = chain.full_changes(batch), chain.heads(batch)
    return [
        Numbered(n, link.salt, change, chain.digest(link.salt, change).hex(), head.hex())
        for n, (link, change, head) in enumerate(zip(batch.links, changes, heads, strict=True), batch.first)
    ]


def take_batch(turn: Turn, desk: Desk, batch: Batch) -> list[Verdict]:
    """The verdict of every change in order, former ones repeated.

    Raises Forked, and ValueError on malformed base64.
    """
    links = numbered(batch)
    last: int = turn.connection.execute(_LAST, {"known": batch.writer}).scalar_one()
    known = _known_links(turn, batch)
    before = known[batch.first - 1].head if batch.first - 1 in known else chain.START.hex()
    if batch.first > last + 1 or chain.decode(batch.before).hex() != before:
        raise Forked
    if any(link.digest != known[link.n].digest for link in links if link.n in known):
        raise Forked
    former = [msgspec.convert(known[link.n].verdict, Verdict) for link in links if link.n in known]
    fresh = [link for link in links if link.n > last]
    return former + (_Intake(turn, desk, batch).take(fresh) if fresh else [])


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts in chain order; head: of the chain after the last, when the desk cannot know which they are."""

    verdicts: list[Verdict]
    head: str = ""


def verdicts_since(connection: Connection, writer: str, n: int) -> Verdicts:
    """The verdicts of a writer's links from the n-th on: what a lost answer said."""
    query = select(LINK.c.verdict, LINK.c.head).where(LINK.c.writer == writer, LINK.c.n >= n).order_by(LINK.c.n)
    rows = connection.execute(query.limit(limits.CHANGES)).all()
    head = chain.encode(bytes.fromhex(rows[-1].head)) if rows else ""
    return Verdicts([msgspec.convert(row.verdict, Verdict) for row in rows], head)


def _known_links(turn: Turn, batch: Batch) -> dict[int, Any]:
    asked = {"known": batch.writer, "first": batch.first - 1, "end": batch.first + len(batch.links) - 1}
    return {row.n: row for row in turn.connection.execute(_LINKS, asked)}


class _Intake:
    """The new links of one batch."""

    def __init__(self, turn: Turn, desk: Desk, batch: Batch) -> None:
        self._turn = turn
        self._desk = desk
        self._batch = batch
        changes = chain.full_changes(batch)
        turn.fetch(changes)
        self._journaled = turn.journaled(c.id for c in changes if is_name(c.id))
        self._foreign = self._foreign_writers(changes)
        self._copied: set[str] = set()
        """Writers whose ids another copy of the disk used first: what follows them must wait for its turn."""
        self._refusals: list[dict[str, Any]] = []
        self._strikes = StrikeLimit(turn, desk)

    def take(self, links: Sequence[Numbered]) -> list[Verdict]:
        """Judge the links in order and store what the chain has become."""
        verdicts = [self._take(link) for link in links]
        writer, end = self._batch.writer, links[-1]
        rows = [
            {"writer": writer, "n": link.n, "change_id": verdict.id, "salt": link.salt,
             "digest": link.digest, "head": link.head, "verdict": msgspec.to_builtins(verdict)}
            for link, verdict in zip(links, verdicts, strict=True)
        ]  # fmt: skip
        self._turn.insert(LINK, rows)
        self._turn.insert(REFUSAL, self._refusals)
        vouch = {
            "writer": writer,
            "n": end.n,
            "device": self._desk.device,
            "signature": self._batch.signature,
        }
        self._turn.insert(VOUCH, [vouch])
        self._turn.connection.execute(_GROW, {"known": writer, "last": end.n, "head": end.head})
        return verdicts

    def _take(self, link: Numbered) -> Verdict:
        try:
            return self._accept(link)
        except Refused as refused:
            named = link.change.id if is_name(link.change.id) else chain.change_id(self._batch.writer, link.n)
            self._note_number(link.change)
            self._refusals.append(self._kept(link, named, refused))
            return Verdict(named, refused=refused.code, why=refused.why)

    def _note_number(self, change: Change) -> None:
        """A number is used up though the change is refused: it may be printed."""
        stand = self._turn.agreed.of_type(change.record, "dispute") if is_name(change.record) else None
        self._turn.drawn.note(change, stand.fields if stand else {})

    def _accept(self, link: Numbered) -> Verdict:
        """Accept one change, once: the same change offered again under another writer keeps its number."""
        change = link.change
        body = canonical(msgspec.to_builtins(change))
        former = self._journaled.get(change.id)
        if former is not None and former[0] == body:
            return former[1]
        first_writer = change.id.rpartition(".")[0]
        if former is not None:
            self._copied.add(first_writer)
        if not is_name(change.id) or first_writer in self._foreign | self._copied:
            raise Refused("duplicate_id")
        if not self._strikes.allows(change):
            raise Refused("too_many")
        account = self._turn.agreed.of_type(change.by, "account")
        author = Author(self._desk.place, account.fields if account else None)
        origin = Origin(self._batch.writer, link.n, self._desk.device, author)
        verdict = self._turn.accept(change, origin)
        self._journaled[change.id] = (body, verdict)
        return verdict

    def _foreign_writers(self, changes: Sequence[Change]) -> set[str]:
        """Writers of other places' desks: nobody may use up the ids of their changes."""
        prefixes = {c.id.rpartition(".")[0] for c in changes if is_name(c.id)} - {self._batch.writer}
        rows = self._turn.connection.execute(_WRITERS, {"several": list(prefixes)}) if prefixes else ()
        devices = {row.writer: self._turn.agreed.of_type(row.device, "device") for row in rows}
        foreign = {w for w, device in devices.items() if device is None or device.place != self._desk.place}
        return foreign | {HUB}

    def _kept(self, link: Numbered, named: str, refused: Refused) -> dict[str, Any]:
        return {
            "writer": self._batch.writer, "n": link.n, "change_id": named, "device": self._desk.device,
            "code": refused.code, "why": refused.why, "asked": False, "received": self._turn.now_ms,
            "body": canonical(msgspec.to_builtins(link.change)).decode(),
        }  # fmt: skip
