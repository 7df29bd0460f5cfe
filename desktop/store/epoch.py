"""After the hub was restored: everything agreed is provisional until it is read again, every own change is offered.

What the hub no longer knows stays visible here (as number 0, in no tally) until its author's desk has offered it
again, so a restore of the hub hides nothing from anybody.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

from desktop.store import marks, own_chain
from desktop.store.writing import Touched

_CLASHING = text("SELECT DISTINCT type, record FROM clash")
_OFFERED = text("SELECT DISTINCT type, record FROM change WHERE state = 'offered'")
_STEPS = (
    "UPDATE agreed SET no = 0, mark = '', untold = 0",
    "DELETE FROM tally",
    "DELETE FROM clash",
    "UPDATE change SET state = 'offered', aside = '[]', merged = '{}', received = max(received, 1) "
    "WHERE mine = 1 AND state IN ('agreed', 'numbered', 'left')",
    "UPDATE file SET settled = 0",
    "UPDATE file_road SET state = 'waiting', moved = 0 WHERE state IN ('there', 'refused')",
    "UPDATE change SET no = NULL WHERE no IS NOT NULL",
    "DELETE FROM stock",
    "UPDATE mark SET value = 'wanted' WHERE name = 'stock' AND value = 'taking'",
)


def begin(connection: Connection, epoch: str, random_bytes: Callable[[int], bytes]) -> Touched:
    """Start anew under another epoch, under a fresh writer id; what looks different now."""
    seen_differently = [*connection.execute(_CLASHING)]
    for step in _STEPS:
        connection.execute(text(step))
    marks.put(connection, epoch=epoch, cursor=0)
    own_chain.begin_writer(connection, random_bytes)
    touched: Touched = {}
    for row in [*seen_differently, *connection.execute(_OFFERED)]:
        touched.setdefault(row.type, set()).add(row.record)
    return touched
