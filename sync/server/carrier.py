"""The hub's side of the road without a line: opening pouches, taking them in, sealing receipts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from sqlalchemy import select

from sync.protocol import limits
from sync.protocol.carrier import KEY_BYTES, Label, Pouch, Receipt, Unfit, open_pouch, read_label, seal, unseal
from sync.protocol.carrier_folder import file_name
from sync.protocol.chain import encode
from sync.protocol.coding import Unprimed
from sync.protocol.errors import Garbled
from sync.protocol.messages import Answer, Ask
from sync.protocol.packing import pack, unpack
from sync.server.access import Desk, Halt, known_desk
from sync.server.agreed import is_name
from sync.server.charter import Charter, carrier_key, make_carrier_key, read_charter
from sync.server.database import Database
from sync.server.exchange import Exchange
from sync.server.tables import WRITER

ASKS = 64
"""Asks in one pouch."""
_LEVEL = 12
_MARGIN_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Handled:
    """A pouch taken in: its label, the receipt as a file with its name, and what came of it.

    fresh: changes the hub had not seen before. halt: as in `Answer`, "" when all is well.
    """

    label: Label
    receipt: bytes
    receipt_name: str
    applied: int
    refused: int
    fresh: int
    halt: str


class CarrierKey:
    """The hub's key for carrier files; made when first wanted, kept in the database."""

    def __init__(self, database: Database, random_bytes: Callable[[int], bytes]) -> None:
        self._database = database
        self._random_bytes = random_bytes

    def private(self) -> X25519PrivateKey:
        """The key itself. Raises NotFounded."""
        with self._database.read() as connection:
            kept = carrier_key(connection)
        if kept is not None:
            return kept
        with self._database.write() as connection:
            return make_carrier_key(connection, self._random_bytes)

    def public(self) -> str:
        """What desks seal for (base64). Raises NotFounded."""
        return encode(self.private().public_key().public_bytes_raw())


class Counter:
    """Where pouches are handed in. Holds nothing between them; a pouch may be handed in any number of times."""

    def __init__(
        self, database: Database, exchange: Exchange, key: CarrierKey, random_bytes: Callable[[int], bytes]
    ) -> None:
        self._database = database
        self._exchange = exchange
        self._key = key
        self._random_bytes = random_bytes

    def take(self, raw: bytes, room: int = limits.RECEIPT_ENTRIES) -> Handled:
        """Take in a pouch and seal the receipt, with at most `room` bytes of entries (before compression).

        Raises Unfit: then nothing was taken in, but for what stood before an ask that makes no sense.
        """
        label, charter = _checked_label(raw), self._charter()
        if label.hub != charter.hub:
            raise Unfit("hub")
        desk, pouch = self._opened(raw, label)
        intake = _Intake(self._database, self._exchange, desk, charter)
        if desk.is_revoked:
            intake.answers.append(Answer(charter.epoch, 0, halt="revoked"))
        else:
            intake.take(pouch.asks)
            intake.read_out(min(room, limits.RECEIPT_ENTRIES))
        named = msgspec.structs.replace(label, kind="receipt")
        verdicts = [verdict for answer in intake.answers for verdict in answer.verdicts]
        return Handled(
            label=label,
            receipt=self._sealed(named, pouch, intake.answers),
            receipt_name=file_name(named),
            applied=sum(verdict.no > 0 for verdict in verdicts),
            refused=sum(bool(verdict.refused) for verdict in verdicts),
            fresh=intake.fresh,
            halt=next((answer.halt for answer in intake.answers if answer.halt), ""),
        )

    def _opened(self, raw: bytes, label: Label) -> tuple[Desk, Pouch]:
        """Who wrote it is settled before the asks are opened."""
        content = unseal(raw, self._key.private())
        try:
            with self._database.read() as connection:
                desk = known_desk(connection, label.device)
            pouch = open_pouch(content, desk.key)
        except (Garbled, Halt, InvalidSignature) as problem:
            raise Unfit("stranger") from problem
        same = (pouch.hub, pouch.device, pouch.serial) == (label.hub, label.device, label.serial)
        if not same or len(pouch.receipt_key) != KEY_BYTES:
            raise Unfit("garbled")
        return desk, pouch

    def _sealed(self, label: Label, pouch: Pouch, answers: list[Answer]) -> bytes:
        packed = _within([pack(answer, _LEVEL) for answer in answers], limits.RECEIPT - _MARGIN_BYTES)
        content = msgspec.msgpack.encode(Receipt(pouch.hub, pouch.device, pouch.serial, packed))
        try:
            reader = X25519PublicKey.from_public_bytes(pouch.receipt_key)
            return seal(content, label, reader, random_bytes=self._random_bytes, writer=self._key.private())
        except ValueError as problem:
            raise Unfit("garbled") from problem

    def _charter(self) -> Charter:
        with self._database.read() as connection:
            return read_charter(connection)


class _Intake:
    """One pouch of one desk: verdicts on everything first, then the feed as far as it fits."""

    def __init__(self, database: Database, exchange: Exchange, desk: Desk, charter: Charter) -> None:
        self._database = database
        self._exchange = exchange
        self._desk = desk
        self._charter = charter
        self._last: Ask | None = None
        self.answers: list[Answer] = []
        self.fresh = 0

    def take(self, asks: list[bytes]) -> None:
        """Take in the asks, one at a time in memory, until one is halted. Raises Unfit."""
        if not 1 <= len(asks) <= ASKS:
            raise Unfit("garbled")
        for body in asks:
            try:
                self._last = unpack(body, Ask)
                known = self._links(self._last.writer)
                self.answers.append(self._exchange.carried(self._last, self._desk, self._charter))
            except (Garbled, Unprimed) as problem:
                raise Unfit("garbled") from problem
            self.fresh += self._links(self._last.writer) - known
            if self.answers[-1].halt:
                return

    def read_out(self, room: int) -> None:
        """Pages of the feed from the desk's cursor on, unless it was halted."""
        if self._last is None or self.answers[-1].halt:
            return
        while room > 0:
            page = min(room, limits.PAGE)
            ask = msgspec.structs.replace(self._last, room=page, cursor=self.answers[-1].cursor)
            self.answers.append(self._exchange.read_out(ask, self._desk, self._charter))
            if not self.answers[-1].more:
                return
            room -= page

    def _links(self, writer: str) -> int:
        """How long the hub knows this writer's chain to be."""
        if not is_name(writer):
            return 0
        with self._database.read() as connection:
            known = select(WRITER.c.last).where(WRITER.c.writer == writer)
            return connection.execute(known).scalar() or 0


def _checked_label(raw: bytes) -> Label:
    if len(raw) > limits.POUCH:
        raise Unfit("foreign")
    label = read_label(raw)
    if label.kind != "pouch":
        raise Unfit("receipt")
    return label


def _within(packed: list[bytes], room_bytes: int) -> list[bytes]:
    """As many answers as fit; the desk reads on with its next pouch."""
    kept: list[bytes] = []
    for body in packed:
        room_bytes -= len(body)
        if room_bytes < 0:
            break
        kept.append(body)
    return kept
