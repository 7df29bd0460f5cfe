"""Writing a small file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, raw: bytes) -> None:
    """Replace a file's content; after a power cut it holds either the old bytes or the new ones.

    Raises OSError; then the old file stands.
    """
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename last; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
