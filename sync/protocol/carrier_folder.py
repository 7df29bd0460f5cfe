"""Carrier files in a folder, most often a USB stick: written whole or not at all, never changed or deleted.

The one part of the protocol that touches a disk, because desk and hub must treat a stick alike.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

from sync.protocol import limits
from sync.protocol.carrier import SUFFIX, Label, Unfit

FILES = 500
"""Carrier files looked at in one folder, the newest names first."""
_MARGIN_BYTES = 64 * 1024
_NAME_CHARACTERS = 40

Why: TypeAlias = Literal["gone", "full", "locked", "broken"]


class NoCarrier(Exception):
    """A folder or stick that cannot be used; nothing half written is left to be taken for a carrier file.

    why: "gone" not there (any more); "full"; "locked" takes no writes; "broken" does not give back what was written.
    """

    def __init__(self, why: Why, needed_bytes: int = 0) -> None:
        super().__init__(why)
        self.why: Why = why
        self.needed_bytes = needed_bytes


def file_name(label: Label) -> str:
    """枫桥-花所村1号-20261123-0007.fqd, 回执-… for a receipt: what it is, whose, from when, which one."""
    whose = "".join(c for c in label.name if c.isalnum())[:_NAME_CHARACTERS] or label.place
    kind = "枫桥" if label.kind == "pouch" else "回执"
    day = "".join(c for c in label.day if c in "0123456789")[:8]
    return f"{kind}-{whose}-{day}-{label.serial:04d}{SUFFIX}"


def place(folder: Path, name: str, raw: bytes, free_bytes: Callable[[Path], int]) -> Path:
    """Write a new file, read it back, and only then give it its name. Raises NoCarrier.

    A file of that name with this very content is left as it is; with another content it keeps its name too,
    and the new one gets a number.
    """
    try:
        if not folder.is_dir():
            raise NoCarrier("gone")
        target = _free_name(folder, name, raw)
        if target.exists():
            return target
        if free_bytes(folder) < len(raw) + _MARGIN_BYTES:
            raise NoCarrier("full", len(raw) + _MARGIN_BYTES)
        _write(target, raw)
    except OSError as problem:
        raise _meaning(folder, problem, len(raw)) from problem
    return target


def found(folder: Path) -> list[Path]:
    """The carrier files in a folder, by name. Raises NoCarrier."""
    try:
        names = sorted(p for p in folder.iterdir() if p.suffix.lower() == SUFFIX and p.is_file())
    except OSError as problem:
        raise NoCarrier("gone") from problem
    return names[-FILES:]


def read(path: Path) -> bytes:
    """The bytes of a carrier file, within bounds. Raises NoCarrier, and Unfit for one that is too large."""
    try:
        with path.open("rb") as file:
            raw = file.read(limits.RECEIPT + 1)
    except OSError as problem:
        raise NoCarrier("gone") from problem
    if len(raw) > limits.RECEIPT:
        raise Unfit("foreign")
    return raw


def _free_name(folder: Path, name: str, raw: bytes) -> Path:
    stem, number, target = name.removesuffix(SUFFIX), 1, folder / name
    while target.exists() and target.read_bytes() != raw:
        number += 1
        target = folder / f"{stem}（{number}）{SUFFIX}"
    return target


def _write(target: Path, raw: bytes) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if part.read_bytes() != raw:
            raise NoCarrier("broken")
        part.rename(target)
        _settle(target.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Make the rename last; Windows has no such call and needs none, some sticks refuse it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)


def _meaning(folder: Path, problem: OSError, size_bytes: int) -> NoCarrier:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoCarrier("full", size_bytes + _MARGIN_BYTES)
    with suppress(OSError):
        if folder.is_dir() and problem.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            return NoCarrier("locked")
    return NoCarrier("gone")
