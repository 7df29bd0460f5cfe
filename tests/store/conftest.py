"""A desk of one's own in a temporary folder, with a clock and randomness the test holds in its hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from desktop.store import Argon, Folder, Store, StoreKey, Surroundings

CHEAP = Argon(memory_kib=64, passes=1, lanes=1)
START_MS = 1_795_400_000_000
"""23 November 2026."""


@dataclass
class World:
    """Wall clock, randomness and free space, all settable."""

    now_ms: int = START_MS
    free: int | None = None
    random: Random = field(default_factory=lambda: Random(7))

    def around(self) -> Surroundings:
        """What the store is given."""
        return Surroundings(self._clock, self.random.randbytes, self._free)

    def ids(self) -> str:
        """A fresh record id."""
        raw = self.random.randbytes(16).hex()
        return f"{raw[:8]}-{raw[8:12]}-7{raw[13:16]}-8{raw[17:20]}-{raw[20:]}"

    def _clock(self) -> int:
        self.now_ms += 1
        return self.now_ms

    def _free(self, path: Path) -> int:
        return shutil.disk_usage(path).free if self.free is None else self.free


@dataclass
class Desk:
    """An open store with its folder, key and world."""

    world: World
    folder: Folder
    key: StoreKey
    store: Store

    def reopen(self) -> Store:
        """Close and open again."""
        self.store.close()
        self.store = Store.open(self.folder, self.key)
        return self.store


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def new_desk(tmp_path: Path, world: World) -> Iterator[Callable[..., Desk]]:
    """Makes desks, each in a folder with Chinese and a blank in its name, and closes them."""
    made: list[Desk] = []

    def make(name: str = "枫桥 工作台", **more: object) -> Desk:
        folder = Folder(tmp_path / name, world.around(), CHEAP)
        key, _ = folder.set_up("account-1", "张建国", "秘密 1")
        made.append(Desk(world, folder, key, Store.open(folder, key, **more)))
        return made[-1]

    yield make
    for desk in made:
        desk.store.close()


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    return new_desk()


@pytest.fixture
def store(desk: Desk) -> Store:
    return desk.store
