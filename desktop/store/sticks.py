"""What this desk remembers of the road without a line: sticks it wrote, and parcels it carries for other desks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from desktop.store.database import Database
from desktop.store.identity import desk
from desktop.store.kept import next_serial
from desktop.store.surroundings import Surroundings
from desktop.store.views import json_list, read_json
from sync.client.carrier import Packed, Read, Stick, pack_pouch, take_receipt
from sync.client.replica import Replica
from sync.protocol.carrier import Label

PARCELS_KEPT = 200
"""Parcels whose receipts were handed over stay this long, counted in parcels, in case a stick gets lost."""
_SERIES = "carrier"

_KEEP = text("""
    INSERT INTO stick (serial, key, cursor, epoch, writer, first, last, asked, written_at)
    VALUES (:serial, :key, :cursor, :epoch, :writer, :first, :last, :asked, :at)
""")
_FORGET = text("DELETE FROM stick WHERE serial = :serial")
_ANSWERED = text("UPDATE stick SET answered_at = :at, key = x'' WHERE serial = :serial")
_STICK = text("SELECT * FROM stick WHERE serial = :serial")
_LAST = text("SELECT * FROM stick ORDER BY serial DESC LIMIT 1")
_STILL_WAITING = text("""
    SELECT count(*) FROM change
    WHERE state IN ('waiting', 'offered') AND writer = :writer AND n BETWEEN :first AND :last
""")
_TAKE_PARCEL = text("""
    INSERT INTO parcel (digest, device, serial, name, file, taken_at)
    VALUES (:digest, :device, :serial, :name, :file, :at)
    ON CONFLICT (digest) DO UPDATE SET file = excluded.file, unfit = '', handed_at = 0 WHERE unfit <> ''
""")
_PARCELS = "SELECT seq, device, serial, name, taken_at, receipt IS NOT NULL AS answered, unfit, handed_at FROM parcel"
_RECEIPT = text("SELECT receipt FROM parcel WHERE seq = :seq")
_FILE = text("SELECT file FROM parcel WHERE seq = :seq")
_ANSWER_PARCEL = text("""
    UPDATE parcel SET receipt = :receipt, unfit = :unfit, file = x'', handed_at = :handed WHERE seq = :seq
""")
_HANDED = text("UPDATE parcel SET handed_at = :at WHERE handed_at = 0 AND seq = :seq")
_THIN_OUT = text("""
    DELETE FROM parcel WHERE handed_at > 0
        AND seq NOT IN (SELECT seq FROM parcel WHERE handed_at > 0 ORDER BY seq DESC LIMIT :kept)
""")


@dataclass(frozen=True, slots=True)
class KeptStick:
    """A stick that was written. still_waiting: changes on it the district has not answered by any road."""

    stick: Stick
    written_ms: int
    answered_ms: int
    still_waiting: int


@dataclass(frozen=True, slots=True)
class KeptParcel:
    """Another desk's pouch on its way. name: of its file. unfit: why the district could not take it."""

    seq: int
    device: str
    serial: int
    name: str
    taken_ms: int
    is_answered: bool
    unfit: str
    handed_ms: int


class Sticks:
    """Sticks and parcels of one open store. Each method commits before it returns; may raise WriteError."""

    def __init__(self, database: Database, around: Surroundings, replica: Replica) -> None:
        self._database = database
        self._around = around
        self._replica = replica

    def pack(self, name: str, day: str) -> tuple[Label, Packed]:
        """The next pouch, `name` and `day` on its label; what its receipt needs is kept before anything is written.

        Raises Keyless, NotEnrolled.
        """
        with self._database.reading() as connection:
            here = desk(connection)
        with self._database.writing() as connection:
            serial = next_serial(connection, _SERIES)
        label = Label("pouch", here.hub, here.device, serial, here.place, name, day)
        packed = pack_pouch(
            self._replica, label, clock_ms=self._around.clock_ms, random_bytes=self._around.random_bytes
        )  # fmt: skip
        self._keep(packed.stick)
        return label, packed

    def take_receipt(self, stick: Stick, file: bytes, progress: Callable[[int, int], None]) -> Read:
        """Store what the district answered; the stick then needs no receipt any more.

        Raises as `sync.client.carrier.take_receipt` does; then it can be read again.
        """
        read = take_receipt(self._replica, stick, file, progress)
        with self._database.writing() as connection:
            connection.execute(_ANSWERED, {"serial": stick.serial, "at": self._around.clock_ms()})
        return read

    def free_bytes(self, folder: Path) -> int:
        """Free space at a folder."""
        return self._around.free_bytes(folder)

    def forget(self, serial: int) -> None:
        """The stick was not written after all."""
        with self._database.writing() as connection:
            connection.execute(_FORGET, {"serial": serial})

    def find(self, serial: int) -> KeptStick | None:
        """The stick of that number."""
        with self._database.reading() as connection:
            return _stick(connection, connection.execute(_STICK, {"serial": serial}).first())

    def last(self) -> KeptStick | None:
        """The stick written last."""
        with self._database.reading() as connection:
            return _stick(connection, connection.execute(_LAST).first())

    def take_parcel(self, device: str, serial: int, name: str, file: bytes) -> bool:
        """Carry another desk's pouch; whether it was not known yet."""
        digest = hashlib.sha256(file).hexdigest()
        row = {"digest": digest, "device": device, "serial": serial, "name": name, "file": file}
        with self._database.writing() as connection:
            connection.execute(_THIN_OUT, {"kept": PARCELS_KEPT})
            taken = connection.execute(_TAKE_PARCEL, {**row, "at": self._around.clock_ms()})
            return taken.rowcount == 1

    def parcels(self) -> list[KeptParcel]:
        """All parcels, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(text(f"{_PARCELS} ORDER BY seq"))
            return [
                KeptParcel(r.seq, r.device, r.serial, r.name, r.taken_at, bool(r.answered), r.unfit, r.handed_at)
                for r in rows
            ]

    def parcel_file(self, seq: int) -> bytes:
        """What was carried, as long as it has no answer."""
        with self._database.reading() as connection:
            return bytes(connection.execute(_FILE, {"seq": seq}).scalar_one())

    def parcel_receipt(self, seq: int) -> bytes:
        """The receipt of an answered parcel."""
        with self._database.reading() as connection:
            return bytes(connection.execute(_RECEIPT, {"seq": seq}).scalar_one())

    def answer_parcel(self, seq: int, receipt: bytes | None, unfit: str = "") -> None:
        """What the district said to a parcel: its receipt, or why it could not be taken."""
        handed = self._around.clock_ms() if receipt is None else 0
        row = {"seq": seq, "receipt": receipt, "unfit": unfit, "handed": handed}
        with self._database.writing() as connection:
            connection.execute(_ANSWER_PARCEL, row)

    def hand_over(self, seqs: Sequence[int]) -> None:
        """The receipts of these parcels now lie on a stick."""
        with self._database.writing() as connection:
            for seq in seqs:
                connection.execute(_HANDED, {"seq": seq, "at": self._around.clock_ms()})

    def _keep(self, stick: Stick) -> None:
        row = {name: getattr(stick, name) for name in ("serial", "key", "cursor", "epoch", "writer", "first", "last")}
        with self._database.writing() as connection:
            connection.execute(_KEEP, {**row, "asked": json_list(stick.asked), "at": self._around.clock_ms()})


def _stick(connection: Connection, row: Any) -> KeptStick | None:
    if row is None:
        return None
    stick = Stick(
        row.serial, bytes(row.key), row.cursor, row.epoch, row.writer, row.first, row.last, read_json(row.asked)
    )  # fmt: skip
    span = {"writer": row.writer, "first": row.first, "last": row.last}
    waiting = connection.execute(_STILL_WAITING, span).scalar_one()
    return KeptStick(stick, row.written_at, row.answered_at, int(waiting))
