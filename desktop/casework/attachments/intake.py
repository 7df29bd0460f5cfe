"""What may be attached: told by the content, never by the name, and refused kindly when it may not (window.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from desktop.casework.attachments import pictures
from desktop.casework.attachments.pictures import ManyPages, Picture, TooManyPixels, Unreadable
from desktop.casework.errors import NotAllowed
from desktop.settings import Settings
from sync.protocol.files import type_of

MEGABYTE = 1024 * 1024
_KINDS = "能添照片（JPG、PNG）、扫描件（PDF）和录音（MP3、M4A、WAV、AMR）"
_HEIC = (b"heic", b"heix", b"mif1", b"hevc")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it will be kept. original: what was handed in, when it was asked to be kept as well."""

    mime: str
    body: bytes
    thumbnail: bytes = b""
    original: bytes = b""
    original_mime: str = ""
    taken_at: datetime | None = None


def read(path: Path, settings: Settings) -> bytes:
    """The bytes of a chosen file. Raises NotAllowed for one that is too large, empty or cannot be read."""
    try:
        size = path.stat().st_size
        _check_size(size, max(settings.number("attachment_mb"), settings.number("recording_mb")))
        return path.read_bytes()
    except OSError as problem:
        raise NotAllowed("这个文件读不出来，没有添。别的都没有动。看看文件还在不在，或换个地方存了再添。") from problem


def take_in(raw: bytes, settings: Settings, zone: tzinfo | None, *, keep_original: bool = False) -> Taken:
    """The file as it will be kept. Raises NotAllowed, saying what to do instead."""
    mime = type_of(raw[:64])
    _check_size(len(raw), settings.number("recording_mb" if mime.startswith("audio/") else "attachment_mb"))
    if not mime:
        raise NotAllowed(_unknown(raw))
    if not mime.startswith("image/"):
        return Taken(mime, raw)
    picture = _picture(raw, settings, zone)
    kept = (raw, mime) if keep_original and raw != picture.body else (b"", "")
    return Taken(pictures.MIME, picture.body, picture.thumbnail, *kept, picture.taken_at)


def _picture(raw: bytes, settings: Settings, zone: tzinfo | None) -> Picture:
    try:
        return pictures.prepare(
            raw, side_px=settings.number("photo_side_px"), quality=settings.number("photo_quality"), zone=zone
        )
    except TooManyPixels as problem:
        raise NotAllowed("这张图大得离谱，打开会卡住电脑，没有添。别的都没有动。用手机或扫描仪重拍一张。") from problem
    except ManyPages as problem:
        raise NotAllowed("这份扫描件有好几页，没有添。别的都没有动。另存成 PDF 再添，一页也不会少。") from problem
    except Unreadable as problem:
        raise NotAllowed("这张图坏了，打不开，没有添。别的都没有动。重拍一张，或换一张再添。") from problem


def _check_size(size: int, most_mb: int) -> None:
    if size == 0:
        raise NotAllowed("这个文件是空的，没有添。别的都没有动。看看是不是没存好，存好再添。")
    if size > most_mb * MEGABYTE:
        now = f"{size / MEGABYTE:.0f} MB"
        raise NotAllowed(f"这个文件有 {now}，最多 {most_mb} MB，没有添。别的都没有动。分成几个小的再添。")


def _unknown(raw: bytes) -> str:
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIC:
        return "这是苹果手机的 HEIC 照片，打不开，没有添。别的都没有动。在手机上另存成 JPG 再添。"
    if raw.startswith(b"PK"):
        return f"这是压缩包或 Office 文件，没有添。别的都没有动。{_KINDS}；文档先另存成 PDF。"
    return f"这种文件不能添。别的都没有动。{_KINDS}。"
