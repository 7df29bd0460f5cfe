"""Files at the hub: resumed at any byte, checked when whole, kept once, given only to who may read the attachment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync.protocol import limits
from sync.protocol.files import Piece
from sync.records.attachment import FILE_BYTES
from sync.server.files import FileDoor, faults
from sync.server.shelf import Shelf
from tests.server.conftest import NEIGHBOUR, OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, District
from tests.server.desk import Desk
from tests.server.uploading import Sender, attach, pdf

RAW = pdf(150_000)


@dataclass
class House:
    """A district whose hub keeps files, with a village clerk, her dispute and its attachment."""

    district: District
    shelf: Shelf
    door: FileDoor
    folder: Path
    desk: Desk
    by: str
    dispute: str
    free: list[int]

    def attach(self, raw: bytes = RAW, **given: object) -> Piece:
        return attach(self.district, self.desk, self.by, self.dispute, raw, **given)

    def sender(self, desk: Desk | None = None) -> Sender:
        return Sender(self.door, desk or self.desk)

    def stored(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture
def house(district: District, tmp_path: Path) -> Iterator[House]:
    free = [1 << 40]
    folder = tmp_path / "区里 的文件"
    shelf = Shelf(folder, lambda _: free[0])
    door = FileDoor(district.hub._database, shelf, district.clock_ms)
    desk, by = district.clerk(VILLAGE)
    dispute = district.new_id()
    desk.change("dispute", dispute, district.dispute(by, VILLAGE), by)
    desk.round()
    yield House(district, shelf, door, folder, desk, by, dispute, free)
    with district.hub.reading() as connection:
        assert faults(connection, shelf) == []


def test_a_file_comes_in_pieces_and_goes_out_in_ranges(house: House) -> None:
    piece, sender = house.attach(), house.sender()
    assert sender.head(piece).status == 404
    made = sender.create(piece)
    assert (made.status, made.headers["Location"]) == (201, f"/uploads/{piece.name}")
    for offset in range(0, len(RAW), 40_000):
        reply = sender.patch(piece, offset, RAW[offset : offset + 40_000])
        assert reply.status == 204, reply
        assert sender.head(piece).headers["Upload-Offset"] == reply.headers["Upload-Offset"]
    assert sender.head(piece).headers["Upload-Offset"] == str(len(RAW))
    first, rest = sender.get(piece, 0, 99_999), sender.get(piece, 100_000, 10**6)
    assert (first.status, rest.headers["Content-Range"]) == (206, f"bytes 100000-{len(RAW) - 1}/{len(RAW)}")
    assert first.body + rest.body == RAW


def test_the_same_content_lies_there_once_and_need_not_be_sent_twice_by_who_has_it(house: House) -> None:
    one, other = house.attach(), house.attach()
    assert house.sender().send(one, RAW).status == 204
    assert house.sender().create(other).headers["Upload-Offset"] == str(len(RAW))
    assert house.sender().get(other, 0, 99).status == 206
    assert len(house.stored()) == 1


def test_a_desk_of_another_place_learns_nothing_by_declaring_a_hash_it_knows(house: House) -> None:
    house.sender().send(house.attach(), RAW)
    desk, by = house.district.clerk(OTHER_VILLAGE)
    dispute = house.district.new_id()
    desk.change("dispute", dispute, house.district.dispute(by, OTHER_VILLAGE), by)
    desk.round()
    known, unknown = pdf(150_000), pdf(150_000, seed=99)
    answers = []
    for raw in (known, unknown):
        piece, sender = attach(house.district, desk, by, dispute, raw), house.sender(desk)
        before = (sender.head(piece), sender.get(piece, 0, 9), sender.create(piece), sender.head(piece))
        part = sender.patch(piece, 0, raw[:100])
        answers.append([(r.status, r.headers.get("Upload-Offset"), r.body) for r in (*before, part)])
        assert sender.get(piece, 0, 9).status == 404
    assert answers[0] == answers[1]


def test_only_desks_that_hold_the_attachment_may_ask_for_its_file(house: House) -> None:
    piece = house.attach()
    house.sender().send(piece, RAW)
    district = house.district
    for place, status in ((TOWN, 206), (NEIGHBOUR, 404), (OTHER_TOWN, 404)):
        desk = district.desk(place)
        assert house.sender(desk).get(piece, 0, 9).status == status
        assert (house.sender(desk).head(piece).status == 200) == (status == 206)


def test_files_follow_a_dispute_whose_sessions_are_closed(house: House) -> None:
    piece, town = house.attach(), house.district.desk(TOWN)
    house.sender().send(piece, RAW)
    assert house.sender(town).get(piece, 0, 9).status == 206
    house.desk.change("dispute", house.dispute, {"closed_session": True}, house.by)
    house.desk.round()
    assert house.sender(town).get(piece, 0, 9).status == 404
    assert house.sender().get(piece, 0, 9).status == 206


def test_who_wrote_an_attachment_may_send_its_file_after_it_moved_and_read_nothing_of_it(house: House) -> None:
    piece, district = house.attach(), house.district
    district.hub.change("dispute", house.dispute, {"place_code": OTHER_VILLAGE})
    for stranger in (district.desk(VILLAGE), district.desk(NEIGHBOUR)):
        assert house.sender(stranger).send(piece, RAW).status == 404
    assert house.sender().send(piece, RAW).status == 204
    assert house.sender().head(piece).status == 200
    assert house.sender().get(piece, 0, 9).status == 404
    assert house.sender(district.desk(OTHER_VILLAGE)).get(piece, 0, 9).status == 206


def test_a_revoked_device_gets_nothing_and_gives_nothing(house: House) -> None:
    piece = house.attach()
    house.sender().send(piece, RAW)
    house.district.hub.revoke(house.desk.identity.device, "丢了")
    sender = house.sender()
    statuses = [r.status for r in (sender.get(piece, 0, 9), sender.head(piece), sender.create(piece))]
    assert statuses == [403, 403, 403]


def test_a_request_that_was_altered_on_the_way_is_nobodys(house: House) -> None:
    piece, sender = house.attach(), house.sender()
    sender.create(piece)
    said = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    signed: list[dict[str, str]] = []
    real = house.door.handle
    house.door.handle = lambda m, p, b, h: signed.append(dict(h)) or real(m, p, b, h)  # type: ignore[method-assign]
    sender.ask("HEAD", f"/uploads/{piece.name}", b"", said)
    del house.door.handle  # type: ignore[method-assign]
    moved = {**signed[0], "Upload-Offset": "5"}
    assert real("HEAD", f"/uploads/{piece.name}", b"", moved).status == 400
    ranged = {**signed[0], "Range": "bytes=0-9"}
    assert real("HEAD", f"/uploads/{piece.name}", b"", ranged).status == 400
    assert real("PATCH", f"/uploads/{piece.name}", RAW, signed[0]).status == 400
    assert real("HEAD", f"/uploads/{piece.name}", b"", {"Tus-Resumable": "1.0.0"}).status == 400


@pytest.mark.parametrize("name", [
    "../../hub.db", "..%2f..%2fhub.db", "x.file", "00000000-0000-0000-0000-000000000000.file", "a" * 5000, "", ".",
    "00000000-0000-0000-0000-000000000000.file/../../ca-key.pem", "C:\\hub.db", "%00",
])  # fmt: skip
def test_no_name_leads_out_of_the_folder(house: House, name: str) -> None:
    house.sender().send(house.attach(), RAW)
    before = house.stored()
    for method, door in (("GET", "/files"), ("HEAD", "/uploads"), ("PATCH", "/uploads")):
        assert house.sender().ask(method, f"{door}/{name}", b"x").status in (404, 400)
    assert house.stored() == before


def test_a_file_of_another_content_is_thrown_away_and_may_be_sent_again(house: House) -> None:
    piece, sender = house.attach(), house.sender()
    assert sender.send(piece, pdf(len(RAW), seed=7)).status == 422
    assert (house.stored(), sender.head(piece).status) == ([], 404)
    assert sender.send(piece, RAW).status == 204


def test_a_file_of_another_type_than_its_record_says_is_not_kept(house: House) -> None:
    program = b"MZ" + RAW
    piece = house.attach(program)
    assert house.sender().send(piece, program).status == 422
    assert house.stored() == []


def test_sizes_that_do_not_fit_are_refused_before_a_byte_is_kept(house: House) -> None:
    piece, sender = house.attach(), house.sender()
    assert sender.create(piece, 10**9).status == 413
    assert sender.create(piece, FILE_BYTES + 1).status == 413
    assert sender.create(piece, len(RAW) - 1).status == 409
    assert sender.create(piece, 0).status == 409
    sender.create(piece)
    assert sender.patch(piece, 0, RAW + b"more").status == 413
    assert sender.patch(piece, 0, b"").status == 409
    assert house.stored() == []


@pytest.mark.parametrize("size", [0, FILE_BYTES + 1, 10**9, -1])
def test_a_record_that_declares_an_impossible_size_is_not_accepted(house: House, size: int) -> None:
    record = house.district.new_id()
    fields = {
        "dispute_id": house.dispute, "kind": "证据材料", "name": "借条", "sha256": "0" * 64, "size_bytes": size,
        "mime": "application/pdf", "added_at": "2026-11-23T10:00:00+08:00", "added_by": house.by,
    }  # fmt: skip
    house.desk.change("attachment", record, fields, house.by)
    (verdict,) = house.desk.round().verdicts
    if size == 0:
        piece = Piece(record, "file", "0" * 64, 1, "application/pdf")
        assert house.sender().create(piece, 0).status == 404
    else:
        assert verdict.refused == "invalid"


def test_offsets_beyond_or_behind_are_refused(house: House) -> None:
    piece, sender = house.attach(), house.sender()
    sender.create(piece)
    sender.patch(piece, 0, RAW[:1000])
    for offset in (0, 999, 1001, 10**14):
        assert sender.patch(piece, offset, RAW[:10]).status == 409
    assert sender.patch(piece, 1000, b"x", **{"Upload-Offset": "-1"}).status == 400
    assert sender.patch(piece, 1000, b"x", **{"Upload-Offset": "9" * 30}).status == 400
    assert sender.patch(piece, 1000, b"x", **{"Upload-Checksum": "sha256 AAAA"}).status == 460
    assert sender.patch(piece, 1000, b"x", **{"Content-Type": "text/plain"}).status == 415
    assert sender.head(piece).headers["Upload-Offset"] == "1000"


def test_ranges_are_bounded(house: House) -> None:
    piece = house.attach()
    house.sender().send(piece, RAW)
    for first, last in ((len(RAW), len(RAW)), (5, 4), (0, limits.CHUNK)):
        assert house.sender().get(piece, first, last).status == 416
    assert house.sender().ask("GET", f"/files/{piece.name}").status == 416


def test_two_desks_may_send_the_same_file_at_once(house: House) -> None:
    piece, town = house.attach(), house.district.desk(TOWN)
    mine, theirs = house.sender(), house.sender(town)
    mine.create(piece)
    theirs.create(piece)
    mine.patch(piece, 0, RAW[:60_000])
    assert theirs.head(piece).headers["Upload-Offset"] == "0"
    assert theirs.patch(piece, 0, RAW).status == 204
    assert mine.head(piece).headers["Upload-Offset"] == str(len(RAW))
    assert mine.create(piece).headers["Upload-Offset"] == str(len(RAW))


def test_what_is_on_disk_but_was_not_counted_is_written_again(house: House) -> None:
    piece, sender = house.attach(), house.sender()
    sender.create(piece)
    sender.patch(piece, 0, RAW[:50_000])
    part = house.shelf.part(house.desk.identity.device, piece.record, "file")
    with part.open("ab") as file:
        file.write(b"torn")
    assert sender.patch(piece, 50_000, RAW[50_000:100_000]).status == 204
    part.write_bytes(b"")
    assert sender.head(piece).headers["Upload-Offset"] == "0"
    assert sender.patch(piece, 0, RAW).status == 204


def test_a_desk_that_sends_too_much_in_a_day_goes_on_tomorrow(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_DAY", 100_000)
    piece, sender = house.attach(), house.sender()
    sender.create(piece)
    assert sender.patch(piece, 0, RAW[:90_000]).status == 204
    assert sender.patch(piece, 90_000, RAW[90_000:]).status == 429
    house.district.now_ms += 24 * 3600 * 1000
    assert sender.patch(piece, 90_000, RAW[90_000:]).status == 204


def test_a_full_disk_at_the_hub_takes_no_files_and_keeps_room_for_records(house: House) -> None:
    piece = house.attach()
    house.free[0] = 1024
    assert house.sender().create(piece).status == 507


def test_uploads_nobody_goes_on_with_are_thrown_away_after_a_while(house: House) -> None:
    old, new, sender = house.attach(), house.attach(pdf(9000, seed=3)), house.sender()
    sender.create(old)
    sender.patch(old, 0, RAW[:50_000])
    house.district.now_ms += limits.STALE_MS + 60_000
    sender.create(new)
    assert (sender.head(old).status, house.stored()) == (404, [])
    assert sender.send(old, RAW).status == 204


def test_a_desk_may_not_leave_uploads_lying_about_without_end(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UPLOADS", 2)
    found = [house.sender().create(house.attach(pdf(1000, seed))).status for seed in range(4)]
    assert found == [201, 201, 429, 429]


def test_a_door_without_tus_says_which_tus_it_speaks(house: House) -> None:
    assert house.door.handle("HEAD", "/uploads/x", b"", {}).status == 412
    offer = house.door.handle("OPTIONS", "/uploads", b"", {})
    assert (offer.status, offer.headers["Tus-Extension"]) == (204, "creation,checksum")
    assert offer.headers["Tus-Max-Size"] == str(FILE_BYTES)
