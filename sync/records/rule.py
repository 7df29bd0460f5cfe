"""When a field must be filled, as data that both sides read alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds when `field` has one of `values` (or is filled, when `values` is empty).

    `always` and `never` are the two rules without a field; `unless_filled` names a field whose
    presence lifts the rule: what an imported ledger row never held cannot be demanded of it.
    """

    field: str = ""
    values: frozenset[Any] = frozenset()
    always: bool = False
    unless_filled: str = ""

    def holds(self, record: Mapping[str, Any]) -> bool:
        """Whether the rule applies to this record."""
        if self.unless_filled and record.get(self.unless_filled) not in (None, ""):
            return False
        if self.always:
            return True
        if not self.field:
            return False
        value = record.get(self.field)
        return value in self.values if self.values else value not in (None, "", [])


ALWAYS = Rule(always=True)
NEVER = Rule()


def when(field: str, *values: Any, unless_filled: str = "") -> Rule:
    """A rule that holds when `field` has one of `values`; with no values, when it is filled."""
    return Rule(field=field, values=frozenset(values), unless_filled=unless_filled)


def unless(field: str) -> Rule:
    """A rule that holds as long as `field` is empty."""
    return Rule(always=True, unless_filled=field)
