"""Recording through the window: everyone is asked, nothing listens unasked or unseen, phrases and papers by keys."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.casework.attachments import recordings, scans, shelf
from desktop.casework.disputes import sessions
from desktop.casework.disputes.room import INQUIRY
from desktop.sound.errors import NoMicrophone
from desktop.sound.ports import Sound
from desktop.views.kit import Button
from desktop.views.session.page import SessionPage
from tests.casework.attachments.album import pdf
from tests.sound.voices import Voice, heard, tone
from tests.views.disputes.stage import Enter, Stage, keyboard, press, settle
from tests.views.disputes.town import Town
from tests.views.session.test_recorder import CTRL, ENTER, ESC, alt, at_session, everybody_here, spoken

Begin = Callable[[Voice], SessionPage]


def given_voice(stage: Stage, voice: Voice) -> None:
    stage.sound = Sound(microphone=lambda: voice)


@pytest.fixture
def begin(town: Town, enter: Enter) -> Begin:
    """A session with both parties here, and a voice in the microphone."""

    def opened(voice: Voice) -> SessionPage:
        stage = enter(town)
        given_voice(stage, voice)
        page = at_session(stage)
        everybody_here(page)
        return page

    return opened


def button(page: SessionPage, words: str) -> Button:
    return next(b for b in page.side.audio.findChildren(Button) if b.text() == words and b.isVisible())


def recorded(page: SessionPage, qtbot: QtBot, seconds: float) -> None:
    qtbot.waitUntil(lambda: page.recording._take is not None and page.recording._take.facts.seconds >= seconds - 0.01)
    page.recording.look()


def test_nothing_is_recorded_before_everyone_was_asked(begin: Begin, town: Town, qtbot: QtBot) -> None:
    voice = Voice(tone(440, 1))
    page = begin(voice)
    alt("r")
    assert not page.recording.is_running
    assert page.side.audio.words() == "问在场的每个人，王有福、李建军、马秀兰，都同意录音吗？"
    assert keyboard() is button(page, "都同意，开始录")
    press(Qt.Key.Key_Space)
    recorded(page, qtbot, 1)
    assert page.side.audio.words() == "在录，录了不到 1 分"
    assert page.audio_mark.words() == "在录，录了不到 1 分"
    press("他先说的。")
    assert spoken(page)[-1] == ("马秀兰", "他先说的。")
    draft = town.desk.store.draft(sessions.draft_key(town.disputes["排水"]))
    assert draft is not None
    assert draft.body["audio"]["names"] == ["王有福", "李建军", "马秀兰"]
    page.leave()


def test_who_does_not_agree_is_not_recorded(begin: Begin, town: Town) -> None:
    page = begin(Voice(tone(440, 1)))
    page.side.audio.ask()
    button(page, "有人不同意").click()
    settle()
    alt("r")
    assert not page.recording.is_running
    assert recordings.parts(town.desk, town.disputes["排水"]) == []


def test_whoever_comes_in_later_stops_it_until_asked(begin: Begin, qtbot: QtBot) -> None:
    voice = Voice(tone(440, 1))
    page = begin(voice)
    page.side.audio.answered.emit(True)
    recorded(page, qtbot, 1)
    page.side.presence.joined.emit("杨志明", "村主任", True)
    settle()
    assert not page.recording.is_running
    assert not voice.is_open
    assert page.side.audio.words() == "先停了，有人还没问，还没问杨志明，同不同意录音。录了不到 1 分"
    assert page.audio_mark.words() == "录音停了"
    button(page, "都同意，开始录").click()
    assert page.recording.is_running
    page.leave()


def test_leaving_lets_the_microphone_go_and_coming_back_goes_on(begin: Begin, town: Town, qtbot: QtBot) -> None:
    voice = Voice(tone(440, 1))
    page = begin(voice)
    stage = page._going
    assert isinstance(stage, Stage)
    page.side.audio.answered.emit(True)
    recorded(page, qtbot, 1)
    press(ESC)
    settle()
    assert not voice.is_open
    again = at_session(stage)
    assert again.side.audio.words() == "停着，录了不到 1 分"
    given_voice(stage, Voice(tone(880, 1)))
    again.recording._sound = stage.sound
    alt("r")
    recorded(again, qtbot, 1)
    again.side.tellings.told.emit("rights")
    press("谈完了。")
    press(ENTER, held=CTRL)
    settle()
    press("2")
    press(ENTER, held=CTRL)
    settle()
    (facts,) = shelf.shelf(town.desk, town.disputes["排水"])
    assert (facts.kind, facts.session) == ("录音", "第 3 次调解")
    tones = heard(shelf.content(town.desk, facts.id))
    assert [sum(abs(one - hertz) < 20 for one in tones) >= 8 for hertz in (440, 880)] == [True, True]


def test_a_microphone_that_goes_away_is_said_quietly_and_the_text_goes_on(begin: Begin, qtbot: QtBot) -> None:
    page = begin(Voice(tone(440, 1), goes=True))
    page.side.audio.answered.emit(True)
    qtbot.waitUntil(lambda: not page.recording.is_running)
    page.recording.look()
    assert page.side.audio.words().startswith("话筒断了，断以前录的都在，文字照记。")
    assert page.audio_mark.words() == "录音断了"
    assert page._going.notices.shown() == ()
    press("接着说。")
    assert spoken(page)[-1][1] == "接着说。"


def test_no_microphone_is_said_where_the_recording_is(begin: Begin, qtbot: QtBot) -> None:
    page = begin(Voice(refuses=NoMicrophone()))
    page.side.audio.answered.emit(True)
    qtbot.waitUntil(lambda: not page.recording.is_running)
    page.recording.look()
    assert page.side.audio.words().startswith("没找到话筒，没有录")


def test_a_phrase_is_put_in_by_two_keys_and_the_line_goes_on(begin: Begin, town: Town) -> None:
    page = begin(Voice())
    press("好。")
    alt("q")
    assert page.phrasing.picker.is_open
    press(Qt.Key.Key_2)
    press("请。")
    assert spoken(page)[-1][1] == "好。一个一个说，都让说完。请。"
    alt("q")
    press(Qt.Key.Key_Down, ENTER)
    assert spoken(page)[-1][1] == "好。一个一个说，都让说完。请。一个一个说，都让说完。"
    assert len(page.utterances.lines()) == 1


def test_a_line_is_kept_as_a_phrase_but_never_a_result(begin: Begin, town: Town) -> None:
    page = begin(Voice())
    press("请把借条拿出来。")
    alt("q")
    press(Qt.Key.Key_S, held=CTRL)
    settle()
    assert town.desk.store.setting("phrases")[-1] == "请把借条拿出来。"
    press(ESC)
    press(ENTER, "双方自愿达成协议。")
    settle()
    alt("q")
    press(Qt.Key.Key_S, held=CTRL)
    settle()
    assert "结果每次都要现写" in page._going.notices.said[-1].second
    assert "双方自愿达成协议。" not in town.desk.store.setting("phrases")
    assert spoken(page)[-1][1] == "双方自愿达成协议。"


def test_whoever_goes_on_writing_has_done_with_the_list(begin: Begin) -> None:
    page = begin(Voice())
    press("a")
    QTest.keyClick(keyboard(), "j", CTRL)
    settle()
    assert page.phrasing.picker.is_open
    press("b")
    assert not page.phrasing.picker.is_open
    assert spoken(page)[-1][1] == "ab"


def test_one_key_writes_down_what_time_it_is(begin: Begin, town: Town) -> None:
    page = begin(Voice())
    press("他说")
    town.office.wait(minutes=9)
    alt("t")
    press("走了")
    assert spoken(page)[-1][1] == "他说（10:51）走了"


def test_a_picture_pasted_into_the_line_becomes_an_attachment_and_words_stay_words(begin: Begin, town: Town) -> None:
    page = begin(Voice())
    picture, words = QMimeData(), QMimeData()
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    picture.setImageData(image)
    words.setText("贴来的字")
    keyboard().insertFromMimeData(picture)  # type: ignore[attr-defined]
    keyboard().insertFromMimeData(words)  # type: ignore[attr-defined]
    settle()
    assert [one.name for one in shelf.shelf(town.desk, town.disputes["排水"])] == ["贴进来的图"]
    assert spoken(page)[-1][1] == "贴来的字"
    assert page._going.notices.shown() == ()


def test_what_the_scanner_brings_is_offered_beside_the_record_and_taken_by_a_press(
    begin: Begin, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin(Voice())
    town.desk.settings.change(scans.FOLDER, str(tmp_path), town.desk.store.set_setting)
    path = tmp_path / "签字页.pdf"
    path.write_bytes(pdf())
    at = (town.office.now - timedelta(minutes=1)).timestamp()
    os.utime(path, (at, at))
    page._watch.look()
    settle()
    offers = page.side.papers.offers
    assert offers.isVisibleTo(page)
    assert shelf.shelf(town.desk, town.disputes["排水"]) == ()
    next(b for b in offers.findChildren(Button) if b.text() == "添上").click()
    settle()
    assert [one.name for one in shelf.shelf(town.desk, town.disputes["排水"])] == ["签字页"]
    assert not offers.isVisibleTo(page)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    page.side.papers.choose_asked.emit()


def test_an_inquiry_goes_from_question_to_answer_by_enter(town: Town, enter: Enter) -> None:
    stage = enter(town)
    dispute = town.disputes["工资"]
    stage.window.show_place("disputes")
    stage.open_dispute(dispute)
    stage.record_session(dispute, kind=INQUIRY)
    settle()
    page = stage.page
    assert isinstance(page, SessionPage)
    party = town.desk.store.children("party", dispute)[0]
    page.side.respondent.party_asked.emit(str(party["id"]))
    settle()
    press("活是哪天干完的？", ENTER, "七月初八。", ENTER, "有没有条子？", ENTER, "没有。")
    assert [who for who, _ in spoken(page)] == ["问", "答", "问", "答"]
    press(ENTER, held=CTRL)
    settle()
    assert page.side.fields.frame("place").trouble == "error"  # type: ignore[union-attr]
    press("工地", ENTER)
    press(ENTER, held=CTRL)
    settle()
    (record,) = town.desk.store.children("session", dispute)
    assert record["body"] == "问：活是哪天干完的？\n答：七月初八。\n问：有没有条子？\n答：没有。"
    assert (record["kind"], record["respondent"], record["place"]) == ("调查", party["name"], "工地")
    assert stage.page is not page


def test_the_keys_are_shown_by_f1_and_go_by_esc(begin: Begin) -> None:
    page = begin(Voice())
    press("好。")
    QTest.keyClick(keyboard(), Qt.Key.Key_F1)
    settle()
    press(ESC)
    settle()
    assert page.isVisible()
    press("走。")
    assert spoken(page)[-1][1] == "好。走。"


@pytest.mark.parametrize("size", ["100", "150"])
def test_many_people_with_long_names_fit_into_the_window(town: Town, enter: Enter, size: str) -> None:
    stage = enter(town, size=size)
    page = at_session(stage)
    everybody_here(page)
    for _ in range(6):
        page.side.presence.joined.emit("古丽努尔·阿卜杜热合曼", "青石镇柳树湾村兴农果蔬种植农民专业合作社", True)
    settle()
    assert stage.window.width() == {"100": 1366, "150": 911}[size]
    assert len(page._speakers._buttons) == 9
    last = page._speakers._buttons[-1]
    assert last.geometry().right() < page._speakers.width()
    side = page.side
    assert side.widget().width() <= side.viewport().width()
