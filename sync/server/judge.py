"""May this change be accepted? Pure: what the hub knows comes in, a merge or a refusal comes out.

Who may write (domain.md §6.6), where (DESIGN.md §6), which step may follow (§8.1), what must be filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sync.protocol import limits
from sync.protocol.addresses import SHELF, Ears
from sync.protocol.merge import Merged, merge
from sync.protocol.messages import Change
from sync.protocol.refusals import REFUSALS
from sync.records import places, states
from sync.records.codec import apply
from sync.records.record_type import RecordType
from sync.records.validate import is_empty, missing, value_complaints
from sync.server.agreed import Stand
from sync.server.whereabouts import CLOSED

_UUID = re.compile(r"[0-9a-f-]{36}")
_VOID = "void"


class Refused(Exception):
    """The change is not accepted: `code` is one of REFUSALS, `why` is what the clerk reads."""

    def __init__(self, code: str, why: str = "") -> None:
        self.code = code
        self.why = (why or REFUSALS[code]).replace("\x00", "")[:200]
        super().__init__(f"{code}: {self.why}")


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the place of the desk, and the account; the hub itself needs none."""

    place: str
    account: Mapping[str, Any] | None = None
    is_hub: bool = False

    @property
    def roles(self) -> frozenset[str]:
        """The roles of the account."""
        return frozenset((self.account or {}).get("roles", ()))


@dataclass(frozen=True, slots=True)
class Situation:
    """What the hub knows when a change arrives.

    settled: the set-aside changes this one decides about. today: the hub's day. worked_on: the day the
    change was made, as far as the hub believes it. once_held: what is handed over comes from a place
    that had the parent before.
    """

    kind: RecordType
    author: Author
    before: Stand | None
    parent: Stand | None
    settled: Sequence[Change]
    today: str
    worked_on: str
    once_held: bool = False

    @property
    def agreed(self) -> Mapping[str, Any]:
        """The agreed fields, none for a new record."""
        return self.before.fields if self.before else {}


def judge(change: Change, size_bytes: int, case: Situation) -> Merged:
    """How the change merges into the agreed state. Raises Refused."""
    if size_bytes > limits.CHANGE:
        raise Refused("too_large")
    _check_account(case)
    _check_identity(change, case)
    _check_values(change, case)
    _check_parent(change, case)
    _check_place(change, case)
    _check_written_once(change, case)
    _check_step(change, case)
    merged = merge(case.kind, case.agreed, change)
    _check_filled(merged, case)
    return merged


def _check_account(case: Situation) -> None:
    if case.author.is_hub:
        return
    account = case.author.account
    if account is None or not is_active(account, case.today, case.worked_on):
        raise Refused("unknown_account")
    if account.get("place_code") != case.author.place or not case.author.roles & case.kind.writers:
        raise Refused("not_allowed")


def is_active(account: Mapping[str, Any], today: str, worked_on: str) -> bool:
    """Whether the account was in use: begun by today, not ended before the day of the work.

    Work done while the account ran may arrive weeks later, from a desk without a line.
    """
    valid_to = account.get("valid_to") or ""
    return str(account.get("valid_from", "")) <= today and (not valid_to or min(worked_on, today) <= valid_to)


def _check_identity(change: Change, case: Situation) -> None:
    kind = case.kind
    if case.before is None and (change.base or change.was):
        raise Refused("no_record")
    if case.before is not None and case.before.type != kind.name:
        raise Refused("exists")
    if kind.keyed_by:
        if apply(case.agreed, change.set).get(kind.keyed_by) != change.record:
            raise Refused("invalid", "编号和代码不一样")
    elif not _UUID.fullmatch(change.record):
        raise Refused("invalid", "编号不对")


def _check_values(change: Change, case: Situation) -> None:
    kind = case.kind
    if any(name not in kind.by_name for name in change.set):
        raise Refused("unknown_field")
    found = [c for name, value in change.set.items() for c in value_complaints(kind, name, value)]
    faults = [c.message for c in found if c.level == "error"]
    if faults or any(not _is_list_of_entries(kind, name, value) for name, value in change.was.items()):
        raise Refused("invalid", "；".join(faults[:3]))
    if not case.author.is_hub and any(v is not None and kind.by_name[n].hub_fills for n, v in change.set.items()):
        raise Refused("not_allowed")


def _is_list_of_entries(kind: RecordType, name: str, value: Any) -> bool:
    """Old values are merged entry by entry, so they must at least be entries."""
    if value is None or name not in kind.by_name or kind.by_name[name].kind != "items":
        return True
    return isinstance(value, list) and all(
        isinstance(e, dict) and isinstance(e.get("id"), str) for e in value
    )


def _check_parent(change: Change, case: Situation) -> None:
    if not case.kind.parent:
        return
    if case.before is not None and change.set.get(case.kind.parent, case.before.parent) != case.before.parent:
        raise Refused("written_once", "不能改到另一件上去")
    if case.parent is None or case.parent.type != case.kind.parent_type:
        raise Refused("no_parent")


def _check_place(change: Change, case: Situation) -> None:
    """The record is held (or shelved) where the author works, and stays there.

    What a former holder hands over is added without being held. Who holds a closed dispute that moved, being named in
    it, may at least open its doors, and decide between what was said: maybe nobody else can read it.
    """
    if case.once_held and case.before is None:
        return
    anchor = case.parent if case.kind.parent else case.before
    ears = Ears(case.author.place)
    addresses = [a.removeprefix(SHELF) for a in anchor.addresses] if anchor else []
    is_held = case.author.is_hub or anchor is None or any(map(ears.hears, addresses))
    is_free = change.set == {CLOSED: False} or _only_decides(change, case)
    at = anchor.place if anchor and not is_free else None
    new = change.set.get(case.kind.place) if case.kind.place else None
    moved_to = new if anchor is None or new != anchor.place else None
    inside = [places.contains(case.author.place, place) for place in (at, moved_to) if place]
    if not is_held or not all(inside):
        raise Refused("out_of_scope")


def _check_written_once(change: Change, case: Situation) -> None:
    """What is filled and was seen filled does not change; only being struck out does.

    Where only one field is lasting, a decision may take what was set aside, and nothing else.
    """
    for name, value in change.set.items():
        agreed, field = case.agreed.get(name), case.kind.by_name[name]
        is_other = agreed != value and not _is_decided(name, value, case.settled)
        if (change.decides or change.settles) and is_other and field.lasts(agreed):
            raise Refused("written_once", f"{field.label}只能在编过的里面选")
    if not case.kind.write_once:
        return
    for name, value in change.set.items():
        agreed = case.agreed.get(name)
        is_seen = not is_empty(agreed) and agreed != value and agreed == change.was.get(name)
        if is_seen and case.kind.by_name[name].group != _VOID and not _is_decided(name, value, case.settled):
            raise Refused("written_once")


def _check_step(change: Change, case: Situation) -> None:
    """Judged from what the author saw; a person deciding a clash may take the other side's value."""
    status = case.kind.status
    if status not in change.set or _is_decided(status, change.set[status], case.settled):
        return
    seen = apply(case.agreed, change.was)
    roles: Iterable[str] = case.author.roles
    if case.author.is_hub:
        roles = case.kind.writers
    if why := states.refusal(case.kind, seen, apply(seen, change.set), roles):
        raise Refused("wrong_step", why)


def _only_decides(change: Change, case: Situation) -> bool:
    """Whether it says nothing but one of the two sides of clashes."""
    named = {name for other in case.settled for name in other.set}
    return bool(named) and all(
        name in named and (value == case.agreed.get(name) or _is_decided(name, value, case.settled))
        for name, value in change.set.items()
    )


def _is_decided(name: str, value: Any, settled: Sequence[Change]) -> bool:
    return any(name in other.set and other.set[name] == value for other in settled)


def _check_filled(merged: Merged, case: Situation) -> None:
    """Nothing required is missing because of this change; what was set aside is not its author's fault."""
    stood = {c.field for c in missing(case.kind, case.agreed)} if case.before else set()
    after = apply(case.agreed, merged.apply)
    lacking = [c for c in missing(case.kind, after) if c.field not in merged.aside]
    faults = [c.message for c in lacking if c.field not in stood or c.field in merged.apply]
    if faults:
        raise Refused("invalid", "；".join(faults[:3]))
