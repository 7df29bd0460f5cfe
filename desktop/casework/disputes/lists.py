"""The list of disputes (picture 02b): rows, filters, counts, the line below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from desktop.casework.desk import Desk
from desktop.casework.disputes import closed
from desktop.casework.disputes.change_log import moment_of
from desktop.store import DisputeQuery
from desktop.store import DisputeRow as StoredRow
from sync.records import Record, codes

TabKey: TypeAlias = Literal["open", "moved", "closed", "all"]
Sort: TypeAlias = Literal["updated", "due", "found", "amount"]
DueFilter: TypeAlias = Literal["", "overdue", "soon", "any"]

_ORDERS = {"updated": "新动过的在前", "due": "快到期的在前", "found": "新登记的在前", "amount": "金额大的在前"}
_TABS = {"open": "在办", "moved": "已移交", "closed": "办结", "all": "全部"}
_TOLD_FROM_RECORD = ("31", "50")
"""States whose line says more than the list keeps."""
_EVER, _COUNTED = "0001-01-01", 1000


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the person chose. mine: only what this person handles. places: codes of areas; types: ZZ_TYPE codes.

    found_from, found_to: inclusive days of registration ("YYYY-MM-DD"), "" for no bound.
    """

    tab: TabKey = "open"
    mine: bool = False
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    due: DueFilter = ""
    sort: Sort = "updated"
    found_from: str = ""
    found_to: str = ""


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One row. due_words: what stands in 期限 when there is no day (等区住建局, 先停着). fresh: changed since this
    person last looked, bold. sealed: closed to this person; then the title says so and the rest is empty."""

    id: str
    status: str
    status_name: str
    risk: str
    title: str
    village: str
    type_name: str
    amount_cents: int | None
    due: date | None
    due_kind: str
    due_words: str
    handler: str
    updated: datetime
    fresh: bool
    waiting: bool
    refused: bool
    clash: bool
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some rows; `after` asks for the next ones, "" when these are the last."""

    rows: tuple[DisputeRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Footer:
    """The line below the list: a sentence, how many are late, how many fall due within `soon_days`."""

    sentence: str
    overdue: int
    soon: int
    soon_days: int


def rows(desk: Desk, chosen: ListFilter, *, after: str = "", limit: int = 100) -> ListPage:
    """The next rows; what is closed to this person stays a line without content."""
    page = desk.store.disputes(replace(query(desk, chosen), after=after, limit=limit))
    return ListPage(rows_of(desk, page.rows), page.after)


def rows_of(desk: Desk, stored: Sequence[StoredRow]) -> tuple[DisputeRow, ...]:
    """Stored rows as a person may see them."""
    seen_ms = seen_until(desk)
    wanted = [row.id for row in stored if row.restricted or row.status in _TOLD_FROM_RECORD]
    records = {str(record["id"]): record for record in desk.store.records("dispute", {"id": wanted})} if wanted else {}
    return tuple(_row(desk, row, records.get(row.id, {}), seen_ms) for row in stored)


def counts(desk: Desk, chosen: ListFilter) -> dict[TabKey, int]:
    """How many per tab; slow on a large desk, ask in the background."""
    found = desk.store.counts(query(desk, chosen))
    return {"open": found["open"], "moved": found["moved"], "closed": found["closed"], "all": found["all"]}


def footer(desk: Desk, chosen: ListFilter, counted: dict[TabKey, int]) -> Footer:
    """The line below the list; may be slow, ask in the background."""
    soon_days = desk.settings.number("soon_days")
    sentence = f"{_TABS[chosen.tab]} {counted[chosen.tab]:,} 件，{_ORDERS[chosen.sort]}"
    late = _how_many(desk, replace(chosen, due="overdue"))
    return Footer(sentence, late, _how_many(desk, replace(chosen, due="soon")), soon_days)


def query(desk: Desk, chosen: ListFilter) -> DisputeQuery:
    """What the store is asked for."""
    first, last = _due_span(desk, chosen.due)
    return DisputeQuery(
        tab=chosen.tab,
        places=chosen.places,
        types=chosen.types,
        handlers=desk.own_ids() if chosen.mine else (),
        due_from=first,
        due_to=last,
        found_from=chosen.found_from,
        found_to=chosen.found_to,
        sort=chosen.sort,
    )


def places(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(code, name) of the villages to choose from, in administrative order."""
    inside = desk.directory.places_inside(desk.place)
    return tuple((str(record["id"]), desk.directory.place_name(str(record["id"]))) for record in inside)


def types() -> tuple[tuple[str, str], ...]:
    """(code, name) of the types to choose from."""
    return tuple((code.code, code.name) for code in codes.table("ZZ_TYPE").items.values())


def seen_until(desk: Desk) -> int:
    """Until when (ms) this person has looked at what is new."""
    value = desk.store.setting(f"seen.{desk.account.id}")
    return value if isinstance(value, int) else 0


def _due_span(desk: Desk, due: DueFilter) -> tuple[str, str]:
    soon = desk.today + timedelta(days=desk.settings.number("soon_days"))
    yesterday = desk.today - timedelta(days=1)
    return {
        "": ("", ""),
        "overdue": (_EVER, yesterday.isoformat()),
        "soon": (desk.today.isoformat(), soon.isoformat()),
        "any": (_EVER, "9999-12-31"),
    }[due]


def _how_many(desk: Desk, chosen: ListFilter) -> int:
    page = desk.store.disputes(replace(query(desk, chosen), limit=_COUNTED))
    return sum(1 for row in page.rows if not _lapsed(desk, row))


def _lapsed(desk: Desk, row: StoredRow) -> bool:
    """A confirmation nobody asked for in time is no longer due (see `Due.has_lapsed`)."""
    return row.due_kind == "confirm" and row.due_date < desk.today.isoformat()


def _row(desk: Desk, row: StoredRow, record: Record, seen_ms: int) -> DisputeRow:
    sealed = row.restricted and not closed.may_read(desk, record)
    due = date.fromisoformat(row.due_date) if row.due_date and not _lapsed(desk, row) else None
    return DisputeRow(
        id=row.id,
        status=row.status,
        status_name=codes.table("CASE_STATUS").items[row.status].more["short"],
        risk="" if sealed else row.risk,
        title="关起门谈的一件，只有经办人能看" if sealed else row.title,
        village=desk.directory.place_name(row.place_code),
        type_name="" if sealed else codes.table("ZZ_TYPE").text(row.zz_type),
        amount_cents=None if sealed else row.amount_cents,
        due=None if sealed else due,
        due_kind="" if sealed else row.due_kind,
        due_words="" if sealed or due else _words(row.status, str(record.get("resp_unit") or "对方")),
        handler="" if sealed else row.person,
        updated=moment_of(desk, row.updated_ms),
        fresh=row.updated_ms > seen_ms,
        waiting=row.waiting,
        refused=row.refused,
        clash=row.clash,
        sealed=sealed,
    )


def _words(status: str, unit: str) -> str:
    return {"50": f"等{unit}", "31": "先停着"}.get(status, "")
