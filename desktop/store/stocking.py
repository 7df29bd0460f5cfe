"""Taking current state in pages: the plan, the pieces that have arrived, and what one page changes (decision 0014)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from desktop.store import clock, departure, identity, marks, newcomers
from desktop.store.agreed import Agreed, AgreedRecords
from desktop.store.newcomers import Prepared, told_apart
from desktop.store.summary import Summarise
from desktop.store.tables import VIEWS
from desktop.store.views import json_list
from desktop.store.writing import Touched
from sync.client.replica import Stocking
from sync.protocol.errors import Garbled
from sync.protocol.messages import Entry
from sync.protocol.proof import mark
from sync.protocol.stock import Piece, State, Stocked, unpress

WANTED_AT_ONCE = 200
"""Names of pages in one request; each is about thirty bytes of it."""

_LEFT = text("SELECT name, crc, arrived FROM stock WHERE taken = 0 ORDER BY rank LIMIT :most")
_FORGET = text("DELETE FROM stock WHERE name IN (SELECT value FROM json_each(:names))")
_FORGET_OTHERS = text("DELETE FROM stock WHERE name NOT IN (SELECT value FROM json_each(:names))")
_PLAN = text("""
    INSERT INTO stock (name, rank) VALUES (:name, :rank) ON CONFLICT DO UPDATE SET rank = excluded.rank
""")
_ARRIVED = text("SELECT taken, crc, arrived FROM stock WHERE name = :name")
_KEEP = text("UPDATE stock SET crc = :crc, arrived = :arrived WHERE name = :name")
_TAKEN = text("UPDATE stock SET taken = 1, arrived = x'' WHERE name = :name")
_IS_LEFT = text("SELECT 1 FROM stock WHERE taken = 0 LIMIT 1")
_UNTOLD = text("UPDATE agreed SET untold = 1 WHERE record IN (SELECT value FROM json_each(:ids))")
_TOLD = text("UPDATE agreed SET untold = 0 WHERE untold > 0 AND record IN (SELECT value FROM json_each(:ids))")
_ASK = text("""
    UPDATE agreed SET untold = 2 WHERE untold > 0 AND record IN (SELECT value FROM json_each(:ids)) RETURNING record
""")
_ASKED = text("""
    SELECT record FROM agreed WHERE untold = 2 UNION SELECT agreed.record FROM clash JOIN agreed
    ON agreed.record = clash.record WHERE clash.state = 'open' AND agreed.untold = 1 ORDER BY 1 LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page that was read: its records, what was said of those once set aside, and the rows if all of it is new."""

    states: list[State]
    entries: list[Entry]
    prepared: Prepared


def open_page(body: bytes, summarise: Summarise) -> OpenPage:
    """Read a whole page; no file is touched, so another one may be written meanwhile. Raises Garbled."""
    states, entries = unpress(body)
    return OpenPage(states, entries, newcomers.prepare([s for s in states if s.type in VIEWS], summarise))


def open_whole(answer: Stocked, bodies: Sequence[bytes], summarise: Summarise) -> list[OpenPage | None]:
    """The pages of an answer that came in one piece and can be read; of the others None."""
    return [_open_whole(piece, body, summarise) for piece, body in zip(answer.pieces, bodies, strict=True)]


def _open_whole(piece: Piece, body: bytes, summarise: Summarise) -> OpenPage | None:
    if len(body) != piece.size or zlib.crc32(body) != piece.check:
        return None
    try:
        return open_page(body, summarise)
    except Garbled:
        # Whoever stores it says so again, and counts it as a failure.
        return None


def stocking(connection: Connection) -> Stocking | None:
    """What to ask for next; None when the feed is the road."""
    if not identity.standing(connection).is_stocking:
        return None
    if marks.get(connection, marks.STOCK) == marks.WANTED:
        return Stocking()
    left = connection.execute(_LEFT, {"most": WANTED_AT_ONCE}).all()
    first = left[0]
    return Stocking(tuple(row.name for row in left), len(first.arrived), first.crc)


def take_plan(connection: Connection, answer: Stocked) -> None:
    """Keep a plan, without what an earlier one had that was not taken; and forget what the hub has no more."""
    if answer.plan:
        pos = marks.number(connection, marks.STOCK_POS) or answer.pos
        connection.execute(_FORGET_OTHERS, {"names": json_list(answer.plan)})
        connection.execute(_PLAN, [{"name": name, "rank": rank} for rank, name in enumerate(answer.plan)])
        marks.put(connection, stock=marks.TAKING, stock_pos=min(pos, answer.pos))
    elif not answer.pieces and not answer.gone:
        # A plan without pages: the hub holds nothing for this desk yet.
        marks.put(connection, stock="", cursor=answer.pos)
    if answer.gone:
        connection.execute(_FORGET, {"names": json_list(answer.gone)})
        marks.put(connection, stock=marks.WANTED)


def arrived(connection: Connection, piece: Piece, body: bytes) -> bytes | None:
    """The page when this piece completes it; until then the piece is kept. What is not the page is forgotten."""
    row = connection.execute(_ARRIVED, {"name": piece.name}).first()
    if row is None or row.taken:
        return None
    before = bytes(row.arrived) if piece.offset and row.crc == piece.check else b""
    if len(before) != piece.offset:
        return None
    whole = before + body
    if len(whole) < piece.size:
        connection.execute(_KEEP, {"name": piece.name, "crc": piece.check, "arrived": whole})
        return None
    if zlib.crc32(whole) != piece.check:
        connection.execute(_KEEP, {"name": piece.name, "crc": 0, "arrived": b""})
        return None
    return whole


def take_states(connection: Connection, page: OpenPage, summarise: Summarise, wall_ms: int) -> Touched:
    """Make these states agreed; what of it is still to be folded. A state no newer than what is held is passed by."""
    states = page.states
    seen = latest = marks.number(connection, marks.AT_SEEN)
    for state in states:
        latest = clock.latest(latest, state.updated_ms, wall_ms)
    if latest > seen:
        marks.put(connection, at_seen=latest)
    fresh, others = told_apart(connection, states)
    newcomers.write(connection, newcomers.prepare(fresh, summarise) if others else page.prepared)
    return _put(connection, others)


def taken(connection: Connection, name: str) -> None:
    """The page is stored. After the last one the feed is read from where the plan said."""
    connection.execute(_TAKEN, {"name": name})
    if connection.execute(_IS_LEFT).first() is None and marks.get(connection, marks.STOCK) == marks.TAKING:
        end(connection, marks.number(connection, marks.STOCK_POS))


def end(connection: Connection, cursor: int) -> None:
    """No more pages: the feed is the road, from there on."""
    connection.execute(text("DELETE FROM stock"))
    marks.put(connection, stock="", stock_pos=0, cursor=cursor)


def told(connection: Connection, records: Sequence[str]) -> None:
    """All entries of these records are here now."""
    connection.execute(_TOLD, {"ids": json_list(records)})


def ask(connection: Connection, records: Sequence[str]) -> bool:
    """Let the next round bring the history of those of these records that lack it; whether any does."""
    return bool(connection.execute(_ASK, {"ids": json_list(records)}).all())


def untold(connection: Connection, most: int) -> list[str]:
    """Records whose history is not here and that somebody asked about, or that have an open clash."""
    return list(connection.execute(_ASKED, {"most": most}).scalars())


def _put(connection: Connection, states: Sequence[State]) -> Touched:
    touched: Touched = {}
    records = AgreedRecords(connection, [state.record for state in states])
    newer = [state for state in states if _is_newer(records.get(state.record), state)]
    for state in newer:
        records.put(state.record, _agreed(state))
        touched.setdefault(state.type, set()).add(state.record)
    records.write()
    ids = [state.record for state in newer]
    if not ids:
        return touched
    connection.execute(_UNTOLD, {"ids": json_list(ids)})
    for name, back in departure.return_of(connection, ids).items():
        touched.setdefault(name, set()).update(back)
    return touched


def _is_newer(held: Agreed | None, state: State) -> bool:
    return held is None or state.no > held.no


def _agreed(state: State) -> Agreed:
    marked = mark(state.type, state.record, state.no, state.fields)
    where: list[Any] = [state.address]
    return Agreed(state.type, state.no, state.fields, where, marked, state.created_ms, state.updated_ms)
