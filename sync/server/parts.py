"""Parts of the district's current state: each is a set of addresses that a desk hears as a whole, or not at all.

"620802107204", "^620802107204", "*", "=620802107000"   just that address
"620802107", "^620802107"                              every address of that township and its villages

A village takes parts of one address. Townships and the district take whole townships: bigger pages press better.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, select

from sync.protocol.addresses import Ears
from sync.records import RECORD_TYPES, places
from sync.server.tables import FEED, STANDING, STOCK, TALLY

_TOWNSHIP = 9
"""Digits that all places of a township share."""
_MARKS = "^=*"
DISTRICT_WIDE = [kind.name for kind in RECORD_TYPES.values() if kind.audience == "district"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part by its name."""

    name: str

    @property
    def _digits(self) -> str:
        return self.name.lstrip(_MARKS)

    def holds(self, address: str) -> bool:
        """Whether that address is in this part."""
        if len(self._digits) == _TOWNSHIP:
            return len(address) == len(self.name) + 3 and address.startswith(self.name)
        return address == self.name

    def is_heard_by(self, place: str) -> bool:
        """Whether a desk at that place hears every address in it."""
        if len(self._digits) == _TOWNSHIP:
            return places.contains(place, f"{self._digits}000")
        return Ears(place).hears(self.name)

    def roots(self) -> ColumnElement[bool]:
        """Where to look for its records without parent; `holds` decides about what is found."""
        is_root = STANDING.c.root == STANDING.c.record
        if self.name == "*":
            return and_(is_root, STANDING.c.type.in_(DISTRICT_WIDE))
        if self.name.startswith("="):
            return and_(is_root, STANDING.c.closer != "")
        low, high = self._digits.ljust(12, "0"), self._digits.ljust(12, "9")
        return and_(is_root, STANDING.c.place >= low, STANDING.c.place <= high)


@dataclass(slots=True)
class Age:
    """How old the pages of a part are: feed lines about it since, and until where they were still true."""

    part: str
    pos: int
    roots: int
    lines: int
    true_until: int


def ages_of(connection: Connection, parts: Iterable[Part]) -> dict[str, Age]:
    """Part name -> its age, of those that were ever divided. Reads the feed once, from the oldest on."""
    query = select(STOCK.c.part, STOCK.c.pos, STOCK.c.roots).where(STOCK.c.part.in_([part.name for part in parts]))
    end = connection.execute(select(func.coalesce(func.max(FEED.c.pos), 0))).scalar_one()
    ages: dict[str, Age] = {}
    for row in connection.execute(query):
        age = ages.setdefault(row.part, Age(row.part, row.pos, 0, 0, end))
        age.roots += len(row.roots)
    oldest = min((age.pos for age in ages.values()), default=end)
    lines = select(FEED.c.pos, FEED.c.address).where(FEED.c.pos > oldest).order_by(FEED.c.pos)
    for pos, address in connection.execute(lines):
        for name in {address, _township(address)} & ages.keys():
            if pos > (age := ages[name]).pos:
                age.true_until = age.true_until if age.lines else pos - 1
                age.lines += 1
    return ages


def parts_for(connection: Connection, place: str) -> list[Part]:
    """The parts a desk at that place is made of, those that hold anything."""
    ears = Ears(place)
    addresses = connection.execute(select(TALLY.c.address).where(TALLY.c.records > 0)).scalars()
    return [Part(name) for name in sorted(_names(place, filter(ears.hears, addresses)))]


def all_parts(connection: Connection) -> list[Part]:
    """Every part that townships and the district take."""
    addresses = connection.execute(select(TALLY.c.address).where(TALLY.c.records > 0)).scalars()
    return [Part(name) for name in sorted({_township(address) for address in addresses})]


def _names(place: str, addresses: Iterable[str]) -> set[str]:
    is_village = places.level(place) == max(places.LENGTHS)
    return {a if is_village or not places.contains(place, a.lstrip(_MARKS)) else _township(a) for a in addresses}


def _township(address: str) -> str:
    digits = address.lstrip(_MARKS)
    if not digits or address.startswith("="):
        return address
    return address[: len(address) - len(digits) + _TOWNSHIP]
