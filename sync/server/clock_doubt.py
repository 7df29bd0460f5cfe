"""Is the hub's own clock to be believed? Days decide who may write, so a hub in 1970 or 2090 had better wait."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync.server.tables import JOURNAL

DAY_MS = 24 * 3600 * 1000
APART_MS = DAY_MS
"""A desk that agrees with the hub this closely settles the question."""
SILENT_MS = 45 * DAY_MS
"""Longer than any hub stands still without a person noticing."""

_LAST = select(JOURNAL.c.received).order_by(JOURNAL.c.no.desc()).limit(1)


def is_doubtful(connection: Connection, now_ms: int, desk_ms: int) -> bool:
    """Whether the hub's clock contradicts both the asking desk and the hub's own journal."""
    if abs(desk_ms - now_ms) <= APART_MS:
        return False
    last = connection.execute(_LAST).scalar() or now_ms
    return not last - DAY_MS <= now_ms <= last + SILENT_MS
