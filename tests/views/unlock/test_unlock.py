"""The locked screen: a secret, the tries that are left, the recovery code, a damaged file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.store import backup
from desktop.views.unlock.cover import RecoveryCard
from desktop.views.unlock.idle import IdleWatch
from desktop.views.unlock.secret import SecretField
from tests.casework.conftest import Office, registered
from tests.casework.district import District, Line
from tests.views.at_work import SECRET, Sitting, premises_of


@pytest.fixture
def office(district: District) -> tuple[Office, Line]:
    made, line, _ = district.office("镇 电脑")
    return made, line


@pytest.fixture
def locked(office: tuple[Office, Line], sit_down: Callable[..., Sitting]) -> Sitting:
    return sit_down(premises_of(*office), comes_in=False)


def test_the_keyboard_is_in_the_field_and_enter_opens(locked: Sitting) -> None:
    field = locked.card().findChild(SecretField)
    assert field is not None
    assert field.hasFocus()
    locked.type_secret()
    assert not locked.program.is_locked


def test_a_wrong_secret_says_how_many_tries_are_left(locked: Sitting) -> None:
    locked.type_secret("不是这个")
    assert locked.card()._trouble.text() == "密码不对，没打开。东西都在。再试一次，还能试 4 次。"
    field = locked.card().findChild(SecretField)
    assert field is not None
    assert field.value() == ""
    assert field.hasFocus()
    locked.type_secret()
    assert not locked.program.is_locked


def test_an_empty_secret_is_no_try(locked: Sitting) -> None:
    for _ in range(6):
        locked.press(Qt.Key.Key_Return)
    assert locked.card()._trouble.text() == "还没填密码"
    locked.type_secret()
    assert not locked.program.is_locked


def test_after_five_wrong_tries_the_door_says_until_when_even_after_a_restart(
    office: tuple[Office, Line], sit_down: Callable[..., Sitting], locked: Sitting
) -> None:
    for _ in range(5):
        locked.type_secret("不是这个")
    assert "先锁上了" in locked.card()._trouble.text()
    again = sit_down(premises_of(*office), comes_in=False)
    assert "先锁上了" in again.card()._trouble.text()
    assert "今天 10:57" in again.card()._trouble.text()
    again.type_secret()
    assert again.program.is_locked
    office[0].wait(minutes=16)
    again.type_secret()
    assert not again.program.is_locked


def test_the_recovery_code_opens_and_sets_a_new_secret(
    office: tuple[Office, Line], sit_down: Callable[..., Sitting], locked: Sitting
) -> None:
    key = locked.premises._key(locked.premises.people()[0].account, SECRET)
    code = locked.premises.base.new_recovery_code(key)
    locked.cover().show_recovery()
    card = locked.window.findChild(RecoveryCard)
    assert card is not None
    first, again = card._new._fields()
    locked.type(card._code, code.lower().replace("-", " "))
    locked.type(first, "liu shu wan 7")
    locked.type(again, "liu shu wan 7")
    locked.press(Qt.Key.Key_Return)
    assert not locked.program.is_locked
    locked.program.lock()
    locked.type_secret("liu shu wan 7")
    assert not locked.program.is_locked


def test_a_mistyped_recovery_code_keeps_what_was_typed(locked: Sitting) -> None:
    locked.cover().show_recovery()
    card = locked.window.findChild(RecoveryCard)
    assert card is not None
    locked.type(card._code, "ABCD-EFGH")
    for field in card._new._fields():
        locked.type(field, "liu shu wan 7")
    card._open.click()
    assert card._trouble.text().startswith("恢复码不对")
    assert card._code.value() == "ABCD-EFGH"
    locked.press(Qt.Key.Key_Escape)
    assert locked.card().isVisible()


def test_dots_stand_for_the_secret_until_the_eye_is_opened(locked: Sitting) -> None:
    field = locked.card().findChild(SecretField)
    assert field is not None
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field._eye.click()
    assert field.echoMode() is QLineEdit.EchoMode.Normal


def test_a_damaged_file_is_said_and_a_backup_put_in_its_place(
    office: tuple[Office, Line], sit_down: Callable[..., Sitting]
) -> None:
    made, line = office
    registered(made.sit())
    made.store.back_up()
    premises = premises_of(made, line)
    whole = premises.base.file.read_bytes()
    premises.base.file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    sitting = sit_down(premises, comes_in=False)
    sitting.type_secret()
    card = sitting.card()
    assert "备份还在" in card._trouble.text()
    assert card._restore.isVisible()
    card._restore.click()
    assert not sitting.program.is_locked
    assert len(sitting.work.desk.store.records("dispute")) == 1
    assert backup.listed(premises.base)


def test_a_second_window_is_refused_kindly(
    locked: Sitting, sit_down: Callable[..., Sitting], office: tuple[Office, Line]
) -> None:
    locked.type_secret()
    second = sit_down(premises_of(*office), comes_in=False)
    second.type_secret()
    assert second.card()._trouble.text().startswith("程序已经开着一个窗口了")


def test_any_touch_winds_the_idle_clock(qtbot: QtBot, locked: Sitting) -> None:
    watch = IdleWatch(minutes=1)
    watch._timer.start(50_000)
    watch._timer.setInterval(60_000)
    QTest.keyClick(locked.window.windowHandle(), Qt.Key.Key_Shift)
    assert watch._timer.remainingTime() > 59_000
    watch.rest()
    QTest.keyClick(locked.window.windowHandle(), Qt.Key.Key_Shift)
    assert not watch._timer.isActive()


def test_writing_chinese_counts_as_a_touch_though_the_input_method_keeps_the_keys(locked: Sitting) -> None:
    field = locked.card().findChild(SecretField)
    assert field is not None
    field._eye.click()
    watch = IdleWatch(minutes=1)
    watch._timer.start(50_000)
    watch._timer.setInterval(60_000)
    locked.type(field, "排水沟")
    assert watch._timer.remainingTime() > 59_000
