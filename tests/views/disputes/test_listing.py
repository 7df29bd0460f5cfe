"""The list through its window: keyboard all the way, pages by cursor, back to the same row."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.casework.disputes import progress
from desktop.casework.disputes.lists import ListFilter
from desktop.store import Edit
from desktop.views.disputes.listing.page import DisputesPage
from desktop.views.disputes.page.page import DisputePage
from desktop.views.kit import Label
from tests.casework.conftest import COLLEAGUE
from tests.views.disputes.stage import Enter, Stage, keyboard, press, settle
from tests.views.disputes.town import Town, many

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def at_list(stage: Stage) -> DisputesPage:
    stage.window.show_place("disputes")
    assert isinstance(stage.page, DisputesPage)
    settle()
    return stage.page


def titles(page: DisputesPage) -> list[str]:
    rows = page.table.model()
    return [str(rows.index(row, 1).data()) for row in range(rows.rowCount())]


def words_below(page: DisputesPage) -> set[str]:
    return {label.text() for label in page.card.findChildren(Label) if label.isVisible()}


def test_the_list_stands_with_its_counts_and_its_order_in_words(told_once: Town, enter: Enter) -> None:
    page = at_list(enter(told_once))
    assert page.head.fact == "共 8 件"
    assert {"在办 6 件，新动过的在前", "超期 1", "7 天内到期 2", "第 1–6 行"} <= words_below(page)
    assert "王有福与李建军宅基地排水纠纷" in titles(page)


def test_the_keyboard_stands_in_the_list_at_once(told_once: Town, enter: Enter) -> None:
    page = at_list(enter(told_once))
    assert keyboard() is page.table
    assert page.table.row_id()


def test_another_tab_shows_other_disputes(told_once: Town, enter: Enter) -> None:
    page = at_list(enter(told_once))
    page.filters.tabs.setFocus()
    press("3")
    settle()
    assert titles(page) == ["田桂花与杨栓牢滴水檐纠纷"]


def test_a_village_is_found_by_its_initials(told_once: Town, enter: Enter) -> None:
    page = at_list(enter(told_once))
    page.filters.place.button.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Space)
    settle()
    press("lsw", Qt.Key.Key_Return)
    settle()
    assert page.filters.chosen().places == ("620802107212",)
    assert page.filters.place.button.text() == "村：柳树湾村"
    assert len(titles(page)) == 2


def test_a_picked_filter_is_let_go_with_delete(told_once: Town, enter: Enter) -> None:
    page = at_list(enter(told_once))
    page.show_filter(ListFilter(due="overdue"))
    settle()
    assert len(titles(page)) == 1
    page.filters.due.button.setFocus()
    press(Qt.Key.Key_Delete)
    settle()
    assert len(titles(page)) == 6


def test_a_filter_that_fits_nothing_says_so_and_shows_the_way(told_once: Town, enter: Enter) -> None:
    page = at_list(enter(told_once))
    page.show_filter(ListFilter(places=("620802107299",)))
    settle()
    assert page._none.isVisible()
    assert not page.beside.isVisible()


def test_space_peeks_and_space_closes_without_losing_the_row(told_once: Town, enter: Enter) -> None:
    page = at_list(enter(told_once))
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    row = page.table.row_id()
    press(Qt.Key.Key_Space)
    settle()
    assert page.beside.is_sheet_open()
    press(Qt.Key.Key_Space)
    assert not page.beside.is_sheet_open()
    assert (page.table.row_id(), keyboard()) == (row, page.table)


def test_the_peek_follows_the_row(told_once: Town, enter: Enter) -> None:
    page = at_list(enter(told_once))
    press(Qt.Key.Key_Space)
    first = page.beside._sheet.accessibleName()
    press(Qt.Key.Key_Down)
    settle()
    assert page.beside._sheet.accessibleName() != first


def test_a_peek_at_what_is_closed_shows_no_name(town: Town, enter: Enter) -> None:
    closed = {
        "closed_session": True,
        "host_mediator_id": None,
        "first_contact_id": COLLEAGUE,
        "found_by": COLLEAGUE,
    }
    town.office.store.save([Edit("dispute", town.disputes["承包"], closed)], by=COLLEAGUE)
    page = at_list(enter(town))
    row = next(n for n, title in enumerate(titles(page)) if "关起门谈" in title)
    page.table.setCurrentIndex(page.table.model().index(row, 0))
    press(Qt.Key.Key_Space)
    settle()
    assert page.beside.is_sheet_open()
    said = [label.text() for label in page.beside._sheet.findChildren(Label)]
    assert not any("沈家祥" in text for text in [*said, *titles(page)])


def test_escape_closes_the_peek_before_it_leaves_the_page(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    stage.window.show_place("today")
    page = at_list(stage)
    press(Qt.Key.Key_Space, Qt.Key.Key_Escape)
    assert stage.page is page
    assert not page.beside.is_sheet_open()


def test_enter_opens_and_escape_returns_to_the_same_row_and_scroll(town: Town, enter: Enter) -> None:
    many(town, 300)
    stage = enter(town)
    page = at_list(stage)
    for _ in range(5):
        press(Qt.Key.Key_PageDown)
    settle()
    stood = page.table.place()
    press(Qt.Key.Key_Return)
    assert isinstance(stage.page, DisputePage)
    press(Qt.Key.Key_Escape)
    settle()
    assert stage.page is page
    assert page.table.place() == stood


def test_a_long_list_is_walked_to_its_end_without_a_gap(town: Town, enter: Enter) -> None:
    many(town, 1200)
    page = at_list(enter(town))
    rows, before = page.table.model(), -1
    while rows.rowCount() != before:
        before = rows.rowCount()
        press(Qt.Key.Key_End)
        settle()
    assert len({rows.row(number).id for number in range(rows.rowCount())}) == rows.rowCount() == 1206


def test_the_head_sorts_and_says_the_new_order(told_once: Town, enter: Enter) -> None:
    page = at_list(enter(told_once))
    press(Qt.Key.Key_5, held=ALT_SHIFT)
    settle()
    assert "在办 6 件，金额大的在前" in words_below(page)
    assert titles(page)[0] == "陈立本与青山合作社土地流转合同纠纷"


@pytest.mark.parametrize(("size", "columns"), [("100", 8), ("125", 6), ("150", 3)])
def test_a_narrower_window_drops_columns(told_once: Town, enter: Enter, size: str, columns: int) -> None:
    page = at_list(enter(told_once, size=size))
    shown = [c for c in range(8) if not page.table.isColumnHidden(c)]
    assert len(shown) == columns


def test_widths_a_person_set_are_there_the_next_time(town: Town, enter: Enter) -> None:
    page = at_list(enter(town))
    page.table.horizontalHeader().resizeSection(2, 180)
    settle()
    again = at_list(enter(town))
    assert again.table.columnWidth(2) == 180


def test_what_another_pc_changed_is_read_in_place(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_list(stage)
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    town.office.store.save([Edit("dispute", town.disputes["排水"], {"title": "改过的名字"})], by=COLLEAGUE)
    stage.lanes.hub.changed.emit(None)
    settle()
    assert "改过的名字" in titles(page)
    assert keyboard() is page.table


def test_a_voided_dispute_leaves_the_list(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_list(stage)
    progress.void(town.desk, town.disputes["排水"], "登记重了")
    stage.lanes.hub.changed.emit(None)
    settle()
    assert len(titles(page)) == 5


def test_the_ledger_is_written_as_it_is_filtered(
    town: Town, enter: Enter, tmp_path: Path, qtbot: QtBot
) -> None:
    stage = enter(town, threads=True)
    stage.window.show_place("disputes")
    page = stage.page
    assert isinstance(page, DisputesPage)
    file = tmp_path / "导 出" / "台账.xlsx"
    file.parent.mkdir()
    with qtbot.waitSignal(stage.notices.told, timeout=20_000) as told:
        page._export.write(ListFilter(places=("620802107212",)), file)
    assert told.args[0].second == "一共 2 件"
    cells = {cell for row in openpyxl.load_workbook(file).active.values for cell in row}
    assert any("赵桂芳" in str(cell) for cell in cells)


def test_an_export_that_cannot_be_written_says_so_and_nothing_is_lost(
    town: Town, enter: Enter, tmp_path: Path
) -> None:
    stage = enter(town)
    page = at_list(stage)
    page._export.write(ListFilter(), tmp_path / "没有这个文件夹" / "台账.xlsx")
    assert stage.notices.said[-1].kind == "error"
    assert page.filters.export.text() == "导出台账"
