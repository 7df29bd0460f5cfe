"""Recording a session: on disk as it goes, bound to the record when that is written, nothing lost in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from desktop.casework.attachments import recordings, shelf
from desktop.casework.attachments.recorder import Take
from desktop.casework.desk import Desk
from desktop.casework.disputes import room, sessions
from desktop.casework.disputes.sessions import Outcome
from desktop.sound.errors import MicrophoneBusy, MicrophoneLost
from desktop.sound.pressing import BYTES_A_SECOND
from desktop.store import NoSpace, StoreKey
from desktop.store.growing import GrowingShelf
from desktop.store.surroundings import real
from sync.protocol.files import digest_of
from tests.casework.conftest import Office, only, registered
from tests.casework.test_sessions import begun, talked
from tests.sound.voices import PIECE_SECONDS, Voice, heard, tone

ROOMY = 60 * 1024 * 1024


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(1000):
        if is_so():
            return
        time.sleep(0.005)
    raise AssertionError("it does not come to that")


def take_of(desk: Desk, draft: dict[str, Any], voice: Voice, *, most_bytes: int = ROOMY) -> Take:
    part = lambda: recordings.begin_part(desk, draft["dispute_id"], draft["id"])  # noqa: E731
    take = Take(voice, part, most_bytes=most_bytes)
    take.begin()
    return take


def recorded(desk: Desk, draft: dict[str, Any], *tones: float, seconds: float = 1, most_bytes: int = ROOMY) -> None:
    """A take of some tones, one after the other."""
    voice = Voice(b"".join(tone(hertz, seconds) for hertz in tones))
    take = take_of(desk, draft, voice, most_bytes=most_bytes)
    until(lambda: take.facts.seconds >= seconds * len(tones) - 0.01)
    take.end()
    assert take.facts.state == "ended"
    assert not voice.is_open


def test_what_was_said_becomes_an_attachment_bound_to_its_record_by_hash(office: Office, desk: Desk) -> None:
    given = registered(desk)
    draft = talked(office, desk, given)
    recorded(desk, draft, 440, 660)
    office.wait(minutes=9)
    recorded(desk, draft, 880)
    sessions.finish(desk, draft, Outcome("未达成"))
    record, session = only(desk, "attachment", given), only(desk, "session", given)
    assert (record["kind"], record["name"]) == ("录音", "第 1 次调解录音")
    assert record["session_id"] == session["id"] == draft["id"]
    (facts,) = shelf.shelf(desk, given)
    mp3 = shelf.content(desk, facts.id)
    assert digest_of(mp3) == record["sha256"]
    tones = heard(mp3)
    assert [sum(abs(one - hertz) < 15 for one in tones) >= 8 for hertz in (440, 660, 880)] == [True] * 3
    assert recordings.parts(desk, given) == []
    assert (facts.session, facts.is_here, facts.words) == ("第 1 次调解", True, "存在本机，等着上传")


def test_a_session_without_a_recording_has_no_attachment(office: Office, desk: Desk) -> None:
    given = registered(desk)
    sessions.finish(desk, talked(office, desk, given), Outcome("未达成"))
    assert desk.store.children("attachment", given) == []


def test_nothing_is_bound_while_the_record_still_lacks_something(office: Office, desk: Desk) -> None:
    given = registered(desk)
    draft = {**talked(office, desk, given), "told": {}}
    recorded(desk, draft, 440)
    with pytest.raises(sessions.NotYet):
        sessions.finish(desk, draft, Outcome("未达成"))
    assert desk.store.children("attachment", given) == []
    assert [round(part.seconds) for part in recordings.parts(desk, given)] == [1]


def test_a_recording_too_long_for_one_file_becomes_several_that_each_play(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = registered(desk)
    draft = talked(office, desk, given)
    most = 3 * BYTES_A_SECOND
    recorded(desk, draft, 440, 660, 880, seconds=2, most_bytes=most)
    monkeypatch.setattr(recordings, "most_bytes", lambda _desk: most)
    sessions.finish(desk, draft, Outcome("未达成"))
    found = sorted(desk.store.children("attachment", given), key=lambda one: str(one["name"]))
    assert [one["name"] for one in found] == [f"第 1 次调解录音（{n}）" for n in range(1, len(found) + 1)]
    assert len(found) >= 3
    played = [heard(shelf.content(desk, str(one["id"]))) for one in found]
    assert all(int(str(one["size_bytes"])) <= most for one in found)
    assert 5.5 <= sum(map(len, played)) * 0.1 <= 6.5


def test_a_microphone_that_goes_away_leaves_all_that_was_said(desk: Desk) -> None:
    given = registered(desk)
    draft = begun(desk, given)
    take = take_of(desk, draft, Voice(tone(440, 1.25), goes=True))
    until(lambda: take.facts.state == "broken")
    assert isinstance(take.facts.trouble, MicrophoneLost)
    take.end()
    (part,) = recordings.parts(desk, given)
    assert abs(part.seconds - 1.25) < 0.2


def test_a_microphone_that_falls_silent_altogether_has_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.casework.attachments.recorder.WRITE_SECONDS", 0.02)
    draft = begun(desk, registered(desk))
    take = take_of(desk, draft, Voice(tone(440, 0.3)))
    until(lambda: take.facts.state == "broken")
    assert isinstance(take.facts.trouble, MicrophoneLost)


def test_a_microphone_that_is_busy_leaves_nothing_behind(desk: Desk) -> None:
    given = registered(desk)
    take = take_of(desk, begun(desk, given), Voice(refuses=MicrophoneBusy()))
    until(lambda: take.facts.state == "broken")
    assert isinstance(take.facts.trouble, MicrophoneBusy)
    assert recordings.parts(desk, given) == []


def test_a_full_disk_stops_the_recording_and_keeps_what_is_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    given = registered(desk)
    voice = Voice(tone(440, 1))
    take = take_of(desk, begun(desk, given), voice)
    until(lambda: take.facts.seconds >= 0.99)

    def full(*_: object) -> None:
        raise NoSpace(0)

    monkeypatch.setattr("desktop.store.growing.GrowingFile.append", full)
    voice.say(tone(440, 1))
    until(lambda: take.facts.state == "broken")
    assert isinstance(take.facts.trouble, NoSpace)
    assert 0.4 < recordings.parts(desk, given)[0].seconds <= 1
    assert not voice.is_open


def test_the_meter_shows_who_speaks_up(desk: Desk) -> None:
    voice = Voice(tone(300, 0.3, loud=0.6))
    take = take_of(desk, begun(desk, registered(desk)), voice)
    until(lambda: take.facts.state == "running" and take.facts.loudness > 0.55)
    voice.say(bytes(3200 * 20))
    until(lambda: take.facts.loudness < 0.01)
    take.end()


def test_what_the_power_left_behind_is_offered_to_those_who_may_see_the_dispute(office: Office, desk: Desk) -> None:
    given = registered(desk)
    draft = begun(desk, given)
    desk.store.write_draft(sessions.draft_key(given), draft)
    recorded(desk, draft, 440)
    (left,) = recordings.left_over(desk)
    assert (left.dispute_id, left.title, round(left.seconds)) == (given, "王有福与李建军宅基地排水纠纷", 1)


def test_a_recording_that_is_in_its_record_already_is_not_offered_again(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = registered(desk)
    draft = talked(office, desk, given)
    recorded(desk, draft, 440)
    monkeypatch.setattr(recordings, "forget", lambda *_: None)  # the power goes just after the record was written
    sessions.finish(desk, draft, Outcome("未达成"))
    assert len(recordings.parts(desk, given)) == 1
    assert recordings.left_over(desk) == []
    assert recordings.parts(desk, given) == []


def test_recording_needs_the_word_of_everyone_who_is_here(office: Office, desk: Desk) -> None:
    given = registered(desk)
    draft = begun(desk, given)
    assert not room.room(desk, draft).audio.allows
    here = room.room(desk, draft).audio.here
    refused = sessions.agree_to_audio(desk, draft, here, all_agree=False)
    assert not room.room(desk, refused).audio.allows
    agreed = sessions.agree_to_audio(desk, draft, here, all_agree=True)
    assert room.room(desk, agreed).audio.allows
    assert room.room(desk, agreed).audio.here == ("王有福", "李建军", "马秀兰")
    more = {**agreed, "others": [{"id": "o1", "name": "杨志明", "consent": True, "here": True}]}
    assert not room.room(desk, more).audio.allows
    assert room.room(desk, more).audio.unasked == ("杨志明",)
    sessions.finish(desk, {**talked(office, desk, given), "audio": agreed["audio"]}, Outcome("未达成"))
    record = only(desk, "session", given)
    assert (record["audio_consent"], record["audio_asked"]) == (True, ["王有福", "李建军", "马秀兰"])


CHILD = """
import sys, time
from pathlib import Path
from desktop.casework.attachments.recorder import Take
from desktop.store import StoreKey
from desktop.store.growing import GrowingShelf
from desktop.store.surroundings import real
from tests.sound.voices import Talker
around = real()
shelf = GrowingShelf(Path(sys.argv[1]), StoreKey(b"k" * 32), around.random_bytes, lambda: 1 << 40)
take = Take(Talker(), lambda: shelf.begin("a1", b"head"), most_bytes=1 << 30)
take.begin()
while True:
    time.sleep(0.02)
    print(f"{take.facts.seconds:.2f}", flush=True)
"""


@pytest.mark.parametrize("seconds", [1.3, 3.15])
def test_a_kill_at_any_moment_loses_less_than_two_seconds_of_what_was_said(tmp_path: Path, seconds: float) -> None:
    folder = tmp_path / "录音 一"
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3], text=True
    )
    assert child.stdout is not None
    said = 0.0
    while said < seconds:
        said = float(child.stdout.readline())
    os.kill(child.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    said = float(child.stdout.read().rpartition("\n")[0].rpartition("\n")[2] or said)
    child.wait()
    child.stdout.close()
    left = GrowingShelf(folder, StoreKey(b"k" * 32), real().random_bytes, lambda: 1 << 40)
    assert left.names() == ["a1"]
    tones = heard(left.read("a1"))
    assert said - len(tones) * PIECE_SECONDS < 2
    assert len(tones) >= 3
    rising = [tone for tone in tones[2:-1] if tone]
    assert all(a < b + 12 for a, b in pairwise(rising))
