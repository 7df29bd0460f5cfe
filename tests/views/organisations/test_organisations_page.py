"""组织 through the real window: looked at by everybody, kept by those who may, with the law beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from python_calamine import CalamineWorkbook

from desktop.casework.desk import Account, Desk
from desktop.casework.disputes import progress
from desktop.casework.organisations import keeping, subsidy
from desktop.store import Edit
from desktop.views.disputes.forms.sheet import FormSheet
from desktop.views.disputes.page.page import DisputePage
from desktop.views.kit import Button, Label
from desktop.views.organisations.one import OrganisationPage
from desktop.views.organisations.page import OrganisationsPage
from tests.casework.conftest import COLLEAGUE, NEIGHBOUR, VILLAGER, registered
from tests.views.at_work import Sitting

CONTROL = Qt.KeyboardModifier.ControlModifier
LONG = "青石镇柳树湾村兴农果蔬种植农民专业合作社联合人民调解委员会"
END = {"end_reason": "21", "end_date": "2026-11-20", "resolve_way": "01", "resolve_level": "乡镇"}


def at_list(sitting: Sitting) -> OrganisationsPage:
    sitting.press(Qt.Key.Key_5, CONTROL)
    sitting.settle()
    page = sitting.window.stack.page()
    assert isinstance(page, OrganisationsPage)
    return page


def opened(sitting: Sitting) -> OrganisationPage:
    """The committee of the township, the only one, opened with Enter."""
    at_list(sitting)
    sitting.press(Qt.Key.Key_Return)
    sitting.settle()
    page = sitting.window.stack.page()
    assert isinstance(page, OrganisationPage)
    return page


def texts(model: Any) -> list[list[str]]:
    columns = range(model.columnCount())
    return [[str(model.index(row, n).data()) for n in columns] for row in range(model.rowCount())]


def said(page: QWidget) -> set[str]:
    return {label.text() for label in page.findChildren(Label) if label.isVisible()}


def form(page: QWidget) -> FormSheet:
    QApplication.processEvents()
    (found,) = (one for one in page.findChildren(FormSheet) if one.isVisible())
    return found


def buttons(page: QWidget) -> set[str]:
    return {one.text() for one in page.findChildren(Button) if one.isVisible()}


def test_the_list_says_in_words_what_the_law_would_have_otherwise(sitting: Sitting) -> None:
    page = at_list(sitting)
    (row,) = texts(page.rows)
    assert row[0] == "花所镇人民调解委员会"
    assert row[3:] == ["2", "2027年12月31日", "委员现在 2 人，应当 3 到 9 人，还有 2 处"]


def test_enter_opens_the_committee_with_each_doubt_and_its_article(sitting: Sitting) -> None:
    page = opened(sitting)
    assert {"委员现在 2 人，应当 3 到 9 人", "还没有主任", "人民调解法第八条", "人民调解法第十条"} <= said(page)
    assert [row[0] for row in texts(page.rows)] == ["马秀兰", "赵文博"]
    assert texts(page.rows)[0][4] == "138****0000"
    sitting.press(Qt.Key.Key_Escape)
    assert isinstance(sitting.window.stack.page(), OrganisationsPage)


def test_a_mediator_is_added_with_the_keyboard_and_a_lack_is_said_at_its_field(sitting: Sitting) -> None:
    page = opened(sitting)
    sitting.press(Qt.Key.Key_Return, CONTROL)
    sheet = form(page)
    assert page.filled is sheet.act_button
    sitting.type(sheet.fields.control("name"), "杨立本")
    sitting.press(Qt.Key.Key_Return, CONTROL)
    frame = sheet.fields.frame("role")
    assert frame is not None
    assert frame.trouble == "error"
    sheet.fields.fill({"role": "主任", "sex": "1", "phone": "13809350009"})
    sitting.press(Qt.Key.Key_Return, CONTROL)
    sitting.settle()
    assert texts(page.rows)[0][:3] == ["杨立本", "主任", "男"]
    assert "还没有主任" not in said(page)
    assert page.filled is page.add_button


def test_what_was_typed_into_a_form_is_there_again_after_it_was_left(sitting: Sitting) -> None:
    page = opened(sitting)
    sitting.press(Qt.Key.Key_Return, CONTROL)
    sitting.type(form(page).fields.control("name"), "杨立本")
    sitting.press(Qt.Key.Key_Escape)
    sitting.settle()
    page.add_button.click()
    assert form(page).fields.value("name") == "杨立本"


def test_training_and_the_end_of_office_are_noted_from_the_sheet_of_the_person(sitting: Sitting) -> None:
    page, desk = opened(sitting), sitting.work.desk
    sitting.press(Qt.Key.Key_Return)
    assert {"改登记", "记一次培训", "不再担任"} <= buttons(page)
    _click(page, "记一次培训")
    assert form(page).isAncestorOf(QApplication.focusWidget())
    form(page).fields.fill({"on": "2026-11-02", "subject": "工作规范", "hours": "8"})
    sitting.press(Qt.Key.Key_Return, CONTROL)
    assert texts(page.rows)[0][5] == "1 次，11月2日"
    page.table.opened.emit(page.table.row_id())
    _click(page, "不再担任")
    form(page).fields.fill({"valid_to": "2026-11-22"})
    sitting.press(Qt.Key.Key_Return, CONTROL)
    sitting.settle()
    assert texts(page.rows)[-1][0] == "马秀兰"
    assert sum(not one.get("valid_to") for one in desk.directory.everyone()) == 1


def test_who_may_not_write_sees_no_button_to_write_with(sitting: Sitting) -> None:
    desk = sitting.work.desk
    sitting.work.desk = _other_at(desk, VILLAGER)
    page = at_list(sitting)
    assert "添调解组织" not in buttons(page)
    sitting.press(Qt.Key.Key_Return)
    one = sitting.window.stack.page()
    assert isinstance(one, OrganisationPage)
    sitting.press(Qt.Key.Key_Return)
    one.show_tab("facts")
    one.show_tab("people")
    assert not {"添调解员", "改登记内容", "换届", "改登记", "不再担任"} & buttons(one)
    assert one.acts() == ()


def test_the_numbers_say_which_are_missing_and_whose_blocks_they_stand_in(sitting: Sitting) -> None:
    desk = sitting.work.desk
    page = opened(sitting)
    page.show_tab("numbers")
    page.numbers.parts.setFocus()
    blocks = page.numbers
    blocks.parts.set_value("blocks")
    blocks.parts.changed.emit("blocks")
    lent = texts(blocks.rows)
    assert lent
    assert lent[0][0].startswith("第 1–")
    assert "号电脑" in lent[0][1]
    assert desk.today.year == blocks.year


def test_forty_members_and_the_longest_names_stand_in_their_rows(sitting: Sitting) -> None:
    desk = sitting.work.desk
    org = {"full_name": LONG, "short_name": "老街坊", "kind": "工作室", "term_from": "2026-01-01"}
    studio = keeping.add_org(desk, {**org, "place_code": NEIGHBOUR})
    for number in range(40):
        person = {"name": "古丽努尔·阿卜杜热合曼", "sex": "2", "role": "聘任", "phone": f"138093500{number:02d}"}
        keeping.add_mediator(desk, studio, person)
    sitting.window.resize(911, 440)
    page = at_list(sitting)
    assert [LONG, "40"] in [[row[0], row[3]] for row in texts(page.rows)]
    page.table.opened.emit(studio)
    sitting.settle()
    one = sitting.window.stack.page()
    assert isinstance(one, OrganisationPage)
    assert one.rows.rowCount() == 40
    assert not one.doubts.isVisible()


@pytest.fixture
def waiting(sitting: Sitting) -> str:
    """A finished case of somebody else's, put into a class; 赵文博 of 司法所 sits there."""
    desk = sitting.work.desk
    rate = {"place_code": "620802000000", "name": "一般", "amount_cents": 20_000, "valid_from": "2026-01-01"}
    desk.save([Edit("subsidy_rate", desk.ids(), rate)])
    given = registered(desk)
    progress.take_step(desk, given, target="71", fields=END)
    subsidy.choose(desk, given, "一般")
    sitting.work.desk = _other_at(desk, COLLEAGUE)
    return given


def test_justice_opens_the_case_checks_it_and_the_month_adds_up(sitting: Sitting, waiting: str, tmp_path: Path) -> None:
    page = at_list(sitting)
    page.show_tab("subsidy")
    months = page.months
    _part(sitting, page, "waiting")
    assert texts(months.rows)[0][1:4] == ["王有福与李建军宅基地排水纠纷", "一般", "200"]
    months.table.opened.emit(waiting)
    assert isinstance(sitting.window.stack.page(), DisputePage)
    sitting.press(Qt.Key.Key_Escape)
    assert page.filled is months.check_button
    sitting.press(Qt.Key.Key_Return, CONTROL)
    assert texts(months.rows) == []
    _part(sitting, page, "people")
    assert texts(months.rows) == [["马秀兰", "1", "200"]]
    assert "1 人 1 件，一共 200 元。" in said(page)
    months.export(tmp_path / "补贴.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "补贴.xlsx"))
    assert any("马秀兰" in map(str, row) for row in book.get_sheet_by_name("汇总").to_python())


def test_a_month_without_payments_says_so_and_another_month_is_a_key_away(sitting: Sitting) -> None:
    page = at_list(sitting)
    page.show_tab("subsidy")
    sitting.settle()
    assert "这个月还没有审定过补贴" in said(page)
    page.months._go(-11)
    assert (page.months.year, page.months.month) == (2025, 12)
    page.months._go(1)
    assert (page.months.year, page.months.month) == (2026, 1)


def test_who_is_no_checker_sees_what_waits_but_no_button(sitting: Sitting, waiting: str) -> None:
    desk = sitting.work.desk
    sitting.work.desk = _other_at(desk, VILLAGER)
    page = at_list(sitting)
    page.show_tab("subsidy")
    _part(sitting, page, "waiting")
    assert page.months.table.row_id() == waiting
    assert "审定这一件" not in buttons(page)


def _part(sitting: Sitting, page: OrganisationsPage, key: str) -> None:
    page.months.parts.set_value(key)
    page.months.parts.changed.emit(key)
    sitting.settle()


def _click(page: QWidget, words: str) -> None:
    (found,) = (one for one in page.findChildren(Button) if one.text() == words and one.isVisible())
    found.click()


def _other_at(desk: Desk, account: str) -> Desk:
    """The same desk with somebody else at it."""
    record = desk.store.record("account", account)
    assert record is not None
    return replace(desk, account=Account.of(record))
