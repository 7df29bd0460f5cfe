"""改动记录: who changed what, when, from what to what; texts that lost a clash stay readable here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.casework import values
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.case import Case
from desktop.store import HistoryLine
from sync.records import declared

HIDDEN = frozenset({
    "dispute_id", "seq", "is_minor", "origin_key", "sha256", "size_bytes", "mime", "thumbnail", "thumbnail_bytes",
    "original", "original_bytes", "original_mime", "added_at", "added_by",
})  # fmt: skip
"""Fields that say nothing to a person."""
_STATES = {
    "waiting": "还没传到区里", "offered": "还没传到区里", "numbered": "", "agreed": "",
    "refused": "区里没收下", "dropped": "没传，留底", "replaced": "改过再传了",
    "left": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: label, from what, to what, in words; sensitive values are not shown. aside: not in use, kept."""

    label: str
    before: str
    after: str
    aside: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change. subject: 纠纷, or 当事人 王有福; verb: 登记, 改, 添, 作废, 恢复. here: made on this PC.

    note: 还没传到区里, 区里没收下, … or "".
    """

    id: str
    at: datetime
    who: str
    here: bool
    subject: str
    verb: str
    fields: tuple[FieldChange, ...]
    note: str


def change_log(desk: Desk, dispute_id: str, *, limit: int = 200) -> tuple[ChangeLine, ...]:
    """What was changed in a dispute and everything of it, newest first, in words. Raises Gone."""
    case = cases.load(desk, dispute_id)
    return tuple(_line(desk, case, line) for line in history(desk, case)[:limit])


def waiting_log(desk: Desk, dispute_id: str, record: str) -> tuple[ChangeLine, ...]:
    """What of one record of a dispute the district does not have yet, newest first, in words. Raises Gone."""
    case = cases.load(desk, dispute_id)
    return tuple(_line(desk, case, line) for line in unsent_of(desk.store.history([record])))


def unsent_of(lines: Sequence[HistoryLine]) -> list[HistoryLine]:
    """Those that still wait for the district's answer."""
    return [line for line in lines if line.state in ("waiting", "offered")]


def ask_history(desk: Desk, dispute_id: str) -> bool:
    """Whether earlier changes of a dispute have not come yet (a new PC takes what stands first); then they are asked
    for, and the next exchange brings them. Raises Gone."""
    case = cases.load(desk, dispute_id)
    return desk.store.ask_history(_family(case))


def history(desk: Desk, case: Case) -> list[HistoryLine]:
    """Every change of a case, newest first."""
    return desk.store.history(_family(case))


def moment_of(desk: Desk, ms: int) -> datetime:
    """Milliseconds since 1970 on this desk's clock."""
    return datetime.fromtimestamp(ms / 1000, desk.now().tzinfo)


def _family(case: Case) -> list[str]:
    return [case.id, *(str(r["id"]) for records in case.children.values() for r in records)]


def _line(desk: Desk, case: Case, line: HistoryLine) -> ChangeLine:
    return ChangeLine(
        id=line.id,
        at=moment_of(desk, line.told_ms),
        who=desk.directory.account_name(line.by),
        here=line.mine,
        subject=_subject(case, line),
        verb=_verb(line),
        fields=tuple(_fields(desk, line)),
        note="两边不一样，这一份没用上，留着" if line.aside else _STATES[line.state],
    )


def _fields(desk: Desk, line: HistoryLine) -> list[FieldChange]:
    kind = declared(line.type)
    shown = [kind.by_name[name] for name in kind.by_name if name in line.set and name not in HIDDEN]
    return [
        FieldChange(
            label=field.label,
            before=values.in_words(desk, field, line.was.get(field.name)),
            after=values.in_words(desk, field, line.set[field.name]),
            aside=field.name in line.aside,
        )
        for field in shown
    ]


def _subject(case: Case, line: HistoryLine) -> str:
    kind = declared(line.type)
    record = next((r for r in case.children.get(line.type, ()) if r["id"] == line.record), {})
    named = line.type in ("party", "attachment")
    name = record.get("name") if named else record.get("seq") and f"第 {record['seq']} 次"
    return f"{kind.label} {name}" if name and (named or line.type == "session") else kind.label


def _verb(line: HistoryLine) -> str:
    if line.set.get("void_at"):
        return "作废"
    if "void_at" in line.set:
        return "恢复"
    if line.was:
        return "改"
    created = {
        "dispute": "found_date",
        "party": "side",
        "session": "body",
        "agreement": "form",
        "follow_up": "planned_date",
        "attachment": "sha256",
        "supplement": "body",
    }
    if created.get(line.type, "") in line.set:
        return "登记" if line.type == "dispute" else "添"
    return "改"
