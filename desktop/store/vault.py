"""Files at rest: each encrypted on its own, in sealed blocks, so that any part can be read and a cut one resumed.

A file lies under a keyed hash of its content's SHA-256, so that the names tell nothing. Its key is drawn from the
store key with HKDF and a salt of its own; every block of 64 kB is AES-256-GCM under its number, the last one marked as
the last (the STREAM construction), so that blocks can be neither exchanged nor cut off. A file is written beside and
renamed when it is whole: what has its name is complete.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.store.atomic_file import sync_folder
from desktop.store.database import MEGABYTE, in_plain_words
from desktop.store.errors import Damaged, NoSpace
from desktop.store.keys import StoreKey

BLOCK_BYTES = 64 * 1024
SPARE_BYTES = 50 * MEGABYTE
"""Free space that must be left when a file has been written."""
_MAGIC = b"FQF1"
_SALT_BYTES, _TAG_BYTES = 16, 16
_HEAD_BYTES = len(_MAGIC) + _SALT_BYTES
_SEALED_BYTES = BLOCK_BYTES + _TAG_BYTES


class WrongContent(Exception):
    """The bytes that came together are not the file they should be; nothing of them was kept."""


class Vault:
    """The folder of encrypted files of one store. free_bytes: free space where it lies."""

    def __init__(
        self, folder: Path, key: StoreKey, random_bytes: Callable[[int], bytes], free_bytes: Callable[[], int]
    ) -> None:
        self.folder = folder
        self._key = key.raw
        self._names = _derive(key.raw, b"", b"fengqiao file names")
        self._random_bytes = random_bytes
        self._free_bytes = free_bytes

    def path(self, digest: str) -> Path:
        """Where a content lies when it is here."""
        name = hmac.new(self._names, digest.encode("ascii"), hashlib.sha256).hexdigest()[:40]
        return self.folder / name[:2] / name

    def size_bytes(self, digest: str) -> int:
        """The size of a content that is here, 0 when it is not."""
        path = self.path(digest)
        return plain_bytes(path.stat().st_size) if path.is_file() else 0

    def put(self, digest: str, raw: bytes) -> None:
        """Keep a content; on disk when this returns. Raises NoSpace, ReadOnly, WrongContent."""
        if self.size_bytes(digest) != len(raw):
            with self.receive(digest, len(raw), afresh=True) as receiver:
                receiver.write(raw)
                receiver.finish()

    def receive(self, digest: str, size_bytes: int, *, afresh: bool = False) -> Receiver:
        """Begin a content, or go on where it was cut. Raises NoSpace, ReadOnly."""
        if (free := self._free_bytes()) < size_bytes + SPARE_BYTES:
            raise NoSpace(free // MEGABYTE)
        path = self.path(digest)
        with self._plain():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".new" if afresh else ".part")
            if afresh or not part.exists() or part.stat().st_size < _HEAD_BYTES:
                part.write_bytes(_MAGIC + self._random_bytes(_SALT_BYTES))
            file = part.open("rb+")
        return Receiver(file, part, path, (digest, size_bytes), self._cipher, self._plain)

    def read(self, digest: str, offset: int = 0, length_bytes: int = -1) -> bytes:
        """A part of a content, or all of it. Raises FileNotFoundError, Damaged."""
        with self.path(digest).open("rb") as file:
            cipher, sealed = self._cipher(file.read(_HEAD_BYTES)), os.fstat(file.fileno()).st_size
            size = plain_bytes(sealed)
            end = size if length_bytes < 0 else min(size, offset + length_bytes)
            first, last = offset // BLOCK_BYTES, max(0, size - 1) // BLOCK_BYTES
            file.seek(_HEAD_BYTES + first * _SEALED_BYTES)
            parts = [
                _opened(cipher, file.read(_SEALED_BYTES), n, digest, is_last=n == last)
                for n in range(first, -(-end // BLOCK_BYTES))
            ]
        begin = offset - first * BLOCK_BYTES
        return b"".join(parts)[begin : begin + max(0, end - offset)]

    def remove(self, digest: str) -> None:
        """Take a content away; harmless when it is not here."""
        for path in (self.path(digest), self.path(digest).with_suffix(".part")):
            path.unlink(missing_ok=True)

    @contextmanager
    def _plain(self) -> Iterator[None]:
        with in_plain_words(self._free_bytes):
            yield

    def _cipher(self, head: bytes) -> AESGCM:
        if head[: len(_MAGIC)] != _MAGIC:
            raise Damaged("file head")
        return AESGCM(_derive(self._key, head[len(_MAGIC) :], b"fengqiao file"))


class Receiver:
    """One content coming in. `offset` is how much of it is safely here; what a cut left half is thrown away."""

    def __init__(
        self,
        file: BinaryIO,
        part: Path,
        path: Path,
        expected: tuple[str, int],
        cipher: Callable[[bytes], AESGCM],
        plain: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._file, self._part, self._path, self._plain = file, part, path, plain
        self._digest, self._size = expected
        self._hash, self._blocks, self._rest = hashlib.sha256(), 0, b""
        self._cipher = cipher(file.read(_HEAD_BYTES))
        self._resume()

    @property
    def offset(self) -> int:
        """Bytes taken in so far."""
        return self._blocks * BLOCK_BYTES + len(self._rest)

    def write(self, raw: bytes) -> None:
        """Take in what comes next. Raises NoSpace, ReadOnly, WrongContent when it is more than was declared."""
        if self.offset + len(raw) > self._size:
            raise WrongContent
        self._rest += raw
        with self._plain():
            while len(self._rest) > BLOCK_BYTES:
                self._seal(self._rest[:BLOCK_BYTES], is_last=False)
                self._rest = self._rest[BLOCK_BYTES:]

    def finish(self) -> None:
        """The content is whole: put it in its place. Raises WrongContent; then it begins anew."""
        with self._plain():
            if self.offset != self._size or self._whole_hash() != self._digest:
                self.close()
                self._part.unlink(missing_ok=True)
                raise WrongContent
            self._seal(self._rest, is_last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self._path)
            sync_folder(self._path.parent)

    def close(self) -> None:
        """Let go of the file; what is here stays for another time."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def _seal(self, block: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._blocks, is_last), block, self._digest.encode("ascii")))
        if not is_last:
            self._hash.update(block)
            self._blocks += 1

    def _whole_hash(self) -> str:
        last = self._hash.copy()
        last.update(self._rest)
        return last.hexdigest()

    def _resume(self) -> None:
        """Read again what was sealed, up to the first block that is not whole."""
        while len(sealed := self._file.read(_SEALED_BYTES)) == _SEALED_BYTES:
            try:
                block = _opened(self._cipher, sealed, self._blocks, self._digest, is_last=False)
            except Damaged:
                break
            self._hash.update(block)
            self._blocks += 1
        end = _HEAD_BYTES + self._blocks * _SEALED_BYTES
        self._file.seek(end)
        self._file.truncate(end)


def plain_bytes(sealed_bytes: int) -> int:
    """The size of a content by the size of its encrypted file."""
    inside = max(0, sealed_bytes - _HEAD_BYTES)
    return inside - -(-inside // _SEALED_BYTES) * _TAG_BYTES


def _opened(cipher: AESGCM, sealed: bytes, n: int, digest: str, *, is_last: bool) -> bytes:
    try:
        return cipher.decrypt(_nonce(n, is_last), sealed, digest.encode("ascii"))
    except InvalidTag as problem:
        raise Damaged(f"file block {n}") from problem


def _nonce(n: int, is_last: bool) -> bytes:
    return n.to_bytes(11, "big") + bytes([is_last])


def _derive(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt or None, info).derive(key)
