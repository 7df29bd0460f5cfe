"""A dispute with everything that belongs to it, as the ledgers need it: plain mappings, no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Fields: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Matter:
    """One dispute and its standing children (none that was struck out), each in the order they were made.

    org: the committee or studio that took it on.
    """

    dispute: Fields
    parties: Sequence[Fields] = ()
    sessions: Sequence[Fields] = ()
    agreements: Sequence[Fields] = ()
    follow_ups: Sequence[Fields] = ()
    org: Fields = field(default_factory=dict)

    def shown_names(self) -> list[str]:
        """The parties' names as others may read them: a minor is 张某某 (未成年人保护法 103, PIPL 31)."""
        return [shown_name(party) for party in self.parties]

    def shown(self, text: Any) -> str:
        """A text of this matter with the names of minors hidden likewise."""
        words = str(text or "")
        for party in self.parties:
            name = party.get("name")
            if party.get("is_minor") and name:
                words = words.replace(str(name), shown_name(party))
        return words


def shown_name(party: Fields) -> str:
    """The name of a party as others may read it."""
    name = str(party.get("name") or "")
    return f"{name[0]}某某" if party.get("is_minor") and name else name
