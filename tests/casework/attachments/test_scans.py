"""The scanner's folder: new files are offered, never taken unasked."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.casework.attachments import scans, shelf
from desktop.casework.desk import Desk
from desktop.casework.errors import NotAllowed
from tests.casework.attachments.album import pdf, photo
from tests.casework.conftest import Office, registered


def scan(office: Office, folder: Path, name: str, raw: bytes, *, minutes_ago: float = 1) -> Path:
    path = folder / name
    path.write_bytes(raw)
    at = (office.now - timedelta(minutes=minutes_ago)).timestamp()
    os.utime(path, (at, at))
    return path


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Path:
    made = tmp_path / "扫描 件"
    made.mkdir()
    office.settings.change(scans.FOLDER, str(made), office.store.set_setting)
    return made


def test_new_files_are_offered_newest_first_and_nothing_is_taken(office: Office, desk: Desk, folder: Path) -> None:
    given = registered(desk)
    scan(office, folder, "签字页.pdf", pdf(), minutes_ago=5)
    scan(office, folder, "界石.JPG", photo(300, 200), minutes_ago=2)
    scan(office, folder, "上个月的.pdf", pdf(), minutes_ago=60 * 30)
    scan(office, folder, "还在扫.pdf", pdf(), minutes_ago=0)
    scan(office, folder, "没扫成.pdf", b"")
    scan(office, folder, "程序.exe", b"MZ")
    assert [one.path.name for one in scans.offered(desk)] == ["界石.JPG", "签字页.pdf"]
    assert shelf.shelf(desk, given) == ()


def test_a_taken_file_is_attached_stays_where_it_is_and_is_offered_no_more(
    office: Office, desk: Desk, folder: Path
) -> None:
    given = registered(desk)
    path = scan(office, folder, "签字页.pdf", pdf())
    scans.take(desk, given, scans.offered(desk)[0])
    assert [one.name for one in shelf.shelf(desk, given)] == ["签字页"]
    assert path.exists()
    assert scans.offered(desk) == ()
    scan(office, folder, "签字页.pdf", pdf(seed=2), minutes_ago=0.5)
    assert len(scans.offered(desk)) == 1


def test_a_file_waved_off_stays_away(office: Office, desk: Desk, folder: Path) -> None:
    scan(office, folder, "别人的.pdf", pdf())
    scans.wave_off(desk, scans.offered(desk))
    assert scans.offered(office.sit()) == ()


def test_a_folder_that_is_gone_or_not_chosen_offers_nothing(office: Office, desk: Desk, folder: Path) -> None:
    folder.rmdir()
    assert scans.offered(desk) == ()
    office.settings.change(scans.FOLDER, "", office.store.set_setting)
    assert scans.offered(desk) == ()


def test_a_file_that_went_meanwhile_is_said(office: Office, desk: Desk, folder: Path) -> None:
    given = registered(desk)
    path = scan(office, folder, "签字页.pdf", pdf())
    (found,) = scans.offered(desk)
    path.unlink()
    with pytest.raises(NotAllowed, match="读不出来"):
        scans.take(desk, given, found)
