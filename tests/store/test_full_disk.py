"""A full or read-only disk: the save says so, nothing is half written, and all is well once there is room."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store import Edit, Folder, NoSpace, ReadOnly, Store
from tests.store.conftest import CHEAP, ME, SECRET, World

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="a small disk of one's own needs root"
)


def mount(*arguments: str) -> None:
    if subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode:
        pytest.skip("no mounting here")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of six megabytes."""
    path = tmp_path / "小盘"
    path.mkdir()
    mount("-t", "tmpfs", "-o", "size=6m", "tmpfs", str(path))
    yield path
    subprocess.run(["umount", "-l", str(path)], check=True)


def fill_up(store: Store, world: World, saved: list[str]) -> None:
    """Save until it fails; `saved` holds what was kept."""
    for _ in range(500):
        dispute = world.id()
        store.save([Edit("dispute", dispute, {"title": "挤一挤", "summary": "长" * 2000})], ME)
        saved.append(dispute)


def test_a_save_on_a_full_disk_says_so_and_leaves_everything_as_it_was(disk: Path, world: World) -> None:
    folder = Folder(disk / "枫桥", world.around(), CHEAP)
    key, _ = folder.set_up(ME, "张建国", SECRET)
    with Store.open(folder, key) as store:
        kept = world.id()
        store.save([Edit("dispute", kept, {"title": "存上的", "summary": "好" * 1000})], ME)
        (disk / "别人的大文件").write_bytes(b"x" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 40_000))
        saved = [kept]
        with pytest.raises(NoSpace, match="没存上。原来的都在"):
            fill_up(store, world, saved)
        assert {record["id"] for record in store.records("dispute")} == set(saved)
        with pytest.raises(NoSpace):
            store.back_up()
        (disk / "别人的大文件").unlink()
        store.save([Edit("dispute", world.id(), {"title": "又能存了"})], ME)
        assert store.verify() == []
    with Store.open(folder, key) as store:
        assert len(store.records("dispute")) == len(saved) + 1


def test_no_wrong_secret_goes_uncounted_on_a_full_disk(disk: Path, world: World) -> None:
    folder = Folder(disk / "枫桥", world.around(), CHEAP)
    folder.set_up(ME, "张建国", SECRET)
    before = folder.keys_file.read_bytes()
    (disk / "别人的大文件").write_bytes(b"x" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize))
    with pytest.raises(NoSpace):
        folder.unlock(ME, "不对", now_ms=world.now_ms)
    assert folder.keys_file.read_bytes() == before


def test_a_read_only_disk_is_named_as_such(disk: Path, world: World) -> None:
    folder = Folder(disk / "枫桥", world.around(), CHEAP)
    key, _ = folder.set_up(ME, "张建国", SECRET)
    with Store.open(folder, key) as store:
        dispute = world.id()
        store.save([Edit("dispute", dispute, {"title": "存上的"})], ME)
    mount("-o", "remount,ro", str(disk))
    with pytest.raises(ReadOnly, match="不让写"):
        Store.open(folder, key)
    mount("-o", "remount,rw", str(disk))
    with Store.open(folder, key) as store:
        assert store.record("dispute", dispute)
