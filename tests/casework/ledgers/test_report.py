"""The report adds up, says where and why, and its refused rows can be mended and read again."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

from openpyxl import load_workbook

from desktop.casework.ledgers import LedgerContext, RowKind, read
from desktop.casework.ledgers.refused_sheet import REASON_HEADING
from desktop.casework.ledgers.report import LABELS, ImportReport, Outcome, save_refused_rows
from desktop.demo.ledger import write_village_ledger
from tests.ledger_files import write_rows

HEADINGS = ["序号", "排查日期", "当事人", "纠纷类型", "涉及人数", "简要情况", "备注"]


def village_report(folder: Path, random: Random, context: LedgerContext) -> ImportReport:
    write_village_ledger(folder / "花所村 台账.xlsx", random)
    report = ImportReport.of(read(folder / "花所村 台账.xlsx", context))
    for row in report.reading.disputes():
        report.imported(row)
    return report


def test_the_counts_add_up_to_the_rows(tmp_path: Path, random: Random, context: LedgerContext) -> None:
    report = village_report(tmp_path, random, context)
    counts = report.counts()
    assert sum(counts.values()) == len(report.reading.rows) == 32
    assert counts == {
        Outcome.IMPORTED: 24, Outcome.REPEAT: 1, Outcome.REFUSED: 1, Outcome.TITLE: 2, Outcome.HEADER: 2,
        Outcome.TOTAL: 1, Outcome.NOTE: 1,
    }  # fmt: skip
    assert set(LABELS) == set(Outcome)


def test_rows_the_importer_never_reached_are_not_forgotten(
    tmp_path: Path, random: Random, context: LedgerContext
) -> None:
    write_village_ledger(tmp_path / "台账.xlsx", random)
    report = ImportReport.of(read(tmp_path / "台账.xlsx", context))
    assert report.counts()[Outcome.NOT_REACHED] == 24


def test_the_report_is_plain_json(tmp_path: Path, random: Random, context: LedgerContext) -> None:
    report = village_report(tmp_path, random, context)
    row = next(report.reading.disputes())
    report.refuse(row, "案件编码已经用过")
    plain = json.loads(json.dumps(report.to_json(), ensure_ascii=False))
    assert plain["file"] == "花所村 台账.xlsx"
    assert sum(plain["counts"].values()) == plain["rows"]
    assert plain["tables"][0]["columns"][1] == {"column": "B", "heading": "排查日期", "key": "found_date"}
    assert {"sheet": "台账", "row": 30, "column": "G", "heading": "纠纷类型", "level": "refuse",
            "reason": "类型“待定”没认出来，改成纠纷类型表里的一种"} in plain["troubles"]  # fmt: skip
    assert any(trouble["reason"] == "案件编码已经用过" for trouble in plain["troubles"])


def test_refused_rows_are_mended_and_read_again(tmp_path: Path, random: Random, context: LedgerContext) -> None:
    report = village_report(tmp_path, random, context)
    mend = tmp_path / "要改的 2.xlsx"
    assert save_refused_rows(report, mend) == 1
    book = load_workbook(mend)
    sheet = book["台账"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    columns = {cell.value: cell.column for cell in header}
    line = header[0].row + 1
    assert "待定" in sheet.cell(line, columns[REASON_HEADING]).value
    assert "第 30 行" in sheet.cell(line, columns["原来在哪里"]).value
    sheet.cell(line, columns["纠纷类型"]).value = "邻里"
    book.save(mend)
    again = read(mend, context)
    mended = next(again.disputes())
    before = report.refused_rows()[0]
    assert mended.values == before.values | {"zz_type": "02", "rmtj_type": "02"}
    assert mended.parties == before.parties
    assert not list(again.refused())
    assert not any(extra.heading in (REASON_HEADING, "原来在哪里") for extra in mended.extras)


def test_refused_rows_keep_the_chosen_columns_and_their_digest(tmp_path: Path, context: LedgerContext) -> None:
    headings = ["何时", "何人", "何事", "何类"]
    path = write_rows(tmp_path / "2026.xlsx", [headings, ["2026.3.5", "张三、李四", "吵架", "待定"]])
    shape = read(path, context).tables[0].mapping.shape
    knowing = replace(context, mappings={shape: ("found_date", "parties", "summary", "zz_type")})
    first = read(path, knowing)
    for round_ in (1, 2):
        report = ImportReport.of(read(path, knowing))
        path = tmp_path / f"要改{round_}.xlsx"
        assert save_refused_rows(report, path) == 1
    again = read(path, knowing)
    assert again.tables[0].mapping.headings == (*headings, REASON_HEADING, "原来在哪里")
    assert [row.digest for row in again.refused()] == [row.digest for row in first.refused()]


def test_a_refused_dispute_of_two_lines_stays_one(tmp_path: Path, context: LedgerContext) -> None:
    path = write_rows(
        tmp_path / "2026年.xlsx",
        [
            HEADINGS,
            [1, "2026.3.5", "张三", "待定", 2, "渗水"],
            ["", "", "李四"],
            [2, "何时", "王五", "邻里", 2, "=1+1"],
        ],
        merges=[(1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 2, 3), (1, 5, 2, 5)],
    )
    report = ImportReport.of(read(path, context))
    mend = tmp_path / "要改.xlsx"
    assert save_refused_rows(report, mend) == 2
    again = read(mend, context)
    assert again.counts()[RowKind.PART] == 1
    assert [len(row.parties) for row in again.refused()] == [2, 1]
    assert [row.values.get("summary") for row in again.refused()] == ["渗水", "=1+1"]


def test_rows_of_several_tables_keep_their_own_headings(tmp_path: Path, context: LedgerContext) -> None:
    other = ["编号", "登记时间", "申请人", "被申请人", "纠纷类别", "主要内容", "处理结果"]
    path = write_rows(
        tmp_path / "2026年.xlsx",
        [HEADINGS, [1, "何时", "张三、李四", "邻里", 2, "渗水"], [], ["二季度"], other,
         [1, "何时", "王五", "赵六", "邻里", "占道", "办结"]],
    )  # fmt: skip
    mend = tmp_path / "要改.xlsx"
    assert save_refused_rows(ImportReport.of(read(path, context)), mend) == 2
    shapes = [[cell.value for cell in row] for sheet in load_workbook(mend) for row in sheet.iter_rows()]
    assert sum("被申请人" in shape for shape in shapes) == 1
    assert sum("备注" in shape for shape in shapes) == 1


def test_nothing_refused_leaves_a_file_that_says_so(tmp_path: Path, context: LedgerContext) -> None:
    path = write_rows(tmp_path / "2026.xlsx", [HEADINGS, [1, "2026.3.5", "张三、李四", "邻里", 2, "渗水"]])
    assert save_refused_rows(ImportReport.of(read(path, context)), tmp_path / "要改.xlsx") == 0
    assert load_workbook(tmp_path / "要改.xlsx").sheetnames == ["没有要改的"]
