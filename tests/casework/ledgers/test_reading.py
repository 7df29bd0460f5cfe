"""Whole files: what each row became, that none is lost, and that reading can be stopped."""

import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from desktop.casework.ledgers import (
    LedgerContext,
    LedgerReading,
    LedgerRefused,
    LedgerRow,
    Refusal,
    RowKind,
    open_ledger,
    preview,
    read,
    with_extras,
)
from desktop.demo.ledger import invented_disputes, write_village_ledger
from sync.records.dispute import DISPUTE
from sync.records.party import PARTY
from tests import ledger_files
from tests.casework.ledgers.conftest import HUASUO
from tests.ledger_files import LEDGER_HEADINGS, ledger_row, write_rows

MAKERS = [
    ledger_files.plain_xlsx, ledger_files.province_xlsx, ledger_files.merged_xlsx, ledger_files.old_xls,
    ledger_files.delimited, ledger_files.several_sheets_xlsx,
]  # fmt: skip
SHORT = ["序号", "排查日期", "当事人", "纠纷类型", "涉及人数", "涉及金额", "简要情况", "目前进展"]


def rows_of(reading: LedgerReading) -> list[LedgerRow]:
    return [row for row in reading.rows if row.kind is RowKind.DATA]


def read_rows(folder: Path, context: LedgerContext, headings: list[str], *rows: list[object]) -> LedgerReading:
    return read(write_rows(folder / "台账 2026.xlsx", [headings, *rows]), context)


def reasons(row: LedgerRow, level: str = "warn") -> str:
    return "；".join(f"{t.column}{t.heading}:{t.reason}" for t in row.troubles if t.level == level)


@pytest.mark.parametrize("make", MAKERS)
def test_no_row_is_lost_whatever_the_file(tmp_path: Path, random: Random, context: LedgerContext, make: object) -> None:
    path = make(tmp_path, random)  # type: ignore[operator]
    reading = read(path, context)
    sheets = {sheet.name: len(sheet.rows) for sheet in open_ledger(path).sheets if not sheet.is_hidden}
    assert sum(reading.counts().values()) == sum(sheets.values())
    for name, height in sheets.items():
        assert [row.number for row in reading.rows if row.sheet == name] == list(range(1, height + 1))


@pytest.mark.parametrize("make", MAKERS)
def test_what_is_read_fits_the_declaration(
    tmp_path: Path, random: Random, context: LedgerContext, make: object
) -> None:
    for row in rows_of(read(make(tmp_path, random), context)):  # type: ignore[operator]
        assert not row.is_refused, row.reason
        assert set(row.values) <= set(DISPUTE.by_name)
        assert {"found_date", "title", "summary", "zz_type", "place_code", "people_count"} <= set(row.values)
        assert all(set(party) <= set(PARTY.by_name) and {"name", "side", "kind"} <= set(party) for party in row.parties)


def test_the_ledger_columns_are_read_field_for_field(tmp_path: Path, random: Random, context: LedgerContext) -> None:
    invented = invented_disputes(Random(7), 30)
    found = rows_of(read(ledger_files.plain_xlsx(tmp_path, Random(7)), context))
    for number, (row, dispute) in enumerate(zip(found, invented, strict=True), start=1):
        assert row.number == number + 2
        assert row.values["found_date"] == dispute.found.isoformat()
        assert row.values["zz_type"] == dispute.zz_type
        assert row.values["amount_cents"] == dispute.amount_yuan * 100
        assert row.values["people_count"] == dispute.people
        assert row.values["place_code"] == HUASUO
        assert row.values["summary"] == dispute.story
        assert row.values.get("end_date") == (dispute.ended.isoformat() if dispute.ended else None)
        assert [party["name"] for party in row.parties] == [dispute.first, dispute.second]
        assert [(extra.heading, extra.text) for extra in row.extras] == [("备注", f"样例{number}")]


def test_the_provincial_columns_are_read(tmp_path: Path, random: Random, context: LedgerContext) -> None:
    row = next(
        row
        for row in rows_of(read(ledger_files.province_xlsx(tmp_path, random), context))
        if row.beside["agreement"].get("form")
    )
    assert row.values["matter_code"].startswith("样P")  # type: ignore[union-attr]
    assert row.values["found_date"] == row.values["accept_date"]
    assert row.values["end_reason"] == "12"
    assert row.values["migrant_worker"] is False
    assert row.beside["agreement"]["performance"] == "已履行"
    assert row.names["host_mediator"] == "主办某"
    assert {"协议履行情况", "主办调解员", "调解书编号"} <= {extra.heading for extra in row.extras}


def test_one_dispute_written_ten_ways_reads_the_same(tmp_path: Path, context: LedgerContext) -> None:
    dispute = next(d for d in invented_disputes(Random(4), 50) if d.amount_yuan and d.ended)
    path = write_rows(tmp_path / "2026年.xlsx", [LEDGER_HEADINGS, *ledger_files.untidy_rows(dispute)])
    found = rows_of(read(path, context))
    assert len(found) == 10
    assert {str(sorted(row.values.items())) for row in found} == {str(sorted(found[0].values.items()))}
    assert len({row.key for row in found}) == 1
    assert len({row.digest for row in found}) == 10
    assert "是不是同一件" in reasons(found[1])


def test_merged_cells_months_and_repeats_of_the_header(tmp_path: Path, random: Random, context: LedgerContext) -> None:
    reading = read(ledger_files.merged_xlsx(tmp_path, random), context)
    assert dict(reading.counts()) == {"title": 1, "blank": 4, "header": 3, "data": 8, "total": 1, "note": 1}
    assert len(reading.tables) == 1
    for row in rows_of(reading):
        assert row.values["place_code"] == HUASUO
        assert [party["side"] for party in row.parties] == ["甲", "乙"]
        assert all(party["phone"] for party in row.parties)
        assert not row.troubles


def test_hidden_and_plain_sheets_are_named_not_swallowed(
    tmp_path: Path, random: Random, context: LedgerContext
) -> None:
    reading = read(ledger_files.several_sheets_xlsx(tmp_path, random), context)
    assert reading.counts()[RowKind.DATA] == 10
    assert reading.counts()[RowKind.OUTSIDE] == 2
    assert [notice.split("”")[0] for notice in reading.notices] == ["“码表", "“说明"]


def test_a_dispute_over_two_lines_is_one_dispute(tmp_path: Path, context: LedgerContext) -> None:
    headings = ["序号", "排查日期", "当事人", "联系电话", "纠纷类型", "简要情况"]
    path = write_rows(
        tmp_path / "2026.xlsx",
        [headings, [1, "2026.3.5", "张三", "13812345678", "邻里", "渗水"], ["", "", "李四", "13912345678"],
         [2, "2026.3.6", "王五、赵六", "", "借钱", "不还"]],
        merges=[(1, 0, 2, 0), (1, 1, 2, 1), (1, 4, 2, 4), (1, 5, 2, 5)],
    )  # fmt: skip
    reading = read(path, context)
    assert dict(reading.counts()) == {"header": 1, "data": 2, "part": 1}
    first = rows_of(reading)[0]
    assert first.parts == [3]
    assert [(party["name"], party["phone"]) for party in first.parties] == [
        ("张三", "13812345678"), ("李四", "13912345678"),
    ]  # fmt: skip
    assert first.values["people_count"] == 2


def test_a_line_of_parties_alone_belongs_to_the_dispute_above(tmp_path: Path, context: LedgerContext) -> None:
    reading = read_rows(tmp_path, context, SHORT, [1, "2026.3.5", "张三", "邻里", "", "", "渗水", ""], ["", "", "李四"],
                        [], ["", "", "王五"])  # fmt: skip
    assert [row.kind.value for row in reading.rows] == ["header", "data", "part", "blank", "data"]
    assert [party["name"] for party in reading.rows[1].parties] == ["张三", "李四"]
    assert "第 3 行只有当事人" in reasons(reading.rows[1])
    assert reading.rows[4].is_refused


def test_a_number_merged_over_several_disputes_is_doubted(tmp_path: Path, context: LedgerContext) -> None:
    rows = [
        [1, "2026.3.5", "张三、李四", "借钱", 2, 5000, "不还", ""],
        [2, "2026.3.6", "王五、赵六", "借钱", 2, "", "也不还", ""],
    ]
    path = write_rows(tmp_path / "2026.xlsx", [SHORT, *rows], merges=[(1, 5, 2, 5)])
    second = rows_of(read(path, context))[1]
    assert second.values["amount_cents"] == 500_000
    assert "F涉及金额:这一格是几行合并的" in reasons(second)


def test_what_cannot_be_used_says_where_and_why(tmp_path: Path, context: LedgerContext) -> None:
    reading = read_rows(
        tmp_path, context, SHORT,
        [1, "去年秋天", "张三、李四", "邻里", 2, "", "渗水", ""],
        [2, "2026.3.5", "张三、李四", "待定", 2, "", "渗水", ""],
        [3, "2026.3.5", "", "邻里", 2, "", "", ""],
        [4, "2026.3.5", "", "邻里", "", "", "村口路灯", ""],
        [5, "2026.3.5", "张三", "邻里", 2, "三五百", "很长" * 1001, "再看看"],
    )  # fmt: skip
    refused = list(reading.refused())
    assert [row.number for row in refused] == [2, 3, 4, 5, 6]
    assert "没有日期" in refused[0].reason
    assert [t.column for t in refused[0].troubles] == ["B", "B"]
    assert refused[1].reason == "类型“待定”没认出来，改成纠纷类型表里的一种"
    assert "不知道是哪件事" in refused[2].reason
    assert "看不出当事人有几个" in refused[3].reason
    assert "2,002 个字" in refused[4].reason
    assert reasons(refused[4]) == "F涉及金额:“三五百”没认出是多少钱；H目前进展:“再看看”没认出办到了哪一步"
    assert ("ZZ_TYPE", "待定") in reading.unknown_words()


def test_a_word_explained_once_lets_the_rows_in(tmp_path: Path, context: LedgerContext) -> None:
    row = [1, "2026.3.5", "张三、李四", "治安类", 2, "", "推搡", "再看看"]
    assert list(read_rows(tmp_path, context, SHORT, row).refused())
    taught = replace(context, word_choices={("ZZ_TYPE", "治安类"): "0303", ("CASE_STATUS", "再看看"): "30"})
    found = rows_of(read_rows(tmp_path, taught, SHORT, row))[0]
    assert (found.values["zz_type"], found.values["status"], found.troubles) == ("0303", "30", [])


def test_nothing_is_invented_that_the_ledger_does_not_say(tmp_path: Path, context: LedgerContext) -> None:
    headings = [*SHORT, "风险等级", "难易", "是否回访/满意度"]
    row = rows_of(
        read_rows(
            tmp_path, context, headings, [1, "2026.3.5", "张三、李四", "邻里", "", "", "渗水", "", "一般", "", "已回访"]
        )
    )[0]
    assert not {"risk", "difficulty", "status", "end_reason", "end_date", "amount_cents", "source"} & set(row.values)
    assert row.beside == {}
    assert row.values["people_count"] == 2
    assert "按写到的当事人算 2 人" in reasons(row)
    assert [(extra.heading, extra.text) for extra in row.extras] == [
        ("风险等级", "一般"),
        ("是否回访/满意度", "已回访"),
    ]


def test_satisfaction_is_taken_only_when_it_is_written(tmp_path: Path, context: LedgerContext) -> None:
    headings = [*SHORT, "满意度"]
    rows = rows_of(read_rows(tmp_path, context, headings,
                             [1, "2026.3.5", "张三、李四", "邻里", 2, "", "渗水", "已化解", "不满意"],
                             [2, "2026.3.6", "张三、李四", "邻里", 2, "", "渗水", "已化解", ""]))  # fmt: skip
    assert rows[0].beside == {"follow_up": {"satisfaction": "不满意"}}
    assert rows[1].beside == {}


def test_the_year_comes_from_title_sheet_or_file(tmp_path: Path, context: LedgerContext) -> None:
    row = [1, "3月5日", "张三、李四", "邻里", 2, "", "渗水", ""]
    cases = {
        "a.xlsx": ([["2024年台账"], SHORT, row], "台账", "2024-03-05"),
        "b.xlsx": ([["台账"], SHORT, row], "2025年3月", "2025-03-05"),
        "台账2023年.xlsx": ([["台账"], SHORT, row], "Sheet1", "2023-03-05"),
    }
    for name, (rows, sheet, day) in cases.items():
        found = rows_of(read(write_rows(tmp_path / name, rows, sheet=sheet), context))[0]
        assert found.values["found_date"] == day
    without = write_rows(tmp_path / "c.xlsx", [["台账"], SHORT, row])
    assert "没写是哪一年" in reasons(rows_of(read(without, context))[0])
    assert rows_of(read(without, replace(context, year=2022)))[0].values["found_date"] == "2022-03-05"


def test_the_place_comes_from_the_cell_the_title_or_the_desk(tmp_path: Path, context: LedgerContext) -> None:
    town = replace(context, home="620802107000")
    row = [1, "2026.3.5", "张三、李四", "邻里", 2, "", "渗水", ""]
    own = rows_of(read(write_rows(tmp_path / "a.xlsx", [["台账"], SHORT, row]), town))[0]
    titled = rows_of(read(write_rows(tmp_path / "b.xlsx", [["花所村台账"], SHORT, row]), town))[0]
    sheet = rows_of(read(write_rows(tmp_path / "c.xlsx", [SHORT, row], sheet="花所村"), town))[0]
    assert [found.values["place_code"] for found in (own, titled, sheet)] == ["620802107000", HUASUO, HUASUO]
    odd = rows_of(read_rows(tmp_path, town, [*SHORT, "所属村"], [*row, "王家沟"],
                            [1, "2026.3.6", *row[2:], "三社"], [1, "2026.3.7", *row[2:], "花所"]))  # fmt: skip
    assert [found.values["place_code"] for found in odd] == ["620802107000", "620802107000", HUASUO]
    assert "“王家沟”没认出是哪个村，先记在本单位" in reasons(odd[0])
    assert [found.values.get("place_text") for found in odd] == ["王家沟", "三社", None]
    assert not reasons(odd[1])


def test_unknown_columns_are_kept_word_for_word(tmp_path: Path, context: LedgerContext) -> None:
    headings = [*SHORT, "天气", "责任人", "联系电话"]
    row = rows_of(read_rows(tmp_path, context, headings,
                            [1, "2026.3.5", "张三、李四", "邻里", 2, "", "渗水", "", "下雨", "某主任",
                            13812345678]))[0]  # fmt: skip
    text, left_out = with_extras(str(row.values["summary"]), row.extras)
    assert text == "渗水\n天气：下雨\n联系电话：13812345678"
    assert left_out == []
    assert with_extras("渗水", row.extras, limit=8) == ("渗水\n天气：下雨", row.extras[1:])


def test_long_text_is_cut_only_with_the_whole_beside_it(tmp_path: Path, context: LedgerContext) -> None:
    name = "很长的责任人" * 20
    row = rows_of(
        read_rows(tmp_path, context, [*SHORT, "责任人"], [1, "2026.3.5", "张三、李四", "邻里", 2, "", "渗水", "", name])
    )[0]
    assert len(str(row.values["resp_person"])) == 50
    assert row.extras[0].text == name


def test_the_type_may_be_seen_in_the_title(tmp_path: Path, context: LedgerContext) -> None:
    headings = ["序号", "日期", "纠纷名称（当事人）", "简要情况"]
    found = rows_of(read_rows(tmp_path, context, headings, [1, "2026.3.5", "张三与李四宅基地纠纷", "占了过道"]))[0]
    assert found.values["zz_type"] == "0902"
    assert [party["name"] for party in found.parties] == ["张三", "李四"]
    assert "从名称看是“宅基地使用”" in reasons(found)


def test_repeats_in_the_file_are_known(tmp_path: Path, context: LedgerContext) -> None:
    row = [1, "2026.3.5", "张三、李四", "邻里", 2, "", "渗水", "已化解"]
    later = [3, "2026.3.5", "张三、李四", "邻里", 2, "", "渗水", "办结"]
    reading = read_rows(tmp_path, context, SHORT, row, [2, *row[1:]], later)
    assert [item.kind.value for item in reading.rows] == ["header", "data", "repeat", "data"]
    assert reading.rows[2].repeat_of == "台账:2"
    assert reading.rows[3].key == reading.rows[1].key
    assert "第 2 行一样" in reasons(reading.rows[3])


def test_the_same_dispute_has_the_same_key_in_another_file(
    tmp_path: Path, random: Random, context: LedgerContext
) -> None:
    dispute = invented_disputes(random, 1)[0]
    row = ledger_row(1, dispute)
    row[1] = ""
    spread = [["台账"], ["序号", *reversed(LEDGER_HEADINGS[1:])], [9, *reversed(row[1:])]]
    one = rows_of(read(write_rows(tmp_path / "三月.xlsx", [LEDGER_HEADINGS, row]), context))[0]
    two = rows_of(read(write_rows(tmp_path / "四月.xlsx", spread), context))[0]
    assert one.key == two.key
    assert len(one.key) == 64


def test_formula_errors_are_noted_and_blank(tmp_path: Path, context: LedgerContext) -> None:
    row = rows_of(read_rows(tmp_path, context, SHORT, [1, "2026.3.5", "张三、李四", "邻里", 2, "#REF!", "渗水", ""]))[0]
    assert "amount_cents" not in row.values
    assert "公式出错" in reasons(row)


def test_strange_days_are_pointed_out(tmp_path: Path, context: LedgerContext) -> None:
    rows = rows_of(read_rows(tmp_path, context, [*SHORT, "化解日期"],
                             [1, "2027.3.5", "张三、李四", "邻里", 2, "", "渗水", "", ""],
                             [2, "2026.3.5", "王五、李四", "邻里", 2, "", "渗水", "", "2026.2.1"]))  # fmt: skip
    assert "在今天以后" in reasons(rows[0])
    assert "早于登记日期" in reasons(rows[1])


def test_the_choice_of_columns_is_remembered_by_shape(tmp_path: Path, context: LedgerContext) -> None:
    path = write_rows(
        tmp_path / "2026.xlsx", [["何时", "何人", "何事", "何类"], ["2026.3.5", "张三、李四", "吵架", "邻里"]]
    )
    guess = read(path, context).tables[0].mapping
    chosen = guess
    for column, key in enumerate(("found_date", "parties", "summary", "zz_type")):
        chosen = chosen.with_choice(column, key)
    row = rows_of(read(path, replace(context, mappings={guess.shape: chosen.keys})))[0]
    assert (row.values["found_date"], row.values["summary"], len(row.parties)) == ("2026-03-05", "吵架", 2)


def test_a_file_without_a_table_is_refused(tmp_path: Path, context: LedgerContext) -> None:
    path = tmp_path / "日记.txt"
    path.write_text("今天天气不错\n没什么事\n", encoding="utf-8")
    with pytest.raises(LedgerRefused) as refused:
        read(path, context)
    assert refused.value.code == Refusal.NO_TABLE


def test_a_preview_shows_the_first_rows_and_the_columns(tmp_path: Path, random: Random, context: LedgerContext) -> None:
    shown = preview(ledger_files.plain_xlsx(tmp_path, random), context, first_rows=5)
    assert len(rows_of(shown)) == 5
    assert shown.tables[0].mapping.column_of("summary") == 9


def test_ten_thousand_rows_read_in_seconds_with_progress(
    tmp_path: Path, random: Random, context: LedgerContext
) -> None:
    path = ledger_files.long_xlsx(tmp_path, random)
    steps: list[tuple[str, int, int]] = []
    start = time.process_time()
    reading = read(path, context, on_progress=lambda *step: steps.append(step))
    assert time.process_time() - start < 10
    assert reading.counts()[RowKind.DATA] == 10_000
    assert {step for step, _, _ in steps} == {"读文件", "认行"}
    for name in ("读文件", "认行"):
        done = [step[1] for step in steps if step[0] == name]
        assert done == sorted(done)
        assert steps[-1][1] == steps[-1][2] == 10_002


@pytest.mark.parametrize("step", ["读文件", "认行"])
def test_reading_stops_when_asked_and_says_so(
    tmp_path: Path, random: Random, context: LedgerContext, step: str
) -> None:
    seen: list[str] = []
    path = ledger_files.plain_xlsx(tmp_path, random, count=1500)
    reading = read(path, context, on_progress=lambda name, *_: seen.append(name), cancelled=lambda: step in seen)
    assert reading.is_cancelled
    assert len(reading.rows) < 1500
    assert bool(reading.rows) == (step == "认行")


def test_the_demo_ledger_reads_as_its_maker_says(tmp_path: Path, random: Random, context: LedgerContext) -> None:
    disputes = write_village_ledger(tmp_path / "花所村 台账.xlsx", random)
    reading = read(tmp_path / "花所村 台账.xlsx", context)
    good = list(reading.disputes())
    assert [row.values["zz_type"] for row in good] == [dispute.zz_type for dispute in disputes]
    assert [row.values["found_date"] for row in good] == [dispute.found.isoformat() for dispute in disputes]
    assert all(party["phone"] for row in good for party in row.parties)
    assert reading.counts()[RowKind.REPEAT] == 1
    assert len(list(reading.refused())) == 1
    assert "编的" in reading.tables[0].titles[0]
