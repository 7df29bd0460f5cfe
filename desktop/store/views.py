"""What a person sees of a record: a pure fold of the agreed state and what still waits (DESIGN.md §4)."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from sync.protocol.merge import merge, overlay
from sync.protocol.messages import Change
from sync.records import Record, RecordType, declared
from sync.records.codec import apply

PENDING = "state IN ('waiting', 'offered', 'numbered', 'refused')"
"""A change that is not (yet) part of the agreed state but is still seen."""

read_change = msgspec.json.Decoder(Change).decode
read_json = msgspec.json.decode
write_json = msgspec.json.Encoder().encode


def write_change(change: Change) -> str:
    """A change as it is kept in the log."""
    return write_json(change).decode()


_SEEN = text(f"""
    SELECT 'agreed' AS state, record, type, body, no, '' AS aside, created_at, updated_at FROM agreed
        WHERE record IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT state, record, type, body, seq, aside, 0, 0 FROM change
        WHERE {PENDING} AND record IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT 'clash', record, '', '', 0, '', 0, 0 FROM clash
        WHERE state = 'open' AND record IN (SELECT value FROM json_each(:ids))
""")
"""All that a view is made of in one reading; a change's `no` is here its place in the log."""
_SEALED = text("SELECT record FROM sealed WHERE record IN (SELECT value FROM json_each(:ids))")


_AGREED_BODY = text("SELECT body FROM agreed WHERE record = :record")
_GOING_ON = text(f"""
    SELECT seq AS no, body, state, aside FROM change
    WHERE {PENDING} AND state <> 'refused' AND record = :record ORDER BY seq
""")


@dataclass(slots=True)
class View:
    """A record as it is seen, and how far its changes have come."""

    type: str
    fields: Record
    no: int = 0
    waiting: bool = False
    refused: bool = False
    clash: bool = False
    created_ms: int = 0
    updated_ms: int = 0


@dataclass(slots=True)
class Pending:
    """A change over the agreed state."""

    change: Change
    state: str
    aside: list[str]


def json_list(values: Iterable[str]) -> str:
    """Ids as one bound parameter, read back with json_each."""
    return write_json(list(values)).decode()


def views(connection: Connection, ids: Iterable[str]) -> dict[str, View]:
    """The views of those records that there are. Records that left this desk have none."""
    found: dict[str, View] = {}
    waiting: dict[str, list[Any]] = {}
    clashing: set[str] = set()
    for row in connection.execute(_SEEN, {"ids": json_list(ids)}):
        if row.state == "agreed":
            found[row.record] = View(
                row.type, read_json(row.body), row.no, created_ms=row.created_at, updated_ms=row.updated_at
            )
        elif row.state == "clash":
            clashing.add(row.record)
        else:
            waiting.setdefault(row.record, []).append(row)
    gone = _sealed(connection, waiting.keys() - found.keys())
    for record in waiting.keys() - gone:
        found[record] = _over(found.get(record), _pending(waiting[record]))
    for record in clashing & found.keys():
        found[record].clash = True
    return found


def view(connection: Connection, record: str) -> View | None:
    """One record's view, None when there is none."""
    return views(connection, [record]).get(record)


def without_refused(connection: Connection, type_name: str, record: str) -> Record:
    """What would be seen of a record if nothing of it were refused: what the hub knows, with what still waits."""
    body = connection.execute(_AGREED_BODY, {"record": record}).scalar()
    pending = _pending(list(connection.execute(_GOING_ON, {"record": record})))
    return over(declared(type_name), read_json(body) if body else {}, pending)


def over(kind: RecordType, agreed: Record, pending: Iterable[Pending]) -> Record:
    """The agreed state with pending changes: own words win while they wait, and lose once the hub has decided."""
    seen = agreed
    for item in pending:
        if item.state in ("waiting", "refused"):
            seen = overlay(kind, seen, [item.change])
        else:
            decided = merge(kind, seen, item.change).apply
            seen = apply(seen, {name: value for name, value in decided.items() if name not in item.aside})
    return seen


def _pending(rows: list[Any]) -> list[Pending]:
    """Changes in the order of the log."""
    rows.sort(key=lambda row: row.no)
    return [Pending(read_change(row.body), row.state, read_json(row.aside)) for row in rows]


def _over(agreed: View | None, pending: list[Pending]) -> View:
    first, last = pending[0].change, pending[-1].change
    base = agreed or View(first.type, {}, created_ms=first.at)
    kind = declared(base.type)
    # What a former epoch agreed on already holds what is offered again.
    is_of_former_epoch = agreed is not None and agreed.no == 0
    unfolded = [item for item in pending if not (is_of_former_epoch and item.state == "offered")]
    return View(
        base.type,
        over(kind, base.fields, unfolded),
        base.no,
        waiting=any(item.state in ("waiting", "offered") for item in pending),
        refused=any(item.state == "refused" for item in pending),
        created_ms=base.created_ms,
        updated_ms=max(base.updated_ms, last.at),
    )


def _sealed(connection: Connection, records: AbstractSet[str]) -> set[str]:
    if not records:
        return set()
    return set(connection.execute(_SEALED, {"ids": json_list(records)}).scalars())
