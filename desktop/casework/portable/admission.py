"""May this change to a record be made here? The hub's own rules (DESIGN.md §6), asked before it is stored.

Pure: what is known comes in, reasons come out, in words for the person. Nothing wrong is an empty list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sync.protocol import limits
from sync.protocol.refusals import REFUSALS
from sync.records import Record, RecordType, places, states
from sync.records.codec import apply, canonical
from sync.records.party import PARTY
from sync.records.validate import is_empty, missing, value_complaints

Reason: TypeAlias = tuple[str, str]
"""The field ("" for the whole record) and what is wrong with it."""

OF_THE_HUB = frozenset({"account", "device"})
"""Types that the district keeps; a desk only reads them."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the place of the desk and the person's roles."""

    place: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change to one record: its state before (None when new), the values to set, and its family.

    parent: of a child, when it is known here. parties: of a dispute; a step may need something of each.
    """

    kind: RecordType
    id: str
    before: Record | None
    set: Record
    parent: Record | None = None
    parties: Sequence[Record] = ()

    @property
    def was(self) -> Record:
        """The state before, empty for a new record."""
        return self.before or {}

    @property
    def after(self) -> Record:
        """The state as it would be."""
        return apply(self.was, self.set)


def reasons_against(proposal: Proposal, author: Author) -> list[Reason]:
    """Why the hub would refuse this change from this author; values that are none are said first, alone."""
    if malformed := [*_who(proposal.kind, author), *_identity(proposal), *_malformed(proposal)]:
        return malformed
    return [
        *_filled(proposal),
        *_parent(proposal),
        *_place(proposal, author),
        *_written_once(proposal),
        *_step(proposal, author),
    ]


def _who(kind: RecordType, author: Author) -> Iterator[Reason]:
    if kind.name in OF_THE_HUB:
        yield "", f"{kind.label}由区里管，这里不改"
    elif not kind.writers & author.roles:
        yield "", REFUSALS["not_allowed"]


def _identity(proposal: Proposal) -> Iterator[Reason]:
    kind = proposal.kind
    if kind.keyed_by:
        if proposal.after.get(kind.keyed_by) != proposal.id:
            yield kind.keyed_by, "编号和代码不一样"
    elif not _UUID.fullmatch(proposal.id):
        yield "id", "编号应该是小写的 UUID"


def _malformed(proposal: Proposal) -> Iterator[Reason]:
    for name, value in proposal.set.items():
        found = value_complaints(proposal.kind, name, value)
        yield from ((c.field, c.message) for c in found if c.level == "error")


def _filled(proposal: Proposal) -> Iterator[Reason]:
    """Nothing required is missing because of this change, and the change is not too large to travel."""
    kind = proposal.kind
    stood = {c.field for c in missing(kind, proposal.was)} if proposal.before is not None else set()
    for lack in missing(kind, proposal.after):
        if lack.field not in stood or lack.field in proposal.set:
            yield lack.field, lack.message
    old = {name: proposal.was.get(name) for name in proposal.set}
    if len(canonical([proposal.set, old])) > limits.CHANGE:
        yield "", REFUSALS["too_large"]


def _parent(proposal: Proposal) -> Iterator[Reason]:
    link = proposal.kind.parent
    if not link:
        return
    if proposal.before is not None and proposal.before.get(link) != proposal.after.get(link):
        yield link, "不能改到另一件上去"
    elif proposal.parent is None:
        yield link, "它所属的那一件不在这台电脑上"


def _place(proposal: Proposal, author: Author) -> Iterator[Reason]:
    """Where the record is and where it would go must both lie in the author's area."""
    is_child = bool(proposal.kind.parent)
    name = "place_code" if is_child else proposal.kind.place
    anchors = [proposal.parent or {}] if is_child else [proposal.was, proposal.after]
    found = [str(anchor[name]) for anchor in anchors if anchor.get(name)]
    if not all(places.is_code(code) and places.contains(author.place, code) for code in found):
        yield name, REFUSALS["out_of_scope"]


def _written_once(proposal: Proposal) -> Iterator[Reason]:
    if not proposal.kind.write_once:
        return
    for name in proposal.set:
        declared = proposal.kind.by_name.get(name)
        if declared and declared.group != "void" and not is_empty(proposal.was.get(name)):
            yield name, REFUSALS["written_once"]


def _step(proposal: Proposal, author: Author) -> Iterator[Reason]:
    kind, status = proposal.kind, proposal.kind.status
    if not status or status not in proposal.set:
        return
    if why := states.refusal(kind, proposal.was, proposal.after, author.roles):
        yield status, why
        return
    step = states.step_between(kind, str(proposal.was.get(status)), str(proposal.after.get(status)))
    if step is not None:
        for party in proposal.parties:
            yield from ((status, lack.message) for lack in states.unmet_by_party(PARTY, step, party))


def differences(before: Mapping[str, Any] | None, told: Mapping[str, Any]) -> Record:
    """The values told that differ from what is there; a field that was not told stays as it is."""
    known = before or {}
    return {name: value for name, value in told.items() if known.get(name) != value}
