"""台账 through the real window: what will be written is seen first, then written, stopped or kept as a view."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from python_calamine import CalamineWorkbook

from desktop.casework.ledgers import saved_views
from desktop.views.kit import Button, CheckBox
from desktop.views.ledgers import periods
from desktop.views.ledgers.columns import ColumnsSheet
from desktop.views.ledgers.page import LedgersPage
from desktop.views.ledgers.sheets import SpanSheet, ViewSheet
from tests.casework.conftest import NEIGHBOUR, registered
from tests.views.at_work import Sitting

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def at_ledger(sitting: Sitting) -> LedgersPage:
    sitting.press(Qt.Key.Key_4, CONTROL)
    sitting.settle()
    page = sitting.window.stack.page()
    assert isinstance(page, LedgersPage)
    return page


def seen(page: LedgersPage, heading: str) -> list[str]:
    """The cells of one column now in view."""
    rows, place = page.preview.rows, page.preview.headings().index(heading)
    return [str(rows.index(row, place).data()) for row in range(rows.rowCount())]


def told(sitting: Sitting) -> list[str]:
    return [button.text() for button in sitting.window.findChildren(Button) if button.isVisible()]


@pytest.fixture
def two(sitting: Sitting) -> Sitting:
    """Two disputes: one over 12,345 元, one elsewhere."""
    registered(sitting.work.desk, amount_cents=1_234_500)
    registered(sitting.work.desk, names=("赵大", "钱二"), place_code=NEIGHBOUR, people_count=3)
    return sitting


def test_the_first_rows_and_the_totals_are_seen_before_anything_is_written(two: Sitting) -> None:
    page = at_ledger(two)
    assert seen(page, "序号") == ["1", "2"]
    assert page.sums.text() == "共 2 件　涉及人数 5　涉及金额（元） 12,345"
    assert page.head.fact == "2 件"


def test_columns_without_room_are_an_arrow_away_and_none_is_skipped(two: Sitting) -> None:
    page = at_ledger(two)
    found = list(page.preview.headings())
    while True:
        before = page.preview.headings()
        two.press(Qt.Key.Key_Right)
        if page.preview.headings() == before:
            break
        found += page.preview.headings()
    assert len(found) == len(set(found)) == 23
    assert found[:2] == ["序号", "案件编码"]
    two.press(Qt.Key.Key_Left)
    assert page.preview.headings() != before


def test_filters_narrow_the_rows_and_the_totals(two: Sitting) -> None:
    page = at_ledger(two)
    page.filters.change(places=(NEIGHBOUR,))
    assert page.sums.text().startswith("共 1 件")
    page.filters.period.picked.emit("last_year")
    two.settle()
    assert page.sums.text().startswith("共 0 件")
    assert page.filters.period.button.text() == "登记：去年"
    assert page.preview.rows.rowCount() == 0


def test_days_of_ones_own_are_asked_at_the_side_and_the_wrong_way_round_is_said(two: Sitting) -> None:
    page = at_ledger(two)
    page.filters.period.picked.emit(periods.OWN)
    two.settle()
    (sheet,) = page.findChildren(SpanSheet)
    sheet.first.set_day(date(2026, 11, 20))
    sheet.last.set_day(date(2026, 11, 2))
    (take,) = (one for one in sheet.findChildren(Button) if one.text() == "只看这些天的")
    take.click()
    assert page.beside.is_sheet_open()
    sheet.last.set_day(date(2026, 11, 30))
    take.click()
    assert page.filters.chosen().found_from == "2026-11-20"
    assert page.filters.period.button.text() == "登记：11月20日到11月30日"
    assert page.sums.text().startswith("共 2 件")


def test_columns_are_ticked_and_ordered_with_the_keyboard(two: Sitting) -> None:
    page = at_ledger(two)
    page.columns_button.click()
    two.settle()
    (sheet,) = page.findChildren(ColumnsSheet)
    assert QApplication.focusWidget() is sheet.boxes["seq"]
    two.press(Qt.Key.Key_Down)
    two.press(Qt.Key.Key_Up, ALT)
    assert page.view.columns[:3] == ("matter_code", "seq", "found_date")
    assert page.preview.headings()[:2] == ("案件编码", "序号")
    two.press(Qt.Key.Key_Space)
    two.settle()
    assert "matter_code" not in page.view.columns
    assert page.columns_button.text() == "22 列"
    sheet.go_to("sessions")
    two.press(Qt.Key.Key_Space)
    two.settle()
    assert page.view.columns[-1] == "sessions"


def test_the_last_column_cannot_be_taken_away(two: Sitting) -> None:
    sheet = ColumnsSheet([c for c in saved_views.catalogue() if c.key in ("seq", "title")], ["seq"])
    box = sheet.boxes["seq"]
    assert isinstance(box, CheckBox)
    box.setChecked(False)
    assert sheet.chosen() == ("seq",)
    sheet.deleteLater()


def test_a_view_is_kept_under_its_name_and_there_again_tomorrow(two: Sitting) -> None:
    page = at_ledger(two)
    page.filters.change(tab="closed")
    page.keep_button.click()
    two.settle()
    (sheet,) = page.findChildren(ViewSheet)
    sheet.name.setText("")
    _press_in(sheet, "存下这个视图")
    assert page.beside.is_sheet_open()
    two.type(sheet.name, "办结的")
    sheet.totals.setChecked(False)
    _press_in(sheet, "存下这个视图")
    assert page.views.value() == "办结的"
    assert page.sums.text() == "共 0 件"
    again = LedgersPage(two.work.desk, two.lanes, two.work)
    two.work.open(again)
    assert [one.name for one in again._views] == ["台账", "办结的"]
    again.views.chosen.emit("办结的")
    assert again.filters.chosen().tab == "closed"


def test_excel_holds_what_was_seen_with_the_totals_below(two: Sitting, tmp_path: Path) -> None:
    page = at_ledger(two)
    page.write("excel", tmp_path / "台 账.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "台 账.xlsx"))
    rows: list[list[Any]] = book.get_sheet_by_name("台账").to_python()
    assert rows[1][:2] == ["序号", "案件编码"]
    assert 12345.0 in rows[-1]
    assert "合计" in rows[-1]
    assert page.buttons["excel"].isVisible()


def test_pdf_says_who_made_it_of_what(two: Sitting, tmp_path: Path) -> None:
    page = at_ledger(two)
    page.filters.period.picked.emit("year")
    page.write("pdf", tmp_path / "台账.pdf")
    document = pypdfium2.PdfDocument(str(tmp_path / "台账.pdf"))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "矛盾纠纷排查调处台账" in text
    assert "2026-01-01 至 2026-12-31" in text


def test_the_twenty_five_columns_have_their_own_button(two: Sitting, tmp_path: Path) -> None:
    page = at_ledger(two)
    assert "给省平台的25列" in told(two)
    page.write("province", tmp_path / "省.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "省.xlsx"))
    rows = book.get_sheet_by_index(0).to_python()
    assert max(len(row) for row in rows) == 25


@pytest.mark.parametrize(("kind", "ending"), [("excel", ".xlsx"), ("pdf", ".pdf"), ("province", ".xlsx")])
def test_each_button_asks_where_to_and_writes_its_file(
    two: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, ending: str
) -> None:
    page, asked = at_ledger(two), []

    def choose(_parent: object, _said: str, start: str, _pattern: str) -> tuple[str, str]:
        asked.append(start)
        return str(tmp_path / start), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.buttons[kind].click()
    assert [(tmp_path / start).suffix for start in asked] == [ending]
    assert (tmp_path / asked[0]).stat().st_size > 0


def test_what_is_stopped_leaves_no_file_and_what_cannot_be_written_is_said(two: Sitting, tmp_path: Path) -> None:
    page = at_ledger(two)
    page._writing.went_on.connect(lambda _done, _total: page.progress.pause_asked.emit())
    page.write("excel", tmp_path / "停.xlsx")
    assert list(tmp_path.glob("停*")) == []
    assert _notices(two, "停下了，没有存文件")
    page._writing.went_on.disconnect()
    page.write("excel", tmp_path / "没有这里" / "台账.xlsx")
    assert _notices(two, "没存成")
    assert page.buttons["excel"].isVisible()


def test_periods_end_where_their_month_does() -> None:
    assert periods.span("month", date(2028, 2, 29)) == ("2028-02-01", "2028-02-29")
    assert periods.span("last_month", date(2026, 1, 31)) == ("2025-12-01", "2025-12-31")
    assert periods.span("quarter", date(2026, 11, 23)) == ("2026-10-01", "2026-12-31")
    assert periods.named("2026-10-01", "2026-12-31", date(2026, 11, 23)) == "quarter"
    assert periods.named("", "2025-03-31", date(2026, 11, 23)) == "最早到2025年3月31日"


def _notices(sitting: Sitting, words: str) -> bool:
    return any(words in one.accessibleName() for one in sitting.window.notices.shown())


def _press_in(sheet: ViewSheet, words: str) -> None:
    (found,) = (one for one in sheet.findChildren(Button) if one.text() == words)
    found.click()
