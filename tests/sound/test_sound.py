"""Sound without a device: the null backend listens and plays, and an MP3 gives back the tones that went in."""

from __future__ import annotations

import io
import threading
import wave
from itertools import pairwise
from typing import Any

import miniaudio
import pytest

from desktop.sound.errors import MicrophoneBusy, NoLoudspeaker, NoMicrophone, Unplayable
from desktop.sound.microphone import RATE, SystemMicrophone
from desktop.sound.player import Player
from desktop.sound.pressing import BYTES_A_SECOND, Press, loudness
from sync.protocol.files import type_of
from tests.sound.voices import heard, pieces, tone

NULL = [miniaudio.Backend.NULL]


def pressed(*samples: bytes) -> bytes:
    press = Press()
    return b"".join([*(press.press(piece) for one in samples for piece in pieces(one)), press.finish()])


def test_the_null_device_hears_silence_in_tenths_of_a_second() -> None:
    microphone, took, came = SystemMicrophone(NULL), list[bytes](), threading.Event()

    def take(piece: bytes) -> None:
        took.append(piece)
        if len(took) == 3:
            came.set()

    microphone.open(take)
    assert came.wait(10)
    microphone.close()
    assert {len(piece) for piece in took} == {RATE // 10 * 2}
    assert loudness(took[0]) == 0
    heard_so_far = len(took)
    microphone.close()
    assert b"" not in took[:heard_so_far]


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        (("failed to init device", -204), NoMicrophone), (("failed to init device", -19), MicrophoneBusy),
        (("failed to init device", -6), MicrophoneBusy), (("no suitable audio backend found",), NoMicrophone),
    ],
)  # fmt: skip
def test_what_windows_says_is_said_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, said: tuple[Any, ...], meaning: type[Exception]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise miniaudio.MiniaudioError(*said)

    monkeypatch.setattr(miniaudio, "CaptureDevice", refuse)
    with pytest.raises(meaning) as told:
        SystemMicrophone().open(lambda _: None)
    assert str(told.value).count("。") == 3


def test_a_device_that_hears_only_silence_because_there_is_none_is_no_microphone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = miniaudio.CaptureDevice
    monkeypatch.setattr(miniaudio, "CaptureDevice", lambda *a, **k: made(*a, **{**k, "backends": NULL}))
    with pytest.raises(NoMicrophone):
        SystemMicrophone().open(lambda _: None)


def test_tones_come_back_from_the_mp3_in_their_order() -> None:
    mp3 = pressed(tone(440, 2), tone(880, 2))
    tones = heard(mp3)
    assert sum(abs(one - 440) < 15 for one in tones) >= 17
    assert sum(abs(one - 880) < 15 for one in tones) >= 17
    assert type_of(mp3[:64]) == "audio/mpeg"


def test_an_hour_takes_fourteen_megabytes_and_any_cut_plays() -> None:
    mp3 = pressed(tone(440, 10))
    assert abs(len(mp3) / 10 - BYTES_A_SECOND) < 150
    assert len(heard(mp3[: len(mp3) // 2])) >= 48


def test_loudness_is_nought_for_silence_and_one_at_the_top() -> None:
    assert (loudness(bytes(3200)), loudness(b"")) == (0, 0)
    assert 0.39 < loudness(tone(300, 0.1)) < 0.41
    assert loudness(b"\x00\x80" * 10) == 1


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(tone(440, 3))
    return out.getvalue()


@pytest.mark.parametrize(("raw", "mime"), [(pressed(tone(440, 3)), "audio/mpeg"), (wav(), "audio/wav")])
def test_a_recording_plays_from_memory_pauses_and_goes_elsewhere(raw: bytes, mime: str) -> None:
    player = Player(raw, mime, NULL)
    assert abs(player.seconds - 3) < 0.2
    player.play()
    assert player.is_playing
    wait_until(lambda: player.position > 0)
    player.seek(2)
    assert player.is_playing
    assert 2 <= player.position < 2.5
    player.pause()
    stood = player.position
    assert not player.is_playing
    player.play()
    assert stood <= player.position
    wait_until(lambda: player.has_ended)
    assert abs(player.position - player.seconds) < 0.3
    player.play()
    assert player.position < 1
    player.pause()


def test_what_is_played_is_what_lies_there() -> None:
    player = Player(pressed(tone(440, 2), tone(880, 2)), "audio/mpeg", NULL)
    sounding = player._sound(player._frames(2.5))
    next(sounding)
    samples = memoryview(b"".join(sounding.send(4410) for _ in range(5))).cast("h")
    crossings = sum((a < 0) != (b < 0) for a, b in pairwise(samples))
    assert abs(crossings / 2 / (len(samples) / 44_100) - 880) < 40


@pytest.mark.parametrize(("raw", "mime"), [(b"junk" * 99, "audio/mpeg"), (b"x", "audio/amr"), (b"", "audio/wav")])
def test_what_cannot_be_played_is_said(raw: bytes, mime: str) -> None:
    with pytest.raises(Unplayable):
        Player(raw, mime)


def test_no_loudspeaker_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise miniaudio.MiniaudioError("failed to init device", -204)

    player = Player(pressed(tone(440, 1)), "audio/mpeg")
    monkeypatch.setattr(miniaudio, "PlaybackDevice", refuse)
    with pytest.raises(NoLoudspeaker):
        player.play()
    assert not player.is_playing


def wait_until(is_so: Any) -> None:
    """Let the null device's own clock run."""
    pause = threading.Event()
    for _ in range(400):
        if is_so():
            return
        pause.wait(0.02)
    raise AssertionError("it does not come to that")
