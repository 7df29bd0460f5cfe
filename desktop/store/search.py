"""Finding people and disputes by any part of a name, pinyin initials, phone digits, number or text."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, column, func, select, table, text

from desktop.store.dispute_list import ROW, dispute_row, readable
from desktop.store.grams import phrase, words
from desktop.store.rows import Found, PersonHit
from desktop.store.tables import DISPUTE, PARTY

CANDIDATES = 200
"""Parties looked at, newest first, before people are told apart."""
_LAST = "\U0010ffff"

_SEARCH = table("search", column("rowid"))
_PARTY_SEARCH = table("party_search", column("rowid"))


def search(connection: Connection, typed: str, reader: str, limit: int) -> Found:
    """What matches all the words typed, newest first. A single character finds names that begin with it."""
    asked = words(typed)
    if not asked:
        return Found((), ())
    if len(asked) == 1 and len(asked[0]) == 1:
        parties = _beginning(asked[0])
        disputes = select(DISPUTE.c.key).join(PARTY, PARTY.c.dispute_id == DISPUTE.c.id).where(PARTY.c.key.in_(parties))
    else:
        match = " AND ".join(phrase(word) for word in asked)
        parties, disputes = _matching(_PARTY_SEARCH, match).limit(CANDIDATES), _matching(_SEARCH, match)
    listed = select(*ROW).where(DISPUTE.c.key.in_(disputes), readable(reader)).order_by(DISPUTE.c.key.desc())
    rows = connection.execute(listed.limit(limit)).all()
    return Found(_people(connection, parties, reader, limit), tuple(dispute_row(row) for row in rows))


def _matching(index: Any, match: str) -> Select[Any]:
    found = text(f"{index.name} MATCH :match").bindparams(match=match)
    return select(index.c.rowid).where(found).order_by(index.c.rowid.desc())


def _beginning(character: str) -> Select[Any]:
    """Keys of parties whose name, or its initials, begin with a character."""
    sought = PARTY.c.initials if character.isascii() else PARTY.c.name
    return (
        select(PARTY.c.key)
        .where(sought >= character, sought < character + _LAST)
        .order_by(PARTY.c.key.desc())
        .limit(CANDIDATES)
    )


def _people(connection: Connection, parties: Select[Any], reader: str, limit: int) -> tuple[PersonHit, ...]:
    listed = (
        select(PARTY.c.name, func.coalesce(PARTY.c.phone, "").label("phone"), DISPUTE.c.place_code, DISPUTE.c.id)
        .join(DISPUTE, DISPUTE.c.id == PARTY.c.dispute_id)
        .where(PARTY.c.key.in_(parties), PARTY.c.void_at.is_(None), readable(reader))
        .order_by(PARTY.c.key.desc())
    )
    newest: dict[tuple[str, str, str], Any] = {}
    for row in connection.execute(listed):
        newest.setdefault((row.name, row.phone, "" if row.phone else row.place_code), row)
    return tuple(_hit(connection, row, reader) for row in list(newest.values())[:limit])


def _hit(connection: Connection, person: Any, reader: str) -> PersonHit:
    """How often this person appears among what the reader may read."""
    same = PARTY.c.phone == person.phone if person.phone else DISPUTE.c.place_code == person.place_code
    counted = (
        select(
            func.count(DISPUTE.c.id.distinct()),
            func.count(DISPUTE.c.id.distinct()).filter(DISPUTE.c.stage == "open"),
        )
        .join(PARTY, PARTY.c.dispute_id == DISPUTE.c.id)
        .where(PARTY.c.name == person.name, same, PARTY.c.void_at.is_(None), readable(reader))
    )
    total, still_open = connection.execute(counted).one()
    return PersonHit(person.name, person.phone, person.place_code or "", total, still_open, person.id)
