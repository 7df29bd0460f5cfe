"""What is due in a dispute, and when: for the store's summary and for the items of a day (domain.md §1.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from desktop.casework.calendar import YEARS, Calendar, LastDay
from desktop.casework.disputes import closed, suspension
from desktop.casework.moments import read_day, read_moment
from desktop.settings import SETTINGS, Settings
from desktop.store import ReadSetting, Summariser, Summary
from sync.records import codes
from sync.records.field import Record

_ACCEPT_LAW = "法律没有写死，参照 SF/T 0083"
_MEDIATION_LAW = "人民调解工作若干规定第三十三条"
_CONFIRM_LAW = "人民调解法第三十三条、民事诉讼法第二百零五条"
_VISIT = "约好的回访，人民调解法第三十一条"
_COURT_TAKES_DAYS, _COURT_DECIDES_DAYS = 3, 15
DueKind: TypeAlias = Literal["accept", "mediation", "appointment", "obligation", "confirm", "follow_up"]
Children: TypeAlias = Mapping[str, Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due.

    label: 调解期限. day: the last day. at: the clock time of an appointment. start: first day of the period.
    moved_because: "29 日是周日，顺延". record: id of the child it comes from, "" for the dispute itself;
    part: id of the obligation inside an agreement. source: where the day comes from, for a person to check.
    provisional: the holidays of that year are not announced yet, so the day may still move.
    """

    kind: DueKind
    label: str
    day: date
    at: datetime | None = None
    start: date | None = None
    moved_because: str = ""
    record: str = ""
    part: str = ""
    source: str = ""
    provisional: bool = False

    def days_left(self, today: date) -> int:
        """Days until the last day; negative when it is late."""
        return (self.day - today).days

    def share_used(self, today: date) -> float | None:
        """0.0 to 1.0 of the period gone by; None when there is no period."""
        if self.start is None or self.day <= self.start:
            return None
        return min(1.0, max(0.0, (today - self.start).days / (self.day - self.start).days))

    def has_lapsed(self, today: date) -> bool:
        """Whether it was an opportunity, not a duty, and is gone: a confirmation nobody asked for in time."""
        return self.kind == "confirm" and self.day < today


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The clockwork; it knows the calendar and the settings, not the store. Its `summarise` goes to Store.open."""

    calendar: Calendar
    settings: Settings

    def dues(self, dispute: Mapping[str, Any], children: Children) -> tuple[Due, ...]:
        """Everything due in this step of the dispute, earliest first."""
        found = [
            due for source in _SOURCES.get(str(dispute.get("status")), ()) for due in source(self, dispute, children)
        ]
        return tuple(sorted(found, key=lambda due: (due.day, due.kind)))

    def summarise(self, dispute: Mapping[str, Any], children: Children) -> Summary:
        """The earliest due, who may read a closed dispute, and the name of its type to find it by."""
        dues = self.dues(dispute, children)
        day, kind = (dues[0].day.isoformat(), dues[0].kind) if dues else ("", "")
        words = codes.table("ZZ_TYPE").text(str(dispute.get("zz_type") or ""))
        return Summary(due_date=day, due_kind=kind, readers=closed.named(dispute), words=words)

    def accept_by(self, found: date) -> date:
        """The last day to decide about acceptance."""
        return self._accept_last(found).day

    def mediate_by(self, accepted: date) -> date:
        """The last day of mediation, counted from acceptance."""
        return self._mediate_last(accepted).day

    def confirm_by(self, effective: date) -> date:
        """The last day both parties may ask the court to confirm (人民调解法第三十三条)."""
        return self.calendar.due_after(effective, self.settings.number("confirm_days")).day

    def court_by(self, applied: date, *, is_taken: bool) -> date:
        """When the court should have answered: 3 days whether it takes the case, 15 more to decide (L-SFQR)."""
        days = _COURT_TAKES_DAYS + (_COURT_DECIDES_DAYS if is_taken else 0)
        return self.calendar.due_after(applied, days).day

    def visit_after(self, due: date) -> date:
        """The day to ask whether something due was kept."""
        return self.calendar.due_after(due, self.settings.number("follow_up_after_days")).day

    def visit_after_closing(self, closed_on: date) -> date:
        """The day to ask after closing."""
        return self.calendar.due_after(closed_on, self.settings.number("follow_up_close_days")).day

    def _accept_last(self, found: date) -> LastDay:
        return self.calendar.add_working_days(found, self.settings.number("accept_days"))

    def _mediate_last(self, accepted: date) -> LastDay:
        return self.calendar.due_after(accepted, self.settings.number("mediation_days"))

    def source(self, key: str, words: str, law: str) -> str:
        """Where a day comes from: "受理后 30 天，…第三十三条"; who set the number when it is not the usual one."""
        days = self.settings.number(key)
        set_here = "" if days == SETTINGS[key].default else "（这台电脑的设置）"
        return "，".join(part for part in (f"{words.format(days)}{set_here}", law) if part)

    def summariser(self) -> Summariser:
        """What Store.open wants; the version is raised whenever the same dispute would be summarised otherwise."""
        return Summariser(self.summarise, "3", self._learn)

    def _learn(self, read: ReadSetting) -> str:
        """What a summary goes by: of the periods only that of acceptance, and the holidays the district has written."""
        self.settings.load(read)
        years: Any = read(YEARS)
        self.calendar.take_years(years or ())
        return f"{self.settings.number('accept_days')}/{self.calendar.edition}"


_Source: TypeAlias = Callable[[Deadlines, Mapping[str, Any], Children], Iterator[Due]]


def live(children: Children, kind: str) -> list[Record]:
    """The records of a kind that are not struck out."""
    return [record for record in children.get(kind, ()) if not record.get("void_at")]


def latest_session(children: Children) -> Record | None:
    """The last session held."""
    sessions = live(children, "session")
    return max(sessions, key=lambda record: (str(record.get("start_at")), record.get("seq") or 0), default=None)


def _accept(clock: Deadlines, dispute: Mapping[str, Any], _: Children) -> Iterator[Due]:
    found = read_day(dispute.get("found_date"))
    if found and not dispute.get("origin_file"):
        last = clock._accept_last(found)
        source = clock.source("accept_days", "登记后 {} 个工作日", _ACCEPT_LAW)
        yield Due("accept", "受理决定", last.day, start=found, source=source, provisional=last.provisional)


def _mediation(clock: Deadlines, dispute: Mapping[str, Any], _: Children) -> Iterator[Due]:
    accepted, extended = read_day(dispute.get("accept_date")), read_day(dispute.get("extended_to"))
    end = extended or read_day(dispute.get("deadline"))
    if end is None:
        return
    yield Due("mediation", "调解期限", end, start=accepted, moved_because=_moved(clock, dispute, end),
              source=_mediation_source(clock, dispute), provisional=clock.calendar.is_provisional(end))  # fmt: skip


def _moved(clock: Deadlines, dispute: Mapping[str, Any], end: date) -> str:
    """Why the last day of mediation is later than plainly counted."""
    accepted, stopped = read_day(dispute.get("accept_date")), suspension.days_not_counted(dispute)
    why = [f"中止的 {stopped} 天不算"] if stopped else []
    counted = clock._mediate_last(accepted) if accepted else None
    if counted and counted.moved_because and counted.day == end and not dispute.get("extended_to"):
        why.append(counted.moved_because)
    return "，".join(why)


def _mediation_source(clock: Deadlines, dispute: Mapping[str, Any]) -> str:
    if not dispute.get("extended_to"):
        return clock.source("mediation_days", "受理后 {} 天", _MEDIATION_LAW)
    consent = read_day(dispute.get("extension_consent_at"))
    said = f"双方 {consent.month}月{consent.day}日同意延期" if consent else "双方同意延期"
    return f"{said}，{_MEDIATION_LAW}"


def _appointment(_: Deadlines, dispute: Mapping[str, Any], children: Children) -> Iterator[Due]:
    if at := read_moment(dispute.get("next_at")):
        last = latest_session(children) or {}
        label = f"第 {int(str(last.get('seq') or 0)) + 1} 次调解"
        yield Due("appointment", label, at.date(), at=at, source="和双方约好的时间")


def _obligation(_: Deadlines, __: Mapping[str, Any], children: Children) -> Iterator[Due]:
    for agreement in live(children, "agreement"):
        for duty in unkept(agreement):
            if day := read_day(duty.get("due_date")):
                start, record = read_day(agreement.get("effective_date")), str(agreement["id"])
                yield Due("obligation", str(duty.get("what", "")), day, start=start, record=record, part=duty["id"],
                          source="协议写的日子，人民调解法第三十一条")  # fmt: skip


def _confirm(clock: Deadlines, __: Mapping[str, Any], children: Children) -> Iterator[Due]:
    for agreement in live(children, "agreement"):
        last = read_day(agreement.get("confirm_deadline"))
        waits = agreement.get("confirm_state") == "未申请" and agreement.get("performance") != "已履行"
        if last and waits and not agreement.get("confirm_bar"):
            start = read_day(agreement.get("effective_date"))
            counted = clock.calendar.due_after(start, clock.settings.number("confirm_days")) if start else None
            why = counted.moved_because if counted and counted.day == last else ""
            yield Due("confirm", "司法确认", last, start=start, moved_because=why, record=str(agreement["id"]),
                      source=clock.source("confirm_days", "协议生效后 {} 天内双方一起申请", _CONFIRM_LAW),
                      provisional=clock.calendar.is_provisional(last))  # fmt: skip


def _follow_up(clock: Deadlines, __: Mapping[str, Any], children: Children) -> Iterator[Due]:
    for visit in live(children, "follow_up"):
        day = read_day(visit.get("planned_date"))
        if day and not visit.get("done_date"):
            is_provisional = clock.calendar.is_provisional(day)
            yield Due("follow_up", "回访", day, record=str(visit["id"]), source=_VISIT, provisional=is_provisional)


def unkept(agreement: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The obligations of an agreement that nobody has noted as kept."""
    duties = agreement.get("obligations")
    return [duty for duty in duties if not duty.get("done_date")] if isinstance(duties, list) else []


_SOURCES: dict[str, tuple[_Source, ...]] = {
    "10": (_accept,),
    "20": (_accept,),
    "30": (_mediation, _appointment),
    "40": (_obligation, _confirm, _follow_up),
    "60": (_follow_up, _confirm),
    "70": (_obligation, _follow_up),
}
"""What can fall due in each status. A suspended dispute (31) has no running clock: appraisal is not counted."""
