"""台账导入 through the window: look first, then bring in; every row accounted for, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.casework.ledgers.report import Outcome
from desktop.views.disputes.listing.page import DisputesPage
from desktop.views.kit import Button, Paragraph
from desktop.views.ledger.done import DonePanel
from desktop.views.ledger.look import LookPanel
from desktop.views.ledger.page import LedgerPage
from desktop.views.ledger.start import StartPanel
from tests.views.at_work import Sitting

CONTROL = Qt.KeyboardModifier.ControlModifier
HEADINGS = ("序号", "排查日期", "村（社区）", "当事人甲", "当事人乙", "类型", "简要情况", "镇里批示")

Make = Callable[..., Path]


@pytest.fixture
def page(sitting: Sitting) -> LedgerPage:
    sitting.window.show_place("imports")
    page = sitting.window.stack.page()
    assert isinstance(page, LedgerPage)
    return page


@pytest.fixture
def ledger(tmp_path: Path) -> Make:
    """Writes a real workbook: a title, headings, rows, a total."""

    def make(
        name: str = "花所镇 2025年台账.xlsx", count: int = 12, headings: tuple[str, ...] = HEADINGS
    ) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("2025年")
            sheet.write_string(0, 0, "花所镇矛盾纠纷排查化解台账")
            sheet.write_row(1, 0, headings)
            for n in range(count):
                day = f"2025.{n % 12 + 1}.{n % 27 + 1}"
                told = f"两家因第 {n + 1} 条排水沟吵架"
                sheet.write_row(
                    2 + n,
                    0,
                    [n + 1, day, "花所村", f"王有福{n}", "古丽努尔·阿卜杜热合曼", "邻里纠纷", told, "已阅"],
                )
            sheet.write_row(2 + count, 0, ["合计", "", "", f"{count}件"])
        return path

    return make


def disputes(sitting: Sitting) -> int:
    return len(sitting.work.desk.store.records("dispute"))


def test_the_place_begins_with_one_button(page: LedgerPage) -> None:
    assert isinstance(page._held, StartPanel)
    assert page.filled is page._held.choose


def test_nothing_is_stored_before_the_person_agreed(page: LedgerPage, ledger: Make, sitting: Sitting) -> None:
    page.open_file(ledger())
    assert isinstance(page._held, LookPanel)
    assert page.filled.text() == "导入 12 行"
    assert disputes(sitting) == 0


def test_control_enter_brings_the_rows_in_and_the_report_adds_up(
    page: LedgerPage, ledger: Make, sitting: Sitting
) -> None:
    page.open_file(ledger())
    sitting.press(Qt.Key.Key_Return, CONTROL)
    assert isinstance(page._held, DonePanel)
    counts = page._held._report.counts()
    assert counts[Outcome.IMPORTED] == 12
    assert sum(counts.values()) == len(page._held._report.reading.rows) == 15
    assert disputes(sitting) == 12
    page._held.show_list.click()
    assert isinstance(sitting.window.stack.page(), DisputesPage)


def test_whoever_went_on_with_other_work_is_told_when_all_rows_are_in(
    page: LedgerPage, ledger: Make, sitting: Sitting
) -> None:
    page.open_file(ledger())
    sitting.window.show_place("today")
    page._bring_in()
    (notice,) = sitting.window.notices.shown()
    assert notice.accessibleName() == "导进 12 件纠纷"
    next(b for b in notice.findChildren(Button) if b.text() == "看导进的纠纷").click()
    assert isinstance(sitting.window.stack.page(), DisputesPage)


def test_the_same_file_again_brings_nothing_twice(page: LedgerPage, ledger: Make, sitting: Sitting) -> None:
    path = ledger()
    for _ in range(2):
        page.open_file(path)
        page.filled.click()
    assert isinstance(page._held, DonePanel)
    assert page._held._report.counts()[Outcome.REPEAT] == 12
    assert disputes(sitting) == 12


def test_a_column_the_person_names_is_read_so_and_remembered_for_the_next_file(
    page: LedgerPage, ledger: Make, sitting: Sitting
) -> None:
    headings = (*HEADINGS[:6], "来龙去脉记述", "镇里批示")
    page.open_file(ledger(headings=headings))
    look = page._held
    assert isinstance(look, LookPanel)
    panel = look._stack.widget(0)
    field = panel.fields[6]
    assert field.value() == ""
    field._choose("summary")
    again = page._held
    assert isinstance(again, LookPanel)
    assert again is not look
    assert all("来龙去脉" not in str(row.values.get("summary")) for row in again._reading.disputes())
    assert next(iter(again._reading.disputes())).values["summary"] == "两家因第 1 条排水沟吵架"
    page.filled.click()
    page.open_file(ledger("下个月.xlsx", count=3, headings=headings))
    assert page._held._stack.widget(0).fields[6].value() == "summary"


def test_rows_to_mend_come_first_with_their_reasons_and_go_out_as_a_table(
    page: LedgerPage, tmp_path: Path, sitting: Sitting
) -> None:
    path = tmp_path / "有问题的.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, [1, "2025.1.2", "花所村", "王有福", "李建军", "邻里纠纷", "排水", ""])
        sheet.write_row(2, 0, [2, "不知道哪天", "花所村", "马䶮", "沈家祥", "邻里纠纷", "地界", ""])
    page.open_file(path)
    look = page._held
    assert isinstance(look, LookPanel)
    assert look._rows[0].is_refused
    page.filled.click()
    done = page._held
    assert isinstance(done, DonePanel)
    target = tmp_path / "没导入的.xlsx"
    done.save_asked.emit(target)
    assert target.exists()
    assert sitting.work.notices.shown()[-1].accessibleName() == "存了 1 行"


def test_a_row_is_shown_whole_with_everything_odd_about_it(
    page: LedgerPage, ledger: Make, sitting: Sitting
) -> None:
    page.open_file(ledger())
    look = page._held
    assert isinstance(look, LookPanel)
    look._table_card.table.setFocus()
    sitting.press(Qt.Key.Key_Space)
    assert look.tab() == "row"
    told = [one.words() for one in look._row.findChildren(Paragraph)]
    assert "古丽努尔·阿卜杜热合曼" in told
    assert "已阅" in told


def test_a_file_that_is_no_ledger_is_refused_in_plain_words(page: LedgerPage, tmp_path: Path) -> None:
    path = tmp_path / "坏了.xlsx"
    path.write_bytes(b"PK\x03\x04 cut short")
    page.open_file(path)
    assert page.filled.text() == "换一个文件"
    page.filled.click()
    assert isinstance(page._held, StartPanel)


def test_stopping_while_it_reads_goes_back_to_the_beginning(page: LedgerPage, ledger: Make) -> None:
    page.open_file(ledger())
    page._begin()
    assert isinstance(page._held, StartPanel)
    assert QApplication.focusWidget() is page._held.choose


def test_five_thousand_rows_are_looked_through_without_being_laid_out(
    page: LedgerPage, ledger: Make, sitting: Sitting
) -> None:
    page.open_file(ledger("大台账.xlsx", count=5_000))
    look = page._held
    assert isinstance(look, LookPanel)
    table = look._table_card.table
    assert table.model().rowCount() == 5_003
    table.setFocus()
    sitting.press(Qt.Key.Key_End)
    assert table.row_id() == "5002"
