"""Answering an enrolled desk: one exchange, one comparison, one request for an enrolment code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, update

from sync.protocol import limits
from sync.protocol.chain import is_signed
from sync.protocol.errors import Garbled
from sync.protocol.messages import PROTOCOL, Answer, Ask, Batch, Compare, Compared, MakeCode, Verdict
from sync.protocol.packing import unpack
from sync.protocol.stock import Stock
from sync.server.access import Desk, Halt, desk_of, is_number, spend_number
from sync.server.agreed import is_name
from sync.server.chains import Forked, take_batch
from sync.server.charter import Charter, read_charter
from sync.server.database import Database
from sync.server.pages import census, end_of_feed, entries_of, proof_of, read_page, tallies
from sync.server.tables import REFUSAL
from sync.server.turn import Turn

M = TypeVar("M", Ask, Compare, MakeCode, Stock)
_INFLATED = {Ask: limits.INFLATED, Compare: 256 * 1024, MakeCode: 16 * 1024, Stock: 256 * 1024}
"""Bytes of each message, unpacked."""
_COMPARED = limits.INFLATED * 3 // 4
_ASKED = 500


class Exchange:
    """What desks may ask once they are enrolled. Holds nothing between requests."""

    def __init__(self, database: Database, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._clock_ms = clock_ms

    def answer(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer to one `Ask`. Raises Garbled."""
        charter = None
        try:
            ask, desk, charter = self._heard(path, body, headers, Ask)
            self._check(ask, charter)
            verdicts = self._take(ask, desk, charter)
            return self._page(ask, desk, charter, verdicts)
        except Halt as halt:
            return Answer(charter.epoch if charter else "", self._clock_ms(), halt=halt.code, why=halt.why)

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
        return unpack(body, kind, _INFLATED[kind]), desk, charter

    def _check(self, ask: Ask, charter: Charter) -> None:
        """A desk of another time, of the program or of the hub, must mend itself first."""
        if ask.protocol < PROTOCOL:
            raise Halt("protocol")
        if not is_number(ask.cursor) or not is_number(ask.room):
            raise Garbled("cursor")
        with self._database.read() as connection:
            end = end_of_feed(connection)
        if (ask.epoch and ask.epoch != charter.epoch) or ask.cursor > end:
            raise Halt("epoch")

    def _take(self, ask: Ask, desk: Desk, charter: Charter) -> list[Verdict]:
        """Spend the number, and take in what came, in one transaction."""
        if ask.batch is None:
            with self._database.note() as connection:
                spend_number(connection, charter.district, desk, writer=ask.writer, number=ask.number)
                _mark_asked(connection, desk, ask.asked)
            return []
        _check_batch(ask.batch, ask.writer, desk, charter)
        with self._database.write() as connection:
            spend_number(connection, charter.district, desk, writer=ask.writer, number=ask.number)
            _mark_asked(connection, desk, ask.asked)
            turn = Turn(connection, charter.district, self._clock_ms())
            try:
                verdicts = take_batch(turn, desk, ask.batch)
            except Forked as fork:
                raise Halt("forked") from fork
            turn.flush()
        return verdicts

    def _page(self, ask: Ask, desk: Desk, charter: Charter, verdicts: list[Verdict]) -> Answer:
        room = max(limits.ROOM_LEAST, min(ask.room, limits.PAGE))
        with self._database.read() as connection:
            page = read_page(connection, desk.place, writer=ask.writer, cursor=ask.cursor, room=room)
            proof = None if page.more else proof_of(connection, desk.place)
        return Answer(
            charter.epoch,
            self._clock_ms(),
            cursor=page.cursor,
            verdicts=[msgspec.structs.replace(verdict, id="") for verdict in verdicts],
            entries=page.entries,
            more=page.more,
            proof=proof,
        )


def _check_batch(batch: Batch, writer: str, desk: Desk, charter: Charter) -> None:
    """Everything about a batch that can be told without the database."""
    if not 1 <= len(batch.links) <= limits.CHANGES or batch.writer != writer:
        raise Garbled("batch")
    if batch.first < 1 or not is_number(batch.first):
        raise Garbled("first")
    try:
        is_ours = is_signed(desk.key, charter.hub, batch)
    except (ValueError, RecursionError) as problem:
        raise Garbled("chain") from problem
    if not is_ours:
        raise Garbled("signature")


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
