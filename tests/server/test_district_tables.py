"""Holidays, papers and subsidy rates are taken from files, whole or not at all, and reach every desk."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.records import RECORD_TYPES, codes
from sync.server.offices import Unclear
from tests.server.conftest import VILLAGE, District
from tests.server.test_commands import tell

Tell = Callable[..., list[str]]
__all__ = ["tell"]

HOLIDAYS = {
    "year": 2027, "provisional": False, "source": "编的",
    "rest": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}], "work": ["2027-01-09"],
}  # fmt: skip


def written(path: Path, what: object) -> Path:
    path.write_text(what if isinstance(what, str) else json.dumps(what, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_year_of_holidays_reaches_a_village_and_is_replaced_by_a_later_file(
    district: District, tmp_path: Path
) -> None:
    desk = district.desk(VILLAGE)
    assert district.hub.take_holidays(written(tmp_path / "2027 年.json", HOLIDAYS)) == 2027
    desk.round()
    ((record, found),) = [(r, desk.holds(r)) for r in desk.entries if "days" in desk.holds(r)]
    assert [day["on"] for day in found["days"]] == ["2027-01-01", "2027-01-02", "2027-01-03", "2027-01-09"]
    assert found["days"][-1]["works"] is True
    district.hub.take_holidays(written(tmp_path / "2027 改.json", {**HOLIDAYS, "work": []}))
    desk.round()
    assert len(desk.holds(record)["days"]) == 3


def test_every_year_that_comes_with_the_program_can_be_taken(district: District) -> None:
    files = sorted((codes.folder().parent / "holidays").glob("*.json"))
    assert [district.hub.take_holidays(file) for file in files] == [int(file.stem) for file in files]


@pytest.mark.parametrize(
    ("bent", "words"),
    [
        ({"provisional": True}, "还没公布"),
        ({"rest": [{"name": "元旦", "from": "2027-01-03", "to": "2027-01-01"}]}, "日子不对"),
        ({"rest": [{"name": "元旦", "from": "2027-01-01", "to": "2027-12-31"}]}, "日子不对"),
        ({"work": ["2020-01-01"]}, "前后的日子"),
        ({"work": ["2027-01-01"]}, "每条要有自己的编号"),
        ({"year": "明年"}, "不是放假安排的格式"),
    ],
)
def test_what_is_no_announcement_is_not_taken(
    district: District, tmp_path: Path, bent: dict[str, object], words: str
) -> None:
    before = len(district.hub.journal())
    with pytest.raises(Unclear, match=words):
        district.hub.take_holidays(written(tmp_path / "坏 的.json", {**HOLIDAYS, **bent}))
    assert len(district.hub.journal()) == before


def test_papers_are_taken_by_their_names_and_changed_by_them(district: District, tmp_path: Path) -> None:
    written(tmp_path / "卷宗封面.txt", "题：卷宗\n")
    written(tmp_path / "封底.txt", "立卷人：\n")
    assert district.hub.take_papers(tmp_path) == 2
    before = len(district.hub.journal())
    assert district.hub.take_papers(tmp_path) == 2
    assert len(district.hub.journal()) == before, "nothing new is nothing written"
    written(tmp_path / "封底.txt", "检查人：\n")
    district.hub.take_papers(tmp_path)
    desk = district.desk(VILLAGE)
    desk.round()
    held = {f["name"]: f["body"] for r in desk.entries if "body" in (f := desk.holds(r))}
    assert held == {"卷宗封面": "题：卷宗\n", "封底": "检查人：\n"}
    written(tmp_path / "太长.txt", "字" * (RECORD_TYPES["paper_template"].by_name["body"].limit + 1))
    with pytest.raises(Unclear, match=r"太长.txt：.*最多"):
        district.hub.take_papers(tmp_path)


def test_rates_are_taken_from_a_table_as_excel_writes_it(district: District, tmp_path: Path) -> None:
    file = tmp_path / "补贴 标准.csv"
    lines = ["哪一档,每件多少,什么样的件,从哪天起,到哪天止", "简易,50,当场调成的,2026-01-01,"]
    lines.append("疑难,300.5,,2026-01-01,2026-12-31")
    file.write_bytes("\r\n".join(lines).encode("gb18030"))
    assert district.hub.take_subsidies(file) == 2
    desk = district.desk(VILLAGE)
    desk.round()
    held = {f["name"]: f for r in desk.entries if "amount_cents" in (f := desk.holds(r))}
    assert held["疑难"]["amount_cents"] == 30_050
    assert held["简易"]["terms"] == "当场调成的"
    file.write_bytes("\r\n".join([lines[0], "简易,60,,2026-01-01,"]).encode("utf-8-sig"))
    assert district.hub.take_subsidies(file) == 1
    desk.round()
    held = {f["name"]: f for r in desk.entries if "amount_cents" in (f := desk.holds(r))}
    assert (held["简易"]["amount_cents"], held["简易"].get("terms"), len(held)) == (6_000, None, 2)


@pytest.mark.parametrize(
    ("line", "words"),
    [("简易,很多,2026-01-01", "第 3 行：“每件多少”"), ("简易,1.234,2026-01-01", "最多写到分"),
     ("简易,50,正月", "没有这一天"), (",50,2026-01-01", "还没填"), ("疑难,50,2026-01-01", "写了两遍"),
     ("简易,-5,2026-01-01", "应该在 0")],
)  # fmt: skip
def test_a_table_with_one_bad_line_is_not_taken_at_all(
    district: District, tmp_path: Path, line: str, words: str
) -> None:
    before = len(district.hub.journal())
    file = written(tmp_path / "标准.csv", f"哪一档,每件多少,从哪天起\n疑难,300,2026-01-01\n{line}\n")
    with pytest.raises(Unclear, match=words):
        district.hub.take_subsidies(file)
    assert len(district.hub.journal()) == before


def test_the_districts_people_do_it_from_the_command_line(tell: Tell, tmp_path: Path) -> None:
    assert tell("holidays", str(written(tmp_path / "2027.json", HOLIDAYS)))[0].startswith("2027 年的放假安排已收下")
    assert "没有文书样式" in tell("papers", "take", str(tmp_path), code=1)[0]
    written(tmp_path / "封底.txt", "立卷人：\n")
    assert tell("papers", "take", str(tmp_path))[0].startswith("已收下 1 种")
    rates = written(tmp_path / "标准.csv", "哪一档,每件多少,从哪天起\n疑难,300,2026-01-01\n")
    assert tell("subsidies", "take", str(rates))[0].startswith("已收下 1 档")
    org = tell("orgs", "add", "--name", "花所村人民调解委员会", "--short", "花所", "--place", VILLAGE)[0].split("\t")[1]
    assert tell("numbers", "--org", org, "--year", "2026") == ["花所村人民调解委员会 2026 年：没有空号。"]
    assert tell("numbers", "--org", "花所村人民调解委员会")[-1].endswith("没有空号。")
    assert "没有“月球”" in tell("numbers", "--org", "月球", code=1)[0]
