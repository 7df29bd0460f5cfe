"""Workbooks out of a real desk: all record types, the ledger, the provincial shape."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desktop.casework import readings
from desktop.casework.desk import Desk
from desktop.casework.portable.exporting import export_ledger, export_lines, export_province, export_workbook
from desktop.casework.portable.gathering import ExportCancelled, Gathering, Watch
from desktop.casework.portable.importing import import_lines
from desktop.store import DisputeQuery
from sync.records import RECORD_TYPES
from tests.portable.conftest import NEIGHBOUR
from tests.portable.feeding import dispute, feed, lines_of, matter, party


def sheets(file: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(str(file))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Desk:
    import_lines(desk, feed(tmp_path / "a.jsonl", matter(desk)))
    return desk


def test_the_workbook_has_the_ledger_and_a_sheet_per_type(filled: Desk, tmp_path: Path) -> None:
    report = export_workbook(Gathering(filled), tmp_path / "全部 记录.xlsx")
    found = sheets(tmp_path / "全部 记录.xlsx")
    assert [*found] == ["台账", *(kind.label for kind in RECORD_TYPES.values())]
    assert report.records["party"] == 2
    assert len(found["当事人"]) == 3
    words = {str(cell) for row in found["纠纷"] for cell in row}
    assert {"宅基地使用", "调解中", "花所镇 花所村", "安秉义", "花所村人民调解委员会", "低"} <= words
    assert not {"0902", "30", "620802107204"} & words


def test_the_ledger_sheet_holds_no_id_number(filled: Desk, tmp_path: Path) -> None:
    export_workbook(Gathering(filled), tmp_path / "a.xlsx")
    found = sheets(tmp_path / "a.xlsx")
    assert "620802190001010019" not in str(found["台账"])
    assert "620802190001010019" in str(found["当事人"])
    assert found["台账"][2][5] == "马某甲与安某乙宅基地纠纷"


def test_the_ledger_alone_follows_a_list(filled: Desk, tmp_path: Path) -> None:
    none = DisputeQuery(tab="closed")
    assert export_ledger(Gathering(filled, query=none), tmp_path / "a.xlsx").records == {"dispute": 0}
    assert export_ledger(Gathering(filled), tmp_path / "a.xlsx").records == {"dispute": 1}


def test_the_provincial_file_has_25_columns(filled: Desk, tmp_path: Path) -> None:
    export_province(Gathering(filled), tmp_path / "a.xlsx")
    [[head, row]] = sheets(tmp_path / "a.xlsx").values()
    found = dict(zip(head, row, strict=True))
    assert len(head) == 25
    assert (found["主办调解员"], found["协议形式"], found["当事人"]) == ("安秉义", "口头", "马某甲、安某乙")


def test_chosen_types_come_alone(filled: Desk, tmp_path: Path) -> None:
    report = export_lines(Gathering(filled, kinds=("party",)), tmp_path / "a.jsonl")
    assert report.records == {"party": 2}
    assert {line["type"] for line in lines_of(tmp_path / "a.jsonl")} == {"party"}


def test_what_is_closed_to_this_person_stays_in_and_is_counted(filled: Desk, tmp_path: Path) -> None:
    other = filled.ids()
    shut = dispute(filled, closed_session=True, found_by=other, first_contact_id=other)
    import_lines(filled, feed(tmp_path / "b.jsonl", [shut, party(filled, shut, "马某丁")]))
    report = export_lines(Gathering(filled), tmp_path / "c.jsonl")
    assert report.closed == 1
    assert "马某丁" not in (tmp_path / "c.jsonl").read_text(encoding="utf-8")
    export_workbook(Gathering(filled), tmp_path / "c.xlsx")
    assert "马某丁" not in str(sheets(tmp_path / "c.xlsx"))


def test_taking_out_sensitive_fields_is_noted_for_the_auditor(filled: Desk, tmp_path: Path) -> None:
    export_lines(Gathering(filled), tmp_path / "a.jsonl")
    assert {reading.kind for reading in readings.latest(filled)} == {"dispute", "party"}


def test_a_cancelled_export_leaves_no_file(filled: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    for export in (export_lines, export_workbook):
        with pytest.raises(ExportCancelled):
            export(Gathering(filled, watch=Watch(cancelled=lambda: True)), target / "a")
    assert list(target.iterdir()) == []


def test_progress_is_told_to_its_end(filled: Desk, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    watch = Watch(lambda done, total: told.append((done, total)))
    export_workbook(Gathering(filled, watch=watch), tmp_path / "a.xlsx")
    assert told[-1][0] == told[-1][1] == len(told)


def test_many_disputes_come_in_pages_each_once(desk: Desk, tmp_path: Path) -> None:
    told = [dispute(desk, title=f"第{n}件", found_date="2026-11-20") for n in range(450)]
    import_lines(desk, feed(tmp_path / "a.jsonl", told))
    export_lines(Gathering(desk, kinds=("dispute",)), tmp_path / "b.jsonl")
    assert sorted(line["title"] for line in lines_of(tmp_path / "b.jsonl")) == sorted(line["title"] for line in told)
    elsewhere = DisputeQuery(tab="all", places=(NEIGHBOUR,))
    assert export_ledger(Gathering(desk, query=elsewhere), tmp_path / "c.xlsx").records == {"dispute": 0}
