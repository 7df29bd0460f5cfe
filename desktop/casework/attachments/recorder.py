"""One take of a recording: a thread of its own from the microphone to the disk, so that nothing on the desk delays it.

Samples come in tenths of a second, are pressed at once and are on disk every half second: a power cut costs less than a
second of what was said (the promise is two).
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from desktop.sound.errors import MicrophoneLost, SoundError
from desktop.sound.microphone import Microphone
from desktop.sound.pressing import Press, loudness
from desktop.store import StoreError
from desktop.store.growing import GrowingFile

WRITE_SECONDS = 0.5
"""How much sound may be off the disk."""
_SILENT_WAITS = 4
"""After so many waits of WRITE_SECONDS without a sample the device has gone."""
_PATIENCE_SECONDS = 3.0
_LOUDNESS_KEPT = 0.85
"""How much of the loudest moment is left at the next piece: the meter falls gently and never flickers."""

TakeState: TypeAlias = Literal["opening", "running", "ended", "broken"]


@dataclass(frozen=True, slots=True)
class TakeFacts:
    """How a take stands. seconds: recorded in it; loudness: 0 to 1 just now; trouble: why it broke off."""

    state: TakeState
    seconds: float = 0.0
    loudness: float = 0.0
    trouble: Exception | None = None


class Take:
    """One take, from `begin` to `end` or until the device goes.

    part() begins a part on disk (it is called in the thread, and again when one is full); most_bytes: how large one may
    grow.
    """

    def __init__(self, microphone: Microphone, part: Callable[[], GrowingFile], *, most_bytes: int) -> None:
        self._microphone, self._part, self._most_bytes = microphone, part, most_bytes
        self._heard: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._facts = TakeFacts("opening")
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)

    @property
    def facts(self) -> TakeFacts:
        """How it stands; from any thread."""
        return self._facts

    def begin(self) -> None:
        """Open the device and record; returns at once."""
        self._thread.start()

    def end(self) -> None:
        """Stop listening; what was heard is on disk when this returns. A driver that hangs is left behind."""
        self._heard.put(None)
        self._thread.join(_PATIENCE_SECONDS)

    def _run(self) -> None:
        trouble: Exception | None = None
        try:
            self._record()
        except (SoundError, StoreError, OSError) as problem:
            trouble = problem
        finally:
            self._microphone.close()
        self._facts = TakeFacts("broken" if trouble else "ended", self._facts.seconds, 0.0, trouble)

    def _record(self) -> None:
        self._microphone.open(self._heard.put)
        written, waits = _Written(self._part, self._most_bytes), 0
        try:
            while True:
                try:
                    samples = self._heard.get(timeout=WRITE_SECONDS)
                except queue.Empty:
                    waits += 1
                    written.flush()
                    if waits == _SILENT_WAITS:
                        raise MicrophoneLost from None
                    continue
                waits = 0
                if samples is None:
                    return
                if not samples:
                    raise MicrophoneLost
                written.take(samples)
                self._tell(written.seconds, samples)
        finally:
            written.end()

    def _tell(self, seconds: float, samples: bytes) -> None:
        loud = max(loudness(samples), self._facts.loudness * _LOUDNESS_KEPT)
        self._facts = TakeFacts("running", seconds, loud)


class _Written:
    """What a take has written: MP3 in parts, each of which plays on its own."""

    def __init__(self, part: Callable[[], GrowingFile], most_bytes: int) -> None:
        self._part, self._most_bytes = part, most_bytes
        self._file, self._press = part(), Press()
        self._pressed, self._on_disk_seconds, self._former_seconds = b"", 0.0, 0.0

    @property
    def seconds(self) -> float:
        """How much sound came, in all parts."""
        return self._former_seconds + self._press.seconds

    def take(self, samples: bytes) -> None:
        """Press samples; on disk once half a second has come together."""
        self._pressed += self._press.press(samples)
        if self.seconds - self._on_disk_seconds >= WRITE_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Put on disk what is pressed; a full part gives way to the next."""
        if not self._pressed:
            return
        pressed, self._pressed, self._on_disk_seconds = self._pressed, b"", self.seconds
        self._file.append(pressed)
        if self._file.size_bytes + 2 * len(pressed) > self._most_bytes:
            self.end()
            self._former_seconds += self._press.seconds
            self._file, self._press = self._part(), Press()

    def end(self) -> None:
        """The last of it, and let go of the file."""
        with self._file:
            if rest := self._pressed + self._press.finish():
                self._file.append(rest)
        self._pressed = b""
