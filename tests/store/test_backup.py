"""Backups are read back before they count; going back to one deletes nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.store import Damaged, DisputeQuery, InUse, NoSpace, Store, backup, mend_keys, restore
from tests.store.conftest import ME, SECRET, START_MS, Desk
from tests.store.feed import Feed

DAY_MS = 24 * 3600 * 1000


def titles(store: Store) -> set[str]:
    return {row.title for row in store.disputes(DisputeQuery(limit=100)).rows}


def test_a_backup_is_a_whole_encrypted_store_with_its_keys(desk: Desk) -> None:
    desk.register("备份前的")
    made = desk.store.back_up()
    assert made.parent == desk.folder.backups
    assert made.read_bytes()[:16] != b"SQLite format 3\x00"
    assert backup.keys_beside(made).read_bytes() == desk.folder.keys_file.read_bytes()
    assert sorted(path.name for path in desk.folder.backups.iterdir()) == [made.name, backup.keys_beside(made).name]
    found = backup.check(made, desk.key)
    assert found["change"] == "1"


def test_each_backup_holds_what_there_was_when_it_was_made(desk: Desk) -> None:
    desk.register("一")
    first = desk.store.back_up()
    desk.register("二")
    desk.world.now_ms += DAY_MS
    second = desk.store.back_up()
    assert backup.check(first, desk.key)["change"] == "1"
    assert backup.check(second, desk.key)["change"] == "2"


def test_what_is_made_within_one_second_never_takes_the_place_of_another(desk: Desk) -> None:
    at = desk.world.now_ms
    made, aside = [], []
    for n in range(12):
        desk.register(f"第 {n} 件")
        desk.world.now_ms = at
        made.append(desk.store.back_up())
        desk.store.close()
        desk.world.now_ms = at
        aside.append(restore(desk.folder, made[-1], desk.key))
        desk.store = Store.open(desk.folder, desk.key)
    assert len({*made, *aside}) == 24
    kept = backup.listed(desk.folder)
    assert kept == [made[-1]]
    assert backup.check(kept[0], desk.key)["change"] == "12"
    assert [backup.check(one / "desk.db", desk.key)["change"] for one in aside] == [str(n) for n in range(1, 13)]


def test_no_backup_is_begun_without_room_for_it(desk: Desk) -> None:
    desk.world.free = 1024 * 1024
    with pytest.raises(NoSpace, match="只剩 1 MB"):
        desk.store.back_up()
    assert not desk.folder.backups.exists()


def test_old_backups_are_thinned_to_days_weeks_and_months(tmp_path: Path) -> None:
    newest = backup.made_at(Path("desk-20261123-180000.db"))
    made = [Path(f"desk-{(newest - timedelta(hours=12 * n)).strftime('%Y%m%d-%H%M%S')}.db") for n in range(900)]
    made += [Path("update-20260101-000000.db"), Path("update-20260201-000000.db"), Path("update-20260301-000000.db")]
    kept = set(made) - set(backup.superseded(made, newest))
    days = sorted(str(backup.made_at(path).date()) for path in kept if path.name.startswith("desk"))
    assert days[-7:] == [f"2026-11-{day}" for day in range(17, 24)]
    assert {"2026-11-15", "2026-11-08", "2026-10-31", "2026-01-31", "2025-12-31"} <= set(days)
    assert len(days) <= 7 + 4 + 12
    assert {path.name for path in kept if path.name.startswith("update")} == {
        "update-20260201-000000.db", "update-20260301-000000.db",
    }  # fmt: skip


def test_backups_of_days_when_the_clock_was_mad_do_not_push_out_those_of_today(desk: Desk) -> None:
    today = desk.world.now_ms
    desk.world.now_ms += 64 * 366 * DAY_MS
    for _ in range(backup.DAYS + 1):
        desk.world.now_ms += DAY_MS
        desk.store.back_up()
    made = []
    for day in range(3):
        desk.world.now_ms = today + day * DAY_MS
        made.append(desk.store.back_up())
    assert set(made) < set(backup.listed(desk.folder))
    assert len(backup.listed(desk.folder)) == 4


def test_going_back_restores_what_was_and_sets_aside_what_is(desk: Desk) -> None:
    kept = desk.register("备份前的")
    chosen = desk.store.back_up()
    desk.register("备份后的")
    with pytest.raises(InUse):
        restore(desk.folder, chosen, desk.key)
    desk.store.close()
    aside = restore(desk.folder, chosen, desk.key)
    desk.store = Store.open(desk.folder, desk.key)
    assert titles(desk.store) == {"备份前的"}
    assert desk.store.record("dispute", kept)
    assert desk.store.verify() == []
    assert (aside / "desk.db").exists()
    later = backup.check(aside / "desk.db", desk.key)
    assert later["change"] == "2"


def test_a_restored_desk_writes_under_a_new_name_and_offers_what_waited_unchanged(desk: Desk, feed: Feed) -> None:
    desk.register("等着传的")
    before = desk.store.replica.next_batch(10, 10**6)
    chosen = desk.store.back_up()
    desk.store.next_serial("2026")
    desk.store.close()
    restore(desk.folder, chosen, desk.key)
    desk.store = Store.open(desk.folder, desk.key)
    after = desk.store.replica.next_batch(10, 10**6)
    assert after.writer != before.writer
    assert after.links[0].change.id == f"{before.writer}.1"
    assert after.links[0].salt == before.links[0].salt
    assert desk.store.history([after.links[0].change.record])[0].mine


def test_numbers_given_out_after_the_backup_are_not_given_again(desk: Desk) -> None:
    desk.store.next_serial("2026")
    chosen = desk.store.back_up()
    for _ in range(5):
        last = desk.store.next_serial("2026")
    desk.store.close()
    restore(desk.folder, chosen, desk.key)
    desk.store = Store.open(desk.folder, desk.key)
    assert desk.store.next_serial("2026") > last


def test_a_spoilt_backup_is_not_taken_and_the_present_store_stands(desk: Desk) -> None:
    desk.register("一")
    chosen = desk.store.back_up()
    desk.register("二")
    content = bytearray(chosen.read_bytes())
    content[len(content) // 2] ^= 1
    chosen.write_bytes(bytes(content))
    desk.store.close()
    with pytest.raises(Damaged):
        restore(desk.folder, chosen, desk.key)
    desk.store = Store.open(desk.folder, desk.key)
    assert titles(desk.store) == {"一", "二"}


@pytest.mark.parametrize("left", [b"", b"{}", None])
def test_lost_keys_come_back_with_the_backup(desk: Desk, left: bytes | None) -> None:
    desk.register("一")
    chosen = desk.store.back_up()
    desk.store.close()
    desk.folder.file.write_bytes(b"spoilt")
    if left is None:
        desk.folder.keys_file.unlink()
    else:
        desk.folder.keys_file.write_bytes(left)
    mend_keys(desk.folder, chosen)
    key = desk.folder.unlock(ME, SECRET, now_ms=START_MS)
    restore(desk.folder, chosen, key)
    assert desk.folder.recover(desk.code) == key
    desk.store = Store.open(desk.folder, key)
    assert titles(desk.store) == {"一"}


def test_the_log_of_the_spoilt_file_never_meets_the_restored_one(desk: Desk) -> None:
    desk.register("一")
    chosen = desk.store.back_up()
    desk.store.close()
    desk.folder.file.with_name("desk.db-wal").write_bytes(b"left over from a crash")
    aside = restore(desk.folder, chosen, desk.key)
    assert (aside / "desk.db-wal").read_bytes() == b"left over from a crash"
    desk.store = Store.open(desk.folder, desk.key)
    assert titles(desk.store) == {"一"}
