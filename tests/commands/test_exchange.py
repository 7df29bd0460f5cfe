"""enrol, sync, code, status: against a real hub over TLS."""

import re
from pathlib import Path

from tests.commands.conftest import DISTRICT, SECRET, TOWNSHIP, VILLAGE, District, Seat
from tests.commands.matters import dispute, write_lines


def test_a_pc_enrols_with_a_one_time_code_and_prints_its_recovery_code_once(district: District) -> None:
    district.account("马某甲", VILLAGE, "village")
    seat = Seat(district.root / "新 电脑")
    code = district.code(VILLAGE)
    said = seat.process("enrol", "--hub", district.service.url, "--person", "马某甲", FENGQIAO_CODE=code)
    assert "花所村委会，马某甲" in said.out
    assert len(re.findall(r"恢复码（只显示这一次，抄下来锁好）：(\S+)", said.out)) == 1
    status = seat("status", "--json").json
    assert (status["place"], status["person"], status["all_agreed"]) == (VILLAGE, "马某甲", True)
    again = seat.process("enrol", "--hub", district.service.url, FENGQIAO_CODE="x", code=1)
    assert "没有再接入" in again.errors


def test_the_code_may_lie_in_a_file_and_the_answer_be_json(district: District) -> None:
    district.account("马某乙", VILLAGE, "village")
    file = district.root / "入网 码.txt"
    file.write_text(f"\ufeff{district.code(VILLAGE)}\n".lower(), encoding="utf-8")
    seat = Seat(district.root / "另一台")
    said = seat.process("enrol", "--hub", district.service.url, "--code-file", file, "--person", "马某乙", "--json")
    assert said.json["person"] == "马某乙"
    assert said.json["exchange"]["state"] == "agreed"


def test_a_wrong_code_leaves_nothing_behind(district: District) -> None:
    seat = Seat(district.root / "没成的")
    said = seat.process("enrol", "--hub", district.service.url, FENGQIAO_CODE="AAAA-BBBB", code=1)
    assert "不对" in said.errors
    assert "资料库" in seat("status", code=1).errors


def test_a_weak_secret_is_refused_before_the_code_is_used(district: District) -> None:
    seat = Seat(district.root / "弱的", secret="12345678")
    code = district.code(VILLAGE)
    assert "容易被猜到" in seat.process("enrol", "--hub", district.service.url, FENGQIAO_CODE=code, code=1).errors
    seat.secret = SECRET
    district.account("马某丙", VILLAGE, "village")
    seat.process("enrol", "--hub", district.service.url, "--person", "马某丙", FENGQIAO_CODE=code)


def test_what_one_desk_is_fed_the_township_reads(district: District, village: Seat, tmp_path: Path) -> None:
    township = district.seat("花所镇 电脑", TOWNSHIP, "township")
    told = dispute(title="甲某与乙某邻里纠纷")
    village("import", write_lines(tmp_path / "喂.jsonl", told))
    assert village.process("sync", "--json").json["state"] == "agreed"
    round_ = township.process("sync", "--json").json
    assert told["id"] in round_["records"]["dispute"]
    out = tmp_path / "取.jsonl"
    township("export", "--out", out, "--type", "dispute")
    assert told["id"] in out.read_text(encoding="utf-8")
    assert "一致" in village.process("sync").out


def test_a_round_without_a_line_is_trouble_and_loses_nothing(district: District, tmp_path: Path) -> None:
    seat = district.seat("断线的")
    seat("import", write_lines(tmp_path / "a.jsonl", dispute()))
    district.service.stop()
    try:
        said = seat.process("sync", "--json", code=1)
    finally:
        district.service.start()
    assert (said.json["state"], said.json["waiting"]) == ("none", 1)
    assert seat.process("sync", "--json").json["waiting"] == 0


def test_a_revoked_pc_gets_nothing(district: District) -> None:
    seat = district.seat("要停的")
    device = district.hub("devices", "list")[-1].split("\t")[0]
    district.hub("devices", "revoke", device, "--reason", "丢了")
    assert "停用" in seat.process("sync", code=1).out


def test_the_district_makes_an_enrolment_code_for_a_place_by_name(district: District, village: Seat) -> None:
    centre = district.seat("区 电脑", DISTRICT, "district")
    said = centre.process("code", "花所镇", "--json").json
    assert said["place"] == TOWNSHIP
    district.account("镇上的人", TOWNSHIP, "township")
    seat = Seat(district.root / "镇 二号")
    seat.process("enrol", "--hub", district.service.url, "--person", "镇上的人", FENGQIAO_CODE=said["code"])
    assert "没有开" in village.process("code", "花所镇", code=1).errors
    assert "没有叫" in centre.process("code", "没这个村", code=2).errors


def test_a_pc_the_district_has_lost_joins_again_with_all_it_has(district: District) -> None:
    seat = district.seat("再入网的")
    before = seat.process("export", "--out", seat.folder / "前.jsonl", "--json").json
    assert "重新接入了" in seat.process("rejoin", FENGQIAO_CODE=district.code(VILLAGE)).out
    assert seat.process("sync", "--json").json["state"] == "agreed"
    after = seat.process("export", "--out", seat.folder / "后.jsonl", "--json").json
    assert after["records"] == {**before["records"], "device": before["records"]["device"] + 1}
    other = seat.process("rejoin", code=1, FENGQIAO_CODE=district.code("花所镇"))
    assert "要一个这里的" in other.errors
    assert seat.process("shelved", "--json").json == {"shelved": []}
    assert "没有收到区里的旧件" in seat.process("shelved").out
