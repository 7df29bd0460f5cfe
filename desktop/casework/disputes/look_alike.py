"""看看是不是同一件: earlier disputes between the same people, before a second one is registered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.casework import spoken
from desktop.casework.desk import Desk
from desktop.casework.disputes import draft as drafts
from desktop.casework.disputes.draft import Draft
from desktop.casework.disputes.search import readable
from desktop.store import DisputeRow
from sync.records import codes

_YEARS = 2
_SHOWN = 3
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An earlier dispute, as a sentence: `before` + bold `title` + `after`."""

    dispute_id: str
    before: str
    title: str
    after: str


def look_alikes(desk: Desk, draft: Draft) -> tuple[LookAlike, ...]:
    """Disputes of the last two years with both of these names, or with one of them in the same village."""
    names = {str(p["name"]) for _, p in drafts.parties_of(draft) if len(str(p.get("name") or "")) > 1}
    rows = {row.id: row for name in sorted(names) for row in _found(desk, name)}
    scored = [(names & _names_in(desk, row.id), row) for row in rows.values()]
    fitting = [
        (shared, row)
        for shared, row in scored
        if len(shared) > 1 or (shared and row.place_code == draft.get("place_code"))
    ]
    fitting.sort(key=lambda pair: (len(pair[0]), pair[1].found_date), reverse=True)
    return tuple(_sentence(desk, shared, row) for shared, row in fitting[:_SHOWN])


def _found(desk: Desk, name: str) -> list[DisputeRow]:
    since = f"{desk.today.year - _YEARS}{desk.today.isoformat()[4:]}"
    found = readable(desk, name, limit=_LOOKED_AT).disputes
    return [row for row in found if row.found_date >= since and row.status != "90"]


def _names_in(desk: Desk, dispute_id: str) -> set[str]:
    return {str(p.get("name")) for p in desk.store.children("party", dispute_id) if not p.get("void_at")}


def _sentence(desk: Desk, shared: set[str], row: DisputeRow) -> LookAlike:
    who = "、".join(sorted(shared))
    when = spoken.month(date.fromisoformat(row.found_date), desk.today)
    title = row.title.removeprefix(who) if len(shared) == 1 else row.title
    status = "已办结" if row.status in ("70", "80") else f"现在{codes.table('CASE_STATUS').text(row.status)}"
    return LookAlike(row.id, f"{who}{when}有过一件：", title, f"，{status}。")
