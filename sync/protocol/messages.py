"""What travels between a desk and the hub. JSON, names for ever, unknown names ignored.

The same `Batch` goes over HTTP and onto a carrier file (DESIGN.md §4). docs/protocol.md tells the story.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

PROTOCOL = 1
"""Raised when an old program could no longer understand a new one."""


class Change(Struct, frozen=True, omit_defaults=True):
    """What one person did to one record: the fields changed, with their old values.

    id: "<writer>.<n>" of the writer it was first made under; on the wire it is left out when that is
    also its place in the chain. base: journal number of the agreed version the person saw, 0 for none.
    by: account id. at: hybrid clock in ms. told: wall clock as told minus `at`, in ms.
    settles: journal numbers of set-aside changes that this one decides about. decides: ids of the same, and of the
    changes that stood against them; it goes before `settles`, for a restored hub gives its numbers out anew.
    """

    type: str
    record: str
    set: dict[str, Any]
    by: str
    at: int
    id: str = ""
    base: int = 0
    was: dict[str, Any] = {}
    told: int = 0
    settles: list[int] = []
    decides: list[str] = []


class Link(Struct, frozen=True, array_like=True):
    """One change in its writer's chain, with the salt (base64, 8 bytes) of its digest.

    In a shortened batch (shortening.py) the salt may be "", and parts of the change are said by what the hub
    holds already: `seen`, field -> digest of the old value left out of `was`; `edits`, field -> the new value as
    a difference against the old one, left out of `set`.
    """

    salt: str
    change: Change
    seen: dict[str, str] = {}
    edits: dict[str, list[int | str]] = {}


class Batch(Struct, frozen=True, omit_defaults=True):
    """A run of links of one writer's chain, vouched for by one signature over its last head.

    first: chain number of the first link, counted from 1. before: head of the chain before it (base64).
    seeds: one (base64, 8 bytes) for each block of chain numbers the links lie in; a salt that is "" follows from it.
    """

    writer: str
    first: int
    before: str
    links: list[Link]
    signature: str = ""
    seeds: list[str] = []


class Ask(Struct, frozen=True, omit_defaults=True):
    """One request of one round: what the desk sends, and how far it has read.

    number: grows with every request of this writer, so that a recorded request cannot be played again.
    room: bytes of entries (before compression) the desk will take in this answer.
    asked: ids of refused changes whose author asks the district about them.
    reads: the ways of saying things this desk understands (coding.py), beside plain zstd.
    since: instead of a batch, the verdicts of this writer's links from this number on are asked for: the answer
    to them was lost.
    keyless: the desk does not know yet what to seal carrier files with.
    """

    writer: str
    number: int
    cursor: int
    room: int
    clock: int
    epoch: str = ""
    protocol: int = PROTOCOL
    batch: Batch | None = None
    asked: list[str] = []
    reads: list[str] = []
    since: int = 0
    keyless: bool = False


class Verdict(Struct, frozen=True, omit_defaults=True):
    """The hub's answer about one change: applied under `no` (some fields perhaps set aside), or refused.

    id: of the change; on the wire it is left out, since verdicts come in the order of the batch's links.
    """

    id: str = ""
    no: int = 0
    aside: list[str] = []
    refused: str = ""
    why: str = ""


class Entry(Struct, frozen=True, omit_defaults=True):
    """One line of the feed.

    pos: place in the feed (the cursor's unit). no: journal number.
    kind "change": `change` was accepted under `no`. When the asking writer made it and still has it, only
    its `id` is said: `change` is None, `record` and `type` are empty.
    aside: fields that clashed and were not applied. merged: values that differ from `change.set` because
    lists were merged entry by entry. place: the record's place after it. received: hub clock, ms.
    kind "leave": the record is no longer this desk's; `reason` "moved" or "closed", `stub` what may be shown.
    """

    pos: int
    no: int
    record: str = ""
    type: str = ""
    id: str = ""
    kind: Literal["change", "leave"] = "change"
    change: Change | None = None
    aside: list[str] = []
    merged: dict[str, Any] = {}
    address: list[str] = []
    received: int = 0
    reason: str = ""
    stub: dict[str, Any] = {}


class Proof(Struct, frozen=True):
    """Count and order-independent digest (hex) of all records in a scope."""

    count: int
    digest: str


class Answer(Struct, frozen=True, omit_defaults=True):
    """The hub's answer to one `Ask`.

    halt: why there will be no exchange, with `why`: "revoked", "unknown", "epoch", "protocol", "clock", "forked" or
    "replayed"; or "plain": the batch cannot be read as it was said. `unknown` names the links whose old values are
    not what the hub holds; when it is empty, the context is not known here. The desk says the same again in full.
    head: of the chain after the last link of `verdicts` (base64), when they were asked for with `since`.
    reads: the ways of saying things this hub understands. more: another page waits.
    cursor: where the desk has read to once it has stored `entries`.
    proof: of the whole scope, when nothing more waits. skew_ms: the desk's clock minus the hub's.
    carrier: the hub's X25519 public key (base64) for carrier files, when the desk said it is keyless.
    """

    epoch: str
    clock: int
    cursor: int = 0
    halt: str = ""
    why: str = ""
    verdicts: list[Verdict] = []
    entries: list[Entry] = []
    more: bool = False
    proof: Proof | None = None
    head: str = ""
    reads: list[str] = []
    unknown: list[int] = []
    carrier: str = ""


class Compare(Struct, frozen=True, omit_defaults=True):
    """A request after a proof that did not agree.

    want "tallies": a `Proof` per address; "census": ids and marks of one address;
    "records": every entry of the named records.
    """

    writer: str
    number: int
    want: Literal["tallies", "census", "records"]
    address: str = ""
    records: list[str] = []


class Compared(Struct, frozen=True, omit_defaults=True):
    """The answer to `Compare`: tallies by address, or marks by record id, or entries."""

    tallies: dict[str, Proof] = {}
    census: dict[str, str] = {}
    entries: list[Entry] = []
    halt: str = ""
    why: str = ""


class Enrol(Struct, frozen=True):
    """A new desk shows its one-time code and its public key (base64, Ed25519)."""

    secret: str
    name: str
    public_key: str


class Person(Struct, frozen=True, omit_defaults=True):
    """An account that may work at the enrolled place."""

    id: str
    name: str
    post: str = ""
    roles: list[str] = []


class Enrolled(Struct, frozen=True, omit_defaults=True):
    """Who the desk now is: its device, place, number, and the people who may use it; `reads` as in `Answer`.

    carrier: the hub's X25519 public key (base64), for which carrier files are sealed.
    """

    hub: str = ""
    epoch: str = ""
    device: str = ""
    number: int = 0
    place: str = ""
    place_name: str = ""
    people: list[Person] = []
    refused: str = ""
    reads: list[str] = []
    carrier: str = ""


class MakeCode(Struct, frozen=True):
    """A district account asks for a one-time enrolment code for a place."""

    writer: str
    number: int
    by: str
    place: str


class Code(Struct, frozen=True, omit_defaults=True):
    """The enrolment code as printed, and the day it runs out; or why there is none."""

    code: str = ""
    until: str = ""
    refused: str = ""
