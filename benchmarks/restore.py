"""A new PC: everything the district holds, in pages of current state; beside it the feed from its start.

    python -m benchmarks restore [--disputes N]

Prints the bytes of all requests and answers beside the floor (zstd -19 --long of ids and fields, a line of JSON a
record), the CPU time of hub and desk, and how long until the first page and until everything can be found.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from benchmarks.link.records import CLERK, COMMITTEE, MEDIATORS, Office, Row, as_lines, squeezed
from desktop.casework import calendar
from desktop.casework.disputes.deadlines import Deadlines
from desktop.settings import Settings
from desktop.store import Argon, Changes, DisputeQuery, Folder, Store, surroundings
from sync.client.round import run_round
from sync.protocol.chain import encode
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.errors import NoSuchDoor, Unreachable
from sync.protocol.messages import Enrol, Enrolled
from sync.protocol.packing import pack, unpack
from sync.server.commands.acts import divisions_file
from sync.server.hub import Hub
from sync.server.offices import read_divisions

DISTRICT, SECRET, DISPUTES = "620802000000", "只为测量的口令", 20_000
MOST_BYTES, MOST_HUB_SECONDS, MOST_FIRST_SECONDS = 1.15, 2.0, 2.0
GOOD_BYTES_A_SECOND = 20_000_000 / 8
QUICK = Argon(memory_kib=8, passes=1, lanes=1)
_AT_ONCE = 500


@dataclass
class Road:
    """Straight to the hub. Counts bytes and the hub's CPU time. `has_stock` False is an older hub."""

    hub: Hub
    has_stock: bool = True
    bytes: int = 0
    requests: int = 0
    hub_seconds: float = 0.0
    first_byte: float = 0.0
    runs_beside: bool = True

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """One request."""
        if path == "/stock" and not self.has_stock:
            raise NoSuchDoor("HTTP 404")
        started = time.thread_time()
        status, reply = self.hub.handle(path, body, headers)
        self.hub_seconds += time.thread_time() - started
        self.first_byte = self.first_byte or time.monotonic()
        self.bytes += len(body) + len(reply)
        self.requests += 1
        if status != 200:
            raise Unreachable(f"HTTP {status}")
        return reply


@dataclass
class Run:
    """What one road cost."""

    name: str
    road: Road
    desk_seconds: float = 0.0
    first_page: float = 0.0
    searchable: float = 0.0
    total: float = 0.0


def main() -> bool:
    """Print the figures; True when a claim does not hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--disputes", type=int, default=DISPUTES)
    parser.add_argument("--no-feed", action="store_true", help="leave the feed road out")
    given, _ = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="fengqiao-restore-", ignore_cleanup_errors=True) as base:
        hub = Hub.open(f"sqlite:///{Path(base) / 'hub.db'}", clock_ms=_now_ms, random_bytes=os.urandom)
        floor = _fill(hub, given.disputes)
        started = time.process_time()
        pages = hub.prepare_stock()
        print(f"  the hub made {pages} pages beforehand in {time.process_time() - started:.1f} CPU s", flush=True)
        runs = [_run(Path(base), hub, "pages", Road(hub))]
        if not given.no_feed:
            runs.append(_run(Path(base), hub, "feed", Road(hub, has_stock=False)))
        hub.close()
    return _report(runs, floor)


def _run(base: Path, hub: Hub, name: str, road: Road) -> Run:
    run = Run(name, road)
    with _desk(base / name, hub) as store:
        store.changed.append(lambda changes: _note_first(run, changes))
        started, cpu = time.monotonic(), time.process_time()
        done = run_round(store.replica, road, clock_ms=_now_ms)
        assert done.agreed, done
        assert not done.repaired
        run.searchable = run.total = time.monotonic() - started
        run.desk_seconds = time.process_time() - cpu - road.hub_seconds
        run.first_page -= road.first_byte
        newest = store.disputes(DisputeQuery(tab="all", limit=1)).rows[0]
        assert store.search(newest.title[:6]).disputes
    return run


def _note_first(run: Run, changes: Changes) -> None:
    if not run.first_page and changes.of("dispute"):
        run.first_page = time.monotonic()


def _report(runs: list[Run], floor: int) -> bool:
    print(f"  load of the machine meanwhile: {os.getloadavg()[1]:.1f}; times are true only on a quiet one")
    print(f"  floor (zstd -19 --long of ids and fields) {floor:,} B")
    for run in runs:
        road = run.road
        print(f"  {run.name:6} {road.bytes:,} B in {road.requests} requests, {road.bytes / floor:.3f} of the floor; "
              f"hub {road.hub_seconds:.2f} CPU s, desk {run.desk_seconds:.1f} CPU s; "
              f"first disputes after {run.first_page:.2f} s, all found after {run.searchable:.1f} s")  # fmt: skip
    pages = runs[0]
    allowed = max(1.3 * pages.road.bytes / GOOD_BYTES_A_SECOND, pages.desk_seconds)
    claims = {
        f"bytes at most {MOST_BYTES} of the floor": pages.road.bytes <= MOST_BYTES * floor,
        f"hub at most {MOST_HUB_SECONDS} CPU s": pages.road.hub_seconds <= MOST_HUB_SECONDS,
        f"first page within {MOST_FIRST_SECONDS} s": pages.first_page <= MOST_FIRST_SECONDS,
        f"all found within {allowed:.1f} s": pages.searchable - pages.road.hub_seconds <= allowed,
    }
    for claim, holds in claims.items():
        print(f"  {claim}: {'holds' if holds else 'DOES NOT HOLD'}")
    return not all(claims.values())


def _fill(hub: Hub, disputes: int) -> int:
    """A district with that many disputes over all its villages, most of them closed; the floor in bytes."""
    random, office, started = Random(3), Office(), time.monotonic()
    places = read_divisions(divisions_file(), DISTRICT)
    villages = [code for code, _, level in places if level == 5]
    hub.initialise(DISTRICT, places)
    _staff(hub)
    held: dict[str, Row] = {}
    for first in range(0, disputes, _AT_ONCE):
        with hub.turn() as turn:
            for saves in office.disputes(min(_AT_ONCE, disputes - first)):
                rows = [row for save in saves for row in save]
                for row in [*_housed(rows, random.choice(villages)), *_later(rows, random, office)]:
                    turn.write_own(row.type, row.id, row.fields)
                    before = held[row.id].fields if row.id in held else {}
                    held[row.id] = Row(row.type, row.id, {**before, **row.fields})
        if first % 5000 == 0:
            print(f"  filling the hub: {first:,} of {disputes:,}", flush=True)
    lines, lasted = as_lines(held.values()), time.monotonic() - started
    print(f"  {len(held):,} records, {len(lines) / 1e6:.1f} MB of JSON, in the hub after {lasted:.0f} s", flush=True)
    return len(squeezed(lines))


def _housed(rows: list[Row], place: str) -> Iterator[Row]:
    """The rows of one dispute, in some village."""
    for row in rows:
        more = {"place_code": place, "status": "10", "source": "12"} if row.type == "dispute" else {}
        yield Row(row.type, row.id, {**row.fields, **more})


def _later(rows: list[Row], random: Random, office: Office) -> Iterator[Row]:
    """A third of the disputes are worked on again, nine in ten are closed."""
    dispute = rows[0]
    if random.random() < 0.33:
        yield from office.edit({dispute.id: dispute.fields}, dispute.id)
    if random.random() < 0.9:
        yield Row("dispute", dispute.id, {
            "status": "70", "end_reason": "12", "end_date": "2026-08-01", "resolve_way": "01", "resolve_level": "村",
            "is_success": True})  # fmt: skip


def _staff(hub: Hub) -> None:
    with hub.turn() as turn:
        turn.write_own("account", CLERK, {"name": "何建国", "place_code": DISTRICT, "roles": ["district"],
                                          "valid_from": "2020-01-01"})  # fmt: skip
        turn.write_own("mediation_org", COMMITTEE, {
            "full_name": "崆峒区人民调解委员会", "short_name": "崆峒", "kind": "乡镇街道", "place_code": DISTRICT,
            "term_from": "2025-01-01", "status": "在用"})  # fmt: skip
        for mediator in MEDIATORS:
            turn.write_own("mediator", mediator, {
                "org_id": COMMITTEE, "place_code": DISTRICT, "name": "马文", "sex": "1", "role": "委员",
                "phone": "13809350000", "valid_from": "2020-01-01"})  # fmt: skip


@contextmanager
def _desk(path: Path, hub: Hub) -> Iterator[Store]:
    """A new PC of the district, enrolled, with what casework makes of disputes."""
    folder = Folder(path, surroundings.real(), QUICK)
    key, _ = folder.set_up(CLERK, "何建国", SECRET)
    device = Ed25519PrivateKey.generate()
    public = encode(device.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    code = EnrolmentCode.read(hub.make_code(DISTRICT))
    _, reply = hub.handle("/enrol", pack(Enrol(code.secret, "新电脑", public)), {})
    summariser = Deadlines(calendar.load(), Settings()).summariser()
    with Store.open(folder, key, summariser=summariser) as store:
        store.enrol(unpack(reply, Enrolled), device, "https://hub.invalid")
        yield store


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
