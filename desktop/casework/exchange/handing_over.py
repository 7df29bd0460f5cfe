"""交给现在管的单位: late work on a dispute that moved becomes a supplement for those who hold it now.

Nothing of theirs comes back here. What was written stays readable in this desk's log.
"""

from __future__ import annotations

from desktop.casework import values
from desktop.casework.desk import Desk
from desktop.casework.disputes.change_log import HIDDEN, moment_of
from desktop.store import RefusedChange
from sync.records import declared
from sync.records.field import Record

REASON = "out_of_scope"
_MOST = 60_000


def may_hand_over(change: RefusedChange) -> bool:
    """Whether it was refused because its dispute is somebody else's now."""
    return change.code == REASON and bool(change.left) and change.type != "supplement"


def hand_over(desk: Desk, change_id: str) -> bool:
    """Let the words go to the present holders with the next exchange; False when there is nothing to hand over."""
    found = next((c for c in desk.store.refused_list() if c.id == change_id and may_hand_over(c)), None)
    if found is None:
        return False
    fields: Record = {
        "dispute_id": found.left,
        "from_place": desk.place,
        "written_by": found.by,
        "written_at": moment_of(desk, found.told_ms).isoformat(timespec="seconds"),
        "about": declared(found.type).label,
        "body": in_words(desk, found),
    }
    desk.store.hand_over(found.id, fields, record=desk.ids(), by=desk.account.id)
    return True


def in_words(desk: Desk, change: RefusedChange) -> str:
    """A change as a text that says everything but what is never shown in passing (class S)."""
    kind = declared(change.type)
    shown = [field for field in kind.fields if field.name in change.set and field.name not in HIDDEN]
    lines = [f"{field.label}：{values.in_words(desk, field, change.set[field.name])}" for field in shown]
    return "\n".join(lines)[:_MOST]
