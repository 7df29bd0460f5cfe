"""The power goes at any moment: what the store said it kept is there, and nothing is half done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.store import DisputeQuery, Store
from tests.store.conftest import Desk

CHILD = """
import sys, uuid
from pathlib import Path
from desktop.store import Argon, Edit, Folder, Store, StoreKey
from desktop.store.surroundings import real
folder = Folder(Path(sys.argv[1]), real(), Argon(64, 1, 1))
store = Store.open(folder, StoreKey(bytes.fromhex(sys.argv[2])))
def work(n):
    {work}
n = 0
while True:
    work(n)
    print(n, flush=True)
    n += 1
"""
SAVE = """
    d = str(uuid.uuid4())
    store.save([Edit("dispute", d, {"title": f"第 {n} 件", "status": "10"}),
                Edit("party", str(uuid.uuid4()), {"dispute_id": d, "name": f"当事人 {n}"})], "a")
"""
TYPE = 'store.write_draft("new/1", {"text": "字" * n, "n": n})'
BACK_UP = 'store.save([Edit("dispute", str(uuid.uuid4()), {"title": f"第 {n} 件"})], "a"); store.back_up()'


def run_and_kill(desk: Desk, work: str, seconds: float) -> int:
    """Let a process work, kill it without warning; the last step it reported as kept."""
    program = CHILD.replace("{work}", work.strip())
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(desk.folder.path), desk.key.raw.hex()],
        stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], text=True,
    )  # fmt: skip
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(seconds)
    os.kill(child.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    reported = child.stdout.read().split()
    child.wait()
    child.stdout.close()
    return int(reported[-1]) if reported else 0


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.43])
def test_everything_reported_as_saved_is_there_after_a_kill(desk: Desk, seconds: float) -> None:
    desk.store.close()
    last = run_and_kill(desk, SAVE, seconds)
    desk.store = store = Store.open(desk.folder, desk.key)
    titles = {row.title for row in store.disputes(DisputeQuery(limit=10_000)).rows}
    assert {f"第 {n} 件" for n in range(last + 1)} <= titles
    assert len(titles) <= last + 2
    assert all(len(store.children("party", str(record["id"]))) == 1 for record in store.records("dispute"))
    assert store.verify() == []


@pytest.mark.parametrize("seconds", [0.01, 0.1])
def test_a_draft_survives_a_kill_at_any_keystroke(desk: Desk, seconds: float) -> None:
    desk.store.close()
    last = run_and_kill(desk, TYPE, seconds)
    desk.store = Store.open(desk.folder, desk.key)
    draft = desk.store.draft("new/1")
    assert draft is not None
    assert draft.body["n"] in (last, last + 1)
    assert len(draft.body["text"]) == draft.body["n"]


def test_what_a_cut_backup_left_is_gone_when_the_desk_is_opened_again(desk: Desk) -> None:
    desk.store.write_draft("new/1", {"text": random.Random(1).randbytes(20_000_000).hex()})
    desk.store.close()
    program = CHILD.replace("{work}", "store.back_up()")
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(desk.folder.path), desk.key.raw.hex()],
        stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    while not (left := list(desk.folder.backups.glob("*.part"))):
        assert child.poll() is None
        time.sleep(0.001)
    child.kill()
    child.wait()
    assert [path for path in left if path.exists()]
    desk.store = Store.open(desk.folder, desk.key)
    assert not [path for path in desk.folder.backups.iterdir() if ".part" in path.name]
    assert desk.store.back_up().exists()


def test_a_kill_during_a_backup_leaves_no_bad_backup(desk: Desk) -> None:
    desk.store.close()
    run_and_kill(desk, BACK_UP, 0.3)
    desk.store = Store.open(desk.folder, desk.key)
    assert desk.store.verify() == []
    desk.world.now_ms += 60_000
    made = desk.store.back_up()
    assert made.exists()
    assert not list(desk.folder.backups.glob("*.part"))
