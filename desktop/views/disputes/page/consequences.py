"""What follows from a step while it is being filled in: the lawful ways to tell of, where the deadline moves to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import routes, suspension
from desktop.casework.disputes.routes import Notice
from desktop.casework.moments import read_day
from desktop.views import words

Says = Callable[[Mapping[str, Any]], Sequence[str]]


def of_step(desk: Desk, target: str, dispute: Mapping[str, Any]) -> Says | None:
    """The sentences of a step, by what is filled so far; None where nothing follows."""
    kind, status = str(dispute.get("zz_type") or ""), dispute.get("status")
    if target == "21":
        return lambda values: _refused(str(values.get("refuse_reason") or ""), kind)
    if target == "71":
        return lambda values: in_words(routes.after_end(kind, str(values.get("end_reason") or "")))
    if target == "31":
        return lambda _values: _suspended(desk, dispute)
    if target == "30" and status == "31":
        return lambda _values: _resumed(desk, dispute)
    if target == "30" and status in ("40", "60", "70", "71"):
        by = desk.clock.mediate_by(desk.today)
        return lambda _values: [f"调解期限从今天重新算，到 **{words.deadline_day(by, desk.today)}**。"]
    return None


def of_extension(desk: Desk, dispute: Mapping[str, Any]) -> Says:
    """By how many days the deadline moves."""
    end = read_day(dispute.get("extended_to") or dispute.get("deadline"))

    def says(values: Mapping[str, Any]) -> list[str]:
        until = read_day(values.get("extended_to"))
        if end is None:
            return []
        now = f"现在的期限是 {words.deadline_day(end, desk.today)}"
        if until is None or until <= end:
            return [f"{now}。"]
        return [f"{now}，延到 **{words.deadline_day(until, desk.today)}**，多 {(until - end).days} 天。"]

    return says


def in_words(notice: Notice) -> list[str]:
    """A notice as sentences, the name of each way bold and its article after it."""
    ways = [f"**{way.name}** {way.how.rstrip('。')}（{way.article}）" for way in notice.routes]
    told = [notice.sentence] if notice.sentence else []
    return [*told, *(["告诉双方可以走的路："] if ways else []), *ways]


def _refused(reason: str, kind: str) -> list[str]:
    return in_words(routes.after_refusal(reason, kind)) if reason else ["选了理由，这里就有该告诉当事人的话。"]


def _suspended(desk: Desk, dispute: Mapping[str, Any]) -> list[str]:
    end = _end(dispute)
    now = f"现在的期限是 {words.deadline_day(end, desk.today)}。" if end else ""
    return [f"从今天起停着不算。{now}接着调解那天，停了几天，期限就往后挪几天。"]


def _resumed(desk: Desk, dispute: Mapping[str, Any]) -> list[str]:
    after = {**dispute, **suspension.ended(dispute, desk.today, desk.calendar)}
    return list(_moved(desk.today, _end(dispute), _end(after), suspension.days_not_counted(after)))


def _moved(today: date, before: date | None, after: date | None, stopped: int) -> Iterator[str]:
    if after is None:
        return
    if before is None or before == after:
        yield f"期限还是 {words.deadline_day(after, today)}。"
    else:
        yield f"中止的 {stopped} 天不算，期限从 {words.day(before, today)}挪到 **{words.deadline_day(after, today)}**。"


def _end(dispute: Mapping[str, Any]) -> date | None:
    return read_day(dispute.get("extended_to") or dispute.get("deadline"))
