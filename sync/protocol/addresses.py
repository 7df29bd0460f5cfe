"""Who holds a record: addresses a record is delivered to, and the addresses a desk listens on.

"620802107204"   every desk whose area contains that place
"^620802107204"  those, and the desks of every place above or inside (a mediator of a committee)
"*"              every desk of the district (places, accounts, organisations)
"=620802107000"  the desks of exactly that place (closed sessions: where the named people work)
"~620802107204"  no desk: shelved at the district; the rest of it says who may fetch the record back
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.records import places
from sync.records.record_type import RecordType

SHELF = "~"
"""How the address of a shelved record begins."""


def ordinary(kind: RecordType, place: str) -> str:
    """The address of a record of that type at that place, when its sessions are not closed."""
    return {"place": place, "line": f"^{place}", "district": "*"}[kind.audience]


@dataclass(frozen=True, slots=True)
class Ears:
    """What a desk at `place` listens on."""

    place: str

    def hears(self, address: str) -> bool:
        """Whether a record at that address belongs on this desk."""
        if address == "*":
            return True
        if address.startswith("="):
            return address[1:] == self.place
        if address.startswith("^"):
            return places.contains(self.place, address[1:]) or places.contains(address[1:], self.place)
        return places.contains(self.place, address)

    def ranges(self) -> list[tuple[str, str]]:
        """Inclusive ranges of addresses, for a query."""
        low, high = places.bounds(self.place)
        above = [(f"^{code}", f"^{code}") for code in places.line(self.place)[1:]]
        return [(low, high), (f"^{low}", f"^{high}"), ("*", "*"), (f"={self.place}",) * 2, *above]
