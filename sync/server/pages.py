"""Reading the feed: one page of what a desk may know, from its own cursor on, and the proof at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, or_, select

from sync.protocol import proof
from sync.protocol.addresses import Ears
from sync.protocol.messages import Change, Entry, Proof
from sync.server.database import streamed
from sync.server.tables import FEED, JOURNAL, STANDING, TALLY

_END = select(func.coalesce(func.max(FEED.c.pos), 0))


@dataclass(frozen=True, slots=True)
class Page:
    """Entries in order, how far the desk has read with them, and whether more waits."""

    entries: list[Entry]
    cursor: int
    more: bool


def end_of_feed(connection: Connection) -> int:
    """The last position."""
    return int(connection.execute(_END).scalar_one())


def read_page(connection: Connection, place: str, *, writer: str, cursor: int, room: int) -> Page:
    """Entries after `cursor` for a desk at `place`, within `room` bytes but never less than one entry."""
    entries: list[Entry] = []
    seen: set[int] = set()
    read, left = cursor, room
    for entry in _audible(connection, Ears(place), writer=writer, cursor=cursor):
        if entry.kind == "change" and entry.no in seen:
            continue
        left -= len(msgspec.json.encode(entry))
        if left < 0 and entries:
            return Page(entries, read, more=True)
        entries.append(entry)
        seen.add(entry.no)
        read = entry.pos
    return Page(entries, end_of_feed(connection), more=False)


def tallies(connection: Connection, place: str) -> dict[str, Proof]:
    """The proof of every address the desk listens on."""
    return {row.address: Proof(row.records, row.digest) for row in connection.execute(_tallies(Ears(place)))}


def proof_of(connection: Connection, place: str) -> Proof:
    """The proof of everything the desk should hold."""
    return proof.total(list(tallies(connection, place).values()))


def census(connection: Connection, place: str, address: str) -> dict[str, str]:
    """Marks by record id at one address; nothing of an address the desk does not listen on."""
    if not Ears(place).hears(address):
        return {}
    rows = streamed(connection, _located(address))
    return {row.record: row.mark for row in rows if address in row.addresses}


def entries_of(connection: Connection, place: str, records: list[str]) -> Iterator[Entry]:
    """Every entry of these records, as far as the desk may read them, in order."""
    return entries_heard(connection, Ears(place).hears, records)


def entries_heard(connection: Connection, hears: Callable[[str], bool], records: list[str]) -> Iterator[Entry]:
    """Every entry of those of these records that are at an address which is heard, in order."""
    query = (
        select(JOURNAL, STANDING.c.addresses)
        .join(STANDING, JOURNAL.c.record == STANDING.c.record)
        .where(JOURNAL.c.record.in_(records))
        .order_by(JOURNAL.c.no)
    )
    for row in streamed(connection, query):
        if heard := [a for a in row.addresses if hears(a)]:
            yield _entry(row, pos=0, address=heard, with_change=True)


def _located(address: str) -> Select[Any]:
    """Where to look for the records of an address, closed sessions apart from the rest."""
    found = select(STANDING.c.record, STANDING.c.mark, STANDING.c.addresses)
    if address == "*":
        return found
    if not address.startswith("="):
        return found.where(STANDING.c.place == address.lstrip("^"))
    roots = select(STANDING.c.record).where(STANDING.c.closer != "")
    return found.where(STANDING.c.root.in_(roots))


def _heard(column: ColumnElement[str], ears: Ears) -> ColumnElement[bool]:
    return or_(*(and_(column >= low, column <= high) for low, high in ears.ranges()))


@cache
def _tallies(ears: Ears) -> Select[Any]:
    return select(TALLY).where(_heard(TALLY.c.address, ears), TALLY.c.records > 0)


@cache
def _after_cursor(ears: Ears) -> Select[Any]:
    return (
        select(FEED, STANDING.c.addresses, STANDING.c.type.label("record_type"), JOURNAL)
        .join(STANDING, FEED.c.record == STANDING.c.record)
        .join(JOURNAL, FEED.c.no == JOURNAL.c.no)
        .where(FEED.c.pos > bindparam("cursor"), _heard(FEED.c.address, ears))
        .order_by(FEED.c.pos)
    )


def _audible(connection: Connection, ears: Ears, *, writer: str, cursor: int) -> Iterator[Entry]:
    """Rows for these ears, judged by who holds the record today.

    What went to a place before the record left it is not shown to those who come later; a "leave" is
    not shown to those who still hold it, or hold it again.
    """
    for row in streamed(connection, _after_cursor(ears), cursor=cursor):
        heard = [address for address in row.addresses if ears.hears(address)]
        if row.kind == "leave" and not heard:
            yield _leave(row)
        elif row.kind != "leave" and heard:
            is_own = row.kind == "change" and row.writer == writer
            yield _entry(row, pos=row.pos, address=heard, with_change=not is_own)


def _leave(row: Row[Any]) -> Entry:
    return Entry(
        pos=row.pos,
        no=row.no,
        record=row.record,
        type=row.record_type,
        kind="leave",
        reason=row.reason,
        stub=row.stub,
    )


def _entry(row: Row[Any], *, pos: int, address: list[str], with_change: bool) -> Entry:
    return Entry(
        pos=pos,
        no=row.no,
        record=row.record if with_change else "",
        type=row.type if with_change else "",
        id=row.change_id,
        change=_change(row) if with_change else None,
        aside=row.aside,
        merged=row.merged,
        address=address,
        received=row.received,
    )


def _change(row: Row[Any]) -> Change:
    """The change as it came, but deciding only clashes of its own record."""
    change = msgspec.json.decode(row.body, type=Change)
    return msgspec.structs.replace(change, settles=row.settled) if change.settles else change
