"""Lists of disputes: filtered, sorted, one page at a time by key, never by offset."""

from __future__ import annotations

import heapq
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, tuple_

from desktop.store.rows import DisputePage, DisputeQuery, DisputeRow, Tab
from desktop.store.stages import STAGES
from desktop.store.tables import DISPUTE, HANDLER, READER, SORTED_BY, VIEWS
from sync.records import places

_D = DISPUTE.c
_MEDIATOR, _ACCOUNT = VIEWS["mediator"], VIEWS["account"]
_PERSON = func.coalesce(
    select(_MEDIATOR.c.name).where(_MEDIATOR.c.id == _D.host_mediator_id).scalar_subquery(),
    select(_ACCOUNT.c.name).where(_ACCOUNT.c.id == _D.first_contact_id).scalar_subquery(),
    "",
)
ROW = (
    _D.key, _D.id, _D.title, _D.status, _D.risk, _D.place_code, _D.zz_type, _D.amount_cents, _D.found_date,
    _D.due_date, _D.due_kind, _PERSON.label("person"), _D.updated_at, _D.restricted, _D.waiting, _D.refused, _D.clash,
)  # fmt: skip
"""The columns of a line, as `dispute_row` reads them."""


def page(connection: Connection, query: DisputeQuery) -> DisputePage:
    """One page of the list. Each tab is read in its own index's order; "all" merges the tabs' pages."""
    stages = STAGES if query.tab == "all" or query.ids else (query.tab,)
    # A few named disputes are sorted as one; all others come sorted from the index of their stage.
    parts = (stages,) if query.ids or query.handlers else tuple((stage,) for stage in stages)
    order = SORTED_BY[query.sort]
    pages = [_rows(connection, query, part) for part in parts]
    rows = list(heapq.merge(*pages, key=lambda row: (row.sorted_by, row.key), reverse=not order.ascending))
    last = rows[query.limit - 1] if len(rows) > query.limit else None
    after = json.dumps([last.sorted_by, last.key]) if last else ""
    return DisputePage(tuple(dispute_row(row) for row in rows[: query.limit]), after)


def counts(connection: Connection, query: DisputeQuery) -> dict[Tab, int]:
    """How many of each tab meet the other conditions."""
    counted = select(_D.stage, func.count().label("n")).where(*_conditions(query)).group_by(_D.stage)
    found = {row.stage: int(row.n) for row in connection.execute(counted)}
    tabs: dict[Tab, int] = {stage: found.get(stage, 0) for stage in STAGES}
    return {**tabs, "all": sum(found.values())}


def due_between(connection: Connection, query: DisputeQuery) -> list[DisputeRow]:
    """Everything due between two days, nearest first, in every stage but void."""
    listed = (
        select(*ROW)
        .where(*_conditions(query), _D.stage != "void")
        .order_by(_D.due_date, _D.key)
        .limit(query.limit)
    )  # fmt: skip
    return [dispute_row(row) for row in connection.execute(listed)]


def readable(reader: str) -> ColumnElement[bool]:
    """The condition that a dispute may be read by this account; "" may read all."""
    if not reader:
        return _D.restricted >= 0
    named = exists().where(READER.c.dispute == _D.key, READER.c.person == reader)
    return or_(_D.restricted == 0, named)


def dispute_row(row: Any) -> DisputeRow:
    """A line from the columns of `ROW`."""
    return DisputeRow(
        row.id, row.title or "", row.status or "", row.risk or "", row.place_code or "", row.zz_type or "",
        row.amount_cents, row.found_date or "", row.due_date, row.due_kind, row.person, row.updated_at,
        bool(row.restricted), bool(row.waiting), bool(row.refused), bool(row.clash),
    )  # fmt: skip


def _rows(connection: Connection, query: DisputeQuery, stages: Sequence[str]) -> list[Any]:
    """One row more than a page, so that one knows whether another page follows."""
    order = SORTED_BY[query.sort]
    staged = _D.stage == stages[0] if len(stages) == 1 else _D.stage.in_(stages)
    listed = select(*ROW, order.column.label("sorted_by")).where(staged, *_conditions(query))
    if query.after:
        place = tuple_(*json.loads(query.after))
        here = tuple_(order.column, _D.key)
        listed = listed.where(here > place if order.ascending else here < place)
    keys = (order.column.asc(), _D.key.asc()) if order.ascending else (order.column.desc(), _D.key.desc())
    return list(connection.execute(listed.order_by(*keys).limit(query.limit + 1)))


def _conditions(query: DisputeQuery) -> list[ColumnElement[bool]]:
    found = [readable(query.reader)] if query.reader else []
    if query.ids:
        found.append(_D.id.in_(query.ids))
    if query.places:
        found.append(or_(*(_D.place_code.between(*places.bounds(area)) for area in query.places)))
    if query.types:
        found.append(_D.zz_type.in_(query.types))
    if query.handlers:
        found.append(_D.key.in_(select(HANDLER.c.dispute).where(HANDLER.c.person.in_(query.handlers))))
    found += _within(_D.due_date, query.due_from, query.due_to)
    return found + _within(_D.found_date, query.found_from, query.found_to)


def _within(column: ColumnElement[Any], first: str, last: str) -> list[ColumnElement[bool]]:
    if not first and not last:
        return []
    return [column.between(first or "0", last or "9")]
