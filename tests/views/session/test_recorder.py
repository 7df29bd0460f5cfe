"""The recorder through its window: people talk, one writes; no letter is lost, no result is chosen beforehand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from desktop.casework.disputes import sessions
from desktop.views.disputes.page.page import DisputePage
from desktop.views.kit import Button
from desktop.views.session.page import SessionPage
from desktop.views.today.page import TodayPage
from tests.casework.conftest import HOST
from tests.views.disputes.stage import Enter, Stage, keyboard, press, settle
from tests.views.disputes.town import Town

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


def at_session(stage: Stage, name: str = "排水") -> SessionPage:
    stage.window.show_place("today")
    stage.record_session(stage.town.disputes[name])
    settle()
    assert isinstance(stage.page, SessionPage)
    return stage.page


def everybody_here(page: SessionPage) -> None:
    for box in page.side.presence.findChildren(QCheckBox):
        if box.isVisible() and box.text() in ("王有福", "李建军"):
            box.setChecked(True)
    settle()


def alt(digit: str) -> None:
    QTest.keyClick(keyboard(), digit, ALT)
    settle()


def spoken(page: SessionPage) -> list[tuple[str, str]]:
    """Who said what, by name."""
    names = {one.key: one.name for one in (*page._room.attendants, *page._room.speakers)}
    return [
        (names.get(line["who"], "休息"), line["text"]) for line in page.utterances.lines() if line["text"]
    ]


def draft(town: Town) -> dict[str, Any]:
    kept = town.desk.store.draft(f"session:{town.disputes['排水']}")
    assert kept is not None
    return dict(kept.body)


def test_the_recorder_begins_with_the_mediator_and_the_keyboard_in_the_line(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_session(stage)
    assert (page.head.title, page.head.fact) == ("第 3 次调解", "王有福与李建军宅基地排水纠纷")
    assert stage.window.side.is_rail
    press("今天只谈两件。")
    assert spoken(page) == [("马秀兰", "今天只谈两件。")]


def test_alt_and_a_digit_change_the_speaker_without_the_mouse(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    everybody_here(page)
    press("开始吧。")
    alt("1")
    press("墙根都泡酥了。")
    alt("2")
    press("檐口我可以接水槽。")
    assert spoken(page) == [
        ("马秀兰", "开始吧。"),
        ("王有福", "墙根都泡酥了。"),
        ("李建军", "檐口我可以接水槽。"),
    ]


def test_a_line_bears_the_time_its_first_word_was_said(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    everybody_here(page)
    press("开始吧。")
    alt("1")
    town.office.wait(minutes=9)
    press("去")
    town.office.wait(minutes=5)
    press("年雨大。")
    times = [line["at"][11:16] for line in page.utterances.lines()]
    assert times == ["10:42", "10:51"]


def test_a_speaker_chosen_by_mistake_leaves_no_empty_line(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    everybody_here(page)
    press("开始吧。")
    alt("1")
    alt("2")
    press("我先说。")
    assert spoken(page) == [("马秀兰", "开始吧。"), ("李建军", "我先说。")]
    assert len(page.utterances.lines()) == 2


def test_enter_ends_a_line_and_the_same_person_goes_on(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    press("第一句。", ENTER, "第二句。")
    assert spoken(page) == [("马秀兰", "第一句。"), ("马秀兰", "第二句。")]


def test_a_break_is_a_line_of_its_own(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    press("开始吧。")
    QTest.keyClick(keyboard(), "b", ALT)
    settle()
    press("出去抽了袋烟。")
    assert spoken(page)[-1] == ("休息", "出去抽了袋烟。")


def test_a_line_written_earlier_can_be_mended(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    press("第一巨。", ENTER, "第二句。")
    QTest.mouseClick(page.utterances._rows[0], Qt.MouseButton.LeftButton)
    settle()
    press(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, "句。")
    assert [text for _, text in spoken(page)] == ["第一句。", "第二句。"]


def test_every_letter_is_kept_and_survives_leaving(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_session(stage)
    press("今天只谈两件。")
    assert page.saved.words() == "每个字都已存在本机 10:42:00"
    assert draft(town)["utterances"][0]["text"] == "今天只谈两件。"
    press(ESC)
    assert isinstance(stage.page, TodayPage)
    again = at_session(stage)
    assert spoken(again) == [("马秀兰", "今天只谈两件。")]


def test_leaving_while_a_write_runs_loses_nothing(town: Town, enter: Enter, qtbot: QtBot) -> None:
    stage = enter(town, threads=True)
    stage.window.show_place("today")
    stage.record_session(town.disputes["排水"])
    qtbot.waitUntil(lambda: isinstance(stage.page, SessionPage) and stage.page._room is not None)
    settle()
    press(*"abcdefghij", ESC)
    stage.lanes.close()
    assert draft(town)["utterances"][0]["text"] == "abcdefghij"


def test_today_offers_the_session_that_was_left(town: Town, enter: Enter) -> None:
    stage = enter(town)
    at_session(stage)
    press("今天只谈两件。", ESC)
    settle()
    assert isinstance(stage.page, TodayPage)
    assert [one.kind for one in stage.page._facts.unfinished] == ["session", "register"]


def test_what_was_told_bears_its_time(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    buttons = [b for b in page.side.tellings.findChildren(Button) if b.isVisible()]
    buttons[0].click()
    settle()
    assert draft(town)["told"]["rights"].startswith("2026-11-23T10:42")
    assert [b.text() for b in page.side.tellings.findChildren(Button) if b.isVisible()] == ["讲了", "问了"]


def test_closing_the_door_is_asked_and_answered(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    page.side.tellings._press("closed")
    settle()
    assert draft(town).get("closed") is None
    next(b for b in page.side.tellings.findChildren(Button) if b.text() == "关起门谈" and b.isVisible()).click()
    assert draft(town)["closed"] is True


def test_somebody_else_comes_with_the_consent_of_both(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    page.side.presence.joined.emit("杨志明", "村主任", True)
    settle()
    (speaker,) = [one for one in page._room.speakers if one.name == "杨志明"]
    assert (speaker.role, speaker.digit) == ("村主任，双方同意", 1)


def test_the_keyboard_stays_in_the_line_when_somebody_is_ticked(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    press("开始")
    page._came(page._room.attendants[0].key, True)
    settle()
    press("吧。")
    assert spoken(page) == [("马秀兰", "开始吧。")]


def test_no_result_is_chosen_beforehand(town: Town, enter: Enter) -> None:
    page = at_session(enter(town))
    press("谈完了。")
    press(ENTER, held=CTRL)
    settle()
    assert page.result.outcome().result == ""
    assert page.filled.text() == "记录写好了"
    press(ENTER, held=CTRL)
    assert page.result.fields.frame("result").trouble == "error"


def test_another_day_needs_its_moment(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_session(stage)
    everybody_here(page)
    page.side.tellings.told.emit("rights")
    press("谈完了。")
    press(ENTER, held=CTRL)
    settle()
    press("3")
    press(ENTER, held=CTRL)
    assert page.result.fields.frame("next_at").trouble == "error"
    press("30", ENTER, "1430", ENTER)
    press(ENTER, held=CTRL)
    settle()
    newest = max(town.desk.store.children("session", town.disputes["排水"]), key=lambda s: s["seq"])
    assert (newest["result"], newest["next_at"][:16]) == ("择日", "2026-11-30T14:30")
    assert newest["body"].endswith("马秀兰：谈完了。")


def test_agreeing_moves_the_dispute_and_offers_the_agreement(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_session(stage)
    everybody_here(page)
    page.side.tellings.told.emit("rights")
    press("沟挖到墙外一尺二。")
    press(ENTER, held=CTRL)
    settle()
    press("1")
    page.result.fields.jump("closing")
    press("李建军挖沟，工料两家对半")
    press(ENTER, held=CTRL)
    settle()
    assert town.desk.store.record("dispute", town.disputes["排水"])["status"] == "40"
    assert town.desk.store.draft(f"session:{town.disputes['排水']}") is None
    (notice,) = stage.notices.shown()
    next(b for b in notice.findChildren(Button) if b.text() == "写协议").click()
    settle()
    assert stage.page.head.title == "写协议"


def test_what_the_record_lacks_leads_back_to_it(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_session(stage)
    press("谈完了。")
    press(ENTER, held=CTRL)
    settle()
    press("2")
    press(ENTER, held=CTRL)
    settle()
    assert "权利和义务" in stage.notices.said[-1].text
    assert page.utterances.isVisible()
    assert spoken(page) == [("马秀兰", "谈完了。")]


def test_the_result_half_written_is_kept_too(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_session(stage)
    press("谈完了。")
    press(ENTER, held=CTRL)
    settle()
    press("2")
    page.result.fields.jump("closing")
    press("工料钱谁出", ESC)
    again = at_session(stage)
    assert (again.result.outcome().result, again.result.outcome().closing) == ("未达成", "工料钱谁出")


def test_a_dispute_not_accepted_has_no_session(town: Town, enter: Enter) -> None:
    stage = enter(town)
    stage.window.show_place("disputes")
    stage.open_dispute(town.disputes["工资"])
    stage.record_session(town.disputes["工资"])
    settle()
    assert isinstance(stage.page, DisputePage)
    assert stage.notices.said[-1].text.startswith("受理以后才能调解")


@pytest.mark.parametrize("size", ["100", "150"])
def test_an_hour_of_talk_scrolls_with_the_line_being_written(town: Town, enter: Enter, size: str) -> None:
    page = at_session(enter(town, size=size))
    for number in range(30):
        town.office.now += timedelta(minutes=2)
        press(f"第 {number} 句，说来话长。", ENTER)
    settle()
    scroll = page.utterances._scroll
    row = page.utterances._rows[-1]
    top = row.mapTo(scroll.viewport(), row.rect().topLeft()).y()
    assert 0 <= top <= scroll.viewport().height() - row.height()


def test_hours_of_talk_are_all_kept_and_the_earlier_lines_are_a_press_away(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_session(stage)
    lines = [sessions.say(town.desk, {"utterances": []}, HOST, f"第 {n} 句。")["utterances"][0] for n in range(230)]
    page.utterances.fill(lines)
    page.utterances.go_on()
    for number in range(230, 300):
        press(ENTER, f"第 {number} 句。")
    wanted = [f"第 {n} 句。" for n in range(300)]
    assert [text for _, text in spoken(page)] == wanted
    assert len(page.utterances._rows) < 200
    assert page.utterances._earlier.isVisible()
    press(ESC)
    again = at_session(stage)
    assert [text for _, text in spoken(again)] == wanted
    while again.utterances._earlier.isVisible():
        again.utterances._earlier.click()
        settle()
    assert len(again.utterances._rows) == 300
    assert [row.text() for row in again.utterances._rows] == wanted


def test_a_record_of_fifty_thousand_letters_pasted_into_a_line_is_kept_while_one_goes_on(
    town: Town, enter: Enter
) -> None:
    at_session(enter(town))
    pasted = QMimeData()
    pasted.setText("去年雨大，水从他家檐口直冲我后墙。" * 2_900)
    keyboard().insertFromMimeData(pasted)  # type: ignore[attr-defined]
    settle()
    press("写完了。")
    assert draft(town)["utterances"][0]["text"] == f"{pasted.text()}写完了。"
