"""A paper before it is printed: pages are turned, printed, saved; what goes wrong is said and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.casework.desk import Desk
from desktop.papers.dossier import Bundle
from desktop.papers.pages import page_count, text_of
from desktop.papers.refusal import PaperRefused
from desktop.views.kit import Heading, Label, Paragraph
from desktop.views.papers import wanted
from desktop.views.papers.making import Wanted
from desktop.views.papers.preview import PreviewPage
from tests.views.disputes.stage import Enter, Stage, press, settle
from tests.views.disputes.town import Town

PGDN, PGUP, HOME, END = Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End
GONE = "打印机没反应，没打出来。卷宗还在。看看打印机电源，或先存成文件。"


def open_preview(stage: Stage, what: Wanted) -> PreviewPage:
    stage.window.show_place("disputes")
    page = PreviewPage(stage.desk, stage.lanes, stage, what)
    stage.open(page)
    settle()
    return page


def dossier_of(desk: Desk, town: Town, name: str = "流转") -> Wanted:
    return wanted.whole(desk, town.disputes[name], name)


def said(stage: Stage) -> str:
    found = [*stage.window.findChildren(Label), *stage.window.findChildren(Heading)]
    labels = [label.text() for label in found if label.isVisible()]
    return "\n".join([*labels, *(p.words() for p in stage.window.findChildren(Paragraph) if p.isVisible())])


def pdf_printer(file: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def test_pages_are_turned_with_the_keyboard(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = open_preview(stage, dossier_of(stage.desk, told_once))
    last = page.sheets.count - 1
    assert page.filled.text() == "打印"
    assert f"第 1 页，共 {last + 1} 页" in said(stage)
    press(PGDN, PGDN)
    assert page.sheets.page == 2
    press(PGUP)
    assert page.sheets.page == 1
    press(END)
    assert page.sheets.page == last
    assert f"第 {last + 1} 页，共 {last + 1} 页" in said(stage)
    press(HOME)
    assert page.sheets.page == 0
    for _ in range(last):
        press(PGDN)
    assert page.sheets.page == last


@pytest.mark.parametrize("size", ["100", "150"])
def test_a_whole_page_fits_and_the_page_looked_at_stays(told_once: Town, enter: Enter, size: str) -> None:
    stage = enter(told_once, size=size)
    page = open_preview(stage, dossier_of(stage.desk, told_once))
    press(PGDN)
    page._fit.changed.emit("whole")
    settle()
    assert page.sheets.page == 1
    assert page.sheets._sheet().height() <= page.sheets.viewport().height()


def test_only_pages_near_the_one_looked_at_are_drawn(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = open_preview(stage, dossier_of(stage.desk, told_once))
    assert set(page.sheets._images) <= {0, 1}
    for _ in range(page.sheets.count):
        press(PGDN)
        settle()
    assert len(page.sheets._images) <= 6
    assert page.sheets._images[page.sheets.page].width() > 700


def test_every_page_goes_to_the_printer(told_once: Town, enter: Enter, tmp_path: Path) -> None:
    stage = enter(told_once)
    page = open_preview(stage, dossier_of(stage.desk, told_once))
    out = tmp_path / "打 印.pdf"
    page.print_on(pdf_printer(out))
    assert page_count(out.read_bytes()) == page.sheets.count
    assert "卷宗送去打印了" in said(stage)


def test_only_the_chosen_pages_are_printed(told_once: Town, enter: Enter, tmp_path: Path) -> None:
    stage = enter(told_once)
    page = open_preview(stage, dossier_of(stage.desk, told_once))
    printer = pdf_printer(tmp_path / "一部分.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    page.print_on(printer)
    assert page_count((tmp_path / "一部分.pdf").read_bytes()) == 2


@pytest.mark.qt_log_ignore("QPdfEngine", "QPainter::begin", extend=True)
def test_a_printer_that_does_not_answer_is_said_plainly_and_the_pages_stay(
    told_once: Town, enter: Enter, tmp_path: Path
) -> None:
    stage = enter(told_once)
    page = open_preview(stage, dossier_of(stage.desk, told_once))
    page.print_on(pdf_printer(tmp_path / "没有这个文件夹" / "x.pdf"))
    fact, _, rest = GONE.partition("。")
    assert fact in said(stage)
    assert rest in said(stage)
    assert page.sheets.isVisible()
    assert page.filled.isEnabled()


def test_a_pc_without_a_printer_says_so(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = open_preview(stage, dossier_of(stage.desk, told_once))
    press(Qt.Key.Key_P, held=Qt.KeyboardModifier.ControlModifier)
    assert "这台电脑上没有装打印机，没打出来" in said(stage)
    assert page.sheets.isVisible()


def test_a_paper_is_saved_as_pdf_and_as_word(told_once: Town, enter: Enter, tmp_path: Path) -> None:
    stage = enter(told_once)
    page = open_preview(stage, dossier_of(stage.desk, told_once))
    page.write(tmp_path / "卷宗 一.pdf", "pdf")
    assert "陈立本" in "".join(text_of((tmp_path / "卷宗 一.pdf").read_bytes()))
    page.write(tmp_path / "卷宗 一.docx", "docx")
    document = docx.Document(str(tmp_path / "卷宗 一.docx"))
    assert any("陈立本" in cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "存好了：卷宗 一.docx" in said(stage)
    assert "没有加密，用完收好" in said(stage)


def test_a_folder_that_is_gone_is_said_and_the_pages_stay(told_once: Town, enter: Enter, tmp_path: Path) -> None:
    stage = enter(told_once)
    page = open_preview(stage, dossier_of(stage.desk, told_once))
    page.write(tmp_path / "没有了" / "卷.pdf", "pdf")
    assert "这个文件夹，没存成" in said(stage)
    assert page.sheets.isVisible()


def test_what_cannot_be_laid_out_says_why_and_can_be_tried_again(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    good, refused = dossier_of(stage.desk, told_once), [PaperRefused("没有字体。填好的都在。")]

    def gather() -> Bundle:
        if refused:
            raise refused.pop()
        return good.gather()

    page = open_preview(stage, Wanted("卷宗", "", gather))
    assert "没有字体" in said(stage)
    assert "填好的都在。" in said(stage)
    press(Qt.Key.Key_Space)
    settle()
    assert page.sheets.isVisible()
    assert page.sheets.count > 3


def test_a_long_dossier_is_laid_out_beside_the_window_and_can_be_stopped(
    town: Town, enter: Enter, qtbot: QtBot
) -> None:
    stage = enter(town, threads=True)
    good = dossier_of(stage.desk, town)
    page = PreviewPage(stage.desk, stage.lanes, stage, good)
    stage.window.show_place("disputes")

    def gather() -> Bundle:
        page.making.stop()
        return good.gather()

    page._wanted = Wanted("卷宗", "", gather)
    stage.open(page)
    assert page._progress.isVisible()
    assert not page.filled.isEnabled()
    qtbot.waitUntil(lambda: "停下了，没有排完" in said(stage))
    page._wanted = good
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.sheets.isVisible() and bool(page.sheets._images), timeout=20_000)
