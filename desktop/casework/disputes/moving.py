"""转到别处办: the office above both gives a dispute to another place; it leaves the former desks (domain.md §4.3)."""

from __future__ import annotations

from desktop.casework.desk import Desk
from desktop.casework.disputes import progress
from desktop.casework.errors import NotAllowed
from desktop.store import Changes
from sync.records import places
from sync.records.dispute import UPPER
from sync.records.field import Record


def destinations(desk: Desk) -> list[Record]:
    """The villages and communities this office may move a dispute to; none for a village."""
    if not desk.account.roles & UPPER:
        return []
    standing = desk.directory.places_inside(desk.place)
    return [place for place in standing if not place.get("valid_to")]


def move(desk: Desk, dispute_id: str, place: str) -> Changes:
    """Give the dispute to another place inside this office's area. Raises NotAllowed, NotYet, Gone."""
    if not desk.account.roles & UPPER or not places.contains(desk.place, place):
        raise NotAllowed("只有管着两边的镇上或区里才能转。什么也没有动。把情况报给上面，由上面转。")
    return progress.change(desk, dispute_id, {"place_code": place})
