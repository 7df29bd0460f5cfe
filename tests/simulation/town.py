"""Three desks and a hub, made once and copied for every seed: a village, its township, the district."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.store import Argon, Folder, ManyStruck, Store, StoreKey, Surroundings
from desktop.store.backup import listed
from sync.client.replica import PullTooLarge
from sync.client.round import Round, run_round
from sync.protocol.chain import encode
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.errors import ExchangeError
from sync.protocol.messages import Enrol, Enrolled
from sync.protocol.packing import pack, unpack
from sync.server.hub import Hub
from sync.server.shelf import Shelf
from tests.simulation.limits import small_limits
from tests.simulation.road import Door, Road
from tests.simulation.versions import NewerHub, open_next

VILLAGE, TOWN, DISTRICT = "620802107204", "620802107000", "620802000000"
SIBLING, ELSEWHERE = "620802107205", "620802106201"
START_MS = 1_795_000_000_000
PLACES = [
    (DISTRICT, "崆峒区", 3), (TOWN, "花所镇", 4), (VILLAGE, "花所村委会", 5),
    (SIBLING, "段沟村委会", 5), ("620802106000", "四十里铺镇", 4), (ELSEWHERE, "别处的村", 5),
]  # fmt: skip
HUB_FILES = "hub-files"
QUICK = Argon(memory_kib=8, passes=1, lanes=1)
SECRET = "只为测试的密码"
NOT_NOW = (ExchangeError, ManyStruck, PullTooLarge)
"""How a round may end before everything is said; nothing is lost by it."""
SEATS = {
    "village": (VILLAGE, "马秀兰", ["village", "mediator"]),
    "town": (TOWN, "赵文博", ["township", "mediator"]),
    "district": (DISTRICT, "何建国", ["district"]),
}


@dataclass
class Clock:
    """A wall clock: moves a little with every reading, and sometimes leaps by years. error_ms: how wrong it is now."""

    now_ms: int = START_MS
    error_ms: int = 0

    def __call__(self) -> int:
        self.now_ms += 1_000
        return self.now_ms + self.error_ms

    def show(self, shown_ms: int) -> None:
        """From now on it shows this, and goes on from there."""
        self.error_ms = shown_ms - self.now_ms


@dataclass
class Seat:
    """One desk: its open store, its road, its clock, what its person remembers having written, and the files she put
    with disputes, by digest. is_newer: the desk runs the next version of the program."""

    name: str
    place: str
    person: str
    store: Store
    road: Road
    clock: Clock
    folder: Folder
    key: StoreKey
    remembered: list[tuple[str, str, object]] = field(default_factory=list)
    attached: dict[str, bytes] = field(default_factory=dict)
    backup: Path | None = None
    is_newer: bool = False

    def exchange(self) -> Round:
        """One round over this desk's road, as the desk's timer would run it. Raises what NOT_NOW names."""
        self.store.check_struck()
        return run_round(self.store.replica, self.road, clock_ms=self.clock)

    def exchange_agreeing(self) -> Round:
        """A round whose questions are answered with yes."""
        while True:
            try:
                return self.exchange()
            except ManyStruck:
                self.store.allow_struck()
            except PullTooLarge:
                self.store.allow_large_pull()

    def open(self) -> None:
        """The closed store is opened by the version of the program this desk has."""
        self.store = open_next(self.folder, self.key) if self.is_newer else Store.open(self.folder, self.key)

    def restart(self) -> None:
        """The program is closed and started again."""
        self.store.close()
        self.open()


@dataclass
class Town:
    """All of it, with the hub reachable as one callable that survives the hub's restarts.

    is_newer: the district runs the next version of the program. met: how often a round ended early, by why.
    """

    folder: Path
    random: Random
    seats: dict[str, Seat]
    hub_clock: Clock
    withdrawn: dict[str, bool] = field(default_factory=dict)
    is_newer: bool = False
    met: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.hub = self.open_hub()

    def is_ended(self, place: str) -> bool:
        """Whether the place was merged into another."""
        with self.hub.turn() as turn:
            stand = turn.agreed.of_type(place, "place")
        return bool(stand and stand.fields.get("valid_to"))

    def restart_hub(self) -> None:
        """The hub's process ends and starts again on the same file."""
        self.hub.close()
        self.hub = self.open_hub()

    def open_hub(self) -> Hub:
        """The hub on its file, of the version the district runs."""
        hub = open_hub(self.folder, self.hub_clock, self.random)
        return NewerHub(hub) if self.is_newer else hub  # type: ignore[return-value]

    def road(self) -> Road:
        """A way to the hub, whichever process of it is running."""
        return Road(lambda: self.hub.handle, self.random, door=self._door)

    def _door(self) -> Door:
        assert self.hub.file_door is not None
        return self.hub.file_door.handle


def open_hub(folder: Path, clock: Clock, random: Random) -> Hub:
    """The hub on its SQLite file and its folder of files."""
    url, shelf = f"sqlite:///{folder / 'hub.db'}", Shelf(folder / HUB_FILES, lambda _: 1 << 40)
    return Hub.open(url, clock_ms=clock, random_bytes=random.randbytes, shelf=shelf)


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
    town = Town(folder, random, {}, Clock())
    for name, (place, _, __) in SEATS.items():
        clock = Clock()
        desk = Folder(folder / name, around(clock, random), QUICK)
        key = desk.unlock(people[name], SECRET, now_ms=clock.now_ms)
        seat = Seat(name, place, people[name], Store.open(desk, key), town.road(), clock, desk, key)
        seat.backup = next(iter(listed(desk)), None)
        town.seats[name] = seat
    try:
        with small_limits():
            yield town
    finally:
        for seat in town.seats.values():
            seat.store.close()
        town.hub.close()
