"""Who this desk is to its hub, kept inside the encrypted file."""

from __future__ import annotations

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, text

from desktop.store import marks
from desktop.store.errors import NotEnrolled
from desktop.store.rows import Desk
from sync.client.replica import Identity, Standing
from sync.protocol.chain import decode, encode
from sync.protocol.messages import Enrolled


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
        cursor=0,
        stock="" if holds_something else marks.WANTED,
    )


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
    epoch, cursor, writer, stock = marks.several(connection, marks.EPOCH, marks.CURSOR, marks.WRITER, marks.STOCK)
    return Standing(epoch, int(cursor or 0), writer, is_stocking=bool(stock) and not int(cursor or 0))


def _read(kept: str) -> Desk:
    if not kept:
        raise NotEnrolled
    return msgspec.json.decode(kept, type=Desk)
