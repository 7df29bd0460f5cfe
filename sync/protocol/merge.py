"""Three-way merge by field, and the fold a person sees. Pure: no clock, no store, no network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.protocol.messages import Change
from sync.records.codec import apply
from sync.records.field import Record
from sync.records.record_type import RecordType


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome: values to apply to the agreed state, and the fields set aside as clashing."""

    apply: Record
    aside: tuple[str, ...]


def merge(kind: RecordType, agreed: Mapping[str, Any], change: Change) -> Merged:
    """Merge a change into the agreed state by what its author saw (`was`).

    A field whose agreed value is still what the author saw, or already what the author wants, is no
    clash: so a clerk working alone, whose later change saw her earlier one, never meets a conflict.
    Fields that only mean something together clash together. A lasting value gives way to a decision alone.
    """
    outcomes = {name: _field(kind, name, agreed.get(name), change) for name in change.set}
    clashing = {name for name, (clash, _) in outcomes.items() if clash}
    together = {mate for name in clashing for mate in kind.together_with(name)}
    aside = tuple(sorted(together & set(change.set)))
    values = {name: value for name, (_, value) in outcomes.items() if name not in aside}
    return Merged({n: v for n, v in values.items() if agreed.get(n) != v}, aside)


def _field(kind: RecordType, name: str, agreed: Any, change: Change) -> tuple[bool, Any]:
    was, new = change.was.get(name), change.set[name]
    field = kind.by_name.get(name)
    if agreed != new and field is not None and field.lasts(agreed) and not (_decides(change) and agreed == was):
        return True, agreed
    if agreed in (was, new):
        return False, new
    if field is not None and field.kind == "items":
        merged = merge_items(was or [], agreed or [], new or [])
        if merged is not None:
            return False, merged
    return True, agreed


def _decides(change: Change) -> bool:
    return bool(change.decides or change.settles)


def merge_items(was: list[Any], agreed: list[Any], new: list[Any]) -> list[Any] | None:
    """Lists of entries with ids, merged entry by entry; None when one entry was changed on both sides."""
    old, theirs, mine = ({entry["id"]: entry for entry in rows} for rows in (was, agreed, new))
    order = [*theirs, *(i for i in mine if i not in theirs)]
    found = []
    for i in order:
        base, their, my = old.get(i), theirs.get(i), mine.get(i)
        if my != base and their not in (base, my):
            return None
        kept = my if their == base else their
        if kept is not None:
            found.append(kept)
    return found


def overlay(kind: RecordType, agreed: Mapping[str, Any], waiting: Iterable[Change]) -> Record:
    """What a person sees: the agreed state plus what still waits, her own words winning until the hub decides."""
    seen: Record = dict(agreed)
    for change in waiting:
        merged = merge(kind, seen, change)
        seen = apply(seen, {**{n: change.set[n] for n in merged.aside}, **merged.apply})
    return seen
