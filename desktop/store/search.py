"""Finding people and disputes by any part of a name, pinyin initials, phone digits, number or text."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, column, func, literal_column, select, table, text

from desktop.store.dispute_list import ROW, dispute_row, readable
from desktop.store.grams import phrase, words
from desktop.store.rows import DisputeRow, Found, PersonHit
from desktop.store.tables import DISPUTE, PARTY

CANDIDATES = 200
"""Parties looked at, newest first, before people are told apart."""
CODE_LEAST = 6
"""Characters from which on something typed is also looked for as the beginning of a matter code."""
_LAST = "\U0010ffff"

_PHONE = func.coalesce(PARTY.c.phone, "").label("phone")
_SAME = func.coalesce(func.nullif(PARTY.c.phone, ""), DISPUTE.c.place_code, "").label("same")
"""What tells apart two people of one name: the phone, or the place when no phone is known."""
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
    queries = [_coded(typed.strip().upper()), disputes] if len(typed.strip()) >= CODE_LEAST else [disputes]
    rows: dict[int, DisputeRow] = {}
    for query in queries:
        if len(rows) < limit:
            found = connection.execute(query.where(readable(reader)).limit(limit))
            rows |= {row.key: dispute_row(row) for row in found if row.key not in rows}
    return Found(_people(connection, parties, reader, limit), tuple(rows.values())[:limit])


def _coded(beginning: str) -> Select[Any]:
    """Disputes whose matter code begins so: codes begin alike, so the index would have to read them all."""
    begins = (DISPUTE.c.matter_code >= beginning, DISPUTE.c.matter_code < beginning + _LAST)
    return select(*ROW).where(*begins).order_by(DISPUTE.c.matter_code.desc())


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
    named = "initials" if character.isascii() else "name"
    sought: ColumnElement[str] = literal_column(f"substr({named}, 1, 1)")
    return select(PARTY.c.key).where(sought == character).order_by(PARTY.c.key.desc()).limit(CANDIDATES)


def _of_parties(parties: Select[Any]) -> Select[Any]:
    theirs = select(PARTY.c.dispute_id).where(PARTY.c.key.in_(parties))
    return select(*ROW).where(DISPUTE.c.id.in_(theirs)).order_by(DISPUTE.c.key.desc())


def _people(connection: Connection, parties: Select[Any], reader: str, limit: int) -> tuple[PersonHit, ...]:
    listed = (
        select(PARTY.c.name, _SAME, _PHONE, DISPUTE.c.place_code, DISPUTE.c.id)
        .join(DISPUTE, DISPUTE.c.id == PARTY.c.dispute_id)
        .where(PARTY.c.key.in_(parties), PARTY.c.void_at.is_(None), readable(reader))
        .order_by(PARTY.c.key.desc())
    )
    newest: dict[tuple[str, str], Any] = {}
    for row in connection.execute(listed):
        newest.setdefault((row.name, row.same), row)
    hits = dict(list(newest.items())[:limit])
    counts = _counts(connection, {name for name, _ in hits}, reader) if hits else {}
    return tuple(
        PersonHit(name, row.phone, row.place_code or "", *counts[name, same], row.id)
        for (name, same), row in hits.items()
    )


def _counts(connection: Connection, names: set[str], reader: str) -> dict[tuple[str, str], tuple[int, int]]:
    """(name, phone or place) -> in how many disputes the reader may read, and in how many open ones."""
    each = DISPUTE.c.id.distinct()
    counted = (
        select(PARTY.c.name, _SAME, func.count(each), func.count(each).filter(DISPUTE.c.stage == "open"))
        .join(DISPUTE, DISPUTE.c.id == PARTY.c.dispute_id)
        .where(PARTY.c.name.in_(names), PARTY.c.void_at.is_(None), readable(reader))
        .group_by(PARTY.c.name, _SAME)
    )
    return {(name, same): (total, still_open) for name, same, total, still_open in connection.execute(counted)}
