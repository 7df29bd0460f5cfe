"""Old matters the district keeps by its rule: a line of each stays here, and it is fetched back on demand."""

from __future__ import annotations

from sqlalchemy import Connection, text

from desktop.store.rows import SealedRecord
from desktop.store.surroundings import Surroundings
from desktop.store.views import read_json
from desktop.store.writing import log
from sync.protocol.messages import Change

SHELVED = "shelved_at"
_STUB = text("SELECT type, stub FROM sealed WHERE record = :record AND reason = 'shelved'")
_ASKED = text("SELECT 1 FROM change WHERE record = :record AND state IN ('waiting', 'offered')")
_LISTED = text("""
    SELECT record, type, reason, stub, since FROM sealed
    WHERE reason = 'shelved' AND parent = '' AND instr(stub, :words) > 0 ORDER BY since DESC, record LIMIT :most
""")


def fetch_back(connection: Connection, record: str, by: str, around: Surroundings) -> bool:
    """Let a change wait that takes the matter off the shelf; asking twice is asking once."""
    row = connection.execute(_STUB, {"record": record}).first()
    if row is None:
        return False
    if connection.execute(_ASKED, {"record": record}).first() is None:
        was = {SHELVED: read_json(row.stub).get(SHELVED)}
        log(connection, Change(row.type, record, {SHELVED: None}, by, 0, was=was), around)
    return True


def listed(connection: Connection, words: str, limit: int) -> list[SealedRecord]:
    """Shelved matters whose title, code or place hold these words, the latest first."""
    rows = connection.execute(_LISTED, {"words": words, "most": limit})
    return [SealedRecord(row.type, row.record, row.reason, read_json(row.stub), row.since, 0) for row in rows]
