"""What befalls programs, clocks and people: mad clocks, mass strikes, PCs revoked, updates between two words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress

import pytest

from desktop.store import Edit, NewerVersion, Store
from sync.records.sample import sentence
from tests.simulation.office_day import new_id, save, some_dispute
from tests.simulation.town import NOT_NOW, START_MS, VILLAGE, Clock, Seat, Town
from tests.simulation.versions import newer_program, outdate
from tests.stories.other_version import MENDED_LATER, NEW_STATUS, NEW_TYPE

DAY_MS = 24 * 3600 * 1000
YEARS_SHOWN_MS = (DAY_MS, START_MS + 63 * 366 * DAY_MS)
"""A dead battery (1970) and a slip of the finger (2090)."""
MANY = 5


def desk_clock_mad(town: Town, seat: Seat) -> None:
    """A PC believes to be in 1970 or 2090, or somebody puts it right."""
    _go_mad_or_come_to(town, seat.clock)


def hub_clock_mad(town: Town, _: Seat) -> None:
    """The same happens to the hub."""
    _go_mad_or_come_to(town, town.hub_clock)


def _go_mad_or_come_to(town: Town, clock: Clock) -> None:
    shown = town.random.choice(YEARS_SHOWN_MS)
    clock.show(clock.now_ms if clock.error_ms else shown)


def strike_out_many(town: Town, seat: Seat) -> None:
    """A slip of the hand strikes out what is in the list; the guard asks, here or at the district."""
    struck = {"status": "90", "void_at": "2026-11-23T10:00:00+08:00", "void_reason": "手滑"}
    for dispute in seat.store.records("dispute")[:MANY]:
        save(seat, Edit("dispute", str(dispute["id"]), dict(struck)))


def agree_to_much(town: Town, seat: Seat) -> None:
    """The person says yes to what was asked, or the district allows it on the telephone."""
    town.random.choice((
        seat.store.allow_struck, seat.store.allow_large_pull, lambda: town.hub.allow_many(device_of(seat)),
    ))()  # fmt: skip


def revoke(town: Town, seat: Seat) -> None:
    """The district stops a PC, whatever is unsent on it, or lets it in again."""
    if is_revoked(town, seat):
        town.hub.readmit(device_of(seat))
    else:
        town.hub.revoke(device_of(seat), "电脑丢了")


def is_revoked(town: Town, seat: Seat) -> bool:
    """Whether the hub has stopped this PC."""
    with town.hub.turn() as turn:
        stand = turn.agreed.of_type(device_of(seat), "device")
    return bool(stand and stand.fields.get("revoked_at"))


def device_of(seat: Seat) -> str:
    """As the hub knows this PC."""
    return seat.store.desk().device


def update_desk(town: Town, seat: Seat) -> None:
    """A question is under way, its answer is lost, and the program that hears the rest is of the next version.

    The file is migrated, all derived tables are made anew, and the old program refuses the file.
    """
    seat.road.fate = "answer lost"
    with suppress(*NOT_NOW):
        seat.exchange()
    seat.road.fate = ""
    seat.store.close()
    outdate(seat.folder, seat.key)
    if seat.is_newer:
        with pytest.raises(NewerVersion):
            Store.open(seat.folder, seat.key)
    seat.is_newer = True
    seat.open()


def update_hub(town: Town, _: Seat) -> None:
    """The district changes to the next version, for good."""
    town.is_newer = True
    town.restart_hub()


def write_what_is_new(town: Town, seat: Seat) -> None:
    """A desk is brought to the next version, if need be, and uses what only that version knows."""
    if not seat.is_newer:
        update_desk(town, seat)
    if (dispute := some_dispute(town, seat)) is None:
        return
    visit = {"dispute_id": dispute, "note": sentence(town.random, 20)}
    number = {MENDED_LATER: f"信字{town.random.randrange(9)}号", "risk": town.random.choice("低中高")}
    edit = town.random.choice((
        Edit("dispute", dispute, number),
        Edit("dispute", dispute, {"status": NEW_STATUS}), Edit(NEW_TYPE, new_id(town), visit),
    ))  # fmt: skip
    with newer_program() if edit.type == NEW_TYPE else nullcontext():
        save(seat, edit)


def district_writes_what_is_new(town: Town, _: Seat) -> None:
    """So does the district itself; desks of the usual version hold it and do not know what it is."""
    held = sorted(town.hub.standing_for(VILLAGE).get("dispute", {}))
    if town.is_newer and held:
        dispute = town.random.choice(held)
        town.hub.change("dispute", dispute, {MENDED_LATER: f"区信字{town.random.randrange(9)}号"})
        town.hub.add(NEW_TYPE, {"dispute_id": dispute, "note": "区里去过一次"})


BAD_LUCK: dict[Callable[[Town, Seat], None], int] = {
    desk_clock_mad: 1, hub_clock_mad: 1, strike_out_many: 1, agree_to_much: 1, revoke: 1, update_desk: 1,
    update_hub: 1, write_what_is_new: 2, district_writes_what_is_new: 1,
}  # fmt: skip
