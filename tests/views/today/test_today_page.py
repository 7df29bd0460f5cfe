"""Today through its window: the next act first, nothing half-written forgotten, no fold through a line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.casework.disputes import agreements
from desktop.views.disputes.listing.page import DisputesPage
from desktop.views.disputes.page.page import DisputePage
from desktop.views.disputes.registration.page import RegistrationPage
from desktop.views.kit import Button
from desktop.views.session.page import SessionPage
from desktop.views.today.lines import Line
from desktop.views.today.page import TodayPage
from tests.views.disputes.stage import Enter, Stage, keyboard, press, settle
from tests.views.disputes.town import Town


def at_today(stage: Stage) -> TodayPage:
    stage.window.show_place("today")
    assert isinstance(stage.page, TodayPage)
    settle()
    return stage.page


def filled_buttons(page: QWidget) -> list[str]:
    return [b.text() for b in page.findChildren(Button) if b.kind == "primary" and b.isVisible()]


def test_the_head_says_the_day_and_what_is_late(told_once: Town, enter: Enter) -> None:
    page = at_today(enter(told_once))
    assert (page.head.title, page.head.fact) == ("11月23日 星期一", "今天 3 件，超期 2 件")


def test_the_side_learns_how_much_is_to_do(told_once: Town, enter: Enter, qtbot: QtBot) -> None:
    page = at_today(enter(told_once))
    with qtbot.waitSignal(page.counted) as told:
        page.enter()
    assert told.args == [5]


def test_the_meeting_of_today_has_the_only_filled_button(told_once: Town, enter: Enter) -> None:
    page = at_today(enter(told_once))
    assert filled_buttons(page) == ["开始记录"]


def test_ctrl_enter_begins_the_meeting(town: Town, enter: Enter) -> None:
    stage = enter(town)
    at_today(stage)
    press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert isinstance(stage.page, SessionPage)


def test_arrows_walk_the_lines_and_enter_opens_the_dispute(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    at_today(stage)
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert "王有福与李建军" in keyboard().accessibleName()
    press(Qt.Key.Key_Return)
    assert isinstance(stage.page, DisputePage)
    assert stage.page.head.title == "王有福与李建军宅基地排水纠纷"


def test_going_back_stands_on_the_same_page_with_the_keyboard(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    at_today(stage)
    press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert isinstance(stage.page, TodayPage)


def test_what_was_left_half_written_stands_at_the_top_and_goes_on(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = at_today(stage)
    (button,) = [b for b in page.findChildren(Button) if b.text() == "接着写" and b.isVisible()]
    button.click()
    assert isinstance(stage.page, RegistrationPage)
    assert stage.page.form is not None
    assert stage.page.form.fields.value("summary") == "放羊啃了青苗。"


def test_the_act_of_a_line_begins_at_once(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = at_today(stage)
    row = next(row for row in page.tasks.rows() if row.button.text() == "写回访")
    row.button.click()
    settle()
    assert isinstance(stage.page, DisputePage)
    assert stage.page.filled is not None
    assert stage.page.filled.text() == "记下这次回访"


def test_see_all_goes_to_the_list_of_what_is_due(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = at_today(stage)
    page.tasks.all_asked.emit("any")
    assert isinstance(stage.page, DisputesPage)
    assert stage.page.filters.chosen().due == "any"


@pytest.mark.parametrize("size", ["100", "125", "150"])
def test_no_line_is_cut_by_the_fold(told_once: Town, enter: Enter, size: str) -> None:
    page = at_today(enter(told_once, size=size))
    scroll = page.tasks._scroll
    covered = scroll._below.height() if scroll._below.isVisible() else 0
    bottom = scroll.verticalScrollBar().value() + scroll.viewport().height() - covered
    assert all(row.y() + row.height() <= bottom or row.y() >= bottom for row in page.tasks.rows())


def test_a_narrow_window_shows_one_part_at_a_time(told_once: Town, enter: Enter) -> None:
    page = at_today(enter(told_once, size="150"))
    assert page.tasks.isVisible()
    assert not page.awaited.isVisible()
    page._part.set_value("awaited")
    settle()
    assert page.awaited.isVisible()
    assert not page.tasks.isVisible()


def test_a_quiet_day_says_so(enter: Enter, new_office: object) -> None:
    office = new_office()  # type: ignore[operator]
    page = at_today(enter(Town(office, office.sit())))
    assert page.head.fact == "今天没有到期的"
    assert not filled_buttons(page)
    assert any(w.accessibleName() == "今天没有要办的" for w in page.findChildren(QWidget))


def test_what_is_new_comes_while_the_page_is_shown(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_today(stage)
    before = len(page.tasks.rows())
    town.register("新来", accept=False, parties=[{"side": "甲", "kind": "自然人", "name": "王一"},
                                               {"side": "乙", "kind": "自然人", "name": "王二"}])  # fmt: skip
    town.office.wait(days=3)
    stage.lanes.hub.changed.emit(None)
    settle()
    assert len(page.tasks.rows()) > before


def test_what_others_owe_says_how_long_they_still_have(town: Town, enter: Enter) -> None:
    own, desk = town.disputes["流转"], town.desk
    (made,) = desk.store.children("agreement", own)
    asked = {"confirm_state": "已申请", "court": "青石人民法庭", "confirm_applied_at": "2026-11-16"}
    agreements.change(desk, str(made["id"]), asked)
    page = at_today(enter(town))
    said = [one.accessibleName() for one in page.awaited.findChildren(Line)]
    assert said == ["区住建局，已 13 天", "青石人民法庭，超期 4 天"]
