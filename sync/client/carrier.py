"""The desk's side of the road without a line: packing a pouch, taking a receipt, passing on another desk's pouch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.client.caller import Caller
from sync.client.replica import Replica, Taken
from sync.protocol import limits
from sync.protocol.carrier import (
    Label,
    Parcel,
    Passed,
    Pouch,
    Receipt,
    Unfit,
    public_key,
    read_label,
    seal,
    sign_pouch,
    unpacked,
    unseal,
)
from sync.protocol.chain import sign
from sync.protocol.coding import Unprimed
from sync.protocol.errors import Garbled, Halted
from sync.protocol.messages import Answer, Ask, Batch
from sync.protocol.packing import pack, unpack

PARCEL = "/parcel"
PARCEL_ROOM = 4 * 1024 * 1024
"""Bytes of entries a desk carries back for another one over its own line."""
_ASKS = 60
_LEVEL = 19
_BATCH_BYTES = 512 * 1024
_OVERHEAD_BYTES = 64 * 1024


class Keyless(Exception):
    """The hub has not told yet what to seal carrier files with: one exchange over a line comes first."""


@dataclass(frozen=True, slots=True)
class Stick:
    """What a desk remembers of a pouch it wrote, to read the receipt by.

    key: private half (X25519) of the pouch's receipt key. cursor, epoch, writer: how the desk stood.
    first, last: chain numbers it holds, 0 when nothing waited. asked: refused changes asked about.
    """

    serial: int
    key: bytes
    cursor: int
    epoch: str
    writer: str
    first: int = 0
    last: int = 0
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Packed:
    """A pouch as a file, what to remember of it, how many changes it holds, and how many had no room."""

    file: bytes
    stick: Stick
    changes: int
    left: int


@dataclass(slots=True)
class Read:
    """What a receipt came to.

    is_known: nothing in it was new here. is_outdated: the hub was restored since, and the desk began to read
    anew; nothing counted, everything is offered again. more: the hub had more than fitted.
    agreed: both sides hold the same, of `count` records.
    again: the hub asks for a fresh pouch, "epoch" or "forked"; the desk has already done its part.
    """

    taken: Taken = field(default_factory=Taken)
    is_known: bool = True
    is_outdated: bool = False
    more: bool = False
    agreed: bool = False
    count: int = 0
    again: str = ""


def pack_pouch(
    replica: Replica, label: Label, *, clock_ms: Callable[[], int], random_bytes: Callable[[int], bytes]
) -> Packed:
    """Everything that waits, as far as it fits, and how far the desk has read. Raises Keyless."""
    identity, standing, asked = replica.identity(), replica.standing(), replica.asked()
    if not standing.carrier:
        raise Keyless
    asks, batches = _asks(replica, asked, clock_ms())
    key = random_bytes(32)
    receipt_key = X25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()
    pouch = Pouch(identity.hub, identity.device, label.serial, receipt_key, asks)
    file = seal(sign_pouch(identity.key, pouch), label, public_key(standing.carrier), random_bytes=random_bytes)
    changes = sum(len(batch.links) for batch in batches)
    first, last = (batches[0].first, _end(batches[-1])) if batches else (0, 0)
    stick = Stick(
        label.serial, key, standing.cursor, standing.epoch, standing.writer, first, last, asked
    )  # fmt: skip
    return Packed(file, stick, changes, max(0, replica.waiting() - changes))


def take_receipt(
    replica: Replica, stick: Stick, file: bytes, progress: Callable[[int, int], None] = lambda done, total: None
) -> Read:
    """Store what the hub answered to that pouch, page by page; taking it again changes nothing.

    progress is told how many pages of how many are stored.
    Raises Unfit when it is not the receipt for this pouch, Halted when the hub will not exchange with this
    desk, PullTooLarge as an exchange does.
    """
    receipt = _opened(replica, stick, file)
    if stick.cursor > replica.standing().cursor:
        return Read(is_outdated=True)
    read = Read()
    for number, body in enumerate(receipt.answers):
        progress(number, len(receipt.answers))
        try:
            answer = unpack(body, Answer)
        except (Garbled, Unprimed) as problem:
            raise Unfit("garbled") from problem
        if answer.halt:
            _mend(replica, stick, answer, read)
            return read
        if answer.epoch != replica.standing().epoch:
            read.is_outdated = True
            return read
        _take(replica, stick, read, _unread(replica, answer))
    return read


def pass_on(replica: Replica, caller: Caller, file: bytes) -> Passed:
    """Hand another desk's pouch to the hub. Raises as `Caller.call` does."""
    ask = Parcel(replica.standing().writer, replica.next_number(), file, PARCEL_ROOM)
    return caller.call(PARCEL, ask, Passed)


def _asks(replica: Replica, asked: list[str], clock_ms: int) -> tuple[list[bytes], list[Batch]]:
    """Signed asks with all that waits, as far as one pouch holds; one without a batch when nothing waits."""
    identity, standing = replica.identity(), replica.standing()
    empty = Ask(standing.writer, 0, standing.cursor, limits.PAGE, clock_ms, standing.epoch, asked=asked)
    asks, batches, after, room = [pack(empty, _LEVEL)], list[Batch](), 0, limits.POUCH - _OVERHEAD_BYTES
    while len(asks) <= _ASKS and (batch := replica.next_batch(limits.CHANGES, min(room, _BATCH_BYTES), after)):
        ask = msgspec.structs.replace(empty, batch=sign(identity.key, identity.hub, batch), asked=[])
        body = pack(ask, _LEVEL)
        room -= len(body)
        if room < 0:
            break
        asks.append(body)
        batches.append(batch)
        after = _end(batch)
    return asks, batches


def _end(batch: Batch) -> int:
    return batch.first + len(batch.links) - 1


def _opened(replica: Replica, stick: Stick, file: bytes) -> Receipt:
    label, identity = read_label(file), replica.identity()
    if label.kind != "receipt" or (label.device, label.serial) != (identity.device, stick.serial):
        raise Unfit("stranger")
    hub_key = public_key(replica.standing().carrier)
    content = unseal(file, X25519PrivateKey.from_private_bytes(stick.key), writer=hub_key)
    receipt = unpacked(content, Receipt)
    if (receipt.hub, receipt.device, receipt.serial) != (identity.hub, identity.device, stick.serial):
        raise Unfit("garbled")
    return receipt


def _mend(replica: Replica, stick: Stick, answer: Answer, read: Read) -> None:
    """Do what a desk can do itself about a halt, once; else raise Halted."""
    standing = replica.standing()
    if answer.halt not in ("epoch", "forked"):
        raise Halted(answer.halt, answer.why)
    if answer.halt == "epoch" and (standing.epoch != answer.epoch or standing.cursor == stick.cursor):
        replica.begin_epoch(answer.epoch)
    elif answer.halt == "forked" and standing.writer == stick.writer:
        replica.take_new_writer()
    else:
        return
    read.is_known, read.again = False, answer.halt


def _unread(replica: Replica, answer: Answer) -> Answer:
    """The answer without what the desk has read by another road: an old "leave" would take away what came back."""
    cursor = replica.standing().cursor
    return msgspec.structs.replace(answer, entries=[entry for entry in answer.entries if entry.pos > cursor])


def _take(replica: Replica, stick: Stick, read: Read, answer: Answer) -> None:
    before = replica.standing().cursor
    taken = replica.take(answer, None, stick.asked)
    read.taken = read.taken.plus(taken)
    if taken.applied or taken.refused or answer.cursor > before:
        read.is_known = False
    read.more = answer.more
    if answer.proof is not None and answer.cursor == replica.standing().cursor:
        read.agreed = replica.proof() == answer.proof
        read.count = answer.proof.count
