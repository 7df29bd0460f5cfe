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
        disputes = _of_parties(parties)
    else:
        match = " AND ".join(phrase(word) for word in asked)
        parties, disputes = _matching_parties(match), _matching(match)
    rows = connection.execute(disputes.where(readable(reader)).limit(limit)).all()
    return Found(_people(connection, parties, reader, limit), tuple(dispute_row(row) for row in rows))


def _matching(match: str) -> Select[Any]:
    """Lines of disputes straight from the index, newest first: reading stops when enough are found."""
    found = text("search MATCH :match").bindparams(match=match)
    joined = _SEARCH.join(DISPUTE, DISPUTE.c.key == _SEARCH.c.rowid)
    return select(*ROW).select_from(joined).where(found).order_by(_SEARCH.c.rowid.desc())


def _matching_parties(match: str) -> Select[Any]:
    found = text("party_search MATCH :match").bindparams(match=match)
    return select(_PARTY_SEARCH.c.rowid).where(found).order_by(_PARTY_SEARCH.c.rowid.desc()).limit(CANDIDATES)


def _beginning(character: str) -> Select[Any]:
    """Keys of parties whose name, or its initials, begin with a character."""
    sought = PARTY.c.initials if character.isascii() else PARTY.c.name
    begins = (sought >= character, sought < character + _LAST)
    return select(PARTY.c.key).where(*begins).order_by(PARTY.c.key.desc()).limit(CANDIDATES)


def _of_parties(parties: Select[Any]) -> Select[Any]:
    theirs = select(PARTY.c.dispute_id).where(PARTY.c.key.in_(parties))
    return select(*ROW).where(DISPUTE.c.id.in_(theirs)).order_by(DISPUTE.c.key.desc())


def _people(connection: Connection, parties: Select[Any], reader: str, limit: int) -> tuple[PersonHit, ...]:
    phone = func.coalesce(PARTY.c.phone, "").label("phone")
    listed = (
        select(PARTY.c.name, phone, DISPUTE.c.place_code, DISPUTE.c.id)
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
    each = DISPUTE.c.id.distinct()
    counted = (
        select(func.count(each), func.count(each).filter(DISPUTE.c.stage == "open"))
        .join(PARTY, PARTY.c.dispute_id == DISPUTE.c.id)
        .where(PARTY.c.name == person.name, same, PARTY.c.void_at.is_(None), readable(reader))
    )
    total, still_open = connection.execute(counted).one()
    return PersonHit(person.name, person.phone, person.place_code or "", total, still_open, person.id)
