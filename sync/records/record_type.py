"""A record type: its fields, whose it is, who may write it, and which states it walks through."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from sync.records.field import Field

Audience: TypeAlias = Literal["place", "line", "district"]
"""Who holds a record: desks whose area contains its place; also desks below it; every desk."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move of the state machine: from where, to where, by whom, with what filled.

    verb is the button; needs are fields of the record itself, party_needs are fields of each of its
    parties (checked on the desk before the act; the hub checks `needs`). desk_needs are asked by desks of this
    version alone, so that what an older desk or a ledger row brings is not refused; wishes are offered with the
    step and may stay empty.
    """

    verb: str
    source: tuple[str, ...]
    target: str
    roles: frozenset[str]
    needs: tuple[str, ...] = ()
    party_needs: tuple[str, ...] = ()
    desk_needs: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordType:
    """A kind of record, declared once (DESIGN.md §3).

    parent: the field that holds the id of the record it belongs to; it shares that record's place.
    place: the field that holds its own place, when it has no parent.
    writers: roles that may write it; an empty set means the hub alone.
    write_once: a fact that is only added to; a filled field never changes (DESIGN.md §4).
    from_former_holders: may also be added by a desk that held the parent once and does not hold it any more.
    keyed_by: the field whose value is the record's id (places); otherwise ids are UUIDv7.
    """

    name: str
    label: str
    fields: tuple[Field, ...]
    audience: Audience = "place"
    parent: str = ""
    parent_type: str = ""
    place: str = ""
    writers: frozenset[str] = frozenset()
    write_once: bool = False
    from_former_holders: bool = False
    keyed_by: str = ""
    status: str = ""
    steps: tuple[Step, ...] = ()
    starts: frozenset[str] = frozenset()
    title: str = ""
    source: str = ""

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Its fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Group name -> the names of its fields."""
        names = {field.group for field in self.fields if field.group}
        return {g: tuple(f.name for f in self.fields if f.group == g) for g in sorted(names)}

    def together_with(self, name: str) -> tuple[str, ...]:
        """The fields that merge as one with `name`, itself included."""
        field = self.by_name.get(name)
        return self.groups[field.group] if field and field.group else (name,)
