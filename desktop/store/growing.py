"""Contents that are still growing (a recording while people talk): what was appended is on disk, whatever comes.

One content in many small sealed chunks: `FQG1`, a salt, then for each chunk its length, a nonce drawn anew, and
AES-256-GCM bound to the file's name and the chunk's number. A power cut can spoil the last chunk alone; a bad
sector costs the chunk it lies in and no other. When the content is finished it goes into the vault as any file does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.store.atomic_file import sync_folder
from desktop.store.database import MEGABYTE, in_plain_words
from desktop.store.errors import NoSpace
from desktop.store.keys import StoreKey
from desktop.store.vault import SPARE_BYTES

_MAGIC = b"FQG1"
_SALT_BYTES, _NONCE_BYTES, _LENGTH_BYTES, _TAG_BYTES = 16, 12, 4, 16
_AROUND_BYTES = _NONCE_BYTES + _TAG_BYTES
_MOST_CHUNK_BYTES = 4 * MEGABYTE
_SUFFIX = ".grow"


class GrowingShelf:
    """The folder of growing contents of one store. Names are ids: they are file names, and tell only when."""

    def __init__(
        self, folder: Path, key: StoreKey, random_bytes: Callable[[int], bytes], free_bytes: Callable[[], int]
    ) -> None:
        self.folder = folder
        self._key, self._random_bytes, self._free_bytes = key.raw, random_bytes, free_bytes

    def begin(self, name: str, head: bytes) -> GrowingFile:
        """Begin a content; `head` says what it is and is sealed as well. Raises NoSpace, ReadOnly."""
        if (free := self._free_bytes()) < SPARE_BYTES:
            raise NoSpace(free // MEGABYTE)
        salt = self._random_bytes(_SALT_BYTES)
        with in_plain_words(self._free_bytes):
            self.folder.mkdir(parents=True, exist_ok=True)
            file = self._path(name).open("xb")
            file.write(_MAGIC + salt)
        growing = GrowingFile(file, name, self._cipher(salt), self._random_bytes, self._free_bytes)
        growing.append(head)
        with in_plain_words(self._free_bytes):
            sync_folder(self.folder)
        return growing

    def names(self) -> list[str]:
        """What is growing here, or was when the power went; oldest first."""
        return sorted(path.stem for path in self.folder.glob(f"*{_SUFFIX}"))

    def head(self, name: str) -> bytes:
        """What it is; b"" when the power went before even that was written. Raises FileNotFoundError."""
        with self._path(name).open("rb") as file:
            return next(self._chunks(file, name), b"")

    def read(self, name: str) -> bytes:
        """All that was appended, without the head. Raises FileNotFoundError."""
        with self._path(name).open("rb") as file:
            chunks = self._chunks(file, name)
            next(chunks, b"")
            return b"".join(chunks)

    def size_bytes(self, name: str) -> int:
        """How much was appended; quick, nothing is opened. Raises FileNotFoundError."""
        with self._path(name).open("rb") as file:
            file.seek(len(_MAGIC) + _SALT_BYTES)
            sizes = [length - _AROUND_BYTES for length in _lengths(file)]
        return sum(sizes[1:])

    def remove(self, name: str) -> None:
        """Take it away; harmless when it is not here."""
        with in_plain_words(self._free_bytes):
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{_SUFFIX}"

    def _cipher(self, salt: bytes) -> AESGCM:
        return AESGCM(HKDF(SHA256(), 32, salt, b"fengqiao growing file").derive(self._key))

    def _chunks(self, file: BinaryIO, name: str) -> Iterator[bytes]:
        """The head and what was appended, up to where the power went."""
        start = file.read(len(_MAGIC) + _SALT_BYTES)
        if len(start) < len(_MAGIC) + _SALT_BYTES or not start.startswith(_MAGIC):
            return
        cipher = self._cipher(start[len(_MAGIC) :])
        for n, sealed in enumerate(_sealed(file)):
            try:
                yield cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(name, n))
            except InvalidTag:
                if n == 0:
                    return


class GrowingFile:
    """One content being written. `size_bytes`: how much was appended so far."""

    def __init__(
        self,
        file: BinaryIO,
        name: str,
        cipher: AESGCM,
        random_bytes: Callable[[int], bytes],
        free_bytes: Callable[[], int],
    ) -> None:
        self._file, self.name, self._cipher = file, name, cipher
        self._random_bytes, self._free_bytes = random_bytes, free_bytes
        self._chunks = 0
        self.size_bytes = 0

    def append(self, raw: bytes) -> None:
        """Add a chunk; it is on disk when this returns. Raises NoSpace, ReadOnly."""
        nonce = self._random_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, raw, _bound(self.name, self._chunks))
        with in_plain_words(self._free_bytes):
            self._file.write(len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed)
            self._file.flush()
            os.fsync(self._file.fileno())
        if self._chunks:
            self.size_bytes += len(raw)
        self._chunks += 1

    def close(self) -> None:
        """Let go of the file; what was appended stays."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _bound(name: str, n: int) -> bytes:
    return f"{name}:{n}".encode("ascii")


def _lengths(file: BinaryIO) -> Iterator[int]:
    """The sealed lengths of the chunks that are there whole; the file stands behind each when the next is asked."""
    end = os.fstat(file.fileno()).st_size
    while len(head := file.read(_LENGTH_BYTES)) == _LENGTH_BYTES:
        length, at = int.from_bytes(head, "big"), file.tell()
        if not _AROUND_BYTES <= length <= _MOST_CHUNK_BYTES or at + length > end:
            return
        yield length
        file.seek(at + length)


def _sealed(file: BinaryIO) -> Iterator[bytes]:
    for length in _lengths(file):
        yield file.read(length)
