"""Drafts, settings, serial numbers, the log of exchanges: small things this PC keeps for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from desktop.store.rows import Draft, RoundLine
from desktop.store.views import read_json, write_json
from sync.records import Value

ROUNDS_KEPT = 1000

_WRITE_DRAFT = text("""
    INSERT INTO draft (key, body, saved_at) VALUES (:key, :body, :at)
    ON CONFLICT DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at
""")
_SET = text("INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT DO UPDATE SET value = excluded.value")
_SERIAL = text("""
    INSERT INTO serial (series, last) VALUES (:series, 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last
""")


def write_draft(connection: Connection, key: str, body: Mapping[str, Any], now_ms: int) -> None:
    """Keep something half written."""
    connection.execute(_WRITE_DRAFT, {"key": key, "body": write_json(body).decode(), "at": now_ms})


def drop_draft(connection: Connection, key: str) -> None:
    """Forget a draft."""
    connection.execute(text("DELETE FROM draft WHERE key = :key"), {"key": key})


def draft(connection: Connection, key: str) -> Draft | None:
    """One draft."""
    row = connection.execute(text("SELECT key, body, saved_at FROM draft WHERE key = :key"), {"key": key}).first()
    return Draft(row.key, read_json(row.body), row.saved_at) if row else None


def drafts(connection: Connection, prefix: str) -> list[Draft]:
    """Drafts whose key begins so, newest first."""
    rows = connection.execute(
        text("SELECT key, body, saved_at FROM draft WHERE substr(key, 1, :n) = :prefix ORDER BY saved_at DESC, key"),
        {"n": len(prefix), "prefix": prefix},
    )
    return [Draft(row.key, read_json(row.body), row.saved_at) for row in rows]


def set_setting(connection: Connection, name: str, value: Value) -> None:
    """Keep a setting; None forgets it."""
    if value is None:
        connection.execute(text("DELETE FROM setting WHERE name = :name"), {"name": name})
    else:
        connection.execute(_SET, {"name": name, "value": write_json(value).decode()})


def setting(connection: Connection, name: str) -> Value:
    """A setting, None when it was never set."""
    kept = connection.execute(text("SELECT value FROM setting WHERE name = :name"), {"name": name}).scalar()
    value: Value = read_json(kept) if kept is not None else None
    return value


def next_serial(connection: Connection, series: str) -> int:
    """The next number of a series, from 1."""
    return int(connection.execute(_SERIAL, {"series": series}).scalar_one())


def log_round(connection: Connection, outcome: str, figures: Mapping[str, Any], now_ms: int) -> None:
    """Keep a line about an exchange; the oldest lines go."""
    values = {"at": now_ms, "outcome": outcome, "figures": write_json(figures).decode()}
    connection.execute(text("INSERT INTO round (at, outcome, figures) VALUES (:at, :outcome, :figures)"), values)
    oldest = text("DELETE FROM round WHERE seq <= (SELECT max(seq) FROM round) - :kept")
    connection.execute(oldest, {"kept": ROUNDS_KEPT})


def rounds(connection: Connection, limit: int) -> list[RoundLine]:
    """The last exchanges, newest first."""
    rows = connection.execute(text("SELECT at, outcome, figures FROM round ORDER BY seq DESC LIMIT :n"), {"n": limit})
    return [RoundLine(row.at, row.outcome, read_json(row.figures)) for row in rows]
