"""Told from the journal alone, without the hub's own rules: who wrote where, and who may read what was closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sync.records import declared, places
from sync.server.reports import JournalLine
from sync.server.turn import HUB

READERS = ("found_by", "first_contact_id")
"""Accounts a closed dispute names; mediators are none in this town."""


@dataclass
class Ledger:
    """What follows from the journal so far. heirs: merged place -> the place that took it in."""

    heirs: dict[str, str]
    places: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    readers: dict[str, set[str]] = field(default_factory=dict)
    closers: dict[str, str] = field(default_factory=dict)

    def enter(self, line: JournalLine) -> None:
        """One more line."""
        kind = declared(line.type)
        said = {name: value for name, value in line.change.set.items() if name not in line.aside}
        if place := said.get(kind.place):
            self.places[line.record] = self.heir(str(place))
        if parent := said.get(kind.parent or "dispute_id"):  # also of types only the newer version knows
            self.parents[line.record] = str(parent)
        self.readers.setdefault(line.record, set()).update(str(said[name]) for name in READERS if said.get(name))
        if said.get("closed_session") is True:
            self.closers.setdefault(line.record, line.author)
        elif "closed_session" in said:
            self.closers.pop(line.record, None)

    def place_of(self, record: str) -> str:
        """Where the record, or what it belongs to, is."""
        while record in self.parents:
            record = self.parents[record]
        return self.places.get(record, "")

    def heir(self, place: str) -> str:
        """Where a place is today."""
        return self.heirs.get(place, place)


def trespasses(journal: Iterable[JournalLine], ledger: Ledger) -> Iterator[str]:
    """Every line a person wrote outside her place; the ledger is written along.

    What was handed over, what decides a clash and what opens doors may come from outside.
    """
    for line in journal:
        ledger.enter(line)
        is_free = line.type == "supplement" or line.change.settles or line.change.set == {"closed_session": False}
        if line.author == HUB or is_free:
            continue
        here, there = ledger.heir(ledger.places.get(line.author, "")), ledger.place_of(line.record)
        if not places.contains(here, there):
            yield f"{line.no}: {line.author} of {here} wrote at {there}"


def may_read(ledger: Ledger, dispute: str, place: str) -> bool:
    """Whether a dispute that is closed names anybody who works at that place; True for one that is open."""
    closer = ledger.closers.get(dispute)
    named = {closer, *ledger.readers.get(dispute, ())}
    return closer is None or any(ledger.heir(ledger.places.get(str(one), "")) == place for one in named)
