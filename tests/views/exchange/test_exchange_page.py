"""The page of the exchange: what waits, what was not taken, and the button that runs a round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.casework.desk import Account
from desktop.casework.disputes import progress
from desktop.casework.exchange.rounds import RoundResult
from desktop.views.disputes.page.page import DisputePage
from desktop.views.exchange.page import ExchangePage
from desktop.views.exchange.preview import Preview
from desktop.views.kit import Button, Paragraph
from desktop.views.kit.pressable import PressableRow
from desktop.views.shell.exchange_card import ExchangeCard
from desktop.views.today.page import TodayPage
from tests.casework.conftest import COLLEAGUE, Office, many, registered
from tests.casework.district import District, Line
from tests.views.at_work import Sitting, premises_of

ELSEWHERE = {"code": "620802108201", "name": "索罗村委会", "level": "5", "valid_from": "2026-01-01"}
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Desk:
    """Somebody at the exchange page, and the line in the hand."""

    sitting: Sitting
    line: Line
    hub: District
    office: Office

    @property
    def page(self) -> ExchangePage:
        page = self.sitting.window.stack.page()
        assert isinstance(page, ExchangePage)
        return page

    def open(self) -> ExchangePage:
        self.sitting.work.show_exchange()
        self.sitting.settle()
        return self.page

    def headline(self) -> str:
        return self.page._headline._sentence.text()

    def button(self, words: str) -> Button:
        return next(one for one in self.page.findChildren(Button) if one.text() == words and one.isVisible())


@pytest.fixture
def desk(district: District, sit_down: Callable[..., Sitting]) -> Desk:
    office, line, _ = district.office("镇 电脑")
    return Desk(sit_down(premises_of(office, line)), line, district, office)


def refuse(desk: Desk) -> str:
    """A change the district does not take: its author is no longer in office."""
    given = registered(desk.sitting.work.desk)
    desk.sitting.work.courier.run_now()
    desk.hub.hub.end_account(COLLEAGUE, "2026-11-01")
    store = desk.sitting.work.desk.store
    record = store.record("account", COLLEAGUE)
    assert record
    stranger = replace(desk.sitting.premises.desk(), account=Account.of(record))
    progress.change(stranger, given, {"amount_cents": 100})
    desk.sitting.work.courier.run_now()
    return given


def test_all_in_step_is_said_only_when_nothing_waits(desk: Desk) -> None:
    desk.open()
    assert desk.headline() == "全部同步"
    assert not desk.page._waiting.isVisible()
    registered(desk.sitting.work.desk)
    assert desk.headline() != "全部同步"
    assert desk.page._waiting.isVisible()


def test_control_enter_carries_what_waits_to_the_district(desk: Desk) -> None:
    registered(desk.sitting.work.desk)
    desk.open()
    desk.sitting.press(Qt.Key.Key_Return, CONTROL)
    assert desk.headline() == "全部同步"
    assert desk.hub.hub.standing_for("620802107000")["dispute"]


def test_without_a_line_the_page_says_that_all_is_kept_here(desk: Desk) -> None:
    desk.line.is_up = False
    registered(desk.sitting.work.desk)
    desk.open()
    desk.page.filled.click()
    assert "没" in desk.headline()
    assert desk.page._rounds.isVisible()
    desk.line.is_up = True
    desk.page.filled.click()
    assert desk.headline() == "全部同步"


def test_a_line_that_waits_is_looked_into_by_keyboard_and_opens_its_dispute(desk: Desk) -> None:
    registered(desk.sitting.work.desk)
    page = desk.open()
    row = next(one for one in desk.page.findChildren(PressableRow) if one.isVisible())
    row.setFocus()
    desk.sitting.press(Qt.Key.Key_Space)
    preview = page.findChild(Preview)
    assert preview is not None
    said = "\n".join(one.words() for one in preview.findChildren(Paragraph))
    assert "**马秀兰** 登记纠纷" in said
    assert "简单说说经过：" in said
    desk.sitting.press(Qt.Key.Key_Escape)
    assert desk.sitting.window.stack.page() is page
    assert page._rounds.isVisible()
    desk.sitting.press(Qt.Key.Key_Space)
    assert not page._rounds.isVisible()
    desk.sitting.work.courier.run_now()
    assert page._rounds.isVisible()
    registered(desk.sitting.work.desk)
    next(one for one in page.findChildren(PressableRow) if one.isVisible()).click()
    desk.sitting.press(Qt.Key.Key_Space)
    assert isinstance(desk.sitting.window.stack.page(), DisputePage)


def test_the_rounds_say_how_much_went_each_way(desk: Desk) -> None:
    registered(desk.sitting.work.desk)
    desk.sitting.work.courier.run_now()
    page = desk.open()
    newest = page._rounds.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)
    said = next(one.accessibleName() for one in newest if "传出 3 条" in one.accessibleName())
    assert " KB，收进 3 条 " in said
    assert "用时" in said


def test_what_has_waited_too_long_is_said_on_the_page_the_status_line_and_today(desk: Desk) -> None:
    desk.line.is_up = False
    registered(desk.sitting.work.desk)
    desk.office.wait(days=4)
    desk.sitting.work.courier.run_now()
    window = desk.sitting.window
    assert "最早的等了 4 天" in window.findChild(ExchangeCard).accessibleDescription()
    window.show_place("today")
    today = window.stack.page()
    assert isinstance(today, TodayPage)
    first = next(one for one in today.news.findChildren(QAbstractButton) if one.isVisible())
    assert first.accessibleName().startswith("有 3 件没传到区里")
    first.click()
    assert desk.headline() == "有 3 件没传到区里，最早的等了 4 天"


def test_what_was_not_taken_stands_first_with_three_ways_out(desk: Desk) -> None:
    refuse(desk)
    desk.open()
    assert desk.page._refused.isVisible()
    assert [desk.button(words).isEnabled() for words in ("改了再传", "问区里", "不传了，留底")] == [True] * 3


def test_asking_the_district_is_remembered_on_the_card(desk: Desk) -> None:
    refuse(desk)
    desk.open()
    desk.button("问区里").click()
    desk.sitting.settle()
    assert desk.page._facts.refused[0].asked
    assert not any(one.text() == "问区里" and one.isVisible() for one in desk.page.findChildren(Button))


def test_sending_again_and_keeping_here_empty_the_card(desk: Desk) -> None:
    refuse(desk)
    desk.open()
    desk.button("改了再传").click()
    assert not desk.page._refused.isVisible()


def test_what_is_kept_here_is_no_longer_offered(desk: Desk) -> None:
    refuse(desk)
    desk.open()
    desk.button("不传了，留底").click()
    assert not desk.page._refused.isVisible()
    assert desk.headline() == "全部同步"


def test_five_hundred_waiting_records_are_fifty_rows_and_a_number(desk: Desk) -> None:
    desk.line.is_up = False
    many(desk.sitting.work.desk, 500)
    desk.open()
    rows = [one for one in desk.page._waiting.findChildren(PressableRow) if one.isVisibleTo(desk.page)]
    assert len(rows) == 50
    assert "件" in desk.page._waiting.heading.fact()


def test_a_narrow_window_shows_one_panel_at_a_time(desk: Desk) -> None:
    registered(desk.sitting.work.desk)
    desk.sitting.window.resize(911, 440)
    desk.open()
    shown: list[QWidget] = [one for one in (desk.page._waiting, desk.page._rounds) if one.isVisible()]
    assert shown == [desk.page._waiting]
    desk.page._segments.set_value("rounds")
    assert desk.page._rounds.isVisible()
    assert not desk.page._waiting.isVisible()


def test_late_work_on_what_moved_is_handed_over_with_one_button(desk: Desk) -> None:
    given = registered(desk.sitting.work.desk)
    desk.sitting.work.courier.run_now()
    progress.change(desk.sitting.work.desk, given, {"amount_cents": 100})
    desk.hub.hub.add("place", ELSEWHERE, str(ELSEWHERE["code"]))
    desk.hub.hub.change("dispute", given, {"place_code": ELSEWHERE["code"]})
    desk.sitting.work.courier.run_now()
    page = desk.open()
    assert page._refused.isVisible()
    assert page._left_desk.isVisible()
    desk.button("交给现在管的单位").click()
    desk.sitting.settle()
    assert not page._refused.isVisible()
    desk.page.filled.click()
    (handed,) = desk.hub.hub.standing_for(str(ELSEWHERE["code"]))["supplement"].values()
    assert handed["body"] == "争的金额：1 元"


def test_many_struck_out_at_once_ask_before_they_go(desk: Desk) -> None:
    given = [registered(desk.sitting.work.desk) for _ in range(3)]
    desk.sitting.work.courier.run_now()
    asked: list[tuple[int, int]] = []
    desk.open()
    desk.page._ask_struck = lambda *counts: asked.append(counts)  # type: ignore[method-assign]
    desk.page._round_done(RoundResult("trouble", "", many_struck=(60, len(given))))
    assert asked == [(60, 3)]
