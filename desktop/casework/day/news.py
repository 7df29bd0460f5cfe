"""新来的: what came from elsewhere since this person last looked, and what wants a decision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.change_log import history, moment_of
from desktop.casework.disputes.clashes import decisions, undecided
from desktop.casework.disputes.closed import may_read
from desktop.casework.disputes.lists import seen_until
from desktop.casework.errors import Gone
from desktop.casework.exchange import departed, status
from desktop.store import Clash, DisputeQuery, HistoryLine
from sync.records import declared

_LOOKED_AT = 60
_DID = {"session": "记了一次调解", "agreement": "动过协议", "follow_up": "动过回访", "party": "改过当事人"}


@dataclass(frozen=True, slots=True)
class News:
    """kind: late, clash, refused, arrived, changed, left. target: the dispute to open, "" for none that is here."""

    kind: str
    title: str
    sentence: str
    at: datetime | None
    target: str


def news(desk: Desk) -> tuple[News, ...]:
    """To decide first, then what came, newest first."""
    came = sorted(_came(desk), key=lambda item: item.at or desk.now(), reverse=True)
    return (*_late(desk), *_clashes(desk), *_refused(desk), *came, *_left(desk))


def seen(desk: Desk) -> None:
    """The person has looked: what is here now is not new any more. Decisions stay until they are made."""
    desk.store.set_setting(f"seen.{desk.account.id}", round(desk.now().timestamp() * 1000))


def _late(desk: Desk) -> Iterator[News]:
    waiting = status.card(desk)
    if waiting.late_days:
        title = f"有 {waiting.waiting:,} 件没传到区里"
        yield News("late", title, f"最早的等了 {waiting.late_days} 天，都存在本机，看看网络", waiting.oldest, "")


def _clashes(desk: Desk) -> Iterator[News]:
    by_dispute: dict[str, list[Clash]] = {}
    for clash in undecided(desk):
        if dispute := _dispute_of(desk, clash.type, clash.record):
            by_dispute.setdefault(dispute, []).append(clash)
    for dispute, found in by_dispute.items():
        places = sum(len(decisions(clash)) for clash in found)
        at = moment_of(desk, max(max(c.agreed.at_ms, c.aside.at_ms) for c in found))
        yield News("clash", "两边改得不一样，要您定", f"{_title(desk, dispute)} · {places} 处", at, dispute)


def _refused(desk: Desk) -> Iterator[News]:
    for change in desk.store.refused_list():
        if not change.asked and (dispute := _dispute_of(desk, change.type, change.record)):
            yield News("refused", "有 1 件区里没收下", _title(desk, dispute), moment_of(desk, change.told_ms), dispute)


def _came(desk: Desk) -> Iterator[News]:
    since = seen_until(desk)
    for row in desk.store.disputes(DisputeQuery(tab="all", sort="updated", limit=_LOOKED_AT)).rows:
        with suppress(Gone):
            found = history(desk, cases.load(desk, row.id))
            if lines := [line for line in found if not line.mine and line.received_ms > since]:
                yield _arrived(desk, lines, row.title, row.id)


def _arrived(desk: Desk, lines: list[HistoryLine], title: str, dispute: str) -> News:
    at, born = moment_of(desk, lines[0].received_ms), any("matter_code" in line.set for line in lines)
    who = desk.directory.account_name(lines[0].by) or "区里"
    if born:
        return News("arrived", f"{who}报来 1 件纠纷", title, at, dispute)
    return News("changed", f"{who}{_DID.get(lines[0].type, '改过')}", title, at, dispute)


def _left(desk: Desk) -> Iterator[News]:
    for sealed in desk.store.sealed_list():
        if sealed.type == "dispute" and sealed.since_ms > seen_until(desk) and sealed.reason != "shelved":
            said = departed.sentence(desk, sealed)
            yield News("left", said.rstrip("。"), "不在这台电脑上了", moment_of(desk, sealed.since_ms), "")


def _dispute_of(desk: Desk, kind: str, record_id: str) -> str:
    record = desk.store.record(kind, record_id) or {}
    dispute = record if kind == "dispute" else desk.store.record("dispute", str(record.get("dispute_id"))) or {}
    known = kind == "dispute" or declared(kind).parent_type == "dispute"
    return str(dispute["id"]) if known and dispute and may_read(desk, dispute) else ""


def _title(desk: Desk, dispute: str) -> str:
    return str((desk.store.record("dispute", dispute) or {}).get("title", ""))
