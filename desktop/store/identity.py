"""Who this desk is to its hub, kept inside the encrypted file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, text

from desktop.store import marks
from desktop.store.errors import NotEnrolled
from desktop.store.rows import Desk
from desktop.store.views import read_json
from sync.client.replica import Identity, Standing
from sync.protocol.chain import decode, encode
from sync.protocol.messages import Enrolled, Entry
from sync.records import Record


def keep(connection: Connection, enrolled: Enrolled, key: Ed25519PrivateKey, hub_url: str) -> None:
    """Keep what the hub said at enrolment. A desk that holds nothing takes current state, any other reads the feed."""
    holds_something = connection.execute(text("SELECT 1 FROM agreed LIMIT 1")).first() is not None
    desk = Desk(
        enrolled.hub, hub_url, enrolled.device, enrolled.number, enrolled.place, enrolled.place_name
    )  # fmt: skip
    marks.put(
        connection,
        desk=msgspec.json.encode(desk).decode(),
        private_key=encode(key.private_bytes_raw()),
        epoch=enrolled.epoch,
        hub_reads=" ".join(enrolled.reads),
        cursor=0,
        carrier=enrolled.carrier,
        stock="" if holds_something else marks.WANTED,
    )


def follow(connection: Connection, entries: Sequence[Entry]) -> None:
    """When this PC's own record says that it stands elsewhere now (villages merge), that is who it is from here on."""
    own = desk(connection) if any(entry.type == "device" for entry in entries) else None
    if own is None or all(entry.record != own.device for entry in entries):
        return
    fields = _agreed(connection, own.device)
    place, number = str(fields.get("place_code", own.place)), int(str(fields.get("number", own.number)))
    if (place, number) != (own.place, own.number):
        name = str(_agreed(connection, place).get("name", place))
        moved = replace(own, place=place, number=number, place_name=name)
        marks.put(connection, desk=msgspec.json.encode(moved).decode())


def _agreed(connection: Connection, record: str) -> Record:
    body = connection.execute(text("SELECT body FROM agreed WHERE record = :record"), {"record": record}).scalar()
    return read_json(body) if body else {}


def desk(connection: Connection) -> Desk:
    """Who this desk is. Raises NotEnrolled."""
    return _read(marks.get(connection, marks.DESK))


def identity(connection: Connection) -> Identity:
    """The same with the private key, for signing. Raises NotEnrolled."""
    kept, raw = marks.several(connection, marks.DESK, marks.PRIVATE_KEY)
    known = _read(kept)
    return Identity(known.hub, known.device, known.place, Ed25519PrivateKey.from_private_bytes(decode(raw)))


def standing(connection: Connection) -> Standing:
    """How far desk and hub have come."""
    names = (marks.EPOCH, marks.CURSOR, marks.WRITER, marks.READS, marks.CARRIER, marks.STOCK)
    epoch, cursor, writer, reads, carrier, stock = marks.several(connection, *names)
    is_stocking = bool(stock) and not int(cursor or 0)
    return Standing(epoch, int(cursor or 0), writer, frozenset(reads.split()), carrier, is_stocking)


def _read(kept: str) -> Desk:
    if not kept:
        raise NotEnrolled
    return msgspec.json.decode(kept, type=Desk)
