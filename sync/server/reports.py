"""What the district may ask of its own hub: who and what there is, what was refused, everything as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from sync.protocol.addresses import Ears
from sync.protocol.messages import Change
from sync.records.codec import canonical
from sync.records.field import Record
from sync.server.agreed import Stand, stand_of
from sync.server.database import streamed
from sync.server.tables import JOURNAL, REFUSAL, STANDING


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One accepted change as the journal keeps it. received: hub clock, ms."""

    no: int
    change_id: str
    type: str
    record: str
    author: str
    aside: tuple[str, ...]
    received: int
    change: Change


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """One refused change, kept with its reason. asked: its author asks the district about it."""

    change_id: str
    code: str
    why: str
    asked: bool
    received: int
    change: Change


def journal(connection: Connection) -> Iterator[JournalLine]:
    """Every accepted change, in order."""
    for row in streamed(connection, select(JOURNAL).order_by(JOURNAL.c.no)):
        change = msgspec.json.decode(row.body, type=Change)
        line = (row.no, row.change_id, row.type, row.record, row.author, tuple(row.aside), row.received)
        yield JournalLine(*line, change)


def refusals(connection: Connection, *, asked_only: bool = False) -> Iterator[RefusalLine]:
    """Every refused change, oldest first."""
    query = select(REFUSAL).order_by(REFUSAL.c.received, REFUSAL.c.writer, REFUSAL.c.n)
    if asked_only:
        query = query.where(REFUSAL.c.asked)
    for row in streamed(connection, query):
        change = msgspec.json.decode(row.body, type=Change)
        yield RefusalLine(row.change_id, row.code, row.why, row.asked, row.received, change)


def standing(connection: Connection, kind: str = "") -> Iterator[Stand]:
    """The agreed records of one type, or all, by type and id."""
    query = select(STANDING).order_by(STANDING.c.type, STANDING.c.record)
    if kind:
        query = query.where(STANDING.c.type == kind)
    for row in streamed(connection, query):
        yield stand_of(row)


def standing_for(connection: Connection, place: str) -> dict[str, dict[str, Record]]:
    """What a desk at that place should hold: type -> record id -> fields."""
    ears = Ears(place)
    held: dict[str, dict[str, Record]] = defaultdict(dict)
    for stand in standing(connection):
        if any(map(ears.hears, stand.addresses)):
            held[stand.type][stand.record] = stand.fields
    return dict(held)


def record_lines(connection: Connection) -> Iterator[str]:
    """Every record as one line of JSON."""
    for stand in standing(connection):
        line = {"type": stand.type, "record": stand.record, "no": stand.no, "fields": stand.fields}
        yield canonical(line).decode("utf-8")


def journal_lines(connection: Connection) -> Iterator[str]:
    """Every accepted change as one line of JSON."""
    for line in journal(connection):
        row = {"no": line.no, "received": line.received, "aside": line.aside}
        yield canonical({**row, "change": msgspec.to_builtins(line.change)}).decode("utf-8")
