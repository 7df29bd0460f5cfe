"""The ledger as a person wants it: columns, filter and totals kept, printed to Excel and PDF."""

from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from python_calamine import CalamineWorkbook

from desktop.casework.desk import Desk
from desktop.casework.disputes.lists import ListFilter
from desktop.casework.errors import NotYet
from desktop.casework.ledgers import saved_views
from desktop.casework.ledgers.saved_views import LedgerView
from desktop.casework.portable.exporting import export_ledger, export_ledger_pdf
from desktop.casework.portable.gathering import ExportCancelled, Gathering, Watch
from tests.casework.conftest import COLLEAGUE, NEIGHBOUR, VILLAGE, Office, registered

MINE = LedgerView("本月花所村", ("seq", "title", "amount"), ListFilter(tab="all", places=(VILLAGE,), sort="found"))
NOVEMBER = ListFilter(found_from="2026-11-01", found_to="2026-11-30")


def test_without_a_saved_view_there_is_the_usual_ledger(desk: Desk) -> None:
    (usual,) = saved_views.views(desk)
    assert usual.chosen.tab == "all"
    assert len(usual.columns) == 23


def test_a_view_is_kept_changed_and_dropped_and_is_this_persons_own(office: Office) -> None:
    desk = office.sit()
    saved_views.keep(desk, MINE)
    assert saved_views.views(desk)[-1] == MINE
    changed = LedgerView("本月花所村", ("title", "seq"), NOVEMBER, "月台账")
    assert saved_views.keep(desk, changed)[-1] == changed
    assert [view.name for view in saved_views.views(office.sit(COLLEAGUE))] == ["台账"]
    assert [view.name for view in saved_views.drop(desk, "本月花所村")] == ["台账"]


def test_a_view_needs_a_name_and_a_column(desk: Desk) -> None:
    for wrong in (LedgerView(" "), LedgerView("长" * 31), LedgerView("空", ())):
        with pytest.raises(NotYet):
            saved_views.keep(desk, wrong)


def test_what_a_newer_program_kept_and_this_one_does_not_know_is_left_aside(desk: Desk) -> None:
    kept = {"name": "新", "columns": ["title", "of_tomorrow"], "chosen": {"tab": "tomorrow", "due": "soon", "x": 1}}
    desk.store.set_setting(f"ledger.views.{desk.account.id}", [kept, "no view"])
    (found,) = saved_views.views(desk)
    assert found.columns == ("title",)
    assert (found.chosen.tab, found.chosen.due) == ("open", "soon")


def test_the_ledger_follows_its_view_in_excel_and_in_print(desk: Desk, tmp_path: Path) -> None:
    registered(desk, amount_cents=120_000)
    registered(desk, names=("赵大庆", "钱永福"), amount_cents=30_050)
    registered(desk, names=("孙立本", "周家祥"), place_code=NEIGHBOUR)
    told: list[tuple[int, int]] = []
    layout, query = saved_views.layout(desk, MINE), saved_views.query(desk, MINE)
    assert "马秀兰" in layout.note
    export_ledger(Gathering(desk, query=query), tmp_path / "花所村 台账.xlsx", layout)
    rows = CalamineWorkbook.from_path(str(tmp_path / "花所村 台账.xlsx")).get_sheet_by_name("台账").to_python()
    assert rows[1] == ["序号", "纠纷名称（当事人）", "涉及金额（元）"]
    assert rows[-1] == ["", "合计", 1500.5]
    watch = Watch(lambda done, total: told.append((done, total)))
    report = export_ledger_pdf(Gathering(desk, query=query, watch=watch), tmp_path / "花所村 台账.pdf", layout)
    assert report.records == {"dispute": 2}
    assert told[-1] == (2, 2)
    with closing(pdfium.PdfDocument(tmp_path / "花所村 台账.pdf")) as book:
        text = book[0].get_textpage().get_text_range()
    assert "赵大庆与钱永福" in text.replace("\r\n", "")
    assert "孙立本" not in text
    assert "1,500.50" in text


def test_a_print_that_is_stopped_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    registered(desk)
    with pytest.raises(ExportCancelled):
        export_ledger_pdf(Gathering(desk, watch=Watch(cancelled=lambda: True)), tmp_path / "a.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_catalogue_is_offered_in_groups(desk: Desk) -> None:
    found = saved_views.catalogue()
    assert [*dict.fromkeys(choice.group for choice in found)] == ["登记", "办理", "结果", "归档"]
    assert {"amount", "people_count", "subsidy"} <= {choice.key for choice in found if choice.summed}
