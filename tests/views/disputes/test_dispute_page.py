"""The page of one dispute through its window: what is next, until when, who, and every act that can be done."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.casework import readings
from desktop.store import Edit
from desktop.views.disputes.agreement.page import AgreementPage
from desktop.views.disputes.page.page import DisputePage
from desktop.views.disputes.page.people import PersonCard
from desktop.views.disputes.page.records import RecordCard
from desktop.views.kit import Button, Confirm, EmptyState, Label, Paragraph
from desktop.views.session.page import SessionPage
from desktop.views.today.page import TodayPage
from tests.casework.conftest import COLLEAGUE
from tests.views.disputes.stage import Enter, Stage, keyboard, press, settle
from tests.views.disputes.town import Town

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, TAB, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Space


def at_dispute(stage: Stage, name: str, **how: Any) -> DisputePage:
    stage.window.show_place("disputes")
    stage.open_dispute(stage.town.disputes[name], **how)
    settle()
    assert isinstance(stage.page, DisputePage)
    return stage.page


def at_agreement(stage: Stage, name: str) -> AgreementPage:
    stage.window.show_place("disputes")
    stage.open_dispute(stage.town.disputes[name], act="write_agreement")
    settle()
    assert isinstance(stage.page, AgreementPage)
    return stage.page


def act(page: DisputePage, words: str) -> None:
    next(one for one in page.acts() if one.words == words).act()
    settle()


def said_on(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(Label) if label.isVisible()]
    return "\n".join([*labels, *(p.words() for p in widget.findChildren(Paragraph) if p.isVisible())])


def record(town: Town, name: str) -> dict[str, Any]:
    found = town.desk.store.record("dispute", town.disputes[name])
    assert found is not None
    return dict(found)


def filled(stage: Stage) -> list[str]:
    return [b.text() for b in stage.window.findChildren(Button) if b.kind == "primary" and b.isVisible()]


def test_the_head_names_the_dispute_its_state_and_its_risk(told_once: Town, enter: Enter) -> None:
    page = at_dispute(enter(told_once), "排水")
    assert page.head.title == "王有福与李建军宅基地排水纠纷"
    assert [chip.text() for chip in page.head.chips] == ["调解中", "风险高"]
    assert page.head.second.endswith("石桥村 · 宅基地使用 · 10月30日受理")


def test_the_next_step_is_the_only_filled_button_and_ctrl_enter_takes_it(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "排水")
    assert filled(stage) == ["开始记录"]
    assert "今天 14:30 第 3 次调解" in said_on(page.board.next_step)
    press(ENTER, held=CTRL)
    assert isinstance(stage.page, SessionPage)


def test_deadlines_say_their_days_and_why_they_moved(told_once: Town, enter: Enter) -> None:
    page = at_dispute(enter(told_once), "排水")
    assert {"调解期限", "剩 7 天", "11月30日 周一（29 日是周日，顺延）"} <= set(
        said_on(page.board.dues).split("\n")
    )


def test_a_phone_is_masked_until_asked_for_and_the_reading_is_noted(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "排水")
    card = page.findChildren(PersonCard)[0]
    assert "138****2207" in said_on(card)
    before = len(readings.latest(town.desk))
    next(b for b in card.findChildren(Button) if b.text() == "点开看全号").click()
    assert "138 1234 2207" in said_on(card)
    assert len(readings.latest(town.desk)) == before + 1


def test_a_line_of_the_story_opens_its_record(told_once: Town, enter: Enter) -> None:
    page = at_dispute(enter(told_once), "排水")
    page.board.timeline.opened.emit(
        next(e.record for e in page.reading.page.timeline if "第 1 次" in e.title)
    )
    settle()
    assert page.board.tabs.key() == "sessions"
    assert "到现场看了后墙和水沟" in said_on(page.board.sessions)


def test_the_tabs_are_walked_with_the_arrows(told_once: Town, enter: Enter) -> None:
    page = at_dispute(enter(told_once), "排水")
    page.board.tabs.setFocus()
    press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    settle()
    assert page.board.tabs.key() == "agreement"
    assert page.board.agreements.findChild(EmptyState).isVisible()


def test_the_change_log_tells_who_changed_what(town: Town, enter: Enter) -> None:
    town.office.store.save([Edit("dispute", town.disputes["排水"], {"amount_cents": 500000})], by=COLLEAGUE)
    page = at_dispute(enter(town), "排水")
    page.show_tab("changes")
    settle()
    assert "争的金额：3,600 元 → 5,000 元" in said_on(page.board.changes)
    assert "**赵文博** 改纠纷" in said_on(page.board.changes)


def test_a_new_pc_says_that_earlier_changes_are_still_at_the_district(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "排水")
    page.show_tab("changes")
    settle()
    assert "历史还没取来" not in said_on(page.board.changes)
    page.board.changes.show_lines((), town.office.now, is_whole=False)
    assert "历史还没取来" in said_on(page.board.changes)


def test_accepting_asks_for_consent_and_the_telling_of_rights(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "工资", act="accept")
    assert filled(stage) == ["受理"]
    press(ENTER, held=CTRL)
    assert record(town, "工资")["status"] == "10"
    assert stage.notices.said[-1].kind == "warning"
    page._sheet.fields.jump("told.consent")
    press(SPACE, TAB, "1")
    press(ENTER, held=CTRL)
    settle()
    assert record(town, "工资")["status"] == "30"
    assert not page.board.is_sheet_open()
    assert filled(stage) == ["记一次调解"]


def test_refusing_asks_for_the_reason_and_when_it_was_told(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "工资")
    act(page, "不予受理")
    page._sheet.fields.jump("refuse_reason")
    press("拒绝", ENTER)
    press(ENTER, held=CTRL)
    settle()
    assert (record(town, "工资")["status"], record(town, "工资")["refuse_reason"]) == ("21", "04")
    assert page.head.chips[0].text() == "不予受理"


def test_pausing_wants_a_reason_under_its_field(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "排水")
    act(page, "中止")
    page.filled.click()
    frame = page._sheet.fields.frame("end_note")
    assert (frame.trouble, frame.note()) == ("error", "写一句为什么")
    press("等鉴定")
    page.filled.click()
    settle()
    assert (record(town, "排水")["status"], record(town, "排水")["end_note"]) == ("31", "等鉴定")


def test_handing_over_names_the_body(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "承包")
    act(page, "移交")
    press("区农业农村局", ENTER)
    press(ENTER, held=CTRL)
    settle()
    assert (record(town, "承包")["status"], record(town, "承包")["resp_unit"]) == ("50", "区农业农村局")


def test_closing_fills_in_no_reason(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "危房")
    act(page, "办结")
    assert page._sheet.values()["end_reason"] is None
    assert page._sheet.values()["end_date"] == "2026-11-23"


def test_voiding_asks_why_and_can_be_taken_back(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "排水")
    act(page, "作废这件")
    question = page.findChild(Confirm)
    assert question is not None
    assert QApplication.focusWidget() is question.keep_button
    question.act_button.click()
    assert record(town, "排水")["status"] == "30"
    question.reason.field.setText("登记重了")
    question.act_button.click()
    settle()
    assert record(town, "排水")["status"] == "90"
    (notice,) = stage.notices.shown()
    next(b for b in notice.findChildren(Button) if b.text() == "撤回").click()
    assert record(town, "排水")["status"] == "10"


def test_a_form_beside_the_page_survives_being_closed(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "通行", act="follow_up")
    page._sheet.fields.jump("content")
    press("通道让出来了一半")
    press(ESC)
    assert stage.page is page
    assert not page.board.is_sheet_open()
    page.dispute_acts.begin("follow_up")
    settle()
    assert page._sheet.values()["content"] == "通道让出来了一半"


def test_a_visit_is_written_down_without_anything_said_for_the_person(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "通行", act="follow_up")
    assert page._sheet.values()["satisfaction"] is None
    page._sheet.fields.jump("way")
    press("1")
    page._sheet.fields.jump("left_over_risk")
    press("2")
    page._sheet.fields.jump("content")
    press("通道让出来了。")
    press(ENTER, held=CTRL)
    settle()
    (visit,) = [v for v in town.desk.store.children("follow_up", town.disputes["通行"]) if v.get("done_date")]
    assert visit["content"] == "通道让出来了。"
    assert "satisfaction" not in visit


def test_keeping_the_agreement_is_noted_and_moves_on(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "通行")
    page.board.next_step.button.click()
    settle()
    press(ENTER, held=CTRL)
    settle()
    assert record(town, "通行")["status"] == "60"
    assert page.head.chips[0].text() == "待回访"


def test_an_oral_agreement_is_written_with_few_fields(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_agreement(stage, "排水")
    press("2", ENTER)
    settle()
    press(ENTER)  # 哪天谈成的 stays today
    press("李建军改走明沟", TAB)
    press(ENTER)  # no amount
    press("履行中", ENTER)
    press(ENTER, held=CTRL)
    settle()
    assert stage.page is not page
    assert record(town, "排水")["status"] == "40"
    (made,) = town.desk.store.children("agreement", town.disputes["排水"])
    assert (made["form"], made["effective_date"], made["items"]) == ("口头", "2026-11-23", ["李建军改走明沟"])


def test_a_land_contract_is_not_agreed_by_word_of_mouth(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_agreement(stage, "承包")
    assert "法律规定这一类要写书面协议" in said_on(page)
    page.form.fields.jump("form")
    press("2")
    press(ENTER, held=CTRL)
    assert "不能口头" in page.form.fields.frame("form").note()


def test_obligations_are_rows_with_their_own_ids(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_agreement(stage, "排水")
    press("2")
    settle()
    editor = page.form.fields.control("obligations")
    editor.focusProxy().setFocus()
    press(SPACE)
    settle()
    press("李建军", ENTER, "王有福", ENTER, "挖沟", ENTER)
    editor.focusProxy().setFocus()
    press(SPACE)
    rows = page.form.fields.value("obligations")
    assert [{**row, "id": "-"} for row in rows] == [
        {"id": "-", "who": "李建军", "to_whom": "王有福", "what": "挖沟"}
    ]


def test_a_correction_of_the_registration_sends_only_what_changed(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "排水")
    act(page, "改登记内容")
    page._sheet.fields.jump("people_count")
    keyboard().selectAll()
    press("5", ENTER)
    press(ENTER, held=CTRL)
    settle()
    assert record(town, "排水")["people_count"] == 5
    newest = town.desk.store.history([town.disputes["排水"]])[0]
    assert newest.set == {"people_count": 5}


def test_a_party_is_added_and_struck_out_with_a_reason(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "排水")
    act(page, "添一个当事人")
    press("3")
    page._sheet.fields.jump("name")
    press("杨志明")
    page._sheet.fields.jump("kind")
    press("1")
    press(ENTER, held=CTRL)
    settle()
    cards = page.findChildren(PersonCard)
    third = next(card.party for card in cards if card.party.name == "杨志明")
    page.dispute_acts.edit_party(third.id)
    settle()
    next(b for b in page._sheet.findChildren(Button) if b.text() == "作废这个当事人").click()
    question = page.findChild(Confirm)
    question.reason.field.setText("记错人了")
    question.act_button.click()
    settle()
    assert "杨志明" not in [party.name for party in page.reading.page.parties]


def test_the_deadline_moves_only_with_the_consent_of_both(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "排水")
    act(page, "延期")
    press("12.20", ENTER)
    press(ENTER, held=CTRL)
    assert record(town, "排水").get("extended_to") is None
    page._sheet.fields.jump("extension_consent_at")
    press("23", ENTER)
    press(ENTER, held=CTRL)
    settle()
    assert record(town, "排水")["extended_to"] == "2026-12-20"


def test_the_appointment_is_moved_from_the_card_of_deadlines(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "排水")
    next(b for b in page.board.dues.findChildren(Button) if b.text() == "改时间").click()
    settle()
    assert page._sheet.values()["next_place"] == "石桥村调解室"
    page._sheet.fields.control("next_at").date_field.selectAll()
    press("25", ENTER)
    press(ENTER, held=CTRL)
    settle()
    assert record(town, "排水")["next_at"].startswith("2026-11-25T14:30")


def test_a_time_is_agreed_by_keyboard_from_the_next_step_and_stands_on_today(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "承包")
    assert page.board.next_step.second.text() == "约时间"
    page.board.next_step.second.setFocus()
    press(SPACE)
    settle()
    press("24", ENTER, "9:30", ENTER, "上河村调解室")
    press(ENTER, held=CTRL)
    settle()
    assert page.board.next_step.second.text() == "改时间"
    assert "明天 09:30 第 1 次调解" in said_on(page.board.next_step)
    stage.window.show_place("today")
    settle()
    assert isinstance(stage.page, TodayPage)
    said = [(row.accessibleName(), row.accessibleDescription()) for row in stage.page.tasks.rows()]
    (meeting,) = [why for name, why in said if name.endswith("调解 马䶮与沈家祥土地承包经营纠纷")]
    assert "上河村调解室" in meeting


def test_a_time_half_typed_is_still_there_after_the_sheet_was_closed(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "承包")
    page.board.next_step.second.click()
    settle()
    press("24", ENTER, "9:30", ENTER, "上河村")
    press(ESC)
    assert not page.board.is_sheet_open()
    page.board.next_step.second.click()
    settle()
    assert page._sheet.values() == {"next_at": "2026-11-24T09:30:00+08:00", "next_place": "上河村"}


def test_the_line_of_the_appointment_opens_the_sheet_that_moves_it(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "排水")
    page.board.timeline.opened.emit(page.reading.page.timeline[0].record)
    settle()
    assert page.filled.text() == "约好"
    assert page._sheet.values()["next_place"] == "石桥村调解室"


def test_the_agreement_is_begun_where_it_is_missing(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "排水")
    page.show_tab("agreement")
    settle()
    next(b for b in page.board.agreements.findChildren(Button) if b.text() == "写协议").click()
    assert isinstance(stage.page, AgreementPage)


def test_what_cannot_be_done_is_not_offered(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    ended = {one.words for one in at_dispute(stage, "滴水檐").acts()}
    assert "归档" in ended
    assert not ended & {"中止", "延期", "写协议", "记一次调解", "受理"}


def test_a_dispute_closed_to_this_person_shows_only_its_stub(town: Town, enter: Enter) -> None:
    own = town.disputes["承包"]
    closed = Edit("dispute", own, {"closed_session": True, "host_mediator_id": None, "first_contact_id": COLLEAGUE,
                                   "found_by": COLLEAGUE})  # fmt: skip
    town.office.store.save([closed], by=COLLEAGUE)
    page = at_dispute(enter(town), "承包")
    assert page._closed.isVisible()
    assert "上河村" in page._closed.findChild(EmptyState).accessibleDescription()
    assert "沈家祥" not in said_on(page)
    assert page.acts() == ()


def test_what_changes_elsewhere_is_shown_while_a_form_stays_open(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "通行", act="follow_up")
    page._sheet.fields.jump("content")
    press("正写着")
    town.office.store.save([Edit("dispute", town.disputes["通行"], {"title": "改过的名字"})], by=COLLEAGUE)
    stage.lanes.hub.changed.emit(None)
    settle()
    assert page.head.title == "改过的名字"
    assert page._sheet.values()["content"] == "正写着"
    assert page._sheet.isAncestorOf(keyboard())


def test_leaving_and_coming_back_begins_no_act_again(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "通行", act="follow_up")
    page.close_sheet()
    page.enter()
    settle()
    assert not page.board.is_sheet_open()


def test_a_session_record_is_struck_out_never_changed(town: Town, enter: Enter) -> None:
    page = at_dispute(enter(town), "排水")
    page.show_tab("sessions")
    settle()
    card = page.board.sessions.findChildren(RecordCard)[0]
    shown = [b.text() for b in card.findChildren(Button) if b.isVisible() and b.text() != "看全文"]
    assert shown == ["打印记录", "添附件", "作废"]


@pytest.mark.parametrize("name", ["排水", "通行", "工资", "承包", "流转", "危房", "分家", "滴水檐"])
@pytest.mark.parametrize("size", ["100", "150"])
def test_every_state_stands_whole_in_the_window(told_once: Town, enter: Enter, name: str, size: str) -> None:
    stage = enter(told_once, size=size)
    page = at_dispute(stage, name)
    for key in ("sessions", "agreement", "follow_ups", "changes", "story"):
        page.show_tab(key)
        settle()
    assert len(filled(stage)) <= 1
    window = stage.window.rect()
    buttons = [b for b in page.findChildren(Button) if b.isVisible() and not b.visibleRegion().isEmpty()]
    assert all(b.mapTo(stage.window, b.rect().topLeft()).x() >= 0 for b in buttons)
    assert all(b.mapTo(stage.window, b.rect().topRight()).x() <= window.right() for b in buttons)


def test_the_form_closes_before_the_page_does(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dispute(stage, "通行", act="follow_up")
    press(ESC)
    assert stage.page is page
    press(ESC)
    assert stage.page is not page
