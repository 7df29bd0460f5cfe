"""设置: every change is kept at once; people, secrets, backups and checks of this PC."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.store import DisputeQuery
from desktop.views.kit import Button, CheckBox, Confirm, Label, NumberField, Segments
from desktop.views.look import theme
from desktop.views.settings.page import SettingsPage
from desktop.views.settings.people import AddPersonSheet, SecretSheet
from desktop.views.settings.rows import SettingRow
from desktop.views.welcome.recovery import CodeStep
from tests.casework.conftest import CLERK, COLLEAGUE, registered
from tests.views.at_work import SECRET, Sitting


@pytest.fixture
def page(sitting: Sitting) -> SettingsPage:
    sitting.window.show_place("settings")
    sitting.settle()
    page = sitting.window.stack.page()
    assert isinstance(page, SettingsPage)
    return page


def row(page: SettingsPage, key: str) -> SettingRow:
    return next(one for one in page.findChildren(SettingRow) if one._setting.key == key)


def press(area: QWidget, words: str) -> None:
    next(one for one in area.findChildren(Button) if one.text() == words).click()
    QApplication.processEvents()


def question(sitting: Sitting) -> Confirm:
    (found,) = sitting.window.findChildren(Confirm)
    return found


def setting(sitting: Sitting, key: str) -> object:
    return sitting.work.desk.store.setting(key)


def test_a_number_is_kept_on_leaving_its_field(page: SettingsPage, sitting: Sitting) -> None:
    page.show_tab("期限")
    field = row(page, "mediation_days").findChild(NumberField)
    assert field is not None
    sitting.type(field, "45")
    sitting.press(Qt.Key.Key_Tab)
    assert setting(sitting, "mediation_days") == 45
    assert sitting.work.desk.settings.number("mediation_days") == 45


def test_a_number_out_of_bounds_is_said_and_the_old_one_stays(page: SettingsPage, sitting: Sitting) -> None:
    page.show_tab("期限")
    field = row(page, "accept_days").findChild(NumberField)
    assert field is not None
    sitting.type(field, "99")
    sitting.press(Qt.Key.Key_Tab)
    assert row(page, "accept_days")._trouble.isVisible()
    assert setting(sitting, "accept_days") is None
    sitting.type(field, "5")
    sitting.press(Qt.Key.Key_Tab)
    assert not row(page, "accept_days")._trouble.isVisible()
    assert setting(sitting, "accept_days") == 5


def test_another_deadline_moves_what_is_due_at_once(page: SettingsPage, sitting: Sitting) -> None:
    desk = sitting.work.desk
    registered(desk, accept=False)
    before = desk.store.disputes(DisputeQuery()).rows[0].due_date
    page.show_tab("期限")
    field = row(page, "accept_days").findChild(NumberField)
    assert field is not None
    sitting.type(field, "9")
    sitting.press(Qt.Key.Key_Tab)
    assert desk.store.disputes(DisputeQuery()).rows[0].due_date > before


def test_text_and_colours_change_at_once(page: SettingsPage, sitting: Sitting) -> None:
    sizes = row(page, "text_size").findChild(Segments)
    colours = row(page, "theme").findChild(Segments)
    assert sizes is not None
    assert colours is not None
    sizes.set_value("large")
    colours.set_value("dark")
    assert (theme.current().text_size, theme.current().mode) == ("大", "dark")
    assert (setting(sitting, "text_size"), setting(sitting, "theme")) == ("large", "dark")


def test_the_narrow_side_is_a_wish_of_the_person(page: SettingsPage, sitting: Sitting) -> None:
    box = row(page, "narrow_side").findChild(CheckBox)
    assert box is not None
    box.click()
    assert sitting.window.side.is_rail
    box.click()
    assert not sitting.window.side.is_rail


def test_a_second_person_comes_in_with_a_secret_of_their_own(page: SettingsPage, sitting: Sitting) -> None:
    page.show_tab("安全")
    press(page, "加一个人")
    sheet = page.findChild(AddPersonSheet)
    assert sheet is not None
    sheet._who.set_value(COLLEAGUE)
    for field in sheet._new._fields():
        sitting.type(field, "liu shu wan 7")
    sitting.press(Qt.Key.Key_Return)
    assert [one.name for one in sitting.premises.people()] == ["马秀兰", "赵文博"]
    assert sitting.premises._key(COLLEAGUE, "liu shu wan 7") == sitting.premises.opened().key


def test_only_people_of_this_place_can_be_added_and_none_twice(page: SettingsPage, sitting: Sitting) -> None:
    assert [one.name for one in sitting.premises.candidates()] == ["赵文博"]


def test_a_weak_secret_is_refused_with_its_reason(page: SettingsPage, sitting: Sitting) -> None:
    page.show_tab("安全")
    press(page, "换我的密码")
    sheet = page.findChild(SecretSheet)
    assert sheet is not None
    sitting.type(sheet._old, SECRET)
    for field in sheet._new._fields():
        sitting.type(field, "1234")
    sitting.press(Qt.Key.Key_Return)
    assert sheet._new._first.note() == "只有 4 位，至少要 8 位"


def test_changing_the_secret_asks_the_old_one_again(page: SettingsPage, sitting: Sitting) -> None:
    page.show_tab("安全")
    press(page, "换我的密码")
    sheet = page.findChild(SecretSheet)
    assert sheet is not None
    sitting.type(sheet._old, "不是这个")
    for field in sheet._new._fields():
        sitting.type(field, "liu shu wan 7")
    press(sheet, "换成新密码")
    assert sheet._trouble.text().startswith("密码不对")
    sitting.type(sheet._old, SECRET)
    press(sheet, "换成新密码")
    sitting.program.lock()
    sitting.type_secret("liu shu wan 7")
    assert not sitting.program.is_locked


def test_a_person_can_be_shut_out_but_never_oneself(page: SettingsPage, sitting: Sitting) -> None:
    sitting.premises.base.set_secret(sitting.premises.opened().key, COLLEAGUE, "赵文博", "liu shu wan 7")
    page.enter()
    page.show_tab("安全")
    sitting.settle()
    assert [one.text() for one in page._people.findChildren(Button)].count("不让再进") == 1
    press(page._people, "不让再进")
    asked = question(sitting)
    assert asked.keep_button.hasFocus()
    asked.act_button.click()
    assert [one.account for one in sitting.premises.people()] == [CLERK]


def test_a_new_recovery_code_is_shown_once_and_opens(page: SettingsPage, sitting: Sitting) -> None:
    page.show_tab("安全")
    press(page, "换一张恢复码")
    question(sitting).act_button.click()
    sitting.settle()
    step = page.findChild(CodeStep)
    assert step is not None
    assert sitting.premises.base.recover(step._sheet.code) == sitting.premises.opened().key
    step._sure.click()
    step._go.click()
    assert not page._beside.is_sheet_open()


def test_a_backup_is_made_read_back_and_listed(page: SettingsPage, sitting: Sitting) -> None:
    page.show_tab("备份")
    before = len(sitting.premises.backups())
    sitting.premises.base.around.clock_ms()
    press(page, "现在备份一份")
    assert len(sitting.premises.backups()) >= max(before, 1)
    assert sitting.work.notices.shown()[-1].accessibleName() == "备份好了，也读过一遍"


def test_going_back_wants_a_reason_and_names_what_is_unsent(page: SettingsPage, sitting: Sitting) -> None:
    registered(sitting.work.desk)
    page.show_tab("备份")
    press(page, "现在备份一份")
    asked: list[object] = []
    page.restore_asked.connect(asked.append)
    page._ask_restore(sitting.premises.backups()[0])
    confirm = question(sitting)
    assert "3 处还没传到区里" in confirm.accessibleDescription()
    confirm.act_button.click()
    assert asked == []
    confirm.keep_button.click()


def test_a_check_says_that_all_is_whole(page: SettingsPage, sitting: Sitting) -> None:
    page.show_tab("备份")
    press(page, "检查一遍")
    assert page._check._text.words() == "都对。存的东西完完整整。"


def test_half_typed_secrets_do_not_stay_open(page: SettingsPage, sitting: Sitting) -> None:
    page.show_tab("安全")
    press(page, "换我的密码")
    sitting.window.show_place("today")
    sitting.window.show_place("settings")
    assert not page._beside.is_sheet_open()


def test_who_looked_at_a_number_stands_where_everybody_can_read_it(page: SettingsPage, sitting: Sitting) -> None:
    desk = sitting.work.desk
    party = desk.store.children("party", registered(desk))[0]
    desk.reveal("party", str(party["id"]), "phone")
    page.enter()
    page.show_tab("安全")
    sitting.settle()
    said = [label.text() for label in page._looked.findChildren(Label) if label.isVisible()]
    assert {"马秀兰", "看了电话"} <= set(said)


def test_the_scanners_folder_is_chosen_and_let_go_again(
    page: SettingsPage, sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_tab("附件")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "扫描 件"))
    press(row(page, "scan_folder"), "选文件夹")
    assert setting(sitting, "scan_folder") == str(tmp_path / "扫描 件")
    press(row(page, "scan_folder"), "不看了")
    assert sitting.work.desk.settings.value("scan_folder") == ""
