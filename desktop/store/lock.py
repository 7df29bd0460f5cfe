"""One process at a time: an operating-system lock on a small file, which a crash lets go by itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self

from desktop.store.errors import InUse

_CLEAN, _OPEN = b" ", b"x"


class FolderLock:
    """The lock on a folder while its store is open. `was_cut`: the last session did not end properly."""

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises InUse, OSError."""
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._file)
        except OSError as problem:
            os.close(self._file)
            raise InUse from problem
        self.was_cut = _read_state(self._file) == _OPEN
        _write_state(self._file, _OPEN)

    def release(self, *, clean: bool = True) -> None:
        """Let go, saying whether the session ended properly."""
        if self._file >= 0:
            _write_state(self._file, _CLEAN if clean else _OPEN)
            _unlock(self._file)
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


_STATE_AT = 1
"""The state's place; byte 0 is what is locked, for Windows forbids reading a locked byte."""


def _read_state(file: int) -> bytes:
    os.lseek(file, _STATE_AT, os.SEEK_SET)
    return os.read(file, 1)


def _write_state(file: int, state: bytes) -> None:
    os.lseek(file, _STATE_AT, os.SEEK_SET)
    os.write(file, state)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _unlock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
