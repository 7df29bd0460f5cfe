"""经过: what happened in a dispute and what is arranged, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.casework.desk import Desk
from desktop.casework.disputes.case import Case
from desktop.casework.disputes.change_log import moment_of
from desktop.casework.disputes.mediators import replacements
from desktop.casework.disputes.room import STUCK
from desktop.casework.moments import read_day, read_moment
from desktop.store import HistoryLine
from sync.records import codes
from sync.records.field import Record

_RESULTS = {
    "达成": ("谈成了", "agreed"),
    "未达成": ("没谈成", "talk"),
    "择日": ("改日再谈", "talk"),
    "移交": ("移交", "sent"),
}
_SOURCES = {
    "31": "网格员报来", "32": "群众反映", "41": "法院委托", "42": "公安移交", "43": "信访移交",
    "44": "检察院移交", "45": "部门移送", "46": "上级交办", "47": "下级上报",
}  # fmt: skip
_MOVES = {
    "21": ("不予受理", "failed", "refuse_reason"),
    "31": ("中止", "paused", "end_note"),
    "50": ("移交", "sent", "resp_unit"),
    "60": ("已化解", "agreed", ""),
    "70": ("办结", "done", "end_reason"),
    "71": ("调解不成", "failed", "end_reason"),
    "80": ("归档", "done", "retention"),
    "90": ("作废", "failed", "void_reason"),
}
_REGISTERED = "登记"
_SHOWN_LETTERS = 60


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened or is arranged. note stands under the day when there is no clock (网格员报来).

    shape: future, talk, agreed, sent, done, failed, paused, visit. record: (type, id) to open, ("appointment", id of
    the dispute) for what is arranged and can be moved, or None.
    """

    day: date
    at: datetime | None
    note: str
    title: str
    sentence: str
    shape: str
    record: tuple[str, str] | None = None


def timeline(desk: Desk, case: Case, lines: Sequence[HistoryLine]) -> tuple[TimelineEntry, ...]:
    """The entries, newest first, from a case and its history; what is arranged stands on top."""
    entries = [
        *_registered(desk, case),
        *_accepted(desk, case, lines),
        *_sessions(desk, case),
        *_agreements(case),
        *_breaches(case),
        *_visits(case),
        *_told(desk, case),
        *_supplements(desk, case),
        *_moves(desk, lines),
        *_appointed(desk, case),
    ]
    order = sorted(enumerate(entries), key=lambda pair: (*_when(pair[1]), pair[0]), reverse=True)
    return tuple(entry for _, entry in order)


def _when(entry: TimelineEntry) -> tuple[date, str]:
    """By the day and the clock; without a clock, registering comes first on its day and all else last."""
    if entry.at:
        return entry.day, f"{entry.at:%H:%M}"
    return entry.day, "" if entry.title == _REGISTERED else "24:00"


def _registered(desk: Desk, case: Case) -> Iterator[TimelineEntry]:
    if day := read_day(case.dispute.get("found_date")):
        who = desk.directory.account_name(str(case.dispute.get("found_by") or ""))
        file = case.dispute.get("origin_file")
        sentence = f"从“{file}”导入" if file else f"{who}登记" if who else ""
        note = _SOURCES.get(str(case.dispute.get("source")), "")
        at = None if note or file else _moment(desk, case.dispute.get("first_contact_at"))
        yield TimelineEntry(day, at, note, _REGISTERED, sentence, "done")


def _accepted(desk: Desk, case: Case, lines: Sequence[HistoryLine]) -> Iterator[TimelineEntry]:
    day = read_day(case.dispute.get("accept_date"))
    if day is None:
        return
    told = {str(party.get("rights_told_form") or "") for party in case.parties}
    how = "权利义务已书面讲明" if told == {"书面"} else "权利义务已当面讲明" if "" not in told else ""
    agreed = "双方同意调解" if case.parties and all(p.get("consent_mediation") for p in case.parties) else ""
    clocks = (moment_of(desk, line.told_ms) for line in lines if line.set.get("accept_date") == day.isoformat())
    at = next((clock for clock in clocks if clock.date() == day), None)
    yield TimelineEntry(day, at, "", "受理", "，".join(part for part in (how, agreed) if part), "done")


def _sessions(desk: Desk, case: Case) -> Iterator[TimelineEntry]:
    for session in case.sessions:
        at = _moment(desk, session.get("start_at"))
        if at:
            words, shape = _RESULTS.get(str(session.get("result")), ("", "talk"))
            title = f"第 {session.get('seq')} 次{session.get('kind')}"
            record = ("session", str(session["id"]))
            yield TimelineEntry(
                at.date(), at, "", f"{title}：{words}" if words else title, gist(session), shape, record
            )


def gist(session: Record) -> str:
    """The last line of a session's record, which says where it stands; shortened."""
    last = str(session.get("body") or "").rsplit("\n", 1)[-1].removeprefix(STUCK)
    return last if len(last) <= _SHOWN_LETTERS else f"{last[:_SHOWN_LETTERS]}…"


def _agreements(case: Case) -> Iterator[TimelineEntry]:
    for agreement in case.agreements:
        record = ("agreement", str(agreement["id"]))
        items = agreement.get("items")
        sentence = "；".join(map(str, items)) if isinstance(items, list) else ""
        if day := read_day(agreement.get("agreed_on") or agreement.get("effective_date")):
            yield TimelineEntry(day, None, "", f"{agreement.get('form')}协议生效", sentence, "agreed", record)
        if day := read_day(agreement.get("confirm_ruled_at") or agreement.get("confirm_applied_at")):
            court = str(agreement.get("court") or "")
            yield TimelineEntry(day, None, "", f"司法确认：{agreement.get('confirm_state')}", court, "sent", record)


def _breaches(case: Case) -> Iterator[TimelineEntry]:
    for agreement in case.agreements:
        if day := read_day(agreement.get("breached_on")):
            way = str(agreement.get("breach_way") or "")
            said = "，".join(part for part in (way, str(agreement.get("breach_note") or "")) if part)
            record = ("agreement", str(agreement["id"]))
            yield TimelineEntry(day, None, "", f"没履行：{agreement.get('performance')}", said, "failed", record)


def _told(desk: Desk, case: Case) -> Iterator[TimelineEntry]:
    """Another mediator, the ways told at the end, the answer to who had sent it."""
    for change in replacements(desk, case.dispute):
        if change.day:
            asked = f"{change.asked_by}要求" if change.asked_by else ""
            said = "，".join(part for part in (asked, change.reason) if part)
            title = f"换调解员：{change.former}换成{change.following}"
            yield TimelineEntry(change.day, None, "", title, said, "talk")
    if at := _moment(desk, case.dispute.get("end_told_at")):
        how = str(case.dispute.get("end_told_form") or "")
        yield TimelineEntry(at.date(), at, "", "终止告知", f"{how}告知了可以走的路" if how else "", "talk")
    if day := read_day(case.dispute.get("returned_on")):
        unit, note = str(case.dispute.get("referred_by") or "委托单位"), str(case.dispute.get("returned_note") or "")
        yield TimelineEntry(day, None, "", f"结果告诉{unit}", note, "sent")


def _visits(case: Case) -> Iterator[TimelineEntry]:
    for visit in case.follow_ups:
        if day := read_day(visit.get("done_date")):
            asked = f"问的{visit['respondent']}" if visit.get("respondent") else ""
            sentence = "，".join(part for part in (asked, str(visit.get("content") or "")) if part)
            title = f"回访：{visit['performance']}" if visit.get("performance") else "回访"
            yield TimelineEntry(
                day, None, str(visit.get("way") or ""), title, sentence, "visit", ("follow_up", str(visit["id"]))
            )


def _supplements(desk: Desk, case: Case) -> Iterator[TimelineEntry]:
    """What was written elsewhere after the dispute had moved here."""
    for handed in case.supplements:
        if at := _moment(desk, handed.get("written_at")):
            place = desk.directory.place_name(str(handed.get("from_place") or ""))
            title = f"{place}转来的补记：{handed.get('about')}"
            yield TimelineEntry(at.date(), at, "", title, str(handed.get("body") or ""), "talk")


def _moves(desk: Desk, lines: Sequence[HistoryLine]) -> Iterator[TimelineEntry]:
    """Steps of the dispute itself, from its history; a rejected one is not a step."""
    for line in lines:
        move = _MOVES.get(str(line.set.get("status"))) if line.type == "dispute" else None
        if move and "status" not in line.aside and line.state not in ("refused", "dropped", "replaced") and line.was:
            title, shape, field = move
            at = moment_of(desk, line.told_ms)
            yield TimelineEntry(at.date(), at, "", title, _reason(line.set, field), shape)


def _reason(fields: Record, name: str) -> str:
    value = str(fields.get(name) or "")
    tables = {"refuse_reason": "REFUSE_REASON", "end_reason": "END_REASON"}
    if name == "resp_unit" and value:
        return f"交给{value}"
    return codes.table(tables[name]).text(value) if name in tables and value else value


def _appointed(desk: Desk, case: Case) -> Iterator[TimelineEntry]:
    for due in case.dues(desk):
        if due.kind == "appointment" and due.at:
            place = str(case.dispute.get("next_place") or "")
            host = desk.directory.mediator_name(str(case.dispute.get("host_mediator_id") or ""))
            sentence = " · ".join(part for part in (place, f"主持 {host}" if host else "") if part)
            yield TimelineEntry(due.day, due.at, "", due.label, sentence, "future", ("appointment", case.id))


def _moment(desk: Desk, value: object) -> datetime | None:
    moment = read_moment(value)
    return moment.astimezone(desk.now().tzinfo) if moment else None
