"""Lists of disputes: filtered, sorted, one page at a time by key, never by offset."""

from __future__ import annotations

import heapq
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select, tuple_

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


FEW = 2000
"""Up to so many matches are sorted as they are found; of more, a page is soon found along an index that is sorted."""


def page(connection: Connection, query: DisputeQuery) -> DisputePage:
    """One page of the list: picked out where few match, else read in the order of each tab's own index and merged."""
    stages = STAGES if query.tab == "all" or query.ids else (query.tab,)
    rows = _picked(connection, query, stages) if _conditions(replace(query, reader="")) else None
    if rows is None:
        pages = [_scanned(connection, query, stage) for stage in stages]
        rows = list(heapq.merge(*pages, key=_place, reverse=not SORTED_BY[query.sort].ascending))
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


def _picked(connection: Connection, query: DisputeQuery, stages: Sequence[str]) -> list[Any] | None:
    """The page's rows when few disputes match, else None."""
    matching = _sought(query, (_D.key,)).where(_D.stage.in_(stages), *_conditions(query)).limit(FEW + 1)
    found = connection.execute(matching).all()
    if len(found) > FEW:
        return None
    order = SORTED_BY[query.sort]
    chosen = sorted(found, key=_place, reverse=not order.ascending)[: query.limit + 1]
    listed = select(*ROW, order.column.label("sorted_by")).where(_D.key.in_([row.key for row in chosen]))
    return sorted(connection.execute(listed), key=_place, reverse=not order.ascending)


def _scanned(connection: Connection, query: DisputeQuery, stage: str) -> list[Any]:
    """One row more than a page, so that one knows whether another page follows."""
    order = SORTED_BY[query.sort]
    keys = (order.column.asc(), _D.key.asc()) if order.ascending else (order.column.desc(), _D.key.desc())
    listed = _sought(query, ROW).where(_D.stage == stage).order_by(*keys).limit(query.limit + 1)
    if conditions := _conditions(query):
        # Said as one, so that no other index is taken for them and everything it finds is sorted.
        listed = listed.where(case((and_(*conditions), 1)) == 1)
    return list(connection.execute(listed))


def _sought(query: DisputeQuery, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """All from the query's place in the list on."""
    order = SORTED_BY[query.sort]
    listed = select(*columns, order.column.label("sorted_by"))
    if not query.after:
        return listed
    place, here = tuple_(*json.loads(query.after)), tuple_(order.column, _D.key)
    return listed.where(here > place if order.ascending else here < place)


def _place(row: Any) -> tuple[Any, int]:
    """Where a row stands in the list."""
    return row.sorted_by, row.key


def _conditions(query: DisputeQuery) -> list[ColumnElement[bool]]:
    found = [readable(query.reader)] if query.reader else []
    if query.ids:
        found.append(_D.id.in_(query.ids))
    if query.places:
        found.append(or_(*(_inside(area) for area in query.places)))
    if query.types:
        found.append(_D.zz_type.in_(query.types))
    if query.handlers:
        found.append(_D.key.in_(select(HANDLER.c.dispute).where(HANDLER.c.person.in_(query.handlers))))
    found += _within(_D.due_date, SORTED_BY["due"].column, query.due_from, query.due_to)
    return found + _within(_D.found_date, SORTED_BY["found"].column, query.found_from, query.found_to)


def _inside(area: str) -> ColumnElement[bool]:
    """One place is asked for by its code, so that its index brings it sorted."""
    low, high = places.bounds(area)
    return _D.place_code == low if low == high else _D.place_code.between(low, high)


def _within(
    column: ColumnElement[Any], sorted_as: ColumnElement[Any], first: str, last: str
) -> list[ColumnElement[bool]]:
    """Between two days, said once more in the words of the index that is sorted by them."""
    if not first and not last:
        return []
    return [each.between(first or "0", last or "9999-99") for each in (column, sorted_as)]
