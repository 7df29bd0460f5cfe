"""What befalls offices and their district besides bad roads: moves, mergers, roles withdrawn, restores, copies."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop.store import Edit, Folder
from desktop.store.restoring import restore
from sync.records.sample import sample
from sync.server.turn import day_of
from tests.simulation.office_day import DISPUTE, PARTY, new_id, save, some_dispute
from tests.simulation.town import ELSEWHERE, HUB_FILES, NOT_NOW, SEATS, SIBLING, VILLAGE, Seat, Town, around

HUNDRED_DAYS_MS = 100 * 24 * 3600 * 1000
COPY = "copy"


def move_elsewhere(town: Town, seat: Seat) -> None:
    """A dispute goes to another township, or comes back; only the district may."""
    if (dispute := some_dispute(town, seat)) is not None:
        save(seat, Edit("dispute", dispute, {"place_code": town.random.choice((ELSEWHERE, SIBLING, VILLAGE))}))


def hand_over_late_work(town: Town, seat: Seat) -> None:
    """What was refused because its dispute moved goes to those who hold it now."""
    for refused in seat.store.refused_list():
        if refused.left and refused.code == "out_of_scope" and refused.type != "supplement":
            fields = {"dispute_id": refused.left, "from_place": seat.place, "written_by": seat.person,
                      "written_at": "2026-11-23T10:00:00+08:00", "about": refused.type,
                      "body": str(refused.set)}  # fmt: skip
            seat.store.hand_over(refused.id, fields, record=new_id(town), by=seat.person)


def merge_village(town: Town, _: Seat) -> None:
    """The village becomes part of its neighbour, once."""
    with town.hub.turn() as turn:
        stands = turn.successor(VILLAGE) == VILLAGE
    if stands and not town.is_ended(VILLAGE):
        town.hub.merge_place(VILLAGE, SIBLING, day_of(town.hub_clock()))


def withdraw_role(town: Town, seat: Seat) -> None:
    """Somebody may only look for a while, or is back in office."""
    name = seat.name.removesuffix(COPY)
    roles = SEATS[name][2] if town.withdrawn.pop(name, None) else ["auditor"]
    if roles == ["auditor"]:
        town.withdrawn[name] = True
    town.hub.change("account", seat.person, {"roles": roles})


def bring_an_old_matter(town: Town, seat: Seat) -> None:
    """A dispute from an old ledger: closed and archived years ago."""
    dispute = new_id(town)
    old = sample(DISPUTE, town.random, ids=lambda: new_id(town), place_code=VILLAGE, found_by=seat.person,
                 first_contact_id=seat.person, host_mediator_id=None, co_mediator_ids=None, org_id=None,
                 closed_session=False, origin_file="旧台账.xlsx", status="80", retention="短期", end_reason="11",
                 end_date="2015-03-01")  # fmt: skip
    party = sample(PARTY, town.random, ids=lambda: new_id(town), dispute_id=dispute, seq=1, guardian_party_id=None)
    save(seat, Edit("dispute", dispute, old), Edit("party", new_id(town), party))


def shelve_old_matters(town: Town, _: Seat) -> None:
    """Months pass everywhere, then the district shelves what its rule says."""
    town.hub_clock.now_ms += HUNDRED_DAYS_MS
    for seat in town.seats.values():
        seat.clock.now_ms += HUNDRED_DAYS_MS
    town.hub.keep_years("短期", 5)
    town.hub.shelve()


def fetch_back(town: Town, seat: Seat) -> None:
    """Somebody wants to see an old matter again."""
    if shelved := seat.store.shelved():
        assert seat.store.fetch_back(town.random.choice(shelved).record, seat.person)


def back_up_hub(town: Town, _: Seat) -> None:
    """The copy of the night; there is one of the night before when the day begins."""
    town.hub.close()
    shutil.copyfile(town.folder / "hub.db", town.folder / "night.db")
    _replace(town.folder / HUB_FILES, town.folder / "night-files")
    town.hub = town.open_hub()


def restore_hub(town: Town, _: Seat) -> None:
    """The disk of the hub broke: it goes on from the copy of the night."""
    town.hub.close()
    for old in town.folder.glob("hub.db*"):
        old.unlink()
    shutil.copyfile(town.folder / "night.db", town.folder / "hub.db")
    _replace(town.folder / "night-files", town.folder / HUB_FILES)
    town.hub = town.open_hub()
    town.hub.new_epoch()


def _replace(source: Path, target: Path) -> None:
    """A folder as it stands in another one, or none when that one was never made."""
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target)


def restore_desk(town: Town, seat: Seat) -> None:
    """A desk with nothing unsent goes back to its last backup, or makes one; a good round follows, if it can."""
    if seat.backup is None or not seat.backup.exists():
        # Another one of the same day took its place.
        seat.backup = seat.store.back_up()
    elif not seat.store.unsent():
        seat.store.close()
        restore(seat.folder, seat.backup, seat.key)
        seat.open()
        seat.backup = None
        with suppress(*NOT_NOW):
            seat.exchange()


def copy_disk(town: Town, seat: Seat) -> None:
    """A second PC is set up from an image of the first; both are switched on. Once a seed."""
    if any(name.endswith(COPY) for name in town.seats):
        return
    seat.store.close()
    name, clock = f"{seat.name}{COPY}", replace(seat.clock)
    shutil.copytree(seat.folder.path, town.folder / name)
    folder = Folder(town.folder / name, around(clock, town.random), seat.folder.argon)
    seat.open()
    twin = replace(seat, name=name, road=town.road(), clock=clock, folder=folder, remembered=[*seat.remembered],
                   attached=dict(seat.attached), backup=None)  # fmt: skip
    twin.open()
    town.seats[name] = twin


MISFORTUNES: dict[Callable[[Town, Seat], None], int] = {
    move_elsewhere: 1, hand_over_late_work: 1, merge_village: 1, withdraw_role: 1, bring_an_old_matter: 1,
    shelve_old_matters: 1, fetch_back: 1, back_up_hub: 1, restore_hub: 1, restore_desk: 1, copy_disk: 1,
}  # fmt: skip
