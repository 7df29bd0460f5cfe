"""A batch said by what the hub holds already: salts by seeds, old values by digests, edited texts by differences.

`lengthen` is done before the chain is checked, so that chain, journal and history keep full values; a wrong guess
can at worst fail the signature over the last head.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from sync.protocol import limits
from sync.protocol.chain import block_of, encode, salt_of
from sync.protocol.difference import difference, patched
from sync.protocol.errors import Garbled
from sync.protocol.messages import Batch, Change, Link
from sync.records.codec import apply, canonical
from sync.records.field import Record

_LARGE_BYTES = 40
"""Old values from this size on are said by digest."""
_DIGEST_BYTES = 3
"""Enough to notice; what slips through is caught by the signature over the whole."""
_WORTH = 0.7
"""A difference must be this much smaller than the value it stands for."""


class Unfamiliar(Exception):
    """The old values of these links are not what the hub holds: they must be said in full."""

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(str(numbers))
        self.numbers = numbers


def plain(batch: Batch) -> Batch:
    """The batch as every hub reads it."""
    return msgspec.structs.replace(batch, seeds=[])


def shorten(batch: Batch, in_full: Collection[int] = ()) -> Batch:
    """The same batch in short; the links numbered in `in_full` keep their values. The signature stays valid."""
    links = [
        _short_salt(batch, n, link if n in in_full else _short_link(link))
        for n, link in enumerate(batch.links, batch.first)
    ]
    return msgspec.structs.replace(batch, links=links)


def lengthen(batch: Batch, agreed: Mapping[str, Record], former: Mapping[int, Change]) -> Batch:
    """The batch in full. agreed: fields by record; former: links the hub has already, by number.

    Raises Unfamiliar, Garbled on what is no difference, ValueError on malformed base64.
    """
    seen: dict[str, Record] = {}
    links, lost, size = [], [], 0
    for n, link in enumerate(batch.links, batch.first):
        record = link.change.record
        old = former[n].was if n in former else seen.get(record, agreed.get(record, {}))
        try:
            change = _full_change(link, old)
        except KeyError:
            lost.append(n)
            continue
        size += sum(len(str(value)) for value in change.set.values()) if link.edits else 0
        if size > limits.INFLATED:
            raise Garbled("too large")
        seen[record] = apply(seen.get(record, agreed.get(record, {})), change.set)
        links.append(Link(link.salt or _implied_salt(batch, n), change))
    if lost:
        raise Unfamiliar(lost)
    return msgspec.structs.replace(batch, links=links, seeds=[])


def is_short(batch: Batch) -> bool:
    """Whether `lengthen` has something to look up."""
    return any(link.seen or link.edits for link in batch.links)


def _implied_salt(batch: Batch, n: int) -> str:
    """The salt that follows from the seeds, "" when they do not reach so far."""
    index = block_of(n) - block_of(batch.first)
    return salt_of(batch.seeds[index], n) if index < len(batch.seeds) else ""


def _short_salt(batch: Batch, n: int, link: Link) -> Link:
    return msgspec.structs.replace(link, salt="") if link.salt == _implied_salt(batch, n) else link


def _short_link(link: Link) -> Link:
    change = link.change
    texts = {name: canonical(value) for name, value in change.was.items()}
    large = {name: text for name, text in texts.items() if len(text) >= _LARGE_BYTES}
    edits = {n: steps for n, text in large.items() if n in change.set and (steps := _edit(text, change.set[n]))}
    return Link(
        link.salt,
        msgspec.structs.replace(
            change,
            was={name: value for name, value in change.was.items() if name not in large},
            set={name: value for name, value in change.set.items() if name not in edits},
        ),
        {name: _digest(text) for name, text in large.items()},
        edits,
    )


def _edit(old: bytes, value: Any) -> list[int | str]:
    """The value as a difference against the old one's JSON, empty when that is not worth it."""
    new = canonical(value)
    steps = difference(old.decode(), new.decode()) if len(new) >= _LARGE_BYTES else []
    return steps if len(canonical(steps)) < _WORTH * len(new) else []


def _full_change(link: Link, old: Mapping[str, Any]) -> Change:
    """The change with its values filled in. Raises KeyError when the old ones are not what its author saw."""
    if not (link.seen or link.edits):
        return link.change
    was = {**link.change.was, **{name: _recognised(old, name, digest) for name, digest in link.seen.items()}}
    new = {**link.change.set, **{name: _edited(was[name], steps) for name, steps in link.edits.items()}}
    return msgspec.structs.replace(link.change, set=new, was=was)


def _recognised(old: Mapping[str, Any], name: str, digest: str) -> Any:
    if old.get(name) is None or _digest(canonical(old[name])) != digest:
        raise KeyError(name)
    return old[name]


def _edited(old: Any, steps: list[int | str]) -> Any:
    try:
        return msgspec.json.decode(patched(canonical(old).decode(), steps, limits.CHANGE))
    except msgspec.MsgspecError as problem:
        raise Garbled("difference") from problem


def _digest(text: bytes) -> str:
    return encode(hashlib.sha256(text).digest()[:_DIGEST_BYTES])
