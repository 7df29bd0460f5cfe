"""Three desks and a hub, made once and copied for every seed: a village, its township, the district."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.store import Argon, Folder, Store, StoreKey, Surroundings
from sync.client.round import Round, run_round
from sync.protocol.chain import encode
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.messages import Enrol, Enrolled
from sync.protocol.packing import pack, unpack
from sync.server.hub import Hub
from tests.simulation.road import Road

VILLAGE, TOWN, DISTRICT = "620802107204", "620802107000", "620802000000"
SIBLING, ELSEWHERE = "620802107205", "620802106201"
START_MS = 1_795_000_000_000
PLACES = [
    (DISTRICT, "崆峒区", 3), (TOWN, "花所镇", 4), (VILLAGE, "花所村委会", 5),
    (SIBLING, "段沟村委会", 5), ("620802106000", "四十里铺镇", 4), (ELSEWHERE, "别处的村", 5),
]  # fmt: skip
QUICK = Argon(memory_kib=8, passes=1, lanes=1)
SECRET = "只为测试的密码"
SEATS = {
    "village": (VILLAGE, "马秀兰", ["village", "mediator"]),
    "town": (TOWN, "赵文博", ["township", "mediator"]),
    "district": (DISTRICT, "何建国", ["district"]),
}


@dataclass
class Clock:
    """A PC's wall clock: moves a little with every reading, and sometimes leaps by years."""

    now_ms: int = START_MS

    def __call__(self) -> int:
        self.now_ms += 1_000
        return self.now_ms


@dataclass
class Seat:
    """One desk: its open store, its road, its clock, what its person remembers having written, and to which
    dispute each of those records belongs."""

    name: str
    place: str
    person: str
    store: Store
    road: Road
    clock: Clock
    folder: Folder
    key: StoreKey
    remembered: list[tuple[str, str, object]] = field(default_factory=list)
    backup: Path | None = None

    def exchange(self) -> Round:
        """One round over this desk's road. Raises what a round may raise."""
        return run_round(self.store.replica, self.road, clock_ms=self.clock)

    def restart(self) -> None:
        """The program is closed and started again."""
        self.store.close()
        self.store = Store.open(self.folder, self.key)


@dataclass
class Town:
    """All of it, with the hub reachable as one callable that survives the hub's restarts."""

    folder: Path
    random: Random
    hub: Hub
    seats: dict[str, Seat]
    hub_clock: Clock
    withdrawn: dict[str, bool] = field(default_factory=dict)

    def is_ended(self, place: str) -> bool:
        """Whether the place was merged into another."""
        with self.hub.turn() as turn:
            stand = turn.agreed.of_type(place, "place")
        return bool(stand and stand.fields.get("valid_to"))

    def restart_hub(self) -> None:
        """The hub's process ends and starts again on the same file."""
        self.hub.close()
        self.hub = open_hub(self.folder, self.hub_clock, self.random)


def open_hub(folder: Path, clock: Clock, random: Random) -> Hub:
    """The hub on its SQLite file in a folder."""
    return Hub.open(f"sqlite:///{folder / 'hub.db'}", clock_ms=clock, random_bytes=random.randbytes)


def around(clock: Clock, random: Random) -> Surroundings:
    """A desk's surroundings, with time and randomness owned by the test."""
    return Surroundings(clock, random.randbytes, lambda _: 10**12)


def make_template(folder: Path) -> dict[str, str]:
    """Make hub and desks in a folder, enrolled and empty; seat name -> account id."""
    random, clock = Random(1), Clock()
    hub = open_hub(folder, clock, random)
    hub.initialise(DISTRICT, PLACES)
    people = {seat: hub.add_account(name, place, roles) for seat, (place, name, roles) in SEATS.items()}
    for seat, (place, _, __) in SEATS.items():
        device = Ed25519PrivateKey.from_private_bytes(random.randbytes(32))
        public = encode(device.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
        code = EnrolmentCode.read(hub.make_code(place))
        status, reply = hub.handle("/enrol", pack(Enrol(code.secret, seat, public)), {})
        assert status == 200
        desk = Folder(folder / seat, around(clock, random), QUICK)
        desk.path.mkdir()
        key, _ = desk.set_up(people[seat], SEATS[seat][1], SECRET)
        with Store.open(desk, key) as store:
            store.enrol(unpack(reply, Enrolled), device, "https://hub.invalid")
            road = Road(lambda: hub.handle, random)
            assert run_round(store.replica, road, clock_ms=clock).agreed
    hub.close()
    return people


@contextmanager
def open_town(template: Path, people: dict[str, str], folder: Path, seed: int) -> Iterator[Town]:
    """A fresh copy of the template, owned by a seed."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    random = Random(seed)
    hub_clock = Clock()
    town = Town(folder, random, open_hub(folder, hub_clock, random), {}, hub_clock)
    for name, (place, _, __) in SEATS.items():
        clock = Clock()
        road = Road(lambda: town.hub.handle, random)
        desk = Folder(folder / name, around(clock, random), QUICK)
        key = desk.unlock(people[name], SECRET, now_ms=clock.now_ms)
        town.seats[name] = Seat(name, place, people[name], Store.open(desk, key), road, clock, desk, key)
    try:
        yield town
    finally:
        for seat in town.seats.values():
            seat.store.close()
        town.hub.close()
