"""Microphones that need no device: one that hears tones, one that goes away, one that is not there."""

from __future__ import annotations

import math
import threading
from array import array
from collections.abc import Sequence
from itertools import pairwise

import miniaudio

from desktop.sound.errors import SoundError
from desktop.sound.microphone import RATE, Take

PIECE_SECONDS = 0.1


def tone(hertz: float, seconds: float, *, loud: float = 0.4) -> bytes:
    """A sine as samples."""
    count = round(RATE * seconds)
    return array("h", [round(loud * 32767 * math.sin(2 * math.pi * hertz * n / RATE)) for n in range(count)]).tobytes()


def pieces(samples: bytes) -> list[bytes]:
    """As a device hands them over."""
    step = round(RATE * PIECE_SECONDS) * 2
    return [samples[at : at + step] for at in range(0, len(samples), step)]


def heard(mp3: bytes) -> list[float]:
    """The tone of each tenth of a second of an MP3, in hertz (by its zero crossings); 0 for silence."""
    samples = miniaudio.decode(mp3, nchannels=1, sample_rate=RATE).samples
    step = round(RATE * PIECE_SECONDS)
    return [_hertz(samples[at : at + step]) for at in range(0, len(samples) - step + 1, step)]


def _hertz(samples: Sequence[int]) -> float:
    if max(map(abs, samples)) < 500:
        return 0.0
    crossings = sum(1 for a, b in pairwise(samples) if (a < 0) != (b < 0))
    return crossings / 2 / (len(samples) / RATE)


class Voice:
    """A microphone that hears what it was given, all at once; then silence of the line, or the end of it (`goes`)."""

    def __init__(self, samples: bytes = b"", *, goes: bool = False, refuses: SoundError | None = None) -> None:
        self.samples, self.goes, self.refuses = samples, goes, refuses
        self.is_open = False
        self._take: Take | None = None

    def open(self, take: Take) -> None:
        if self.refuses:
            raise self.refuses
        self.is_open, self._take = True, take
        for piece in pieces(self.samples):
            take(piece)
        if self.goes:
            take(b"")

    def say(self, samples: bytes) -> None:
        """Speak on."""
        assert self._take is not None
        for piece in pieces(samples):
            self._take(piece)

    def close(self) -> None:
        self.is_open = False


class Talker:
    """A microphone that hears a rising tone in real time, a tenth of a second each tenth of a second."""

    def __init__(self) -> None:
        self._over = threading.Event()

    def open(self, take: Take) -> None:
        threading.Thread(target=self._talk, args=(take,), daemon=True).start()

    def close(self) -> None:
        self._over.set()

    def _talk(self, take: Take) -> None:
        n = 0
        while not self._over.wait(PIECE_SECONDS):
            take(tone(200 + 10 * n, PIECE_SECONDS))
            n += 1
