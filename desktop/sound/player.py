"""Playing a recording out of memory: nothing that was encrypted is ever written to the disk in plain."""

from __future__ import annotations

import io
from collections.abc import Generator, Sequence
from typing import Any

import miniaudio

from desktop.sound.errors import NoLoudspeaker, Unplayable

_RATE = 44_100
_INFO = {
    "audio/mpeg": miniaudio.mp3_get_info, "audio/wav": miniaudio.wav_get_info, "audio/flac": miniaudio.flac_get_info,
}  # fmt: skip
_FORMATS = {"audio/wav": miniaudio.FileFormat.WAV, "audio/flac": miniaudio.FileFormat.FLAC}
PLAYABLE = frozenset(_INFO)
"""Media types that can be played here."""


class Player:
    """One recording. `seconds`: how long it is; `position`: where it stands; `is_playing`, `has_ended`."""

    def __init__(self, raw: bytes, mime: str, backends: Sequence[miniaudio.Backend] = ()) -> None:
        """Raises Unplayable."""
        self._raw, self._mime, self._backends = raw, mime, list(backends)
        try:
            info = _INFO[mime](raw)
        except (KeyError, miniaudio.DecodeError) as problem:
            raise Unplayable from problem
        self.seconds: float = max(0.1, info.num_frames / info.sample_rate)
        self._device: miniaudio.PlaybackDevice | None = None
        self._begun, self._played, self._ended = 0.0, 0, False

    @property
    def position(self) -> float:
        """Seconds from the beginning."""
        return min(self.seconds, self._begun + self._played / _RATE)

    @property
    def is_playing(self) -> bool:
        """Whether sound comes out."""
        return self._device is not None and not self._ended

    @property
    def has_ended(self) -> bool:
        """Whether it was played to its end."""
        return self._ended

    def play(self) -> None:
        """Go on from where it stands, from the beginning when it has ended. Raises NoLoudspeaker, Unplayable."""
        begin = 0.0 if self._ended else self.position
        self.pause()
        self._begun, self._played, self._ended = begin, 0, False
        try:
            frames = self._frames(begin)
            sounding = self._sound(frames)
            next(sounding)
        except miniaudio.DecodeError as problem:
            raise Unplayable from problem
        try:
            self._device = miniaudio.PlaybackDevice(
                miniaudio.SampleFormat.SIGNED16, 1, _RATE, backends=self._backends, app_name="枫桥工作台"
            )
            self._device.start(sounding)
        except miniaudio.MiniaudioError as problem:
            self.pause()
            raise NoLoudspeaker from problem

    def pause(self) -> None:
        """Stop; the place is kept."""
        device, self._device = self._device, None
        if device is not None:
            device.close()

    def seek(self, seconds: float) -> None:
        """Go somewhere else; it goes on playing when it was. Raises as `play`."""
        was_playing = self.is_playing
        self.pause()
        self._begun, self._played, self._ended = max(0.0, min(seconds, self.seconds)), 0, False
        if was_playing:
            self.play()

    def _frames(self, seconds: float) -> Any:
        """MP3 is cut at its share of bytes (a decoder finds the next frame); others are told the sample."""
        if self._mime == "audio/mpeg":
            rest = self._raw[int(len(self._raw) * min(seconds / self.seconds, 0.9999)) :]
            return miniaudio.stream_memory(rest, nchannels=1, sample_rate=_RATE)
        self._held = _Held(self._raw)
        return miniaudio.stream_any(
            self._held, _FORMATS[self._mime], nchannels=1, sample_rate=_RATE, seek_frame=int(seconds * _RATE)
        )

    def _sound(self, frames: Any) -> Generator[bytes, int, None]:
        """What the device asks for, in its own thread; silence once all is played."""
        wanted = yield b""
        while True:
            try:
                piece = bytes(frames.send(wanted))
            except StopIteration:
                break
            self._played += len(piece) // 2
            wanted = yield piece
        self._ended = True
        while True:
            yield b""


class _Held(miniaudio.StreamableSource):  # type: ignore[misc]
    """Bytes in memory as miniaudio reads a file."""

    def __init__(self, raw: bytes) -> None:
        self._file = io.BytesIO(raw)

    def read(self, num_bytes: int) -> bytes:
        return self._file.read(num_bytes)

    def seek(self, offset: int, origin: miniaudio.SeekOrigin) -> bool:
        self._file.seek(offset, io.SEEK_SET if origin == miniaudio.SeekOrigin.START else io.SEEK_CUR)
        return True
