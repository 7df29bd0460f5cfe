"""Registration through its window: the keyboard alone, every letter kept, nothing chosen for anybody."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.store import Argon, Folder, Store, Surroundings
from desktop.views.disputes.listing.page import DisputesPage
from desktop.views.disputes.page.page import DisputePage
from desktop.views.disputes.registration.page import RegistrationPage
from desktop.views.kit import Button, Label, Segments
from tests.casework.conftest import CLERK, MONDAY
from tests.views.disputes.stage import Enter, Stage, keyboard, press, settle
from tests.views.disputes.town import Town

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down


def at_form(stage: Stage, **how: Any) -> RegistrationPage:
    stage.window.show_place("disputes")
    stage.register(**how)
    settle()
    assert isinstance(stage.page, RegistrationPage)
    assert stage.page.form is not None
    return stage.page


def value(page: RegistrationPage, key: str) -> Any:
    assert page.form is not None
    return page.form.fields.value(key)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow: what the system says when the disk is full."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill_by_keyboard() -> None:
    """What a clerk types for an ordinary dispute, from the first field to the last answer."""
    press("口头", ENTER)  # 怎么来的
    press(ENTER)  # 登记日期 stays today
    press("sqc", ENTER)  # 村
    press("宅基", ENTER)  # 属于哪一类
    press("雨水顺檐口流到后墙。", TAB)
    press("2", ENTER)  # 牵涉几个人
    press("3600", ENTER)
    press("2", ENTER)  # 风险 中
    press("1", ENTER)  # 难易 简单
    press("1", ENTER)  # 事件规模 个体性
    press(TAB)  # past 再填发生日期…
    press("王有福", ENTER, "13812342207", ENTER, "石桥村四组", ENTER)
    press(TAB)  # past 再填性别…
    press("李建军", ENTER, ENTER, ENTER)
    press(TAB, TAB)  # past 再填性别…, 再加一个人
    press(ENTER)  # 这件叫什么 stays as suggested
    for _ in range(4):
        press("2", ENTER)  # 没有
    press(TAB)  # 关起门谈 stays open
    press(Qt.Key.Key_Space, TAB)  # 双方都同意调解
    press("1", ENTER)  # 口头


def test_the_keyboard_alone_registers_and_accepts_a_dispute(town: Town, enter: Enter) -> None:
    stage = enter(town)
    at_form(stage)
    fill_by_keyboard()
    press(ENTER, held=CTRL)
    assert isinstance(stage.page, DisputesPage)
    said = stage.notices.said[-1]
    assert said.text == "已登记：王有福与李建军宅基地使用纠纷"
    (made,) = [d for d in town.desk.store.records("dispute") if d["title"] == "王有福与李建军宅基地使用纠纷"]
    assert (made["status"], made["risk"], made["amount_cents"], made["people_count"]) == (
        "30",
        "中",
        360000,
        2,
    )
    assert made["deadline"] == "2026-12-23"


def test_the_notice_opens_what_was_registered(town: Town, enter: Enter) -> None:
    stage = enter(town)
    at_form(stage)
    fill_by_keyboard()
    press(ENTER, held=CTRL)
    (notice,) = stage.notices.shown()
    next(b for b in notice.findChildren(Button) if b.text() == "打开").click()
    assert isinstance(stage.page, DisputePage)


def test_nothing_that_is_the_persons_to_say_is_filled_in(told_once: Town, enter: Enter) -> None:
    page = at_form(enter(told_once))
    assert page.form is not None
    assert [s.value() for s in page.form.findChildren(Segments)] == [None] * len(
        page.form.findChildren(Segments)
    )
    assert value(page, "found_date") == "2026-11-23"


def test_nothing_is_kept_before_the_first_letter(town: Town, enter: Enter) -> None:
    drafts = len(town.desk.store.drafts())
    page = at_form(enter(town))
    assert page.saved.words() == "开始写就自动存"
    assert len(town.desk.store.drafts()) == drafts


def test_every_letter_is_kept_and_said_only_then(town: Town, enter: Enter) -> None:
    page = at_form(enter(town))
    assert page.form is not None
    page.form.fields.jump("summary")
    press("雨")
    assert page.saved.words() == "每个字都已存在本机 10:42:00"
    assert any(d.body.get("summary") == "雨" for d in town.desk.store.drafts("register:"))


def test_escape_puts_it_aside_and_today_brings_it_back(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_form(stage)
    assert page.form is not None
    page.form.fields.jump("parties.0.name")
    press("马秀英", Qt.Key.Key_Escape)
    assert isinstance(stage.page, DisputesPage)
    (kept,) = [d for d in town.desk.store.drafts("register:") if d.body["parties"][0].get("name") == "马秀英"]
    again = at_form(stage, draft_key=kept.key)
    assert value(again, "parties.0.name") == "马秀英"


def test_a_name_from_the_search_begins_the_form(town: Town, enter: Enter) -> None:
    page = at_form(enter(town), party_name="王有福")
    assert value(page, "parties.0.name") == "王有福"


def test_what_is_missing_is_counted_and_each_line_jumps(told_once: Town, enter: Enter) -> None:
    page = at_form(enter(told_once))
    assert page._left_out.text() == "还差 13 项"
    page.missing.asked.emit("people_count")
    settle()
    assert page.form is not None
    assert keyboard() is page.form.fields.control("people_count")


def test_the_button_says_what_is_missing_under_the_fields_and_goes_to_the_first(
    told_once: Town, enter: Enter
) -> None:
    page = at_form(enter(told_once))
    press(ENTER, held=CTRL)
    settle()
    assert page.form is not None
    frame = page.form.fields.frame("people_count")
    assert frame is not None
    assert (frame.trouble, frame.note()) == ("error", "还没填“牵涉几个人”")
    assert keyboard() is page.form.fields.control("source")
    page.form.fields.jump("people_count")
    press("3", ENTER)
    assert frame.trouble == ""


def test_only_registering_needs_no_consent(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_form(stage)
    fill_by_keyboard()
    assert page.form is not None
    page.form.fields.control("told.consent").setChecked(False)
    page._register_only.click()
    made = max(town.desk.store.records("dispute"), key=lambda d: str(d["first_contact_at"]))
    assert isinstance(stage.page, DisputesPage)
    assert [
        d["status"]
        for d in town.desk.store.records("dispute")
        if d["title"] == "王有福与李建军宅基地使用纠纷"
    ] == ["10"]
    assert made


def test_a_doubtful_phone_warns_after_leaving_and_may_stay(town: Town, enter: Enter) -> None:
    page = at_form(enter(town))
    assert page.form is not None
    page.form.fields.jump("parties.1.phone")
    press("139933140")
    frame = page.form.fields.frame("parties.1.phone")
    assert frame is not None
    assert frame.trouble == ""
    press(ENTER)
    assert frame.trouble == "warning"
    assert "手机号是 11 位" in frame.note()


def test_violence_told_shows_the_duty_at_once(told_once: Town, enter: Enter) -> None:
    page = at_form(enter(told_once))
    assert page.form is not None
    page.form.fields.jump("flag_violence")
    press("1")
    settle()
    assert page.form._circumstances._notes["flag_violence"].isVisible()
    press("2")
    settle()
    assert not page.form._circumstances._notes["flag_violence"].isVisible()


def test_the_same_people_again_are_noticed(town: Town, enter: Enter) -> None:
    page = at_form(enter(town))
    assert page.form is not None
    page.form.fields.jump("parties.0.name")
    press("王有福", ENTER)
    page.form.fields.jump("parties.1.name")
    press("李建军", ENTER)
    settle()
    assert page.look_alike.isVisible()
    page.look_alike.not_button.click()
    assert not page.look_alike.isVisible()


def test_a_written_application_asks_for_its_claims(town: Town, enter: Enter) -> None:
    page = at_form(enter(town))
    assert not page.form._claims.isVisible()
    press("书面", ENTER)
    settle()
    assert page.form._claims.isVisible()


def test_what_was_sent_asks_who_sent_it_and_only_then(town: Town, enter: Enter) -> None:
    page = at_form(enter(town))
    assert page.form is not None
    shown = [page.form.fields.control(name).isVisible() for name in ("referred_by", "referral_no", "referred_on")]
    assert shown == [False, False, False]
    press("法院委派", ENTER)
    settle()
    frame = page.form.fields.frame("referred_by")
    assert frame is not None
    assert (frame.isVisible(), frame.trouble) == (True, "warning")
    page.form.fields.jump("referred_by")
    press("花所区人民法院", ENTER)
    assert frame.trouble == ""
    page.form.fields.jump("source")
    press("上级", ENTER)
    settle()
    assert not page.form.fields.control("referral_no").isVisible()
    page.form.fields.jump("source")
    press("口头", ENTER)
    settle()
    assert page.form.draft()["referred_by"] is None


def test_a_child_is_asked_for_a_guardian_among_the_others_and_it_is_stored(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_form(stage)
    fill_by_keyboard()
    form = page.form
    assert form is not None
    row = form._parties._rows[0]
    row.show_more()
    assert "parties.0.guardian_party_id" not in form.fields
    form.fields.jump("parties.0.age")
    press("12", ENTER)
    settle()
    frame = form.fields.frame("parties.0.guardian_party_id")
    assert frame is not None
    assert (frame.isVisible(), frame.trouble) == (True, "warning")
    form._parties._add_person()
    settle()
    press("1")
    form.fields.jump("parties.2.name")
    press("王小军", ENTER)
    form.fields.fill({"parties.0.guardian_party_id": "2"})
    form.fields.settled.emit("parties.0.guardian_party_id")
    settle()
    assert frame.trouble == ""
    page._register(accept=True)
    (made,) = [d for d in town.desk.store.records("dispute") if "宅基地使用纠纷" in str(d["title"])]
    people = {str(p["name"]): p for p in town.desk.store.children("party", str(made["id"]))}
    assert people["王有福"]["guardian_party_id"] == people["王小军"]["id"]


def test_a_guardian_in_a_draft_is_there_when_it_is_opened_again(town: Town, enter: Enter) -> None:
    page = at_form(enter(town), party_name="小马")
    form = page.form
    assert form is not None
    draft = form.draft()
    draft["parties"] = [
        {"side": "甲", "kind": "自然人", "name": "小马", "age": 9, "guardian": "g"},
        {"side": "乙", "kind": "自然人", "name": "马秉义"},
        {"side": "甲", "kind": "自然人", "name": "马秀英", "row": "g"},
    ]
    form.fill(draft)
    settle()
    told = form.draft()["parties"]
    assert (told[0]["guardian"], told[2]["row"]) == ("2", "2")


def test_a_crowd_without_representatives_is_said_under_the_parties(town: Town, enter: Enter) -> None:
    page = at_form(enter(town))
    form = page.form
    assert form is not None
    draft = form.draft()
    people = [{"side": "甲", "kind": "自然人", "name": f"王{n}"} for n in "一二三四五六"]
    draft["parties"] = [people[0], {"side": "乙", "kind": "自然人", "name": "李建军"}, *people[1:]]
    form.fill(draft)
    page._keeper.touch()
    settle()
    assert "推选不超过 5 个代表" in form._parties._said[0]
    assert form._parties._crowd.isVisible()
    form._parties._rows[0].show_more()
    form.fields.control("parties.0.is_representative").setChecked(True)
    settle()
    assert not form._parties._said


def test_more_people_come_and_go(town: Town, enter: Enter) -> None:
    page = at_form(enter(town))
    assert page.form is not None
    add = next(b for b in page.form.findChildren(Button) if b.text() == "再加一个人")
    add.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Space)
    settle()
    press("3", ENTER, "马秉义", ENTER)
    assert page.form.draft()["parties"][2] == {"side": "第三人", "kind": "自然人", "name": "马秉义"}
    remove = [b for b in page.form.findChildren(Button) if b.text() == "不要这个人" and b.isVisible()]
    remove[0].click()
    assert page.form.draft()["parties"][2] == {}


def test_a_draft_thrown_away_can_be_fetched_back(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_form(stage)
    assert page.form is not None
    page.form.fields.jump("summary")
    press("写错了的")
    next(act for act in page.acts() if act.words == "这份登记不要了").act()
    assert not [d for d in town.desk.store.drafts("register:") if d.body.get("summary") == "写错了的"]
    (notice,) = stage.notices.shown()
    next(b for b in notice.findChildren(Button) if b.text() == "撤回").click()
    settle()
    assert isinstance(stage.page, RegistrationPage)
    assert value(stage.page, "summary") == "写错了的"


def test_half_composed_chinese_is_neither_kept_nor_judged(town: Town, enter: Enter) -> None:
    page = at_form(enter(town))
    assert page.form is not None
    page.form.fields.jump("parties.0.name")
    QApplication.sendEvent(keyboard(), QInputMethodEvent("wang", []))
    assert page.saved.words() == "开始写就自动存"
    done = QInputMethodEvent("", [])
    done.setCommitString("王")
    QApplication.sendEvent(keyboard(), done)
    assert page.saved.words().startswith("每个字都已存在本机")


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX can bar a process from writing")
def test_a_write_that_fails_says_so_and_the_words_stay(town: Town, enter: Enter) -> None:
    page = at_form(enter(town))
    assert page.form is not None
    page.form.fields.jump("summary")
    with full_disk():
        press("还在的字" * 400)
    assert "先别关" in page.saved.words()
    assert value(page, "summary") == "还在的字" * 400
    press("。")
    assert page.saved.words().startswith("每个字都已存在本机")


def test_tab_walks_as_the_eye_does(told_once: Town, enter: Enter) -> None:
    page = at_form(enter(told_once))
    assert page.form is not None
    page.form.fields.jump("source")
    seen: list[str] = []
    keys = {page.form.fields.control(key): key for key in page.form.fields.values()}
    for _ in range(40):
        widget: QWidget | None = keyboard()
        while widget is not None and widget not in keys:
            widget = widget.parentWidget()
        if widget is not None and keys[widget] not in seen:
            seen.append(keys[widget])
        press(TAB)
    first = (
        "source",
        "found_date",
        "place_code",
        "zz_type",
        "summary",
        "people_count",
        "amount_cents",
        "risk",
    )
    wanted = [*first, "difficulty", "scale", "parties.0.name", "parties.0.phone", "parties.0.address"]
    assert seen[: len(wanted)] == wanted


@pytest.mark.parametrize("size", ["125", "150"])
def test_a_narrow_window_keeps_the_count_in_the_footer(told_once: Town, enter: Enter, size: str) -> None:
    page = at_form(enter(told_once, size=size))
    assert not page.missing.isVisible()
    assert page._left_out.isVisible()


def test_every_field_has_a_name_for_the_screen_reader(told_once: Town, enter: Enter) -> None:
    page = at_form(enter(told_once))
    assert page.form is not None
    nameless = [
        key for key in page.form.fields.values() if not page.form.fields.control(key).accessibleName()
    ]
    assert nameless == []
    assert not page.form.findChildren(QPushButton)
    assert all(label.font().pixelSize() >= 13 for label in page.form.findChildren(Label))


def test_a_draft_survives_the_process_being_killed_while_it_is_typed(tmp_path: Path, qtbot: QtBot) -> None:
    folder, text = tmp_path / "枫桥 工作台", "雨水顺檐口流到后墙，"
    command = [sys.executable, "-m", "tests.views.disputes.typing_desk", str(folder), text]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
        assert child.stdout is not None
        kept = 0
        while kept < 25:
            kept = int(child.stdout.readline())
        child.send_signal(signal.SIGKILL)
    around = Surroundings(lambda: round(MONDAY.timestamp() * 1000), lambda n: bytes(n), lambda _: 1 << 40)
    again = Folder(folder, around, Argon(64, 1, 1))
    key = again.unlock(CLERK, "密码 一二三", now_ms=around.clock_ms())
    with Store.open(again, key) as store:
        (draft,) = store.drafts("register:")
    assert len(str(draft.body["summary"])) >= kept
    assert str(draft.body["summary"]).startswith(text)
