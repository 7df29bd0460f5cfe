"""Files put with disputes, carried over the bad road, fetched elsewhere; and what must be true of them at the end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import select

from desktop.store import Edit
from desktop.store.file_roads import Standing
from sync.client.files import FileLane
from sync.protocol import limits
from sync.protocol.errors import ExchangeError
from sync.protocol.files import pieces
from sync.records import Record
from sync.server.tables import HELD
from tests.simulation.office_day import new_id, save, some_dispute
from tests.simulation.town import DISTRICT, HUB_FILES, Seat, Town

JPEG = b"\xff\xd8\xff\xe0"
LARGEST_BYTES = 3 * limits.CHUNK_LEAST
"""Several of the smallest chunks, to which the lane comes down when it is cut."""


def attach(town: Town, seat: Seat) -> None:
    """A photo is put with a dispute, with a thumbnail or the original now and then, or one that is elsewhere too."""
    if (dispute := some_dispute(town, seat)) is None:
        return
    others = [raw for other in town.seats.values() for raw in other.attached.values()]
    body = town.random.choice(others) if others and town.random.random() < 0.2 else photo(town, LARGEST_BYTES)
    record: Record = {
        "dispute_id": dispute, "kind": "照片", "name": "现场照片", "mime": "image/jpeg", "sha256": put(seat, body),
        "size_bytes": len(body), "added_at": "2026-11-23T10:00:00+08:00", "added_by": seat.person,
    }  # fmt: skip
    for name, most in (("thumbnail", 4_000), ("original", LARGEST_BYTES)):
        if town.random.random() < 0.3:
            raw = photo(town, most)
            record |= {name: put(seat, raw), f"{name}_bytes": len(raw)}
    if "original" in record:
        record["original_mime"] = "image/jpeg"
    save(seat, Edit("attachment", new_id(town), record))


def photo(town: Town, most_bytes: int) -> bytes:
    """What passes for one."""
    return JPEG + town.random.randbytes(town.random.randrange(100, most_bytes))


def put(seat: Seat, raw: bytes) -> str:
    """Keep a content; this person remembers it."""
    digest = seat.store.files.put(raw)
    seat.attached[digest] = raw
    return digest


def carry_files(town: Town, seat: Seat) -> None:
    """The file lane runs for a while; somebody may have asked for a file that is not here."""
    for standing in standings(seat):
        if not standing.is_here and town.random.random() < 0.3:
            seat.store.files.want(standing.piece)
    seat.road.trouble = town.random.choice((0.0, 0.2, 0.4))
    with suppress(ExchangeError):
        run_lane(seat)
    seat.road.trouble = 0.0


def run_lane(seat: Seat) -> None:
    """One run of the lane, and the sweep after it, as the desk's timer does. Raises what a lane may raise."""
    files, identity = seat.store.files, seat.store.replica.identity()
    FileLane(files, seat.road, identity, seconds=lambda: 0.0, held=lambda: seat.store.waiting() > 0).run()
    files.sweep()


def standings(seat: Seat) -> list[Standing]:
    """Every file of every attachment here."""
    return seat.store.files.standings([str(r["id"]) for r in seat.store.records("attachment")])


FILES: dict[Callable[[Town, Seat], None], int] = {attach: 3, carry_files: 4}


# -- the verdict --------------------------------------------------------------------------------------------------


def files_come_to_rest(town: Town) -> None:
    """Good road: everything goes up, then everybody asks for everything."""
    for seat in town.seats.values():
        run_lane(seat)
    for seat in town.seats.values():
        for standing in standings(seat):
            if not standing.is_here:
                seat.store.files.want(standing.piece)
        run_lane(seat)


def every_file_is_there(town: Town) -> None:
    """Of every attachment the hub has taken it has the files, and whoever holds it can read them, byte for byte; what
    it has not taken is still with its author."""
    known = {digest: raw for seat in town.seats.values() for digest, raw in seat.attached.items()}
    agreed, held = town.hub.standing_for(DISTRICT).get("attachment", {}), held_at_hub(town)
    for record, fields in agreed.items():
        for piece in pieces(record, fields):
            assert held.get((record, piece.part)) == known[piece.digest], f"not at the hub: {piece}"
    for seat in town.seats.values():
        for standing in standings(seat):
            digest = standing.piece.digest
            assert seat.store.files.content(digest) == known[digest], (seat.name, standing)


def held_at_hub(town: Town) -> dict[tuple[str, str], bytes]:
    """The content of every file the hub says it has."""
    shelf = town.folder / HUB_FILES
    with town.hub.reading() as connection:
        rows = connection.execute(select(HELD.c.record, HELD.c.part, HELD.c.digest)).all()
    return {(row.record, row.part): (shelf / row.digest[:2] / row.digest).read_bytes() for row in rows}
