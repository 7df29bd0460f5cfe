"""What goes into a save and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.records import Record


@dataclass(frozen=True, slots=True)
class Edit:
    """New values for some fields of one record, new or existing; None clears a field.

    settles: journal numbers of the set-aside changes this edit decides about (`Clash.no`). To keep the
    agreed value, settle with that value (or with nothing) in `set`.
    """

    type: str
    record: str
    set: Record
    settles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of the records that look different now, by type. A dispute counts when one of its children does."""

    records: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.records.values())

    def of(self, type_name: str) -> frozenset[str]:
        """Ids of that type."""
        return self.records.get(type_name, frozenset())
