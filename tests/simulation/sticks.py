"""The road without a line, at random: pouches written, handed in late, twice or torn, receipts read in any order."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from desktop.casework.exchange import parcels
from desktop.store import ManyStruck
from sync.client.replica import PullTooLarge
from sync.protocol import carrier_folder
from sync.protocol.carrier import Unfit, read_label
from sync.protocol.errors import Halted
from tests.simulation.town import Seat, Town

_ROOMY = 1 << 40


def drawer(town: Town) -> Path:
    """Where every stick of the town lies, the old ones too."""
    folder = town.folder / "sticks"
    folder.mkdir(exist_ok=True)
    return folder


def some_file(town: Town, kind: str) -> Path | None:
    """Any stick file of that kind, more often a new one."""
    files = [path for path in carrier_folder.found(drawer(town)) if path.name.startswith(kind)]
    files.sort(key=lambda path: path.stat().st_mtime_ns)
    return town.random.choice(files[-3:] if town.random.random() < 0.7 else files) if files else None


def write_stick(town: Town, seat: Seat) -> None:
    """A pouch is written, unless much is struck out; now and then it is torn, or the stick is lost at once."""
    try:
        seat.store.check_struck()
    except ManyStruck:
        return
    label, packed = seat.store.sticks.pack(seat.name, "2026-11-23")
    chance = town.random.random()
    if chance < 0.1:
        seat.store.sticks.forget(label.serial)
        return
    raw = packed.file[: town.random.randrange(len(packed.file))] if chance < 0.2 else packed.file
    carrier_folder.place(drawer(town), carrier_folder.file_name(label), raw, lambda _: _ROOMY)


def hand_in(town: Town, seat: Seat) -> None:
    """Some pouch, never mind how old, is brought to the hub."""
    if (path := some_file(town, "枫桥")) is None:
        return
    with suppress(Unfit):
        handled = town.hub.take_pouch(path.read_bytes())
        carrier_folder.place(drawer(town), handled.receipt_name, handled.receipt, lambda _: _ROOMY)


def carry_for_others(town: Town, seat: Seat) -> None:
    """Another desk takes a pouch along over its own bad road."""
    if (path := some_file(town, "枫桥")) is None:
        return
    with suppress(Unfit):
        label = read_label(path.read_bytes())
        seat.store.sticks.take_parcel(label.device, label.serial, path.name, path.read_bytes())
    seat.road.trouble = town.random.choice((0.0, 0.3, 0.6))
    parcels.pass_on(seat.store, seat.road)
    seat.road.trouble = 0.0
    for parcel in seat.store.sticks.parcels():
        if parcel.is_answered and not parcel.handed_ms:
            raw = seat.store.sticks.parcel_receipt(parcel.seq)
            carrier_folder.place(drawer(town), carrier_folder.file_name(read_label(raw)), raw, lambda _: _ROOMY)
            seat.store.sticks.hand_over([parcel.seq])


def read_stick(town: Town, seat: Seat) -> None:
    """Some receipt is read by its desk, or tried by another."""
    if (path := some_file(town, "回执")) is None:
        return
    raw = path.read_bytes()
    kept = seat.store.sticks.find(read_label(raw).serial)
    if kept is not None and kept.stick.key:
        with suppress(Unfit, Halted, PullTooLarge):
            seat.store.sticks.take_receipt(kept.stick, raw, lambda done, total: None)
