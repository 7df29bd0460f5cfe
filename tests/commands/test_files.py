"""import and export: ledgers and JSON Lines through real processes."""

import csv
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from sync.records import RECORD_TYPES
from tests.commands.conftest import ROOT, District, Seat
from tests.commands.matters import dispute, party, write_lines

HEAD = ("序号", "排查日期", "当事人", "类型", "涉及人数", "简要情况", "目前进展", "奇怪的列")


def row(n: int, kind: str = "邻里纠纷") -> tuple[object, ...]:
    return (n, "2026.3.5", f"马某{n}、安某某", kind, 2, f"因第{n}处地边争吵", "正在调解", f"杂记{n}")


def csv_ledger(path: Path, rows: Iterator[tuple[object, ...]], encoding: str = "gb18030") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([("花所村2026年矛盾纠纷排查台账",), HEAD, *rows])
    return path


def xlsx_ledger(path: Path, *rows: tuple[object, ...]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("台账")
        for line, cells in enumerate([HEAD, *rows]):
            sheet.write_row(line, 0, cells)
    return path


@pytest.fixture(scope="module")
def seat(district: District) -> Seat:
    return district.seat("导入 导出 电脑")


def test_a_ledger_comes_in_and_every_row_is_in_the_report(seat: Seat, tmp_path: Path) -> None:
    file = csv_ledger(tmp_path / "三月 台账.csv", (row(n) for n in range(1, 4)))
    report = seat("import", file).json
    assert (report["counts"]["imported"], report["counts"]["refused"]) == (3, 0)
    assert sum(report["counts"].values()) == report["rows"]
    assert seat("import", file).json["counts"]["repeat"] == 3


def test_refused_rows_come_out_as_a_table_that_can_be_mended(seat: Seat, tmp_path: Path) -> None:
    file = xlsx_ledger(tmp_path / "四月.xlsx", row(11), row(12, "没见过的类型"))
    mend, report = tmp_path / "要 改的.xlsx", tmp_path / "报告.json"
    said = seat("import", file, "--refused-rows", mend, "--report", report, code=1)
    assert said.out.strip() == "导入 1 行，没导入 1 行，表头 1 行。"
    told = json.loads(report.read_text(encoding="utf-8"))
    assert [(t["row"], t["level"]) for t in told["troubles"] if t["level"] == "refuse"] == [(3, "refuse")]
    cells = CalamineWorkbook.from_path(str(mend)).get_sheet_by_index(0).to_python()
    assert cells[-1][3] == "没见过的类型"
    assert "没认出来" in str(cells[-1])
    mended = [*row(12)[:3], "邻里纠纷", *row(12)[4:]]
    assert seat("import", xlsx_ledger(mend, tuple(mended))).json["counts"]["imported"] == 1


def test_a_trial_says_what_would_come_of_it_and_stores_nothing(seat: Seat, tmp_path: Path) -> None:
    file = xlsx_ledger(tmp_path / "五月.xlsx", row(21))
    trial = seat("import", file, "--dry-run").json
    assert (trial["tried"], trial["counts"]["imported"]) == (True, 1)
    assert seat("import", file).json["counts"]["imported"] == 1


def test_a_person_may_say_which_column_is_what(seat: Seat, tmp_path: Path) -> None:
    file = xlsx_ledger(tmp_path / "六月.xlsx", row(31))
    mapping = tmp_path / "列.json"
    mapping.write_text(json.dumps({"奇怪的列": "resp_person", "涉及人数": None}, ensure_ascii=False), encoding="utf-8")
    table = seat("import", file, "--mapping", mapping).json["tables"][0]
    keys = {column["heading"]: column["key"] for column in table["columns"]}
    assert (keys["奇怪的列"], keys["涉及人数"]) == ("resp_person", None)
    for wrong, word in (({"奇怪的列": "nothing"}, "没有“nothing”"), ({"没这列": None}, "没有“没这列”")):
        mapping.write_text(json.dumps(wrong), encoding="utf-8")
        assert word in seat("import", file, "--mapping", mapping, code=2).errors


def test_a_file_that_is_no_ledger_is_refused_in_plain_words(seat: Seat, tmp_path: Path) -> None:
    broken = tmp_path / "断了.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"x" * 100)
    for file in (broken, tmp_path / "没有.csv", tmp_path / "没有.jsonl"):
        said = seat("import", file, code=1)
        assert "没有动" in said.errors
        assert said.out == ""


def test_json_lines_go_in_and_come_out_field_for_field(seat: Seat, tmp_path: Path) -> None:
    first = dispute()
    child = party(first, "马某𬱖")
    report = seat("import", write_lines(tmp_path / "喂.jsonl", child, first)).json
    assert (report["created"], report["refused"], report["lines"]) == (2, 0, 2)
    out = tmp_path / "取 出.jsonl"
    counted = seat("export", "--out", out, "--json").json["records"]
    back = {line["id"]: line for line in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    assert len(back) == sum(counted.values())
    for line in (first, child):
        assert {name: back[line["id"]][name] for name in line} == line
    again = seat("import", out).json
    assert (again["same"], again["created"], again["changed"]) == (len(back), 0, 0)


def test_a_bad_line_is_listed_and_makes_the_exit_code_1(seat: Seat, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", dispute(risk="不知道"), dispute())
    report = seat("import", file, code=1).json
    assert (report["created"], report["refused"]) == (1, 1)
    assert [(t["line"], t["field"]) for t in report["troubles"]] == [(1, "risk")]


def test_workbooks_come_out_in_three_shapes(seat: Seat, tmp_path: Path) -> None:
    seat("import", write_lines(tmp_path / "a.jsonl", dispute()))
    for form, sheets in (("xlsx", 1 + len(RECORD_TYPES)), ("ledger", 1), ("province", 1)):
        out = tmp_path / f"{form}.xlsx"
        said = seat("export", "--format", form, "--out", out)
        assert said.out.startswith(f"已存到 {form}.xlsx")
        assert len(CalamineWorkbook.from_path(str(out)).sheet_names) == sheets
    assert "--type" in seat("export", "--format", "ledger", "--type", "party", "--out", out, code=2).errors


def test_a_place_that_takes_no_file_is_said_in_plain_words(seat: Seat, tmp_path: Path) -> None:
    said = seat("export", "--out", tmp_path / "没有" / "a.jsonl", code=1)
    assert "文件夹" in said.errors


def test_an_import_killed_in_the_middle_ends_with_nothing_twice_and_nothing_missing(seat: Seat, tmp_path: Path) -> None:
    file = csv_ledger(tmp_path / "大 台账.csv", (row(n) for n in range(1000, 1600)), "utf-8-sig")
    for patience in (1.5, 2.0):
        process = subprocess.Popen(
            seat.line("import", file), cwd=ROOT, env=seat.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
    counts = seat("import", file).json["counts"]
    assert (counts["imported"] + counts["repeat"], counts["refused"]) == (600, 0)
    out = tmp_path / "a.jsonl"
    seat("export", "--out", out, "--type", "dispute")
    told = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    rows = [line["origin_row"] for line in told if line.get("origin_file") == "大 台账.csv"]
    assert sorted(rows) == list(range(3, 603))
    assert len({line["matter_code"] for line in told}) == len(told)
    assert seat("verify").out.strip() == "都对得上。"


@pytest.mark.skipif(sys.platform == "win32", reason="a process of its own cannot be sent Ctrl+C alone there")
def test_ctrl_c_ends_an_import_with_its_report(seat: Seat, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "很多.jsonl", *(dispute() for _ in range(4000)))
    process = subprocess.Popen(
        seat.line("import", file), cwd=ROOT, env=seat.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    wal = seat.folder / "desk.db-wal"
    while process.poll() is None and not (wal.exists() and wal.stat().st_size > 2_000_000):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    report = json.loads(out)
    assert (process.returncode, report["cancelled"], errors) == (1, True, "")
    assert 0 < report["created"] < 4000
