"""Speech pressed to MP3 while it comes, mono, 32 kbit/s: an hour is 14 MB. Any cut of it plays up to the cut."""

from __future__ import annotations

from array import array

import lameenc

from desktop.sound.microphone import RATE, SAMPLE_BYTES

BYTES_A_SECOND = 4_000
_KBIT_A_SECOND = BYTES_A_SECOND * 8 // 1000
_QUALITY = 7
"""LAME's quick end: an old PC records beside everything else, and speech sounds the same."""
_LOUDEST = 32_767


class Press:
    """One MP3 in the making. `seconds`: how much sound went in."""

    def __init__(self) -> None:
        self._encoder = lameenc.Encoder()
        self._encoder.set_bit_rate(_KBIT_A_SECOND)
        self._encoder.set_in_sample_rate(RATE)
        self._encoder.set_channels(1)
        self._encoder.set_quality(_QUALITY)
        self._encoder.silence()
        self._samples = 0

    @property
    def seconds(self) -> float:
        """How much sound went in."""
        return self._samples / RATE

    def press(self, samples: bytes) -> bytes:
        """What the next samples add to the MP3; LAME holds back less than a fifth of a second."""
        self._samples += len(samples) // SAMPLE_BYTES
        return bytes(self._encoder.encode(samples))

    def finish(self) -> bytes:
        """The last of it."""
        return bytes(self._encoder.flush()) if self._samples else b""


def loudness(samples: bytes) -> float:
    """How loud the loudest moment is: 0 silence, 1 as loud as can be."""
    values = array("h", samples[: len(samples) // SAMPLE_BYTES * SAMPLE_BYTES])
    return min(1.0, max(max(values), -min(values)) / _LOUDEST) if values else 0.0
