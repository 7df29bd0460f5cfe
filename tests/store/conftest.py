"""A desk of one's own in a temporary folder, with a clock, randomness and free space the test holds in its hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from desktop.store import Argon, Edit, Folder, Store, StoreKey, Surroundings
from sync.records import Record
from tests.store.feed import START_MS, VILLAGE, Feed, enrolled_feed

CHEAP = Argon(memory_kib=64, passes=1, lanes=1)
ME, SECRET = "account-1", "秘密 1"


@dataclass
class World:
    """Wall clock, randomness and free space, all settable. `free` None is what the disk says."""

    now_ms: int = START_MS
    free: int | None = None
    random: Random = field(default_factory=lambda: Random(7))

    def around(self) -> Surroundings:
        return Surroundings(self._clock, self.random.randbytes, self._free)

    def id(self) -> str:
        raw = self.random.randbytes(16).hex()
        return f"{raw[:8]}-{raw[8:12]}-7{raw[13:16]}-8{raw[17:20]}-{raw[20:]}"

    def _clock(self) -> int:
        self.now_ms += 1
        return self.now_ms

    def _free(self, path: Path) -> int:
        return shutil.disk_usage(path).free if self.free is None else self.free


@dataclass
class Desk:
    """An open store with its folder, key, recovery code and world."""

    world: World
    folder: Folder
    key: StoreKey
    code: str
    store: Store

    def reopen(self) -> Store:
        self.store.close()
        self.store = Store.open(self.folder, self.key)
        return self.store

    def register(self, title: str = "张建国与李秀英宅基地纠纷", **fields: object) -> str:
        """Save a new dispute; its id."""
        dispute = self.world.id()
        record: Record = {"title": title, "status": "10", "place_code": VILLAGE, **fields}
        self.store.save([Edit("dispute", dispute, record)], ME)
        return dispute

    def add_party(self, dispute: str, name: str, **fields: object) -> str:
        """Save a new party; its id."""
        party = self.world.id()
        self.store.save([Edit("party", party, {"dispute_id": dispute, "name": name, **fields})], ME)
        return party

    def change(self, dispute: str, **fields: object) -> None:
        """Save new values of a dispute."""
        self.store.save([Edit("dispute", dispute, fields)], ME)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def new_desk(tmp_path: Path, world: World) -> Iterator[Callable[..., Desk]]:
    """Makes desks, each in a folder with Chinese and a blank in its name, and closes them in the end."""
    made: list[Desk] = []

    def make(name: str = "枫桥 工作台", **more: object) -> Desk:
        folder = Folder(tmp_path / name, world.around(), CHEAP)
        key, code = folder.set_up(ME, "张建国", SECRET)
        made.append(Desk(world, folder, key, code, Store.open(folder, key, **more)))
        return made[-1]

    yield make
    for desk in made:
        desk.store.close()


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    return new_desk()


@pytest.fixture
def feed(desk: Desk) -> Feed:
    """The district's answers to an enrolled desk, said by hand."""
    return enrolled_feed(desk.store)
