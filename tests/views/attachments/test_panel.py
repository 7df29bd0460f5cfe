"""附件 in a real window: added by file, by drag, by paste; what is not here is fetched; a copy is saved."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import miniaudio
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.casework.attachments import attach, scans, shelf
from desktop.casework.attachments.attach import NewFile
from desktop.sound.player import Player
from desktop.sound.ports import Sound
from desktop.sound.pressing import Press
from desktop.views.attachments.listen import ListenPage
from desktop.views.attachments.panel import AttachmentPanel
from desktop.views.attachments.picture import PicturePage
from desktop.views.attachments.row import AttachmentRow
from desktop.views.disputes.page.page import DisputePage
from desktop.views.kit import Button, Said
from tests.casework.attachments.album import pdf, photo, recording
from tests.sound.voices import tone
from tests.views.disputes.stage import Enter, Stage, settle
from tests.views.disputes.town import Town


def at_attachments(stage: Stage, name: str = "排水") -> tuple[DisputePage, AttachmentPanel]:
    stage.open_dispute(stage.town.disputes[name])
    page = stage.page
    assert isinstance(page, DisputePage)
    page.show_tab("attachments")
    settle()
    return page, page.board.attachments


def press(row: AttachmentRow, said: str) -> None:
    next(b for b in row.findChildren(Button) if b.text() == said).click()
    settle()


def file(tmp_path: Path, name: str, raw: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(raw)
    return path


def test_files_are_added_and_each_says_where_it_is(town: Town, enter: Enter, tmp_path: Path) -> None:
    stage = enter(town)
    page, panel = at_attachments(stage)
    told: list[Said] = []
    stage.notices.told.connect(told.append)
    assert panel.rows() == []
    page.dispute_acts.attachments.add_files([
        file(tmp_path, "后墙 水痕.jpg", photo(800, 400)), file(tmp_path, "协议签字页.pdf", pdf()),
        file(tmp_path, "程序.exe", b"MZ" + bytes(100)),
    ])  # fmt: skip
    settle()
    assert [row.facts.name for row in panel.rows()] == ["协议签字页", "后墙 水痕"]
    assert {row.facts.words for row in panel.rows()} == {"存在本机，等着上传"}
    assert any("不能添" in said.text for said in told)
    assert page.board.tabs.key() == "attachments"


def test_what_is_dropped_or_pasted_is_added(town: Town, enter: Enter, tmp_path: Path, qtbot: QtBot) -> None:
    _, panel = at_attachments(enter(town))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file(tmp_path, "拖进来 的.pdf", pdf())))])
    moves, keys, buttons = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(QPointF(5, 5).toPoint(), moves, data, buttons, keys)
    QApplication.sendEvent(panel, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(panel, QDropEvent(QPointF(5, 5), moves, data, buttons, keys))
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    panel.paste_asked.emit()
    settle()
    assert sorted(row.facts.name for row in panel.rows()) == ["拖进来 的", "贴进来的图"]


def test_an_empty_clipboard_is_said_kindly(town: Town, enter: Enter) -> None:
    stage = enter(town)
    _, panel = at_attachments(stage)
    QGuiApplication.clipboard().setText("只是字")
    panel.paste_asked.emit()
    assert panel.rows() == []
    assert stage.notices.shown()


def test_a_picture_is_looked_at_inside_the_program(town: Town, enter: Enter) -> None:
    stage = enter(town)
    attach.attach(town.desk, town.disputes["排水"], NewFile("后墙", photo(800, 400)))
    _, panel = at_attachments(stage)
    press(panel.rows()[0], "看")
    assert isinstance(stage.page, PicturePage)
    assert stage.page.head.title == "后墙"
    stage.back()
    assert isinstance(stage.page, DisputePage)


def test_a_copy_is_saved_where_the_person_says(
    town: Town, enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = enter(town)
    attach.attach(town.desk, town.disputes["排水"], NewFile("借条", pdf()))
    _, panel = at_attachments(stage)
    target = tmp_path / "存 出来.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    press(panel.rows()[0], "存一份")
    assert target.read_bytes() == pdf()


def test_a_file_that_is_not_here_can_be_fetched(town: Town, enter: Enter) -> None:
    stage = enter(town)
    own = attach.attach(town.desk, town.disputes["排水"], NewFile("借条", pdf()))
    (standing,) = town.desk.store.files.standings([own])
    town.desk.store.files.sent(standing.piece)
    with town.desk.store._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM file")
    _, panel = at_attachments(stage)
    assert panel.rows()[0].facts.words == "还没到本机"
    press(panel.rows()[0], "取回来")
    assert ("fetch_files", None) in stage.asked
    assert shelf.shelf(town.desk, town.disputes["排水"])[0].words == "还没到本机，等着取"


def test_a_recording_is_added_to_its_session(
    town: Town, enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = enter(town)
    page, panel = at_attachments(stage)
    chosen = file(tmp_path, "第二次.m4a", recording())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(chosen)], ""))
    session = page.reading.sessions[0].id  # type: ignore[union-attr]
    page.dispute_acts.attachments.choose(session)
    settle()
    assert panel.rows()[0].facts.session == "第 2 次调解"
    assert panel.rows()[0].facts.kind == "录音"


def test_a_recording_is_listened_to_inside_the_program_and_falls_silent_when_left(
    town: Town, enter: Enter, qtbot: QtBot
) -> None:
    stage = enter(town)
    stage.sound = Sound(player=lambda raw, mime: Player(raw, mime, [miniaudio.Backend.NULL]))
    session = town.desk.store.children("session", town.disputes["排水"])[0]["id"]
    press_ = Press()
    mp3 = press_.press(tone(440, 30)) + press_.finish()
    attach.attach(town.desk, town.disputes["排水"], NewFile("第 1 次调解录音", mp3, session_id=str(session)))
    _, panel = at_attachments(stage)
    press(panel.rows()[0], "听")
    page = stage.page
    assert isinstance(page, ListenPage)
    assert QApplication.focusWidget() is page.play
    QTest.keyClick(page.play, Qt.Key.Key_Space)
    assert page.play.text() == "停一停"
    page.tape.setFocus()
    QTest.keyClick(page.tape, Qt.Key.Key_Right)
    QTest.keyClick(page.tape, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page._player.position > 20)
    page._look()
    assert page._at.text().startswith("0:2")
    QTest.keyClick(page.tape, Qt.Key.Key_Space)
    assert not page._player.is_playing
    QTest.keyClick(page.tape, Qt.Key.Key_Space)
    player = page._player
    stage.back()
    assert not player.is_playing
    assert [p for p in town.office.path.rglob("*") if p.is_file() and p.read_bytes()[:2] == mp3[:2]] == []


def test_a_recording_that_cannot_be_played_here_is_said(town: Town, enter: Enter) -> None:
    stage = enter(town)
    session = town.desk.store.children("session", town.disputes["排水"])[0]["id"]
    attach.attach(town.desk, town.disputes["排水"], NewFile("手机录的", recording(), session_id=str(session)))
    _, panel = at_attachments(stage)
    press(panel.rows()[0], "听")
    assert isinstance(stage.page, DisputePage)
    assert stage.notices.said[-1].text == "这种录音这里放不了"


def test_new_scans_are_offered_while_the_tab_is_looked_at(town: Town, enter: Enter, tmp_path: Path) -> None:
    town.desk.settings.change(scans.FOLDER, str(tmp_path), town.desk.store.set_setting)
    scan = file(tmp_path, "签字页.pdf", pdf())
    at = (town.office.now - timedelta(minutes=1)).timestamp()
    os.utime(scan, (at, at))
    _, panel = at_attachments(enter(town))
    assert panel.rows() == []
    assert [one.path.name for one in panel.offers.scans()] == ["签字页.pdf"]
    next(b for b in panel.offers.findChildren(Button) if b.text() == "添上").click()
    settle()
    assert [row.facts.name for row in panel.rows()] == ["签字页"]
    assert not panel.offers.isVisible()


def test_an_attachment_is_struck_out_with_a_reason(town: Town, enter: Enter) -> None:
    stage = enter(town)
    own = attach.attach(town.desk, town.disputes["排水"], NewFile("添错的", pdf()))
    page, panel = at_attachments(stage)
    page.dispute_acts._doing.do(lambda: attach.void(town.desk, own, "添错了"), "作废了")
    settle()
    assert panel.rows() == []
