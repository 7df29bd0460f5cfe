"""Answering an enrolled desk: one exchange, one comparison, one request for an enrolment code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, update

from sync.protocol import coding, limits
from sync.protocol.carrier import Parcel
from sync.protocol.chain import is_signed
from sync.protocol.coding import Label, Unprimed
from sync.protocol.errors import Garbled
from sync.protocol.messages import PROTOCOL, Answer, Ask, Batch, Compare, Compared, MakeCode
from sync.protocol.packing import raw, squeezed_for, unpack
from sync.protocol.shortening import Unfamiliar, is_short
from sync.protocol.stock import Stock
from sync.server import inflater, lending, recall
from sync.server.access import Desk, Halt, bind_writer, desk_of, is_number, spend_number
from sync.server.agreed import is_name
from sync.server.chains import Forked, Verdicts, take_batch, verdicts_since
from sync.server.charter import Charter, read_charter
from sync.server.clock_doubt import is_doubtful
from sync.server.database import Database
from sync.server.pages import census, end_of_feed, entries_of, proof_of, read_page, tallies
from sync.server.tables import REFUSAL
from sync.server.turn import Turn

M = TypeVar("M", Ask, Compare, MakeCode, Parcel, Stock)
_INFLATED = {
    Ask: limits.INFLATED, Compare: 256 * 1024, MakeCode: 16 * 1024, Parcel: limits.POUCH * 3 // 2, Stock: 256 * 1024,
}  # fmt: skip
"""Bytes of each message, unpacked."""
_COMPARED = limits.INFLATED * 3 // 4
_ASKED = 500
_LEVEL = 6
"""zstd level of answers: a busy hub compresses more quickly than a desk."""


def reads() -> list[str]:
    """The ways of saying things this hub understands."""
    return [coding.SHORT, coding.DICTIONARY, *([coding.PPM] if inflater.is_possible() else [])]


class Exchange:
    """What desks may ask once they are enrolled. Holds nothing between requests.

    carrier_key: tells the hub's public key for carrier files (base64). new_id: makes ids of the hub's own records.
    """

    def __init__(
        self,
        database: Database,
        clock_ms: Callable[[], int],
        carrier_key: Callable[[], str],
        new_id: Callable[[], str],
    ) -> None:
        self._database = database
        self._clock_ms = clock_ms
        self._carrier_key = carrier_key
        self._new_id = new_id

    def answer(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer to one `Ask`. Raises Garbled."""
        return self._answered(path, body, headers)[0]

    def reply(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The same as bytes, in the smallest form the desk understands. Raises Garbled."""
        answer, reader = self._answered(path, body, headers)
        return squeezed_for(reader, raw(answer), _LEVEL)

    def _answered(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[Answer, Collection[str]]:
        charter, reader = None, list[str]()
        try:
            ask, desk, charter = self._heard(path, body, headers, Ask)
            reader = ask.reads
            self._check(ask, charter)
            verdicts = self._take(ask, desk, charter)
            self._lend(ask, desk, charter)
            return self._page(ask, desk, charter, verdicts), reader
        except Halt as halt:
            epoch, now = charter.epoch if charter else "", self._clock_ms()
            return Answer(epoch, now, halt=halt.code, why=halt.why, unknown=halt.unknown), reader

    def carried(self, ask: Ask, desk: Desk, charter: Charter) -> Answer:
        """The verdicts on what a pouch brought, `more` to come. Its numbers count for nothing: it may come late,
        twice, and after others. Raises Garbled.
        """
        try:
            self._check(ask, charter)
            found = self._take(ask, desk, charter, is_carried=True).verdicts
            self._lend(ask, desk, charter)
        except Halt as halt:
            return Answer(charter.epoch, self._clock_ms(), halt=halt.code, why=halt.why)
        return Answer(charter.epoch, self._clock_ms(), ask.cursor, verdicts=found, more=True, reads=reads())

    def read_out(self, ask: Ask, desk: Desk, charter: Charter) -> Answer:
        """A page of the feed for a receipt: every entry in full, since a copy of the disk may read it."""
        return self._page(msgspec.structs.replace(ask, writer=""), desk, charter, Verdicts([]))

    def compared(self, path: str, body: bytes, headers: Mapping[str, str]) -> Compared:
        """The answer to one `Compare`. Raises Garbled."""
        try:
            compare, desk = self.admit(path, body, headers, Compare)
        except Halt as halt:
            return Compared(halt=halt.code, why=halt.why)
        with self._database.read() as connection:
            return _compared(connection, desk.place, compare)

    def admit(self, path: str, body: bytes, headers: Mapping[str, str], kind: type[M]) -> tuple[M, Desk]:
        """A message of an enrolled desk, its number spent. Raises Garbled and Halt."""
        message, desk, charter = self._heard(path, body, headers, kind)
        with self._database.note() as connection:
            spend_number(connection, charter.district, desk, writer=message.writer, number=message.number)
        return message, desk

    def _heard(
        self, path: str, body: bytes, headers: Mapping[str, str], kind: type[M]
    ) -> tuple[M, Desk, Charter]:
        """Who asks is settled before the body is opened."""
        with self._database.read() as connection:
            desk, charter = desk_of(connection, path, body, headers), read_charter(connection)
        if desk.is_revoked:
            raise Halt("revoked")
        try:
            return unpack(body, kind, _INFLATED[kind], partial(self._open, desk)), desk, charter
        except Unprimed as problem:
            raise Halt("plain") from problem

    def _open(self, desk: Desk, label: Label, payload: bytes) -> bytes:
        """The body of a payload of this desk. Raises Garbled, Unprimed."""
        if label.way != coding.PPMD or not inflater.is_possible():
            return coding.opened(label, payload)
        with self._database.read() as connection:
            before = recall.text_before(connection, desk, label)
        return inflater.shared().inflate(before, payload, label)

    def _check(self, ask: Ask, charter: Charter) -> None:
        """A desk of another time, of the program or of the hub, must mend itself first."""
        if ask.protocol < PROTOCOL:
            raise Halt("protocol")
        if not is_number(ask.cursor) or not is_number(ask.room):
            raise Garbled("cursor")
        with self._database.read() as connection:
            end = end_of_feed(connection)
            if is_doubtful(connection, self._clock_ms(), ask.clock):
                raise Halt("clock")
        if (ask.epoch and ask.epoch != charter.epoch) or ask.cursor > end:
            raise Halt("epoch")

    def _take(self, ask: Ask, desk: Desk, charter: Charter, *, is_carried: bool = False) -> Verdicts:
        """Spend the number, and take in what came, in one transaction."""
        number = 0 if is_carried else ask.number
        admit = bind_writer if is_carried else spend_number
        if ask.batch is None:
            with self._database.note() as connection:
                admit(connection, charter.district, desk, writer=ask.writer, number=number)
                _mark_asked(connection, desk, ask.asked)
                return verdicts_since(connection, ask.writer, ask.since) if is_link(ask.since) else Verdicts([])
        batch = self._in_full(ask.batch, ask.writer, desk, charter)
        with self._database.write() as connection:
            admit(connection, charter.district, desk, writer=ask.writer, number=number)
            _mark_asked(connection, desk, ask.asked)
            turn = Turn(connection, charter.district, self._clock_ms())
            try:
                verdicts = take_batch(turn, desk, batch)
            except Forked as fork:
                raise Halt("forked") from fork
            turn.flush()
        return Verdicts(verdicts)

    def _lend(self, ask: Ask, desk: Desk, charter: Charter) -> None:
        """Lend the desk dossier numbers when it runs short of them. Most often it does not, and nobody waits."""
        with self._database.read() as connection:
            needs = lending.needs(connection, desk, ask.writer, self._clock_ms())
        if needs:
            with self._database.write() as connection:
                turn = Turn(connection, charter.district, self._clock_ms())
                lending.lend(turn, desk, ask.writer, self._new_id)
                turn.flush()

    def _in_full(self, batch: Batch, writer: str, desk: Desk, charter: Charter) -> Batch:
        """The batch with everything that was said briefly filled in, and checked. Raises Garbled, and Halt "plain"."""
        if not 1 <= len(batch.links) <= limits.CHANGES or batch.writer != writer:
            raise Garbled("batch")
        if not is_link(batch.first):
            raise Garbled("first")
        try:
            with self._database.read() as connection:
                whole = recall.in_full(connection, desk, batch)
            is_ours = is_signed(desk.key, charter.hub, whole)
        except Unfamiliar as problem:
            raise Halt("plain", unknown=problem.numbers) from problem
        except (ValueError, RecursionError) as problem:
            raise Garbled("chain") from problem
        if not is_ours:
            raise Halt("plain") if is_short(batch) else Garbled("signature")
        return whole

    def _page(self, ask: Ask, desk: Desk, charter: Charter, found: Verdicts) -> Answer:
        room = max(limits.ROOM_LEAST, min(ask.room, limits.PAGE))
        with self._database.read() as connection:
            page = read_page(connection, desk.place, writer=ask.writer, cursor=ask.cursor, room=room)
            proof = None if page.more else proof_of(connection, desk.place)
        return Answer(
            charter.epoch,
            self._clock_ms(),
            cursor=page.cursor,
            verdicts=[msgspec.structs.replace(verdict, id="") for verdict in found.verdicts],
            head=found.head,
            entries=page.entries,
            more=page.more,
            proof=proof,
            reads=reads(),
            carrier=self._carrier_key() if ask.keyless else "",
        )


def is_link(n: int) -> bool:
    """Whether it may be the number of a link."""
    return n >= 1 and is_number(n)


def _mark_asked(connection: Connection, desk: Desk, asked: list[str]) -> None:
    """The authors of these refused changes ask the district about them."""
    ids = [i for i in asked[:_ASKED] if is_name(i)]
    if ids:
        mine = REFUSAL.c.change_id.in_(ids) & (REFUSAL.c.device == desk.device)
        connection.execute(update(REFUSAL).where(mine).values(asked=True))


def _compared(connection: Connection, place: str, compare: Compare) -> Compared:
    if compare.want == "tallies":
        return Compared(tallies=tallies(connection, place))
    if compare.want == "census":
        return Compared(census=census(connection, place, compare.address))
    entries, size = [], 0
    for entry in entries_of(connection, place, [r for r in compare.records[: limits.RECORDS] if is_name(r)]):
        size += len(msgspec.json.encode(entry))
        if size > _COMPARED:
            raise Garbled("too large")
        entries.append(entry)
    return Compared(entries=entries)
