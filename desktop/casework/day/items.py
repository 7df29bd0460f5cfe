"""要办的: everything due that is this person's to do, as a title, a sentence and an act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from desktop.casework import spoken
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.case import Case
from desktop.casework.disputes.deadlines import Due, latest_session
from desktop.casework.errors import Gone
from desktop.store import DisputeQuery
from sync.records import places
from sync.records.field import Record

_EVER, _READ = "0001-01-01", 200
_VILLAGE = 5


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One thing to do. act: follow_up, record_session, accept, remind, look, perform; act_label: 写回访.

    at: the clock time of an appointment. note: stands under the day instead of the weekday (满 3 个工作日).
    record, part: the child and the obligation the act is about.
    """

    dispute_id: str
    kind: str
    day: date
    at: datetime | None
    note: str
    title: str
    sentence: str
    act: str
    act_label: str
    record: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to do, by when; later: how many disputes have something due after the next week."""

    overdue: tuple[TodayItem, ...]
    today: tuple[TodayItem, ...]
    soon: tuple[TodayItem, ...]
    later: int


def agenda(desk: Desk) -> Agenda:
    """What is due for this person: late, today, within the days that count as soon."""
    last = desk.today + timedelta(days=desk.settings.number("soon_days"))
    found = [item for dispute in _concerned(desk, _EVER, last.isoformat()) for item in _items(desk, dispute, last)]
    found.sort(key=lambda item: (item.day, item.at.timetz().isoformat() if item.at else "99", item.title))
    return Agenda(
        overdue=tuple(item for item in found if item.day < desk.today),
        today=tuple(item for item in found if item.day == desk.today),
        soon=tuple(item for item in found if item.day > desk.today),
        later=len(_concerned(desk, (last + timedelta(days=1)).isoformat(), "9999-12-31")),
    )


def _concerned(desk: Desk, first: str, last: str) -> list[str]:
    """Disputes due in a span that this person handles; at a village desk, all of the village."""
    due = DisputeQuery(tab="all", due_from=first, due_to=last, sort="due", limit=_READ)
    queries = [replace(due, handlers=desk.own_ids())]
    if places.level(desk.place) == _VILLAGE:
        queries.append(replace(due, places=(desk.place,)))
    return list(dict.fromkeys(row.id for query in queries for row in desk.store.disputes(query).rows))


def _items(desk: Desk, dispute_id: str, last: date) -> list[TodayItem]:
    try:
        case = cases.load(desk, dispute_id)
    except Gone:
        return []
    return [_item(desk, case, due) for due in case.dues(desk) if due.day <= last]


def _item(desk: Desk, case: Case, due: Due) -> TodayItem:
    verb, act, label = _ACTS[due.kind]
    days = desk.settings.number("accept_days")
    return TodayItem(
        dispute_id=case.id,
        kind=due.kind,
        day=due.day,
        at=due.at,
        note=f"满 {days} 个工作日" if due.kind == "accept" else "",
        title=f"{verb} {case.title}",
        sentence=" · ".join(part for part in _SENTENCES[due.kind](desk, case, due) if part),
        act=act,
        act_label=label,
        record=due.record,
        part=due.part,
    )


def _follow_up(desk: Desk, case: Case, due: Due) -> list[str]:
    visit = _child(case, "follow_up", due.record)
    agreement = _child(case, "agreement", str(visit.get("agreement_id") or ""))
    promised = [
        f"协议约定 {spoken.iso_day(str(duty['due_date']), desk.today)}前{duty['what']}，要看履行了没有"
        for duty in sorted(_obligations(agreement), key=lambda duty: str(duty.get("due_date") or ""))
        if duty.get("due_date")
        and str(duty["due_date"]) <= str(visit.get("planned_date"))
        and not duty.get("done_date")
    ]
    return [_village(desk, case), promised[-1] if promised else "问问现在怎么样，有没有反复"]


def _appointment(desk: Desk, case: Case, due: Due) -> list[str]:
    return [str(case.dispute.get("next_place") or "") or _village(desk, case), due.label.removesuffix("调解").strip()]


def _accept(desk: Desk, case: Case, _: Due) -> list[str]:
    source = {"11": "书面申请", "12": "口头申请"}.get(str(case.dispute.get("source")), "登记")
    others = "、".join(str(party.get("name")) for party in case.parties if party.get("side") == "乙")
    found = spoken.iso_day(str(case.dispute.get("found_date")), desk.today)
    return [f"{found}{source}", f"对方：{others}" if others else ""]


def _confirm(desk: Desk, case: Case, due: Due) -> list[str]:
    agreement = _child(case, "agreement", due.record)
    return [f"协议 {spoken.iso_day(str(agreement.get('effective_date')), desk.today)}生效", "双方还没有一起申请"]


def _mediation(_: Desk, case: Case, due: Due) -> list[str]:
    talked = f"已谈 {len(case.sessions)} 次" if latest_session(case.children) else "还没谈过"
    return [due.moved_because, talked]


def _obligation(_: Desk, case: Case, due: Due) -> list[str]:
    duties = _obligations(_child(case, "agreement", due.record))
    duty = next((duty for duty in duties if duty["id"] == due.part), {})
    cents = duty.get("amount_cents")
    money = f"{spoken.yuan(cents)} 元" if isinstance(cents, int) and cents else ""
    return [f"{duty.get('who', '')}：{duty.get('what', '')}", money]


def _village(desk: Desk, case: Case) -> str:
    return desk.directory.place_name(str(case.dispute.get("place_code") or ""))


def _child(case: Case, kind: str, record_id: str) -> Record:
    return next((record for record in case.children.get(kind, ()) if record["id"] == record_id), {})


def _obligations(agreement: Record) -> list[dict[str, str | int]]:
    duties = agreement.get("obligations")
    return duties if isinstance(duties, list) else []


_ACTS = {
    "follow_up": ("回访", "follow_up", "写回访"),
    "appointment": ("调解", "record_session", "开始记录"),
    "accept": ("受理决定", "accept", "作决定"),
    "confirm": ("司法确认到期", "remind", "去提醒"),
    "mediation": ("调解期限", "look", "看一看"),
    "obligation": ("履行", "perform", "记履行"),
}
_SENTENCES: dict[str, Callable[[Desk, Case, Due], list[str]]] = {
    "follow_up": _follow_up,
    "appointment": _appointment,
    "accept": _accept,
    "confirm": _confirm,
    "mediation": _mediation,
    "obligation": _obligation,
}
