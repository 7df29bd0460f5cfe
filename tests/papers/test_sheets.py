"""The record sheets, the office's ledger and the provincial shape, from plain data."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from desktop.papers.ledger import Layout, ledger_sheet
from desktop.papers.ledger_columns import CATALOGUE, USUAL
from desktop.papers.matter import Matter
from desktop.papers.province import COLUMNS as PROVINCE
from desktop.papers.province import province_sheet
from desktop.papers.record_sheets import record_sheet
from desktop.papers.workbook import write_workbook
from sync.records import RECORD_TYPES, Record
from sync.records.ids import uuid7
from sync.records.sample import sample

NAMES = {
    ("place", "620802107204"): "花所镇 花所村", ("account", "a-1"): "柳建国", ("mediator", "m-1"): "安秉义",
    ("mediation_org", "o-1"): "花所村人民调解委员会",
}  # fmt: skip
ID_NO = "620802190001010019"


def naming(kind: str, record: str) -> str:
    return NAMES.get((kind, record), "")


def matter(**dispute: object) -> Matter:
    fields: Record = {
        "matter_code": "62080210720420261123001001", "title": "马某甲与安某乙宅基地纠纷", "found_date": "2026-11-23",
        "place_code": "620802107204", "source": "12", "zz_type": "0902", "rmtj_type": "03", "people_count": 2,
        "amount_cents": 480000, "summary": "马某甲说安某乙的墙占了三十公分", "status": "30", "found_by": "a-1",
        "difficulty": "简单", "risk": "低", "deadline": "2026-12-23", "host_mediator_id": "m-1", "org_id": "o-1",
        "closed_session": False,
    }  # fmt: skip
    parties = ({"name": "马某甲", "id_no": ID_NO, "phone": "13809352207"}, {"name": "安某乙"})
    return Matter({**fields, **dispute}, parties)


def row(of: Matter, layout: Layout = Layout()) -> dict[str, object]:
    sheet = ledger_sheet([of], naming, layout)
    return dict(zip((c.heading for c in sheet.columns), next(iter(sheet.rows)), strict=True))


def test_the_ledger_has_the_columns_of_the_office() -> None:
    assert " · ".join(row(matter())) == (
        "序号 · 案件编码 · 排查日期 · 来源 · 所属乡镇/村/网格 · 纠纷名称（当事人） · 类型 · 涉及人数 · 涉及金额（元）"
        " · 简要情况 · 风险等级 · 难易 · 责任单位 · 责任人 · 包案领导 · 化解方式 · 化解时限 · 目前进展 · 化解情况"
        " · 化解日期 · 是否回访/满意度 · 是否移交及去向 · 备注"
    )
    found = row(matter())
    assert found["排查日期"] == date(2026, 11, 23)
    assert found["所属乡镇/村/网格"] == "花所镇 花所村"
    assert found["纠纷名称（当事人）"] == "马某甲与安某乙宅基地纠纷"
    assert (found["类型"], found["目前进展"], found["涉及金额（元）"]) == ("宅基地使用", "调解中", 480000)
    assert found["是否回访/满意度"] == found["是否移交及去向"] == ""


def test_every_column_of_the_catalogue_can_be_filled_and_has_a_heading_of_its_own() -> None:
    everything = Layout(tuple(CATALOGUE))
    whole = Matter(
        {**matter().dispute, "subsidy_class": "一般", "subsidy_cents": 20000, "referred_by": "区法院",
         "linkage": ["诉调对接"]},
        matter().parties,
        sessions=({"start_at": "2026-11-25T09:00:00+08:00"},),
        agreements=({"effective_date": "2026-11-26", "performance": "已履行", "confirm_state": "未申请"},),
        org={"kind": "村"},
    )  # fmt: skip
    found = row(whole, everything)
    assert len(found) == len(CATALOGUE)
    assert (found["以奖代补评定"], found["补贴（元）"], found["联合调解"]) == ("一般", 20000, "诉调对接")
    assert (found["调解次数"], found["最近调解"], found["协议生效"]) == (1, date(2026, 11, 25), date(2026, 11, 26))
    assert not {ID_NO, "13809352207"} & set(map(str, found.values()))
    assert set(USUAL) <= set(CATALOGUE)


def test_columns_stand_in_the_order_they_were_chosen_and_unknown_ones_are_left_out() -> None:
    assert [*row(matter(), Layout(("title", "seq", "of_a_newer_program", "amount")))] == [
        "纠纷名称（当事人）", "序号", "涉及金额（元）",
    ]  # fmt: skip
    assert len(row(matter(), Layout(("nothing_known",)))) == len(USUAL)


def test_the_last_line_adds_up_money_and_people(tmp_path: Path) -> None:
    layout = Layout(("seq", "title", "people_count", "amount"), totals=True)
    sheet = ledger_sheet([matter(), matter(amount_cents=None), matter(amount_cents=150)], naming, layout)
    assert write_workbook(tmp_path / "a.xlsx", [sheet]) == 3
    found = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name("台账").to_python()
    assert found[-1] == ["", "合计", 6.0, 4801.5]


def test_no_id_number_and_no_phone_enters_the_ledger() -> None:
    assert not {ID_NO, "13809352207"} & set(map(str, row(matter()).values()))


def test_a_minor_is_not_named_in_what_others_read() -> None:
    child = Matter(matter().dispute, ({"name": "马某甲", "is_minor": True}, {"name": "安某乙"}))
    for sheet in (ledger_sheet([child], naming), province_sheet([child], naming)):
        words = " ".join(str(cell) for cell in next(iter(sheet.rows)))
        assert "马某甲" not in words
        assert "马某某" in words


def test_an_answer_nobody_gave_is_not_made_up() -> None:
    quiet = Matter(matter().dispute, follow_ups=({"done_date": "2026-11-30"},))
    said = Matter(matter().dispute, follow_ups=({"done_date": "2026-11-30", "satisfaction": "基本满意"},))
    assert row(quiet)["是否回访/满意度"] == "已回访"
    assert row(said)["是否回访/满意度"] == "已回访（基本满意）"


def test_a_matter_handed_over_says_where_to() -> None:
    assert row(matter(status="50", resp_unit="花所派出所"))["是否移交及去向"] == "已移交花所派出所"


HEADINGS = (
    "案件编码 · 调委会 · 调解工作室 · 受理员 · 受理时间 · 案件来源 · 案件难度级别 · 纠纷类别 · 行政划分 · 有无死亡 · "
    "主办调解员 · 协办调解员 · 调解时间 · 调解书编号 · 调解结果 · 调解协议金(元) · 协议履行情况 · 当事人 · 协议形式 · "
    "纠纷简要情况 · 以奖代补评定 · 案件属性 · 涉及特殊群体情况 · 涉及农民工纠纷情况 · 纠纷转化情况"
)
"""domain.md §2.4, letter by letter: another system imports by these."""


def settled(**org: object) -> Matter:
    return Matter(
        {**matter().dispute, "is_success": True, "accept_date": "2026-11-24", "subsidy_class": "一般",
         "special_groups": [], "migrant_worker": True},
        matter().parties,
        sessions=({"start_at": "2026-11-25T09:00:00+08:00"},),
        agreements=({"agreement_no": "花村人调字〔2026〕3号", "amount_cents": 480000, "form": "书面"},),
        org=org,
    )  # fmt: skip


def province(of: Matter) -> dict[str, object]:
    sheet = province_sheet([of], naming)
    return dict(zip((c.heading for c in sheet.columns), next(iter(sheet.rows)), strict=True))


def test_the_provincial_sheet_has_its_25_columns_in_their_order() -> None:
    assert " · ".join(c.heading for c in PROVINCE) == HEADINGS
    found = province(settled(kind="村"))
    assert (found["调委会"], found["受理员"], found["主办调解员"]) == ("花所村人民调解委员会", "柳建国", "安秉义")
    assert (found["调解时间"], found["调解结果"], found["当事人"]) == (date(2026, 11, 25), "调解成功", "马某甲、安某乙")
    assert (found["以奖代补评定"], found["调解工作室"]) == ("一般", None)
    assert found["有无死亡"] is found["案件属性"] is None


def test_a_studio_stands_in_its_own_column_with_the_unit_that_set_it_up() -> None:
    found = province(settled(kind="工作室", host_unit="花所镇人民调解委员会"))
    assert (found["调委会"], found["调解工作室"]) == ("花所镇人民调解委员会", "花所村人民调解委员会")


def test_the_cells_another_system_imports_never_change_by_a_byte(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", [province_sheet([settled(kind="村"), matter()], naming)])
    with ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
    rows = sheet[sheet.index("<sheetData>") : sheet.index("</sheetData>")]
    assert sha256(rows.encode()).hexdigest() == "8f5e2c1d93893ac4a29f6a538471f8c4d7687e509fc27a020ba64f6b078b1cb4"
    assert all(heading in rows for heading in HEADINGS.split(" · "))


def test_a_result_nobody_has_said_is_where_the_matter_stands() -> None:
    found = dict(zip((c.heading for c in PROVINCE), next(iter(province_sheet([matter()], naming).rows)), strict=True))
    assert found["调解结果"] == "调解中"


@pytest.mark.parametrize("kind", RECORD_TYPES.values(), ids=lambda kind: kind.name)
def test_every_type_has_a_sheet_with_chinese_headings_and_names_for_codes(kind, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    random = Random(7)
    ids = lambda: uuid7(random.randrange(2**40), random.randbytes)  # noqa: E731
    records = [(ids(), sample(kind, random, ids=ids)) for _ in range(3)]
    write_workbook(tmp_path / "a.xlsx", [record_sheet(kind, records, naming)])
    found = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name(kind.label).to_python()
    assert len(found) == 4
    assert found[0][0] == "编号"
    assert all(field.label in "".join(found[0]) for field in kind.fields)
    assert [line[0] for line in found[1:]] == [id_ for id_, _ in records]


def test_a_long_record_goes_on_in_the_next_column(tmp_path: Path) -> None:
    body = "马某甲：地界说不清。" * 4_900
    kind = RECORD_TYPES["session"]
    write_workbook(tmp_path / "a.xlsx", [record_sheet(kind, [("s-1", {"body": body})], naming)])
    head, line = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name("调解记录").to_python()
    parts = [cell for heading, cell in zip(head, line, strict=True) if heading in ("记录", "记录（续1）")]
    assert "".join(parts) == body
