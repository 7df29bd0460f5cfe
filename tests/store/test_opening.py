"""Opening: only our own sound file of this version, by one process, wherever it lies."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlite_utils import Database as Steps
from sqlite_utils.migrations import Migrations

from desktop.store import (
    Damaged,
    DisputeQuery,
    Folder,
    InUse,
    NewerVersion,
    NotAStore,
    Store,
    StoreKey,
    Summariser,
    Summary,
    backup,
    migrations,
    opening,
)
from desktop.store.database import connect
from desktop.store.summary import NO_SUMMARY
from tests.store.conftest import CHEAP, ME, SECRET, Desk, World


def raw(desk: Desk, *statements: str) -> None:
    """Change the closed file behind the store's back."""
    connection = connect(desk.folder.file, desk.key)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_second_window_is_told_that_the_first_is_open(desk: Desk) -> None:
    with pytest.raises(InUse, match="已经开着"):
        Store.open(desk.folder, desk.key)


HOLD = """
import sys
from pathlib import Path
from desktop.store import Argon, Folder, InUse, Store, StoreKey
from desktop.store.surroundings import real
folder = Folder(Path(sys.argv[1]), real(), Argon(64, 1, 1))
try:
    Store.open(folder, StoreKey(bytes.fromhex(sys.argv[2]))).close()
except InUse:
    sys.exit(7)
"""


def in_another_process(desk: Desk, program: str) -> int:
    arguments = [sys.executable, "-c", program, str(desk.folder.path), desk.key.raw.hex()]
    return subprocess.run(arguments, check=False, cwd=Path(__file__).parents[2]).returncode


def test_a_second_process_is_kept_out_until_the_first_has_closed(desk: Desk) -> None:
    assert in_another_process(desk, HOLD) == 7
    desk.store.close()
    assert in_another_process(desk, HOLD) == 0


def test_the_wrong_key_opens_nothing(desk: Desk) -> None:
    desk.store.close()
    with pytest.raises(Damaged):
        Store.open(desk.folder, StoreKey(bytes(32)))
    assert Store.open(desk.folder, desk.key).close() is None


@pytest.mark.parametrize("left", [0, 100, 4096, 20_000])
def test_a_torn_file_is_refused_and_left_as_it_is(desk: Desk, left: int) -> None:
    for n in range(30):
        desk.register(f"第 {n} 件")
    desk.store.close()
    desk.folder.file.write_bytes(desk.folder.file.read_bytes()[:left])
    (desk.folder.path / "desk.lock").write_bytes(b" x")
    with pytest.raises(Damaged, match="从备份恢复"):
        Store.open(desk.folder, desk.key)
    assert desk.folder.file.stat().st_size == left


def test_a_flipped_bit_is_found_by_the_check(desk: Desk) -> None:
    for n in range(30):
        desk.register(f"第 {n} 件")
    desk.store.close()
    content = bytearray(desk.folder.file.read_bytes())
    content[len(content) // 2] ^= 1
    desk.folder.file.write_bytes(bytes(content))
    (desk.folder.path / "desk.lock").write_bytes(b" x")
    with pytest.raises(Damaged):
        Store.open(desk.folder, desk.key)


def test_a_missing_file_is_a_loss_not_a_beginning(desk: Desk) -> None:
    desk.store.close()
    desk.folder.file.unlink()
    with pytest.raises(NotAStore, match="从备份恢复"):
        Store.open(desk.folder, desk.key)
    assert not desk.folder.file.exists()


def test_a_file_of_a_newer_program_is_refused_kindly_and_not_touched(desk: Desk) -> None:
    desk.store.close()
    raw(desk, f"PRAGMA user_version={migrations.known_version() + 1}")
    before = desk.folder.file.read_bytes()
    with pytest.raises(NewerVersion, match="更新到新版") as refused:
        Store.open(desk.folder, desk.key)
    assert refused.value.found == refused.value.known + 1
    assert desk.folder.file.read_bytes() == before


def test_somebody_elses_file_is_refused(tmp_path: Path, world: World) -> None:
    folder = Folder(tmp_path, world.around(), CHEAP)
    connection = connect(folder.file, StoreKey(bytes(32)))
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    with pytest.raises(NotAStore):
        Store.open(folder, StoreKey(bytes(32)))


@pytest.mark.parametrize("name", ["村 里 的 电脑", 'a\'b "c"' if sys.platform != "win32" else "a'b", "深/" * 12 + "处"])
def test_any_folder_name_will_do(new_desk: Callable[..., Desk], name: str) -> None:
    desk = new_desk(name)
    dispute = desk.register()
    assert desk.reopen().record("dispute", dispute)
    assert desk.store.back_up().exists()


def more_steps(step: Callable[[object], None]) -> Migrations:
    """All our migrations and one from the next version."""
    steps = Migrations("desk")
    with closing(sqlite3.connect(":memory:")) as nothing:
        for known in migrations.MIGRATIONS.pending(Steps(nothing)):
            steps(name=known.name)(known.fn)
    steps(name="0002_next")(step)
    return steps


def migrated(desk: Desk, step: Callable[[object], None]) -> opening.Database:
    desk.store.close()
    how = opening.Opening(NO_SUMMARY, lambda done, total: None, steps=more_steps(step))
    return opening.open_database(desk.folder, desk.key, how)


def test_a_migration_is_preceded_by_a_checked_backup_and_loses_nothing(desk: Desk) -> None:
    dispute = desk.register()
    database = migrated(desk, lambda db: db.execute("CREATE TABLE further (a)"))
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM further")).scalar() == 0
        assert connection.execute(text("SELECT id FROM dispute")).scalar() == dispute
        assert connection.execute(text("PRAGMA user_version")).scalar() == migrations.known_version() + 1
    database.close()
    (made,) = backup.listed(desk.folder)
    assert made.name.startswith("update-")
    with pytest.raises(NewerVersion):
        Store.open(desk.folder, desk.key)


def test_a_migration_that_fails_leaves_the_file_as_it_was(desk: Desk) -> None:
    dispute = desk.register()

    def broken(db: object) -> None:
        db.execute("CREATE TABLE further (a)")
        db.execute("UPDATE agreed SET no = 99")
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        migrated(desk, broken)
    store = Store.open(desk.folder, desk.key)
    assert store.record("dispute", dispute)
    assert store.verify() == []
    store.close()


def test_a_new_way_of_summarising_summarises_everything_anew(desk: Desk) -> None:
    desk.register()
    desk.store.close()
    seen: list[tuple[int, int]] = []

    def due(dispute: object, children: object) -> Summary:
        return Summary("2026-12-31", "x", (), "别名")

    with Store.open(
        desk.folder, desk.key, summariser=Summariser(due, "2"), progress=lambda *step: seen.append(step)
    ) as store:
        assert store.disputes(DisputeQuery()).rows[0].due_date == "2026-12-31"
        assert len(store.search("别名").disputes) == 1
    assert seen == [(1, 1)]
    with Store.open(desk.folder, desk.key, summariser=Summariser(due, "2"), progress=lambda *step: seen.append(step)):
        assert len(seen) == 1


def test_tables_of_an_older_declaration_are_made_anew_from_what_is_durable(desk: Desk) -> None:
    dispute = desk.register()
    party = desk.add_party(dispute, "曾祥瑞")
    desk.store.close()
    raw(desk, "ALTER TABLE dispute DROP COLUMN summary", "DROP TABLE party", "DROP TABLE party_search",
        "UPDATE mark SET value = 'older' WHERE name IN ('fingerprint of dispute', 'fingerprint of party')")  # fmt: skip
    store = desk.reopen()
    assert store.children("party", dispute)[0]["id"] == party
    assert store.search("zxr").people[0].name == "曾祥瑞"
    assert store.verify() == []


def test_what_went_wrong_is_found_by_verifying(desk: Desk, feed) -> None:
    dispute = desk.register()
    feed.accept_all()
    desk.change(dispute, risk="高")
    desk.store.close()
    raw(
        desk,
        "UPDATE dispute SET title = 'x'",
        "UPDATE tally SET count = 7",
        "UPDATE mark SET value = 'AAAA' WHERE name = 'head'",
    )
    faults = desk.reopen().verify()
    assert {fault.partition(":")[0] for fault in faults} == {"view", "tally", "head"}


def test_the_first_person_sets_up_and_opens_after_a_restart(tmp_path: Path, world: World) -> None:
    folder = Folder(tmp_path / "新", world.around(), CHEAP)
    assert not folder.holds_store()
    folder.set_up(ME, "张建国", SECRET)
    assert folder.holds_store()
    with Store.open(folder, folder.unlock(ME, SECRET, now_ms=world.now_ms)) as store:
        assert store.disputes(DisputeQuery()).rows == ()


def test_a_first_opening_that_was_cut_is_taken_up_again(tmp_path: Path, world: World) -> None:
    folder = Folder(tmp_path, world.around(), CHEAP)
    key, _ = folder.set_up(ME, "张建国", SECRET)
    connection = connect(folder.file, key)
    connection.execute(f"PRAGMA application_id={migrations.APPLICATION_ID}")
    migrations.MIGRATIONS.apply(Steps(connection))
    connection.close()
    with Store.open(folder, key) as store:
        assert store.verify() == []
