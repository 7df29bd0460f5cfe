"""What the controls do under the keyboard, the input method and the mouse."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.views import kit
from desktop.views.look.theme import Theme
from tests.views.conftest import Show

TODAY = date(2026, 11, 23)
KEY = Qt.Key


def page_of(*widgets: QWidget) -> QWidget:
    """A window with widgets under each other."""
    page = QWidget()
    layout = QVBoxLayout(page)
    for widget in widgets:
        layout.addWidget(widget)
    page.resize(600, 500)
    return page


def compose(field: QWidget, preedit: str) -> None:
    """What an input method sends while the person is still choosing characters."""
    QApplication.sendEvent(field, QInputMethodEvent(preedit, []))


def commit(field: QWidget, text: str) -> None:
    """What an input method sends when the characters are chosen."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_the_ring_shows_only_when_the_keyboard_came(show: Show, qtbot: QtBot) -> None:
    first, second = kit.Button("只登记"), kit.Button("登记并受理", "primary")
    show(page_of(first, second))
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not first.shows_focus
    qtbot.keyClick(first, KEY.Key_Tab)
    assert second.hasFocus()
    assert second.shows_focus
    assert not first.shows_focus


def test_a_button_keeps_its_words_whole_and_its_height_from_the_tokens(look: Theme) -> None:
    large = kit.Button("登记并受理", "primary", size="large", key="Ctrl+Enter")
    assert large.sizeHint().height() == look.tokens.sizes["buttonPrimary"]
    assert large.minimumSizeHint() == large.sizeHint()
    assert large.accessibleName() == "登记并受理"


def test_segments_are_unset_until_a_person_chooses(show: Show, qtbot: QtBot) -> None:
    segments = kit.Segments(["满意", "基本满意", "不满意", "未表态"], name="满意吗")
    told: list[object] = []
    segments.changed.connect(told.append)
    show(page_of(segments))
    assert segments.value() is None
    segments.setFocus(Qt.FocusReason.TabFocusReason)
    assert segments.value() is None
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, KEY.Key_Space)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Delete)
    assert told == ["满意", "基本满意", None]


def test_risk_is_never_filled_in() -> None:
    assert kit.risk_segments().value() is None


def test_a_field_tells_nothing_while_chinese_is_composed(show: Show) -> None:
    field = kit.TextField()
    typed: list[str] = []
    field.typed.connect(typed.append)
    show(page_of(field))
    field.setFocus()
    compose(field, "wang")
    assert field.is_composing
    assert typed == []
    commit(field, "王")
    assert not field.is_composing
    assert typed == ["王"]


def test_a_box_of_text_tells_nothing_while_chinese_is_composed(show: Show) -> None:
    box = kit.TextBox()
    typed: list[str] = []
    box.typed.connect(typed.append)
    show(page_of(box))
    box.setFocus()
    compose(box, "shui")
    assert typed == []
    commit(box, "水")
    assert typed[-1] == "水"


def test_enter_goes_to_the_next_field_but_not_while_composing(show: Show, qtbot: QtBot) -> None:
    first, second = kit.TextField(), kit.TextField()
    show(page_of(first, second))
    first.setFocus()
    compose(first, "li")
    qtbot.keyClick(first, KEY.Key_Return)
    assert first.hasFocus()
    commit(first, "李")
    qtbot.keyClick(first, KEY.Key_Return)
    assert second.hasFocus()


def test_warning_and_error_are_also_said_to_screen_readers(look: Theme) -> None:
    field = kit.LabelledField("电话", kit.TextField(), optional=True, hint="手机或座机")
    assert field.field.accessibleName() == "电话，选填"
    assert field.field.accessibleDescription() == "手机或座机"
    field.warn("电话只有 9 位，手机号是 11 位")
    assert (field.trouble, field.field.accessibleDescription()) == ("warning", "电话只有 9 位，手机号是 11 位")
    field.fail("要写电话")
    assert field.field.property("trouble") == "error"
    field.settle()
    assert (field.trouble, field.note()) == ("", "手机或座机")


def test_a_number_gets_its_separators_on_leaving_and_keeps_whole_fen(show: Show, qtbot: QtBot) -> None:
    money, after = kit.NumberField("元", decimals=2), kit.TextField()
    show(page_of(money, after))
    money.setFocus()
    qtbot.keyClicks(money, "12800.5")
    assert money.text() == "12800.5"
    after.setFocus()
    assert (money.text(), money.number()) == ("12,800.50", 1_280_050)


@pytest.mark.parametrize(
    ("text", "decimals", "number"),
    [
        ("１，２８４", 0, 1284),
        ("3.5", 0, None),
        ("3.50", 2, 350),
        ("三千", 0, None),
        ("", 2, None),
        (".", 0, None),
        ("0", 0, 0),
    ],
)
def test_numbers_are_read_as_written(text: str, decimals: int, number: int | None) -> None:
    assert kit.read_number(text, decimals) == number


def test_a_typed_day_is_written_out_on_leaving(show: Show, qtbot: QtBot) -> None:
    field = kit.DateField(today=lambda: TODAY)
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    show(page_of(field))
    field.setFocus()
    qtbot.keyClicks(field, "30")
    field.settle()
    assert field.text() == "2026年11月30日"
    assert chosen == [date(2026, 11, 30)]


def test_a_day_that_cannot_be_read_stays_as_it_was_written(show: Show, qtbot: QtBot) -> None:
    field = kit.DateField(today=lambda: TODAY)
    show(page_of(field))
    field.setFocus()
    qtbot.keyClicks(field, "31")
    field.settle()
    assert (field.text(), field.is_readable(), field.day()) == ("31", False, None)


def test_the_calendar_is_walked_by_keyboard_and_gives_the_field_back(show: Show, qtbot: QtBot) -> None:
    field = kit.DateField(today=lambda: TODAY, marks=lambda day: "休" if day.weekday() > 4 else "")
    show(page_of(field, QWidget()))
    field.setFocus()
    qtbot.keyClick(field, KEY.Key_Down)
    days = QApplication.focusWidget()
    assert days is not None
    assert "2026年11月23日 周一" in days.accessibleName()
    qtbot.keyClick(days, KEY.Key_Left)
    assert days.accessibleName().endswith("休")
    qtbot.keyClick(days, KEY.Key_PageDown)
    qtbot.keyClick(days, KEY.Key_Return)
    assert field.hasFocus()
    assert field.day() == date(2026, 12, 22)


def test_escape_closes_the_calendar_and_changes_nothing(show: Show, qtbot: QtBot) -> None:
    field = kit.DateField(today=lambda: TODAY)
    show(page_of(field))
    field.setFocus()
    field.open_calendar()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert field.hasFocus()
    assert field.text() == ""


def test_a_moment_needs_both_its_parts(show: Show) -> None:
    field = kit.MomentField(today=lambda: TODAY)
    show(page_of(field))
    field.date_field.setText("24")
    assert field.moment() is None
    field.time_field.setText("1430")
    field.time_field.settle()
    assert field.moment() == datetime(2026, 11, 24, 14, 30)
    assert field.time_field.text() == "14:30"


def wheel(over: QWidget) -> None:
    """One notch of the wheel over a widget."""
    middle = QPointF(over.rect().center())
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        middle, over.mapToGlobal(middle), QPoint(), QPoint(0, -120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(over, turn)


def test_the_wheel_scrolls_the_page_and_not_the_choice_under_it(show: Show) -> None:
    combo = kit.Combo(["口头申请", "书面申请", "主动调解"])
    combo.set_value("口头申请")
    tall = QWidget()
    tall.setMinimumHeight(2000)
    scroll = kit.TrailingScroll(page_of(combo, tall))
    show(scroll)
    scroll.setFocus()
    combo.clearFocus()
    wheel(combo)
    assert combo.value() == "口头申请"
    combo.setFocus()
    wheel(combo)
    assert combo.value() == "书面申请"


def test_a_combo_is_unset_and_keeps_its_value_when_the_choices_change() -> None:
    combo = kit.Combo([kit.Choice("a", "甲"), kit.Choice("b", "乙")])
    assert combo.value() is None
    combo.set_value("b")
    combo.offer([kit.Choice("b", "乙"), kit.Choice("c", "丙")])
    assert combo.value() == "b"
    combo.offer([kit.Choice("c", "丙")])
    assert combo.value() is None


VILLAGES = [
    kit.Choice("y", "杨家沟村", "yjgc"),
    kit.Choice("s", "石桥村", "sqc"),
    kit.Choice("h", "上河村", "shc"),
    kit.Choice("n", "南塬村", "nyc"),
]


def test_a_village_is_found_by_part_of_its_name_or_by_initials(show: Show, qtbot: QtBot) -> None:
    field, after = kit.SearchChoice(VILLAGES), kit.TextField()
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    show(page_of(field, after))
    field.setFocus()
    qtbot.keyClicks(field, "sh")
    assert field.is_open()
    assert field.hasFocus()
    qtbot.keyClick(field, KEY.Key_Return)
    assert (field.value(), field.text()) == ("h", "上河村")
    assert after.hasFocus()
    field.setFocus()
    field.selectAll()
    commit(field, "家沟")
    qtbot.keyClick(field, KEY.Key_Return)
    assert chosen == ["h", "y"]


def test_the_list_of_villages_is_no_popup_window(show: Show, qtbot: QtBot) -> None:
    field = kit.SearchChoice(VILLAGES)
    page = show(page_of(field))
    field.setFocus()
    qtbot.keyClick(field, KEY.Key_Down)
    assert field.is_open()
    assert QApplication.activePopupWidget() is None
    overlay = page.findChild(kit.Overlay)
    assert isinstance(overlay, kit.Overlay)
    assert not overlay.isWindow()


def test_words_that_are_no_village_go_back_to_the_last_choice(show: Show, qtbot: QtBot) -> None:
    field, after = kit.SearchChoice(VILLAGES), kit.TextField()
    field.set_value("s")
    show(page_of(field, after))
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "xyz")
    after.setFocus()
    assert (field.value(), field.text(), field.is_open()) == ("s", "石桥村", False)


def test_an_emptied_choice_is_told_as_none(show: Show) -> None:
    field = kit.SearchChoice(VILLAGES)
    field.set_value("s")
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    show(page_of(field))
    field.clear()
    field.settle()
    assert chosen == [None]


def test_tabs_are_walked_with_arrows(show: Show, qtbot: QtBot) -> None:
    tabs = kit.TabLine([kit.Tab("story", "经过"), kit.Tab("sessions", "调解记录", 2)], name="这件纠纷")
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    show(page_of(tabs))
    tabs.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tabs, KEY.Key_Right)
    assert (chosen, tabs.key()) == (["sessions"], "sessions")


def test_a_dangerous_act_needs_its_reason_and_stands_left_of_the_safe_one(show: Show, qtbot: QtBot) -> None:
    window = show(page_of(QWidget()))
    question = kit.Confirm(window, "真要作废吗？", "会从台账里去掉。", act="作废这件", keep="不作废", reason="为什么")
    agreed: list[str] = []
    question.agreed.connect(agreed.append)
    question.open()
    qtbot.waitExposed(question)
    assert question.windowModality() == Qt.WindowModality.WindowModal
    qtbot.waitUntil(question.keep_button.hasFocus)
    assert question.act_button.x() < question.keep_button.x()
    question.act_button.click()
    assert agreed == []
    assert question.reason is not None
    assert question.reason.trouble == "error"
    reason = question.reason.field
    assert isinstance(reason, kit.TextField)
    reason.setText("登记重了")
    question.act_button.click()
    assert agreed == ["登记重了"]


def test_escape_keeps_what_a_question_asks_about(show: Show, qtbot: QtBot) -> None:
    window = show(page_of(QWidget()))
    question = kit.Confirm(window, "真要作废吗？", "会从台账里去掉。", act="作废这件", keep="不作废")
    agreed: list[str] = []
    question.agreed.connect(agreed.append)
    question.open()
    qtbot.waitExposed(question)
    with qtbot.waitSignal(question.rejected):
        qtbot.keyClick(question, KEY.Key_Escape)
    assert agreed == []


def test_at_most_two_notices_stand_and_errors_stay(show: Show, qtbot: QtBot) -> None:
    window = show(page_of(QWidget()))
    notices = kit.Notices(window, lasting_ms=30)
    failed = notices.tell("打印机没反应，没打出来", "协议还在", kind="error")
    notices.tell("已登记：90 号")
    last = notices.tell("已登记：91 号")
    assert notices.shown() == (failed, last)
    qtbot.waitUntil(lambda: notices.shown() == (failed,))
    failed.gone.emit()
    assert notices.shown() == ()
    assert [said.text for said in notices.said] == ["打印机没反应，没打出来", "已登记：90 号", "已登记：91 号"]


def test_notices_stand_above_the_footer(show: Show) -> None:
    window = show(page_of(QWidget()))
    notices = kit.Notices(window)
    notices.set_floor(58)
    notice = notices.tell("已登记")
    assert notice.geometry().bottom() <= window.height() - 58


def test_an_action_of_a_notice_is_done_once_and_the_notice_goes(show: Show) -> None:
    window = show(page_of(QWidget()))
    notices = kit.Notices(window)
    done: list[str] = []
    notice = notices.tell("已登记", actions=[("撤回", lambda: done.append("撤回"))])
    notice.findChild(kit.Button).click()
    assert (done, notices.shown()) == (["撤回"], ())


def test_a_row_leaves_out_what_has_no_room_instead_of_squeezing_it(show: Show, qtbot: QtBot) -> None:
    buttons = [kit.Button(words) for words in ("村：全部", "类型：全部", "期限：全部")]
    row = kit.FittingRow(buttons, [kit.Button("导出台账")])
    show(row)
    row.resize(1000, 40)
    assert row.left_out() == ()
    row.resize(280, 40)
    assert row.left_out() == (buttons[1], buttons[2])
    assert buttons[0].width() == buttons[0].sizeHint().width()


def test_a_paragraph_takes_its_line_height_from_the_tokens(show: Show, look: Theme) -> None:
    paragraph = kit.Paragraph("一\n二\n三")
    assert paragraph.heightForWidth(300) == 3 * look.line("body")


def test_markup_in_what_people_wrote_stays_text() -> None:
    paragraph = kit.Paragraph("他说 <b>不行</b>，**工料钱**谁出")
    assert "&lt;b&gt;" in paragraph.text()
    assert paragraph.accessibleName() == "他说 <b>不行</b>，工料钱谁出"


def test_every_control_changes_with_the_theme_without_being_rebuilt(show: Show, look: Theme) -> None:
    label, button = kit.Label("谁在场"), kit.Button("打印")
    show(page_of(label, button, kit.Chip.state("调解中"), kit.CheckBox("家庭暴力"), kit.Heading("要办的", "6 件")))
    narrow = button.sizeHint().width()
    look.use("dark", text_size="特大")
    assert label.height() == look.line("body")
    assert button.sizeHint().width() > narrow
