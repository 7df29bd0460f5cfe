"""status, backup, restore, verify, person: keeping the desk safe."""

from pathlib import Path

import pytest

from desktop.store import Folder
from desktop.store.surroundings import real
from tests.commands.conftest import SECRET, VILLAGE, District, Seat
from tests.commands.matters import dispute, write_lines


@pytest.fixture(scope="module")
def seat(district: District) -> Seat:
    return district.seat("看护 电脑", person="马某戊")


def test_status_says_who_where_and_what_waits(seat: Seat, tmp_path: Path) -> None:
    seat("import", write_lines(tmp_path / "a.jsonl", dispute()))
    told = seat("status", "--json").json
    assert (told["place_name"], told["person"], told["waiting"]) == ("花所村委会", "马某戊", 1)
    assert not told["all_agreed"]
    words = seat("status").out
    assert "马某戊" in words
    assert "待传 1" in words
    seat("sync")
    assert seat("status", "--json").json["all_agreed"]


def test_a_backup_is_made_checked_and_can_be_gone_back_to(seat: Seat, tmp_path: Path) -> None:
    kept, lost = dispute(), dispute()
    seat("import", write_lines(tmp_path / "a.jsonl", kept))
    seat("sync")
    made = Path(seat("backup", "--json").json["file"])
    assert made.is_file()
    assert str(made) in seat("backup", "--list").out
    seat("import", write_lines(tmp_path / "b.jsonl", lost))
    assert "1 处没传到区里" in seat("restore", code=1).errors
    told = seat("restore", "--leave-unsent", "--json").json
    assert (Path(told["aside"]) / "desk.db").is_file()
    out = tmp_path / "c.jsonl"
    seat("export", "--out", out, "--type", "dispute")
    text = out.read_text(encoding="utf-8")
    assert kept["id"] in text
    assert lost["id"] not in text
    assert seat("sync", "--json").json["state"] == "agreed"
    assert seat("verify").out == "都对得上。\n"


def test_a_damaged_store_is_said_and_a_backup_brings_it_back(seat: Seat) -> None:
    seat("backup")
    file = seat.folder / "desk.db"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    said = seat("status", code=1)
    assert "坏了" in said.errors
    assert "恢复好了" in seat("restore").out
    assert seat("sync", "--json").json["state"] == "agreed"


def test_a_wrong_secret_says_how_many_tries_are_left(seat: Seat) -> None:
    said = seat("status", code=1, FENGQIAO_SECRET="不是这个")
    assert "还能试 4 次" in said.errors
    assert SECRET not in said.errors
    seat("status")


def test_a_secret_may_lie_in_a_file_and_is_never_asked_where_nobody_sits(seat: Seat, tmp_path: Path) -> None:
    file = tmp_path / "口 令.txt"
    file.write_text(f"{SECRET}\n第二行\n", encoding="utf-8")
    seat("status", "--secret-file", file, FENGQIAO_SECRET="")
    assert "没有键盘" in seat.process("status", code=1, FENGQIAO_SECRET="").errors
    assert "读不了" in seat("status", "--secret-file", tmp_path / "没有", code=1).errors


def test_a_second_person_gets_an_own_secret(district: District, seat: Seat) -> None:
    district.account("马某己", VILLAGE, "mediator")
    seat("sync")
    assert "没有的先请区里开账号" in seat("person", "add", "没这个人", code=2).errors
    seat("person", "add", "马某己", FENGQIAO_NEW_SECRET="另外一个密码 88")
    assert [one["name"] for one in seat("person", "list", "--json").json["people"]] == ["马某戊", "马某己"]
    assert "--as" in seat("status", code=2).errors
    other = seat("status", "--as", "马某己", "--json", FENGQIAO_SECRET="另外一个密码 88").json
    assert other["person"] == "马某己"
    seat("person", "secret", "--as", "马某己", FENGQIAO_SECRET="另外一个密码 88", FENGQIAO_NEW_SECRET="换过的密码 99")
    seat("status", "--as", "马某己", FENGQIAO_SECRET="换过的密码 99")
    seat("person", "remove", "马某己", "--as", "马某戊")
    assert [one["name"] for one in seat("person", "list", "--json").json["people"]] == ["马某戊"]
    assert "只有这一个人" in seat("person", "remove", "马某戊", code=1).errors


def test_a_forgotten_secret_is_replaced_by_the_recovery_code(district: District) -> None:
    district.account("马某庚", VILLAGE, "village")
    seat = Seat(district.root / "忘了密码")
    code = district.code(VILLAGE)
    told = seat("enrol", "--hub", district.service.url, "--person", "马某庚", "--json", FENGQIAO_CODE=code).json
    recovery = told["recovery_code"]
    seat("person", "secret", "--recover", FENGQIAO_RECOVERY_CODE=recovery, FENGQIAO_NEW_SECRET="想起来的密码 7")
    seat.secret = "想起来的密码 7"
    seat("status")
    wrong = seat("person", "secret", "--recover", code=1, FENGQIAO_RECOVERY_CODE="ABCD", FENGQIAO_NEW_SECRET="x" * 9)
    assert "恢复码不对" in wrong.errors


def test_a_desk_that_is_open_elsewhere_is_left_alone(seat: Seat) -> None:
    with Folder(seat.folder, real()).lock():
        assert "已经开着" in seat.process("sync", code=1).errors
    seat("status")
