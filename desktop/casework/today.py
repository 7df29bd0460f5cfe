"""Today (picture 01): what is to do, what was left half-written, what waits on others, what is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from desktop.casework.day.items import TodayItem, agenda
from desktop.casework.day.news import News, news, seen
from desktop.casework.desk import Desk
from desktop.casework.disputes import draft as drafts
from desktop.casework.disputes import register
from desktop.casework.disputes.change_log import moment_of
from desktop.casework.disputes.closed import may_read
from desktop.casework.moments import read_day
from desktop.store import DisputeQuery, Draft

__all__ = ["Awaited", "News", "Today", "TodayItem", "Unfinished", "seen", "to_do", "today"]

_SHOWN = 20
_VERBS = {"register": "登记", "session": "记录", "agreement": "写协议", "follow_up": "写回访"}


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft of this person. key: what the store keeps it under; kind: register, session, agreement, follow_up.

    missing: how many things are still to fill, None when that is only known at the end.
    """

    key: str
    kind: str
    verb: str
    title: str
    missing: int | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that waits on others: who, about what, since when, by when they should answer where that is known."""

    dispute_id: str
    who: str
    sentence: str
    since: date | None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The whole page. later: how many disputes have something due after the next week. received: how many of the
    news came from elsewhere."""

    day: date
    overdue: tuple[TodayItem, ...]
    today: tuple[TodayItem, ...]
    soon: tuple[TodayItem, ...]
    later: int
    unfinished: tuple[Unfinished, ...]
    awaited: tuple[Awaited, ...]
    news: tuple[News, ...]
    received: int


def today(desk: Desk) -> Today:
    """The facts of the day for the person at this desk; on a large desk ask in the background."""
    came, due = news(desk), agenda(desk)
    return Today(
        day=desk.today,
        overdue=due.overdue,
        today=due.today,
        soon=due.soon,
        later=due.later,
        unfinished=tuple(_unfinished(desk)),
        awaited=(*_moved(desk), *_at_court(desk)),
        news=came,
        received=sum(item.kind in ("arrived", "changed", "left") for item in came),
    )


def to_do(desk: Desk) -> int:
    """The count beside 今日: what is late and what is for today."""
    found = agenda(desk)
    return len(found.overdue) + len(found.today)


def _unfinished(desk: Desk) -> Iterator[Unfinished]:
    for kept in desk.store.drafts():
        kind = kept.key.split(":", 1)[0]
        if kind in _VERBS and kept.body.get("by") == desk.account.id:
            title, missing = _about(desk, kind, kept)
            yield Unfinished(kept.key, kind, _VERBS[kind], title, missing, moment_of(desk, kept.saved_ms))


def _about(desk: Desk, kind: str, kept: Draft) -> tuple[str, int | None]:
    if kind == "register":
        name = next((str(p["name"]) for _, p in drafts.parties_of(kept.body) if p.get("name")), "")
        title = str(kept.body.get("title") or drafts.suggested_title(kept.body) or name or "还没写是谁的事")
        return title, len(register.missing(desk, kept.body, accept=True))
    dispute = kept.key.split(":", 1)[1]
    if kind == "follow_up":
        dispute = str((desk.store.record("follow_up", dispute) or {}).get("dispute_id") or "")
    return str((desk.store.record("dispute", dispute) or {}).get("title") or ""), None


def _moved(desk: Desk) -> Iterator[Awaited]:
    query = DisputeQuery(tab="moved", handlers=desk.own_ids(), sort="updated", limit=_SHOWN)
    for row in desk.store.disputes(query).rows:
        record = desk.store.record("dispute", row.id) or {}
        if may_read(desk, record):
            steps = (line for line in desk.store.history([row.id]) if line.set.get("status") == "50")
            since = next((moment_of(desk, line.told_ms).date() for line in steps), None)
            yield Awaited(row.id, str(record.get("resp_unit") or "对方"), f"移交 · {row.title}", since)


def _at_court(desk: Desk) -> Iterator[Awaited]:
    waiting = [a for state in ("已申请", "受理") for a in desk.store.records("agreement", {"confirm_state": state})]
    for agreement in waiting[:_SHOWN]:
        dispute = desk.store.record("dispute", str(agreement.get("dispute_id"))) or {}
        if dispute and not agreement.get("void_at") and may_read(desk, dispute):
            since, is_taken = read_day(agreement.get("confirm_applied_at")), agreement["confirm_state"] == "受理"
            due = desk.clock.court_by(since, is_taken=is_taken) if since else None
            sentence = f"申请司法确认 · {dispute.get('title')}"
            yield Awaited(str(dispute["id"]), str(agreement.get("court")), sentence, since, due)
