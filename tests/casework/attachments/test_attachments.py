"""Attachments between two offices and the district: added, sent, fetched, held back, never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.casework.attachments import attach as attaching
from desktop.casework.attachments import shelf as shelves
from desktop.casework.attachments.attach import NewFile
from desktop.casework.attachments.shelf import AttachmentFacts
from desktop.casework.desk import Desk
from desktop.casework.disputes import progress
from desktop.casework.errors import Gone, NotAllowed, NotYet
from desktop.casework.exchange.rounds import Exchange
from sync.protocol import limits
from tests.casework.attachments.album import pdf, photo, recording
from tests.casework.conftest import CLERK, NEIGHBOUR, TOWN, VILLAGE, VILLAGER, Office, registered
from tests.casework.district import District, Line


def added(desk: Desk, dispute: str, raw: bytes, **more: object) -> str:
    return attaching.attach(desk, dispute, NewFile("后墙 照片", raw, **more))  # type: ignore[arg-type]


def only(desk: Desk, dispute: str) -> AttachmentFacts:
    (facts,) = shelves.shelf(desk, dispute)
    return facts


@pytest.fixture
def district(tmp_path: Path, new_office: Callable[..., Office]) -> District:
    return District(tmp_path, new_office)


@pytest.fixture
def here(district: District) -> tuple[Office, Line, Exchange]:
    return district.office("这边")


@pytest.fixture
def there(district: District) -> tuple[Office, Line, Exchange]:
    return district.office("那边")


def test_a_photo_is_safe_here_before_any_line_and_says_so(desk: Desk) -> None:
    dispute = registered(desk)
    added(desk, dispute, photo(), note="从院里拍的")
    facts = only(desk, dispute)
    assert (facts.kind, facts.state, facts.words) == ("照片", "waits", "存在本机，等着上传")
    assert (facts.is_here, facts.note, facts.by) == (True, "从院里拍的", "马秀兰")
    assert facts.thumbnail.startswith(b"\xff\xd8")
    assert shelves.content(desk, facts.id).startswith(b"\xff\xd8")


def test_the_same_file_is_not_attached_twice_and_a_struck_out_one_may_be_again(desk: Desk) -> None:
    dispute = registered(desk)
    first = added(desk, dispute, pdf())
    with pytest.raises(NotAllowed, match="已经在这一件里"):
        added(desk, dispute, pdf())
    with pytest.raises(NotYet):
        attaching.void(desk, first, " ")
    attaching.void(desk, first, "添错了")
    assert shelves.shelf(desk, dispute) == ()
    added(desk, dispute, pdf())


def test_a_recording_is_bound_to_its_session(desk: Desk) -> None:
    dispute = registered(desk)
    with pytest.raises(NotYet):
        added(desk, dispute, recording(), kind="录音")
    session = desk.ids()
    added(desk, dispute, recording(), session_id=session)
    record = desk.store.children("attachment", dispute)[0]
    assert (record["kind"], record["session_id"]) == ("录音", session)
    added(desk, dispute, recording(seed=2))
    assert desk.store.children("attachment", dispute)[1]["kind"] == "证据材料"


def test_nothing_is_written_when_the_file_is_refused(desk: Desk) -> None:
    dispute = registered(desk)
    with pytest.raises(NotAllowed):
        added(desk, dispute, b"MZ" + bytes(100))
    assert desk.store.children("attachment", dispute) == []


def test_files_go_after_records_and_come_when_asked_for(here: tuple, there: tuple) -> None:
    (office, _, exchange), (other, _, theirs) = here, there
    desk = office.sit()
    dispute = registered(desk)
    raw = pdf(400_000)
    attachment = added(desk, dispute, raw)
    picture = added(desk, dispute, photo())
    assert exchange.run_files().sent == 0
    assert exchange.run().state == "agreed"
    report = exchange.run_files()
    assert (report.sent, report.held, report.refused) == (3, False, 0)
    assert {one.words for one in shelves.shelf(desk, dispute)} == {"区里已有"}
    assert theirs.run().state == "agreed"
    theirs.run_files()
    far = other.sit(CLERK, place=TOWN)
    facts = {one.id: one for one in shelves.shelf(far, dispute)}
    assert facts[picture].thumbnail
    assert facts[attachment].words == "还没到本机"
    with pytest.raises(NotAllowed, match="还没到本机"):
        shelves.content(far, attachment)
    shelves.fetch(far, attachment)
    assert {one.id: one for one in shelves.shelf(far, dispute)}[attachment].words == "还没到本机，等着取"
    assert theirs.run_files().received == 1
    assert shelves.content(far, attachment) == raw
    assert other.store.verify() == office.store.verify() == []


def test_a_line_that_is_cut_everywhere_only_costs_the_chunk_in_flight(here: tuple, there: tuple) -> None:
    (office, line, exchange), (other, far_line, theirs) = here, there
    desk, raw = office.sit(), pdf(900_000)
    dispute = registered(desk)
    attachment = added(desk, dispute, raw)
    exchange.run()
    sent = 0
    for _ in range(60):
        line.requests_left = 3
        sent += exchange.run_files().sent_bytes
        if only(desk, dispute).state == "there":
            break
        assert only(desk, dispute).words.startswith(("上传", "存在本机"))
    assert sent == len(raw)
    theirs.run()
    far = other.sit(CLERK, place=TOWN)
    shelves.fetch(far, attachment)
    came = 0
    for _ in range(60):
        far_line.requests_left = 2
        came += theirs.run_files().received_bytes
    assert shelves.content(far, attachment) == raw
    assert came < len(raw) + 40 * 64 * 1024


def test_files_make_way_between_two_chunks_as_soon_as_a_record_waits(here: tuple) -> None:
    office, line, exchange = here
    desk = office.sit()
    dispute = registered(desk)
    added(desk, dispute, pdf(3_000_000))
    exchange.run()
    real, seen = line.ask, []

    def busy(method: str, path: str, body: bytes, headers: object) -> object:
        if method == "PATCH" and "PATCH" not in seen:
            progress.change(desk, dispute, {"resp_person": "李玉梅"})
        seen.append(method)
        return real(method, path, body, headers)

    line.ask = busy
    report = exchange.run_files()
    assert (report.held, seen.count("PATCH")) == (True, 1)
    exchange.run()
    assert exchange.run_files().sent == 1


def test_a_file_the_district_has_not_got_either_is_said_and_asked_for_later(here: tuple, there: tuple) -> None:
    (office, _, exchange), (other, _, theirs) = here, there
    desk = office.sit()
    dispute = registered(desk)
    attachment = added(desk, dispute, pdf())
    exchange.run()
    theirs.run()
    far = other.sit(CLERK, place=TOWN)
    shelves.fetch(far, attachment)
    theirs.run_files()
    assert only(far, dispute).words == "区里也还没有，等那边上传"
    exchange.run_files()
    assert theirs.run_files().received == 0
    other.wait(hours=2)
    theirs.run()
    assert theirs.run_files().received == 1


def test_a_refused_file_stays_here_and_can_be_offered_again(here: tuple, monkeypatch: pytest.MonkeyPatch) -> None:
    office, _, exchange = here
    desk = office.sit()
    dispute = registered(desk)
    attachment = added(desk, dispute, pdf())
    exchange.run()
    monkeypatch.setattr("sync.server.files.FILE_BYTES", 1000)
    assert exchange.run_files().refused == 1
    assert only(desk, dispute).words == "区里没收下：文件太大了"
    assert exchange.run_files().refused == 0
    monkeypatch.undo()
    shelves.offer_again(desk, attachment)
    assert exchange.run_files().sent == 1


def test_a_district_that_takes_no_more_today_refuses_nothing(here: tuple, monkeypatch: pytest.MonkeyPatch) -> None:
    office, _, exchange = here
    desk = office.sit()
    dispute = registered(desk)
    added(desk, dispute, pdf(200_000))
    exchange.run()
    monkeypatch.setattr(limits, "FILE_DAY", 70_000)
    assert exchange.run_files().refused == 0
    assert only(desk, dispute).state == "sending"
    monkeypatch.undo()
    assert exchange.run_files().sent == 1


def test_after_the_hub_was_restored_files_are_offered_again_and_only_what_is_missing_travels(
    district: District, here: tuple, tmp_path: Path
) -> None:
    office, _, exchange = here
    desk = office.sit()
    dispute = registered(desk)
    added(desk, dispute, pdf(200_000))
    exchange.run()
    exchange.run_files()
    district.hub.new_epoch()
    exchange.run()
    again = exchange.run_files()
    assert (again.sent, again.sent_bytes) == (1, 0)
    assert only(desk, dispute).state == "there"


def test_a_file_whose_dispute_moved_away_before_it_was_over_still_reaches_the_district(
    district: District, there: tuple
) -> None:
    (office, _, exchange), (other, _, theirs) = district.office("村里", VILLAGE), there
    desk, raw = office.sit(VILLAGER, place=VILLAGE), pdf(200_000)
    dispute = registered(desk, accept=False)
    attachment = added(desk, dispute, raw)
    exchange.run()
    district.hub.change("dispute", dispute, {"place_code": NEIGHBOUR})
    exchange.run()
    assert desk.store.record("attachment", attachment) is None
    assert [exchange.run_files().sent for _ in range(2)] == [1, 0]
    theirs.run()
    far = other.sit(CLERK, place=TOWN)
    shelves.fetch(far, attachment)
    theirs.run_files()
    assert shelves.content(far, attachment) == raw


def test_a_copy_is_saved_under_a_name_a_disk_can_hold(desk: Desk, tmp_path: Path) -> None:
    dispute = registered(desk)
    new = NewFile('李建军: 欠条/"原件".pdf', pdf())
    attachment = attaching.attach(desk, dispute, new)
    name = shelves.suggested_name(desk, attachment)
    assert name == "李建军_ 欠条__原件_.pdf"
    assert shelves.save_copy(desk, attachment, tmp_path / name).read_bytes() == pdf()
    with pytest.raises(NotAllowed, match="不让写"):
        shelves.save_copy(desk, attachment, tmp_path / "没有这个文件夹" / name)


def test_files_of_a_dispute_closed_to_a_person_are_closed_too(office: Office) -> None:
    desk = office.sit()
    dispute = registered(desk)
    attachment = added(desk, dispute, pdf())
    progress.change(desk, dispute, {"closed_session": True})
    stranger = office.sit(office.store.records("account", {"name": "李玉梅"})[0]["id"])
    with pytest.raises(Gone):
        shelves.content(stranger, attachment)
    with pytest.raises(Gone):
        shelves.shelf(stranger, dispute)
