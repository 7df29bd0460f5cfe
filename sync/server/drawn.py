"""Which numbers have been seen on disputes, by committee and year: what the lending of blocks goes by.

A help table: nothing is refused because of it. A number that was drawn and then set aside or refused counts as used,
for it may be printed already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, distinct, func, insert, select

from sync.protocol.messages import Change
from sync.records import numbering, places
from sync.records.numbering import Use
from sync.server.agreed import Stand, stand_of
from sync.server.database import streamed
from sync.server.tables import DRAWN, STANDING

FIELD = "dossier_no"
Key = tuple[str, int, int, str]
"""Committee, year, number, dispute."""
_OF = (DRAWN.c.org == bindparam("committee")) & (DRAWN.c.year == bindparam("of_year"))
_USED = select(func.count(distinct(DRAWN.c.number))).where(
    _OF, DRAWN.c.number.between(bindparam("low"), bindparam("high"))
)
_HIGHEST = select(func.max(DRAWN.c.number)).where(_OF, DRAWN.c.number <= bindparam("most"))
_ALL = select(DRAWN).where(_OF).order_by(DRAWN.c.number, DRAWN.c.record)
_KNOWN = select(DRAWN).where(DRAWN.c.record.in_(bindparam("records", expanding=True)))


class Drawn:
    """Notes what one transaction has seen; written with `flush`."""

    def __init__(self, connection: Connection, district: str) -> None:
        self._connection, self._district = connection, district
        self._seen: set[Key] = set()

    def note(self, change: Change, fields: Mapping[str, Any]) -> None:
        """Look at one change, accepted or not. fields: of the dispute as it stands."""
        found = numbering.read(change.set.get(FIELD)) if change.type == "dispute" else None
        org = change.set.get("org_id") or fields.get("org_id")
        if found is not None and isinstance(org, str):
            self._seen.add((org[:64], found.year, found.number, change.record[:64]))

    def flush(self) -> None:
        """Write what is new."""
        if not self._seen:
            return
        records = sorted({record for *_, record in self._seen})
        known = {(r.org, r.year, r.number, r.record) for r in self._connection.execute(_KNOWN, {"records": records})}
        rows = [
            {"org": org, "year": year, "number": number, "record": record, "district": self._district}
            for org, year, number, record in sorted(self._seen - known)
        ]
        if rows:
            self._connection.execute(insert(DRAWN), rows)


def used(connection: Connection, org: str, year: int, first: int, last: int) -> int:
    """How many numbers of a block have been seen."""
    asked = {"committee": org, "of_year": year, "low": first, "high": last}
    return int(connection.execute(_USED, asked).scalar_one())


def highest(connection: Connection, org: str, year: int, most: int) -> int:
    """The highest number seen up to `most`, 0 for none."""
    return connection.execute(_HIGHEST, {"committee": org, "of_year": year, "most": most}).scalar() or 0


def highest_standing(connection: Connection, org: Stand, year: int, most: int) -> int:
    """The same from the disputes themselves, for those older than the table; reads every dispute of the area."""
    low, high = places.bounds(org.place)
    inside = select(STANDING).where(STANDING.c.type == "dispute", STANDING.c.place.between(low, high))
    found = 0
    for row in streamed(connection, inside):
        number = numbering.read(row.fields.get(FIELD))
        if number is None or number.year != year or number.number > most:
            continue
        if org.record == row.fields.get("org_id") or org.fields.get("short_name") == number.short_name:
            found = max(found, number.number)
    return found


def uses(connection: Connection, org: str, year: int) -> dict[int, list[Use]]:
    """Number -> the disputes it was drawn for."""
    rows = connection.execute(_ALL, {"committee": org, "of_year": year}).all()
    standing = select(STANDING).where(STANDING.c.record.in_(bindparam("records", expanding=True)))
    found = {r.record: stand_of(r) for r in connection.execute(standing, {"records": [r.record for r in rows]})}
    made: dict[int, list[Use]] = {}
    for row in rows:
        made.setdefault(row.number, []).append(_use(row.record, row.number, year, found.get(row.record)))
    return made


def _use(record: str, number: int, year: int, stand: Stand | None) -> Use:
    borne = numbering.read(stand.fields.get(FIELD)) if stand else None
    is_kept = borne is not None and (borne.year, borne.number) == (year, number)
    return Use(record, is_kept, bool(stand and stand.fields.get("void_at")))
