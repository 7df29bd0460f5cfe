"""The record sheets, the office's ledger and the provincial shape, from plain data."""

from datetime import date
from pathlib import Path
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from desktop.papers.ledger import COLUMNS, ledger_sheet
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


def row(of: Matter) -> dict[str, object]:
    return dict(zip((c.heading for c in COLUMNS), next(iter(ledger_sheet([of], naming).rows)), strict=True))


def test_the_ledger_has_the_columns_of_the_office() -> None:
    assert len(COLUMNS) == 23
    found = row(matter())
    assert found["排查日期"] == date(2026, 11, 23)
    assert found["所属乡镇/村/网格"] == "花所镇 花所村"
    assert found["纠纷名称（当事人）"] == "马某甲与安某乙宅基地纠纷"
    assert (found["类型"], found["目前进展"], found["涉及金额（元）"]) == ("宅基地使用", "调解中", 480000)
    assert found["是否回访/满意度"] == found["是否移交及去向"] == ""


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


def test_the_provincial_sheet_has_its_25_columns_in_their_order() -> None:
    of = Matter(
        {**matter().dispute, "is_success": True},
        matter().parties,
        sessions=({"start_at": "2026-11-25T09:00:00+08:00"},),
        agreements=({"agreement_no": "花村人调字〔2026〕3号", "amount_cents": 480000, "form": "书面"},),
    )
    found = dict(zip((c.heading for c in PROVINCE), next(iter(province_sheet([of], naming).rows)), strict=True))
    assert len(found) == 25
    assert [*found][:4] == ["案件编码", "调委会", "调解工作室", "受理员"]
    assert (found["调委会"], found["受理员"], found["主办调解员"]) == ("花所村人民调解委员会", "柳建国", "安秉义")
    assert (found["调解时间"], found["调解结果"], found["当事人"]) == (date(2026, 11, 25), "调解成功", "马某甲、安某乙")
    assert found["有无死亡"] is found["以奖代补评定"] is None


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
