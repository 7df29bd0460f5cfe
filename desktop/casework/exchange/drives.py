"""Sticks that are plugged in, as far as the operating system tells."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = (Path("/media"), Path("/run/media"), Path("/mnt"))
"""Where a desktop of another kind shows them, one or two folders deep."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A stick: where it is, and what it is called."""

    path: Path
    label: str


if sys.platform == "win32":
    import ctypes

    _REMOVABLE = 2

    def drives() -> list[Drive]:
        """Removable drives with something in them, by letter."""
        present = ctypes.windll.kernel32.GetLogicalDrives()
        roots = [f"{chr(65 + n)}:\\" for n in range(26) if present >> n & 1]
        removable = [root for root in roots if ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOVABLE]
        return [Drive(Path(root), _volume(root)) for root in removable if Path(root).is_dir()]

    def _volume(root: str) -> str:
        name = ctypes.create_unicode_buffer(261)
        ctypes.windll.kernel32.GetVolumeInformationW(root, name, len(name), None, None, None, None, 0)
        return f"{name.value or 'U盘'}（{root[:2]}）"

else:

    def drives() -> list[Drive]:
        """Folders that are mounts of their own, by name."""
        return [Drive(path, path.name) for folder in _MOUNTS for path in mounted(folder)]


def mounted(folder: Path) -> list[Path]:
    """What is mounted in a folder, or one level below it."""
    found: list[Path] = []
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            found += [path] if path.is_mount() else []
            with suppress(OSError):
                found += [inner for inner in sorted(path.iterdir()) if inner.is_mount()]
    return found
