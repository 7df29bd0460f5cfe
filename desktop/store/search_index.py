"""What of a dispute and of its parties can be found, written to the full-text tables.

Of a dispute: title, matter code, place, account of it, origin file, its parties' names, initials, phones and
addresses, the first part of each session's record, and whatever words casework adds. A session's body is indexed to
2,000 characters: further text would more than double the index and finds nothing a clerk looks for by search.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

from desktop.store.grams import grams
from desktop.store.initials import initials
from sync.records import Record

SESSION_CHARACTERS = 2000

_DISPUTE_FIELDS = (
    "title", "matter_code", "place_text", "summary", "unit_involved", "resp_unit", "dossier_no", "origin_file",
)  # fmt: skip
_PARTY_FIELDS = ("name", "phone", "address", "agent_name", "legal_rep")


def dispute_words(dispute: Record, children: Mapping[str, Sequence[Record]], more: str) -> str:
    """Everything a dispute is found by."""
    parts = [str(dispute.get(name) or "") for name in _DISPUTE_FIELDS]
    for party in children.get("party", ()):
        parts += [str(party.get(name) or "") for name in _PARTY_FIELDS]
        parts.append(initials(str(party.get("name") or "")))
    parts += [str(session.get("body") or "")[:SESSION_CHARACTERS] for session in children.get("session", ())]
    return " | ".join([*parts, more])


def party_words(party: Record) -> str:
    """Everything a person is found by."""
    name = str(party.get("name") or "")
    return " | ".join([name, initials(name), str(party.get("phone") or ""), str(party.get("agent_name") or "")])


def digest(words: str) -> int:
    """What tells whether a row must be indexed anew."""
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8"), digest_size=8).digest(), "big", signed=True)


def put(connection: Connection, table: str, rows: Sequence[tuple[int, str]]) -> None:
    """Index some rows anew: (key, words)."""
    if rows:
        statement = text(f"INSERT OR REPLACE INTO {table} (rowid, words) VALUES (:key, :words)")
        connection.execute(statement, [{"key": key, "words": grams(found)} for key, found in rows])


def drop(connection: Connection, table: str, keys: Sequence[int]) -> None:
    """Forget some rows."""
    if keys:
        connection.execute(text(f"DELETE FROM {table} WHERE rowid = :key"), [{"key": key} for key in keys])
