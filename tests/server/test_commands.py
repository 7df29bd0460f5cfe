"""The district's own people run the hub from the command line, in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from sync.server.commands import run
from sync.server.premises import Premises
from tests.server.conftest import DISTRICT, MONDAY, TOWN, VILLAGE

Tell = Callable[..., list[str]]


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    """Runs one command on a founded hub and gives its lines; `code` is the exit code it must have."""
    random = Random(4)

    def told(*words: str, code: int = 0) -> list[str]:
        lines: list[str] = []
        where = ["--folder", str(tmp_path / "区 中心"), *words]
        assert run(where, clock_ms=lambda: MONDAY, random_bytes=random.randbytes, say=lines.append) == code, (
            lines
        )
        return lines

    told("init", "--district", DISTRICT, "--host", "hub.example")
    return told


def test_a_hub_is_founded_once_with_its_places(tell: Tell) -> None:
    assert tell("init", "--district", DISTRICT, code=1) == ["这里已经有区中心了，不能再建。"]
    assert tell("verify") == ["都对得上。"]
    assert tell("codes", "list") == []


def test_where_there_is_no_hub_nothing_is_made(tmp_path: Path) -> None:
    lines: list[str] = []
    words = ["--folder", str(tmp_path / "none"), "verify"]
    assert run(words, clock_ms=lambda: MONDAY, random_bytes=Random(1).randbytes, say=lines.append) == 1
    assert lines == ["这里还没有区中心，请先用 init 建。"]
    assert not (tmp_path / "none").exists()


def test_codes_are_made_by_name_or_code_and_a_name_held_twice_is_asked_back(tell: Tell) -> None:
    assert tell("codes", "make", "花所镇")[0].startswith("入网码：")
    assert tell("codes", "make", VILLAGE)[0].startswith("入网码：")
    assert [line.split("\t")[0] for line in tell("codes", "list")] == [TOWN, VILLAGE]
    assert tell("codes", "make", "月球", code=1) == ["没有叫“月球”的地方"]


def test_people_are_added_listed_and_ended(tell: Tell) -> None:
    (line,) = tell(
        "accounts", "add", "--name", "马秀兰", "--place", TOWN, "--role", "乡镇综治", "--role", "mediator"
    )
    account = line.split("\t")[1]
    assert "乡镇综治、调解员" in tell("accounts", "list", "--place", TOWN)[0]
    assert tell("accounts", "list", "--place", VILLAGE) == []
    tell("accounts", "end", account, "--day", "2026-12-31")
    assert tell("accounts", "list")[0].endswith("到 2026-12-31")
    assert tell("accounts", "end", "nobody", code=1) == ["没有编号是“nobody”的记录"]
    assert "可以是" in tell("accounts", "add", "--name", "x", "--place", TOWN, "--role", "皇帝", code=1)[0]
    assert tell("accounts", "end", account, "--day", "明天", code=1)[0].startswith("没有收下：")


def test_committees_and_mediators_are_registered(tell: Tell) -> None:
    (line,) = tell("orgs", "add", "--name", "花所镇人民调解委员会", "--short", "花所", "--place", TOWN,
                   "--kind", "乡镇街道")  # fmt: skip
    org = line.split("\t")[1]
    tell("mediators", "add", "--org", org, "--name", "王大庆", "--phone", "13800000000", "--sex", "1")
    assert [line.split("\t")[1:] for line in tell("mediators", "list")] == [["王大庆", TOWN, "委员"]]
    assert [line.split("\t")[1:] for line in tell("orgs", "list")] == [["花所镇人民调解委员会", TOWN, "在用"]]


def test_a_file_of_records_is_taken_whole_or_not_at_all(tell: Tell, tmp_path: Path) -> None:
    org = {
        "full_name": "甲",
        "short_name": "甲",
        "kind": "村",
        "place_code": VILLAGE,
        "term_from": "2026-01-01",
    }
    good = {"type": "mediation_org", "fields": {**org, "status": "在用"}}
    file = tmp_path / "记录.jsonl"
    lines = [json.dumps(good, ensure_ascii=False), "", json.dumps({"type": "mediation_org", "fields": org})]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert tell("import", str(file), code=1) == ["第 3 行：还没填“状态”"]
    assert tell("orgs", "list") == []
    file.write_text(lines[0], encoding="utf-8")
    assert tell("import", str(file)) == ["已收下 1 条。"]
    file.write_text("{", encoding="utf-8")
    assert tell("import", str(file), code=1)[0].startswith("第 1 行：")


def test_everything_can_be_carried_away_as_plain_lines(tell: Tell, tmp_path: Path) -> None:
    standing, journal = tmp_path / "现状.jsonl", tmp_path / "日志.jsonl"
    tell("export", str(standing))
    tell("export", str(journal), "--journal")
    records = [json.loads(line) for line in standing.read_text(encoding="utf-8").splitlines()]
    changes = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    assert {"type", "record", "no", "fields"} == set(records[0])
    assert [c["no"] for c in changes] == list(range(1, len(records) + 1))


def test_a_restored_hub_gets_a_new_epoch(tell: Tell, tmp_path: Path) -> None:
    premises = Premises(tmp_path / "区 中心", clock_ms=lambda: MONDAY, random_bytes=Random(1).randbytes)
    epochs = []
    for _ in range(2):
        hub = premises.open()
        epochs.append(hub.charter().epoch)
        hub.close()
        tell("new-epoch")
    assert epochs[0] != epochs[1]


def test_the_certificate_can_be_made_for_a_new_name(tell: Tell, tmp_path: Path) -> None:
    before = (tmp_path / "区 中心" / "server.pem").read_bytes()
    tell("certificate", "--host", "new.example")
    assert (tmp_path / "区 中心" / "server.pem").read_bytes() != before
    assert "new.example" in (tmp_path / "区 中心" / "hub.json").read_text(encoding="utf-8")


def test_devices_and_refusals_are_shown(tell: Tell, tmp_path: Path) -> None:
    assert tell("devices", "list") == []
    assert tell("refusals") == []
    assert tell("devices", "revoke", "nothing", "--reason", "丢了", code=1) == ["没有编号是“nothing”的记录"]


def test_a_wrong_database_is_told_and_changes_nothing(tmp_path: Path) -> None:
    lines: list[str] = []
    words = ["--folder", str(tmp_path / "x"), "init", "--district", DISTRICT, "--url", "nonsense"]
    assert run(words, clock_ms=lambda: MONDAY, random_bytes=Random(1).randbytes, say=lines.append) == 1
    assert lines == ["数据库地址写得不对。"]


def test_a_village_is_merged_only_after_a_look_at_how_much_moves(tell: Tell) -> None:
    (asked,) = tell("merge-place", VILLAGE, "620802107201", code=1)
    assert "0 件纠纷" in asked
    assert "没有动" in asked
    assert tell("merge-place", VILLAGE, "620802107201", "--yes")[0].startswith("已并好：0 件")
    assert tell("merge-place", VILLAGE, "620802107201", "--yes", code=1) == ["其中一个地方已经并掉了"]
    assert tell("codes", "make", VILLAGE, code=1) == ["这个地方已经并到别处了，给并到的地方开"]
    assert tell("verify") == ["都对得上。"]


def test_old_matters_are_shelved_by_a_rule_and_only_when_said_twice(tell: Tell) -> None:
    assert tell("keep", "短期", "--years", "5") == ["短期：办结 5 年后收到区里。"]
    assert tell("keep", "短期", "--never") == ["短期：一直留在各台电脑上。"]
    assert tell("shelve")[0].endswith("要收就加 --yes。")
    assert tell("shelve", "--yes")[0].startswith("已收到区里 0 件")


def test_a_device_nobody_knows_is_neither_readmitted_nor_allowed_much(tell: Tell) -> None:
    for words in (("readmit", "nobody"), ("allow-many", "nobody")):
        assert tell("devices", *words, code=1) == ["没有编号是“nobody”的记录"]
