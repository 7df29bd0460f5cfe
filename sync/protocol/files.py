"""The second lane: what a file is called on the wire, what is signed of its requests, what type its bytes are.

Uploads speak tus 1.0 (core, creation, checksum), downloads HTTP ranges. A file is never asked for by its hash, only by
the attachment that holds it, so nobody can learn by asking what others have (docs/decisions/0011-files.md).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Part: TypeAlias = Literal["thumbnail", "file", "original"]
PARTS: tuple[Part, ...] = ("thumbnail", "file", "original")
"""In the order they travel."""

UPLOADS = "/uploads"
FILES = "/files"
TUS_VERSION = "1.0.0"
EXTENSIONS = "creation,checksum"
OFFSET_TYPE = "application/offset+octet-stream"
SIGNED_HEADERS = ("upload-offset", "upload-length", "upload-metadata", "upload-checksum", "range")
"""Headers that change what a request means; the device signs them with method, path and body."""

_FIELDS: dict[Part, tuple[str, str, str]] = {
    "thumbnail": ("thumbnail", "thumbnail_bytes", ""),
    "file": ("sha256", "size_bytes", "mime"),
    "original": ("original", "original_bytes", "original_mime"),
}
_NAME = re.compile(r"([0-9a-f-]{36})\.(thumbnail|file|original)")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{1,12})")


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of one attachment: its SHA-256 (hex), size and media type. A thumbnail is always image/jpeg."""

    record: str
    part: Part
    digest: str
    size_bytes: int
    mime: str

    @property
    def name(self) -> str:
        """How it is called in paths."""
        return f"{self.record}.{self.part}"


def pieces(record: str, fields: Mapping[str, Any]) -> list[Piece]:
    """The files an attachment declares, in the order they travel; what is not well declared is left out."""
    found = []
    for part in PARTS:
        digest, size, mime = _FIELDS[part]
        said, length = fields.get(digest), fields.get(size)
        if isinstance(said, str) and is_digest(said) and isinstance(length, int) and length > 0:
            found.append(Piece(record, part, said, length, str(fields.get(mime) or "") if mime else "image/jpeg"))
    return found


def read_name(name: str) -> tuple[str, str] | None:
    """Record and part of a name in a path; None for anything else, however it is spelt."""
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found else None


def is_digest(text: str) -> bool:
    """Whether this is a SHA-256 in lower-case hex."""
    return _DIGEST.fullmatch(text) is not None


def digest_of(raw: bytes) -> str:
    """The name of a content."""
    return hashlib.sha256(raw).hexdigest()


def checksum(raw: bytes) -> str:
    """The value of Upload-Checksum for a chunk."""
    return f"sha256 {base64.b64encode(hashlib.sha256(raw).digest()).decode('ascii')}"


def signed_line(method: str, path: str, headers: Mapping[str, str]) -> str:
    """What stands for the path in a signed file request: everything but the body that gives it its meaning."""
    said = {name.lower(): value for name, value in headers.items()}
    return "\n".join([f"{method} {path}", *(f"{name}:{said[name]}" for name in SIGNED_HEADERS if name in said)])


def read_metadata(text: str) -> dict[str, str]:
    """Upload-Metadata as tus writes it: "key base64,key base64". What is malformed is left out."""
    found = {}
    for pair in text.split(",")[:10]:
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode("utf-8")
        except ValueError:
            continue
    return found


def write_metadata(**values: str) -> str:
    """The same written."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode('ascii')}" for key, value in values.items())


def read_range(text: str) -> tuple[int, int] | None:
    """First and last byte (inclusive) of a single closed range; None for anything else."""
    found = _RANGE.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found and int(found[1]) <= int(found[2]) else None


def type_of(head: bytes) -> str:
    """The media type by the first bytes (64 are enough), "" for a type that is not kept."""
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:12] in _SPOKEN_BRANDS else ""
    if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    return next((mime for magic, mime in _MAGIC if head.startswith(magic)), "")


_SPOKEN_BRANDS = (b"M4A ", b"M4B ", b"mp42", b"isom", b"3gp4", b"3gp5", b"3gp6")
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"fLaC", "audio/flac"),
)
