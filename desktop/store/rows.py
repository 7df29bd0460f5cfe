"""What the store answers with: plain values, no connection behind them. Times are ms since 1970."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sync.records import Record, Value

State: TypeAlias = Literal["waiting", "offered", "numbered", "agreed", "refused", "dropped", "replaced", "left"]
"""Where a change stands: waiting to be sent; offered again after the hub was restored; numbered by the hub (its
entry is still to come); agreed; refused; dropped by its author (kept for the record); replaced by a fresh one; left
with its record, put by unseen for a while."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change as a person reads it. `told_ms` is the wall clock as told; `mine`: made on this PC;
    `base`: the journal number its author had seen of this record."""

    id: str
    type: str
    record: str
    set: Record
    was: Record
    by: str
    at_ms: int
    told_ms: int
    no: int
    state: State
    aside: tuple[str, ...]
    mine: bool
    why: str = ""
    settles: tuple[int, ...] = ()
    received_ms: int = 0
    base: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a clash: its values by field, who wrote them and when. `by` is "" when not known here."""

    values: Record
    by: str
    at_ms: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """Two answers for the same fields. Numbers: `no` is the journal number of the set-aside change.

    base: what both had seen. agreed: what the district uses now. aside: what was set aside.
    state: "open"; "decided" when a decision waits to be sent; "settled"; "superseded" by a later one.
    """

    no: int
    type: str
    record: str
    fields: tuple[str, ...]
    state: Literal["open", "decided", "settled", "superseded"]
    base: Record
    agreed: Side
    aside: Side


Tab: TypeAlias = Literal["open", "moved", "closed", "void", "all"]
Sort: TypeAlias = Literal["updated", "due", "found", "amount"]


@dataclass(frozen=True, slots=True)
class DisputeQuery:
    """Which disputes a list shows, one page of them.

    ids: only these. places: areas, each with everything inside. types: ZZ_TYPE codes. handlers: account or
    mediator ids, any of host, co-mediator, first contact. due_from, due_to: inclusive days. reader: the
    account who looks; records closed to it are left out; "" leaves out nothing (counting, reports).
    found_from, found_to: inclusive days of registration. after: `DisputePage.after` of the page before.
    "due" sorts the nearest first, all others the newest or largest first.
    """

    tab: Tab = "open"
    ids: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    due_from: str = ""
    due_to: str = ""
    found_from: str = ""
    found_to: str = ""
    reader: str = ""
    sort: Sort = "updated"
    after: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One line of a list of disputes. `person` is the host's name, or who registered it."""

    id: str
    title: str
    status: str
    risk: str
    place_code: str
    zz_type: str
    amount_cents: int | None
    found_date: str
    due_date: str
    due_kind: str
    person: str
    updated_ms: int
    restricted: bool
    waiting: bool
    refused: bool
    clash: bool


@dataclass(frozen=True, slots=True)
class DisputePage:
    """Rows in order; `after` asks for the next page, "" when there is none."""

    rows: tuple[DisputeRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person found among the parties: one name and phone (or name and place, when no phone is known)."""

    name: str
    phone: str
    place_code: str
    disputes: int
    open_disputes: int
    newest_dispute: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, newest first."""

    people: tuple[PersonHit, ...]
    disputes: tuple[DisputeRow, ...]


@dataclass(frozen=True, slots=True)
class WaitingRecord:
    """A record with changes the district has not answered: how many, and since when the oldest waits (wall clock)."""

    type: str
    record: str
    dispute: str
    title: str
    changes: int
    oldest_ms: int


@dataclass(frozen=True, slots=True)
class RefusedChange:
    """A change the hub refused: `code` for programs, `why` the hub's words. asked: the district was asked.

    left: the dispute it belongs to when that has left this desk, "" while it is here.
    """

    id: str
    type: str
    record: str
    dispute: str
    title: str
    set: Record
    code: str
    why: str
    by: str
    told_ms: int
    asked: bool
    left: str = ""


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """A record that is no longer this desk's: why, what may still be shown, how many own changes are unsent."""

    type: str
    record: str
    reason: str
    stub: dict[str, Value]
    since_ms: int
    unsent: int


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One exchange that was tried: when, what came of it ("agreed", "partial", an error's name), and its figures."""

    at_ms: int
    outcome: str
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """Something half written, as it stood at `saved_ms`."""

    key: str
    body: dict[str, Any]
    saved_ms: int


@dataclass(frozen=True, slots=True)
class Desk:
    """This PC as the district knows it, after enrolment."""

    hub: str
    hub_url: str
    device: str
    number: int
    place: str
    place_name: str
