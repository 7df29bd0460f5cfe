"""Files in a store: never lost while unsent, gone with their record once sent, found again after a restore."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.store import Edit, NoSpace, Store, restore
from desktop.store.departure import KEPT_MS
from desktop.store.files import COPIES
from sync.protocol.chain import full_changes
from sync.protocol.files import Piece, digest_of, pieces
from tests.store.conftest import ME, Desk
from tests.store.feed import Feed

DAY_MS = 24 * 3600 * 1000
RAW = b"%PDF-" + bytes(range(256)) * 900


def attach(desk: Desk, dispute: str, raw: bytes = RAW) -> Piece:
    digest, record = desk.store.files.put(raw), desk.world.id()
    fields = {
        "dispute_id": dispute, "kind": "扫描件", "name": "签字页", "sha256": digest, "size_bytes": len(raw),
        "mime": "application/pdf", "added_at": "2026-11-23T10:00:00+08:00", "added_by": ME,
    }  # fmt: skip
    desk.store.save([Edit("attachment", record, fields)], ME)
    return pieces(record, fields)[0]


def test_a_file_waits_for_its_record_and_goes_once_the_hub_has_taken_it(desk: Desk, feed: Feed) -> None:
    piece = attach(desk, desk.register())
    assert desk.store.files.outgoing() == []
    feed.accept_all()
    assert desk.store.files.outgoing() == [piece]
    desk.reopen().files.sent(piece)
    assert desk.store.files.outgoing() == []
    (standing,) = desk.store.files.standings([piece.record])
    assert (standing.is_here, standing.road, standing.moved_bytes) == (True, "there", len(RAW))


def test_the_same_content_lies_there_once(desk: Desk) -> None:
    dispute = desk.register()
    attach(desk, dispute)
    attach(desk, dispute)
    assert len([path for path in desk.folder.files.rglob("*") if path.is_file()]) == 1


def test_unsent_files_are_in_the_backups_until_they_are_sent(desk: Desk, feed: Feed) -> None:
    piece = attach(desk, desk.register())
    desk.store.back_up()
    (copy,) = (desk.folder.backups / COPIES).iterdir()
    assert copy.read_bytes() == desk.store.files.vault.path(piece.digest).read_bytes()
    feed.accept_all()
    desk.store.files.sent(piece)
    desk.world.now_ms += 60_000
    desk.store.back_up()
    assert list((desk.folder.backups / COPIES).iterdir()) == []


def test_going_back_to_a_backup_brings_unsent_files_back(desk: Desk) -> None:
    piece = attach(desk, desk.register())
    chosen = desk.store.back_up()
    desk.store.close()
    shutil.rmtree(desk.folder.files)
    restore(desk.folder, chosen, desk.key)
    with Store.open(desk.folder, desk.key) as store:
        assert store.files.content(piece.digest) == RAW
        assert store.verify() == []


def test_going_back_loses_no_file_that_lies_there(desk: Desk, feed: Feed) -> None:
    chosen = desk.store.back_up()
    piece = attach(desk, desk.register())
    desk.store.close()
    restore(desk.folder, chosen, desk.key)
    with Store.open(desk.folder, desk.key) as store:
        assert store.files.vault.read(piece.digest) == RAW
        receiving = store.files.receive(piece)
        assert receiving.offset == piece.size_bytes
        assert store.files.arrived(piece, receiving)
        assert store.files.content(piece.digest) == RAW


def test_after_going_back_a_file_that_never_went_is_sent_once_its_record_is_told_again(desk: Desk, feed: Feed) -> None:
    chosen = desk.store.back_up()
    piece = attach(desk, desk.register())
    batch = desk.store.replica.next_batch(500, 10**7)
    assert batch is not None
    feed.accept_all()
    go_back(desk, feed, chosen)
    feed.tell(*(feed.entry(change) for change in full_changes(batch)))
    (standing,) = desk.store.files.standings([piece.record])
    assert (standing.is_here, standing.road) == (True, "")
    assert desk.store.files.outgoing() == [piece]


def test_after_going_back_the_district_is_asked_whether_it_has_what_lies_here(desk: Desk, feed: Feed) -> None:
    fields = {
        "dispute_id": desk.register(), "kind": "扫描件", "name": "老合同", "mime": "application/pdf",
        "sha256": digest_of(RAW), "size_bytes": len(RAW), "added_at": "2026-11-23T10:00:00+08:00",
        "added_by": "account-9",
    }  # fmt: skip
    feed.accept_all()
    feed.tell(feed.entry(feed.theirs(record := desk.world.id(), fields, kind="attachment")))
    (piece,), chosen = pieces(record, fields), desk.store.back_up()
    with desk.store.files.vault.receive(piece.digest, piece.size_bytes) as incoming:
        incoming.write(RAW)
        assert desk.store.files.arrived(piece, incoming)
    assert desk.store.files.outgoing() == []
    go_back(desk, feed, chosen)
    desk.store.files.want(piece)
    assert desk.store.files.arrived(piece, desk.store.files.receive(piece))
    (standing,) = desk.store.files.standings([record])
    assert (standing.is_here, standing.road) == (True, "waiting")
    assert desk.store.files.outgoing() == [piece]


def go_back(desk: Desk, feed: Feed, chosen: Path) -> None:
    """The desk is put back to a backup and opened again."""
    desk.store.close()
    restore(desk.folder, chosen, desk.key)
    desk.store = feed.store = Store.open(desk.folder, desk.key)


def test_files_of_a_record_that_left_go_when_the_district_has_them(desk: Desk, feed: Feed) -> None:
    dispute = desk.register()
    sent, unsent = attach(desk, dispute), attach(desk, dispute, RAW + b"2")
    feed.accept_all()
    desk.store.files.sent(sent)
    assert desk.store.files.sweep() == 0
    feed.tell(feed.leave(dispute))
    assert desk.store.files.outgoing() == [unsent]
    desk.world.now_ms += KEPT_MS - DAY_MS
    assert desk.store.files.sweep() == 0, "a hub that is restored may want it again"
    desk.world.now_ms += 2 * DAY_MS
    assert desk.store.files.sweep() == 1
    assert desk.store.files.vault.size_bytes(sent.digest) == 0
    assert desk.store.files.vault.size_bytes(unsent.digest) == unsent.size_bytes
    assert desk.store.verify() == []


def test_an_unsent_file_of_a_record_that_left_is_offered_however_late(desk: Desk, feed: Feed) -> None:
    gone, other = desk.register("走的"), desk.register("后来走的")
    unsent = attach(desk, gone)
    feed.accept_all()
    feed.tell(feed.leave(gone))
    desk.world.now_ms += KEPT_MS * 2
    feed.tell(feed.leave(other))
    assert desk.store.files.outgoing() == [unsent]


def test_a_file_sent_for_one_record_and_not_for_another_stays_when_both_left(desk: Desk, feed: Feed) -> None:
    one, other = desk.register("走的"), desk.register("也走的")
    sent, unsent = attach(desk, one), attach(desk, other)
    feed.accept_all()
    desk.store.files.sent(sent)
    feed.tell(feed.leave(one), feed.leave(other))
    desk.world.now_ms += KEPT_MS * 2
    assert desk.store.files.sweep() == 0
    assert desk.store.files.outgoing() == [unsent]
    desk.store.files.sent(unsent)
    assert desk.store.files.sweep() == 1


def test_what_others_put_with_a_record_that_left_goes_soon(desk: Desk, feed: Feed) -> None:
    dispute, record = desk.register(), desk.world.id()
    feed.accept_all()
    fields = {
        "dispute_id": dispute, "kind": "照片", "name": "后墙", "sha256": digest_of(RAW), "size_bytes": len(RAW),
        "mime": "image/jpeg",
    }  # fmt: skip
    feed.tell(feed.entry(feed.theirs(record, fields, kind="attachment")))
    (piece,) = pieces(record, fields)
    receiving = desk.store.files.receive(piece)
    receiving.write(RAW)
    assert desk.store.files.arrived(piece, receiving)
    feed.tell(feed.leave(dispute))
    desk.world.now_ms += DAY_MS
    assert desk.store.files.sweep() == 1


def test_a_file_two_records_share_stays_as_long_as_one_is_here(desk: Desk, feed: Feed) -> None:
    gone, kept = desk.register("走的"), desk.register("留的")
    one, other = attach(desk, gone), attach(desk, kept)
    feed.accept_all()
    for piece in (one, other):
        desk.store.files.sent(piece)
    feed.tell(feed.leave(gone))
    desk.world.now_ms += 2 * 3600 * 1000
    assert desk.store.files.sweep() == 0
    assert desk.store.files.content(other.digest) == RAW


def test_thumbnails_of_open_disputes_come_by_themselves_files_when_wanted(desk: Desk, feed: Feed) -> None:
    dispute, record = desk.world.id(), desk.world.id()
    fields = {
        "dispute_id": dispute, "kind": "照片", "name": "后墙", "sha256": digest_of(b"a"), "size_bytes": 9000,
        "mime": "image/jpeg", "thumbnail": digest_of(b"b"), "thumbnail_bytes": 900,
    }  # fmt: skip
    feed.tell(
        feed.entry(feed.theirs(dispute, {"title": "外村的", "status": "30", "place_code": "620802107204"})),
        feed.entry(feed.theirs(record, fields, kind="attachment")),
    )
    small, large = pieces(record, fields)
    assert desk.store.files.incoming() == [small]
    desk.store.files.want(large)
    assert desk.store.files.incoming() == [small, large]
    desk.store.files.absent(small)
    assert desk.store.files.incoming() == [large]
    desk.world.now_ms += 2 * 3600 * 1000
    assert desk.store.files.incoming() == [small, large]
    feed.tell(feed.entry(feed.theirs(dispute, {"status": "80"}, was={"status": "30"})))
    assert desk.store.files.incoming() == [small, large]


def test_a_missing_file_is_found_when_the_store_is_checked(desk: Desk) -> None:
    piece = attach(desk, desk.register())
    desk.store.files.vault.path(piece.digest).unlink()
    assert desk.store.verify() == [f"file: {piece.digest[:12]}"]


def test_a_full_disk_takes_no_file_and_writes_no_record(desk: Desk) -> None:
    dispute = desk.register()
    desk.world.free = 1024
    with pytest.raises(NoSpace):
        attach(desk, dispute)
    assert desk.store.children("attachment", dispute) == []
    assert desk.store.verify() == []


def test_a_store_of_the_version_before_files_is_brought_along(new_desk: Callable[..., Desk]) -> None:
    desk = new_desk()
    dispute = desk.register()
    with desk.store._database.writing() as connection:
        for table in ("file", "file_road", "attachment", "stick", "parcel", "stock"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for index in ("agreed_asked", "change_left"):
            connection.exec_driver_sql(f"DROP INDEX {index}")
        connection.exec_driver_sql("ALTER TABLE agreed DROP COLUMN untold")
        connection.exec_driver_sql("DELETE FROM _sqlite_migrations WHERE name <> '0001_first'")
        connection.exec_driver_sql("DELETE FROM mark WHERE name LIKE 'fingerprint%'")
        connection.exec_driver_sql("PRAGMA user_version=1")
    desk.reopen()
    attach(desk, dispute)
    assert desk.store.verify() == []
