"""Listening. `Microphone` is the port; `SystemMicrophone` the one of this PC, by miniaudio."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Protocol

import miniaudio

from desktop.sound.errors import MicrophoneBusy, NoMicrophone

RATE = 16_000
"""Samples a second: speech needs no more."""
SAMPLE_BYTES = 2
_PIECE_MS = 100
_ABSENT = frozenset({-7, -203, -204, -205, -401})
"""MA_DOES_NOT_EXIST, MA_NO_BACKEND, MA_NO_DEVICE, MA_API_NOT_FOUND, a backend that opens and has no device."""

Take = Callable[[bytes], None]


class Microphone(Protocol):
    """Hears 16-bit mono samples, RATE a second, and hands them over in pieces of about a tenth of a second."""

    def open(self, take: Take) -> None:
        """Listen from now on; `take` is called in a thread of its own, with b"" when the device went away.

        Raises NoMicrophone, MicrophoneBusy.
        """

    def close(self) -> None:
        """Listen no more: the device is let go. Harmless when nothing was opened."""


class SystemMicrophone:
    """The microphone Windows gives as the usual one. backends: miniaudio's, for tests (Backend.NULL hears silence)."""

    def __init__(self, backends: Sequence[miniaudio.Backend] = ()) -> None:
        self._backends = list(backends)
        self._device: miniaudio.CaptureDevice | None = None

    def open(self, take: Take) -> None:
        """See `Microphone.open`."""
        self.close()
        device = self._made()
        hearing = _hand_over(take)
        next(hearing)
        device.stop_callback = lambda: take(b"")
        self._device = device
        try:
            device.start(hearing)
        except miniaudio.MiniaudioError as problem:
            self.close()
            raise MicrophoneBusy from problem

    def close(self) -> None:
        """See `Microphone.close`."""
        device, self._device = self._device, None
        if device is not None:
            device.stop_callback = None
            device.close()

    def _made(self) -> miniaudio.CaptureDevice:
        try:
            device = miniaudio.CaptureDevice(
                miniaudio.SampleFormat.SIGNED16, 1, RATE, _PIECE_MS, backends=self._backends, app_name="枫桥工作台"
            )
        except miniaudio.MiniaudioError as problem:
            raise _meaning(problem) from problem
        if device.backend == "Null" and not self._backends:
            # Without any device miniaudio falls back to one that hears silence: that would be no recording.
            device.close()
            raise NoMicrophone
        return device


def _hand_over(take: Take) -> Generator[None, bytes, None]:
    while True:
        piece = yield
        take(bytes(piece))


def _meaning(problem: miniaudio.MiniaudioError) -> NoMicrophone | MicrophoneBusy:
    codes = {part for part in problem.args if isinstance(part, int)}
    return NoMicrophone() if codes & _ABSENT or len(problem.args) == 1 else MicrophoneBusy()
