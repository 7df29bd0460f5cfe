"""Old archived disputes leave the desks by the district's rule. The hub keeps them; a desk fetches one back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import Connection, select

from sync.records.field import Record
from sync.server.agreed import Stand, stand_of
from sync.server.database import streamed
from sync.server.reports import standing
from sync.server.tables import JOURNAL, STANDING
from sync.server.turn import Turn, day_of, moment_of
from sync.server.whereabouts import SHELVED

ARCHIVED = "80"
REST_DAYS = 90
"""A dispute somebody has worked on or fetched back since stays on the desks."""
_DAY_MS = 24 * 3600 * 1000
_CHUNK = 500


def years(connection: Connection) -> dict[str, int]:
    """Retention class -> years after closing; classes without a rule are never shelved."""
    rules = [stand.fields for stand in standing(connection, "keeping_rule")]
    return {str(rule["retention_class"]): int(str(rule["years"])) for rule in rules if rule.get("years") is not None}


def set_years(turn: Turn, retention: str, after: int | None, new_id: str) -> None:
    """Decide for one retention class; None means never. Raises Refused."""
    rules = list(standing(turn.connection, "keeping_rule"))
    known = next((s.record for s in rules if s.fields["retention_class"] == retention), "")
    fields: Record = {"years": after} if known else {
        "place_code": turn.district, "retention_class": retention, "years": after}  # fmt: skip
    turn.write_own("keeping_rule", known or new_id, fields)


def due(connection: Connection, now_ms: int) -> list[str]:
    """Disputes the rule takes off the desks today: long closed, archived, nothing open, nobody at work on them."""
    rule, today = years(connection), day_of(now_ms)
    found = [s.record for s in standing(connection, "dispute") if _is_old(s.fields, rule, today)]
    busy = set(_busy(connection, found, now_ms))
    return [record for record in found if record not in busy]


def shelve(turn: Turn, records: Collection[str]) -> None:
    """Take these off all desks. Raises Refused."""
    for record in records:
        turn.write_own("dispute", record, {SHELVED: moment_of(turn.now_ms)})


def _is_old(fields: Record, rule: dict[str, int], today: str) -> bool:
    after = rule.get(str(fields.get("retention")))
    closed_on = str(fields.get("end_date") or fields.get("refuse_told_at") or "")[:10]
    if fields.get("status") != ARCHIVED or fields.get(SHELVED) or after is None or not closed_on:
        return False
    return f"{int(closed_on[:4]) + after:04d}{closed_on[4:]}" < today


def _busy(connection: Connection, roots: list[str], now_ms: int) -> Iterator[str]:
    """Those with an open follow-up or duty, an undecided clash, or fresh work."""
    for start in range(0, len(roots), _CHUNK):
        part = roots[start : start + _CHUNK]
        tree: dict[str, str] = {}
        for row in streamed(connection, select(STANDING).where(STANDING.c.root.in_(part))):
            stand = stand_of(row)
            tree[stand.record] = stand.root
            if _is_open(stand):
                yield stand.root
        yield from _worked_on(connection, tree, now_ms)


def _is_open(stand: Stand) -> bool:
    fields = stand.fields
    if fields.get("void_at"):
        return False
    if stand.type == "follow_up":
        return not fields.get("done_date")
    duties = fields.get("obligations") if stand.type == "agreement" else None
    return any(not duty.get("done_date") for duty in duties or () if isinstance(duty, dict))  # type: ignore[union-attr]


def _worked_on(connection: Connection, tree: dict[str, str], now_ms: int) -> Iterator[str]:
    aside: dict[str, set[int]] = defaultdict(set)
    settled: set[int] = set()
    columns = (JOURNAL.c.no, JOURNAL.c.record, JOURNAL.c.aside, JOURNAL.c.settled, JOURNAL.c.received)
    for row in streamed(connection, select(*columns).where(JOURNAL.c.record.in_(tree))):
        settled |= set(row.settled)
        if row.aside:
            aside[tree[row.record]].add(row.no)
        if row.received > now_ms - REST_DAYS * _DAY_MS:
            yield tree[row.record]
    yield from (root for root, numbers in aside.items() if numbers - settled)
