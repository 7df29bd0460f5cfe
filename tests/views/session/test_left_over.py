"""The program ends while a session is recorded: what was said is there at the next start, and offered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from desktop.casework.attachments import recordings
from desktop.sound.ports import Sound
from desktop.views.kit import Button
from desktop.views.session.page import SessionPage
from tests.casework.conftest import registered
from tests.casework.district import District
from tests.sound.voices import Voice, tone
from tests.views import at_work
from tests.views.at_work import Sitting, premises_of

district, sit_down = at_work.district, at_work.sit_down


def test_a_recording_cut_by_closing_is_offered_and_goes_on(
    district: District, sit_down: Callable[..., Any], qtbot: QtBot
) -> None:
    office, line, _ = district.office("镇 电脑")
    premises, voice = premises_of(office, line), Voice(tone(440, 1))
    sitting: Sitting = sit_down(premises)
    sitting.work.sound = Sound(microphone=lambda: voice)
    dispute = registered(sitting.work.desk)
    page = begun(sitting, dispute)
    for person in page._room.attendants[:2]:  # type: ignore[union-attr]
        page._came(person.key, True)
    page.side.audio.answered.emit(True)
    qtbot.waitUntil(lambda: page.recording._take.facts.seconds > 0.9)  # type: ignore[union-attr]
    sitting.program.close()
    assert not voice.is_open

    again: Sitting = sit_down(premises)
    said = again.work.notices.said[-1]
    assert said.text == "有一段录音还没收尾"
    assert "王有福与李建军宅基地排水纠纷" in said.second
    assert "不到 1 分" in said.second
    (notice,) = again.work.notices.shown()
    next(b for b in notice.findChildren(Button) if b.text() == "接着记").click()
    again.settle()
    page = again.window.stack.page()  # type: ignore[assignment]
    assert isinstance(page, SessionPage)
    assert page.side.audio.words() == "停着，录了不到 1 分"
    assert len(recordings.parts(again.work.desk, dispute)) == 1


def begun(sitting: Sitting, dispute: str) -> SessionPage:
    sitting.work.record_session(dispute)
    sitting.settle()
    page = sitting.window.stack.page()
    assert isinstance(page, SessionPage)
    return page
