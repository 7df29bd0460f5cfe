"""The hub's folder of files: each content once under its SHA-256, unfinished uploads beside."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from sync.protocol.files import is_digest, type_of

_HEAD_BYTES = 64


class Shelf:
    """Names are hashes only, so no path in a request ever becomes a path here. free_bytes: free space at a path."""

    def __init__(self, folder: Path, free_bytes: Callable[[Path], int]) -> None:
        self._folder = folder
        self._free_bytes = free_bytes

    def free_bytes(self) -> int:
        """Free space where the files lie."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._free_bytes(self._folder)

    def part(self, device: str, record: str, part: str) -> Path:
        """Where an unfinished upload lies."""
        name = hashlib.sha256("\0".join((device, record, part)).encode()).hexdigest()
        return self._folder / "parts" / name

    def write(self, part: Path, offset: int, raw: bytes) -> None:
        """Put a chunk at its place, on disk when this returns; what lay behind it is gone. Raises OSError."""
        part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with part.open("r+b" if part.exists() else "w+b") as file:
            file.seek(offset)
            file.write(raw)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())

    def reached(self, part: Path) -> int:
        """How much of an upload is on disk."""
        return part.stat().st_size if part.is_file() else 0

    def keep(self, part: Path, digest: str, mime: str) -> bool:
        """Put a whole upload in its place; False when its bytes are not that content or of another type."""
        if _digest(part) != digest or not _is_of_type(part, mime):
            part.unlink(missing_ok=True)
            return False
        target = self._path(digest)
        if target.is_file():
            part.unlink()
        else:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.replace(target)
            _sync_folder(target.parent)
        return True

    def read(self, digest: str, first: int, length_bytes: int) -> bytes:
        """A part of a content. Raises FileNotFoundError."""
        with self._path(digest).open("rb") as file:
            file.seek(first)
            return file.read(length_bytes)

    def size_bytes(self, digest: str) -> int:
        """The size of a content, 0 when it is not here."""
        path = self._path(digest)
        return path.stat().st_size if path.is_file() else 0

    def _path(self, digest: str) -> Path:
        if not is_digest(digest):
            raise FileNotFoundError(digest[:64])
        return self._folder / digest[:2] / digest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_of_type(path: Path, mime: str) -> bool:
    with path.open("rb") as file:
        return type_of(file.read(_HEAD_BYTES)) == mime


def _sync_folder(folder: Path) -> None:
    """Make a rename last; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
