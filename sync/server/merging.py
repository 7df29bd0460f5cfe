"""A village is merged into another: the place ends, all that was its own is its successor's (domain.md §3.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from sync.records import RECORD_TYPES, places
from sync.records.field import Record
from sync.server.agreed import Stand
from sync.server.offices import Unclear
from sync.server.tables import STANDING
from sync.server.turn import Turn, day_of


@dataclass(frozen=True, slots=True)
class Merger:
    """What a merger moved: records without parent by type name, children going along uncounted."""

    moved: dict[str, int]

    @property
    def disputes(self) -> int:
        """How many disputes the successor has taken over."""
        return self.moved.get("dispute", 0)


def merge(turn: Turn, old: str, new: str, first_day: str) -> Merger:
    """End `old` the day before `first_day` and give everything of it to `new`. Raises Unclear and Refused.

    Desks, accounts and committees go along, so that what the old office still has to send arrives as before.
    """
    _check(turn, old, new, first_day)
    last_day = (date.fromisoformat(first_day) - timedelta(days=1)).isoformat()
    turn.write_own("place", old, {"valid_to": last_day, "replaced_by": [new]})
    own = (STANDING.c.place == old) & (STANDING.c.record == STANDING.c.root) & (STANDING.c.type != "place")
    rows = turn.connection.execute(select(STANDING.c.record).where(own).order_by(STANDING.c.record)).scalars().all()
    turn.agreed.fetch(rows)
    moved: dict[str, int] = {}
    number = _last_number(turn, new)
    # People first: closed sessions follow the places of those they name.
    for stand in sorted(_stands(turn, rows), key=lambda one: one.type == "dispute"):
        fields: Record = {RECORD_TYPES[stand.type].place: new}
        if stand.type == "device":
            number += 1
            fields["number"] = number
        turn.write_own(stand.type, stand.record, fields)
        moved[stand.type] = moved.get(stand.type, 0) + 1
    return Merger(moved)


def _check(turn: Turn, old: str, new: str, first_day: str) -> None:
    both = [turn.agreed.of_type(code, "place") for code in (old, new)]
    if old == new or None in both or places.level(old) != places.level(new):
        raise Unclear("要写两个同级的地方：先写要并掉的，再写并到哪里")
    if any(stand is not None and stand.fields.get("valid_to") for stand in both):
        raise Unclear("其中一个地方已经并掉了")
    if any(s.fields.get("parent_code") == old and not s.fields.get("valid_to") for s in _inside(turn, old)):
        raise Unclear("它下面还有地方，先把下面的并好")
    if first_day > day_of(turn.now_ms):
        raise Unclear("这一天还没到，到那天再办")


def _inside(turn: Turn, area: str) -> list[Stand]:
    low, high = places.bounds(area)
    within = (STANDING.c.type == "place") & STANDING.c.place.between(low, high)
    return _stands(turn, turn.connection.execute(select(STANDING.c.record).where(within)).scalars().all())


def _stands(turn: Turn, records: Iterable[str]) -> list[Stand]:
    return [stand for record in records if (stand := turn.agreed.get(record)) is not None]


def _last_number(turn: Turn, place: str) -> int:
    devices = (STANDING.c.type == "device") & (STANDING.c.place == place)
    ids = turn.connection.execute(select(STANDING.c.record).where(devices)).scalars().all()
    return max((int(str(stand.fields["number"])) for stand in _stands(turn, ids)), default=0)
