"""Files written beside their target and moved over it only when they are whole."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.papers.refusal import PaperRefused

_SAME = "原来的文件没有动。"


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path to write to; it takes the target's place when the block ends well, else it is gone.

    Everything temporary lies in one folder beside the target, never in the system's own: papers name people
    (domain.md §6.6). Raises PaperRefused when the folder is missing or full, or the target is open elsewhere.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=".fengqiao-", dir=target.parent))
        try:
            draft = folder / target.name
            yield draft
            draft.replace(target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as problem:
        raise _refused(problem, target) from problem


def _refused(problem: OSError, target: Path) -> PaperRefused:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return PaperRefused(f"磁盘满了，“{target.name}”没存成。{_SAME}腾出些地方，再存一次。")
    if isinstance(problem, FileNotFoundError):
        return PaperRefused(f"没有“{target.parent}”这个文件夹，没存成。换个地方存。")
    if isinstance(problem, PermissionError):
        return PaperRefused(
            f"“{target.name}”存不进去，多半正在 Excel 或 WPS 里开着，或不许往那里存。"
            f"{_SAME}关掉那边，或换个地方。"
        )
    return PaperRefused(f"“{target.name}”没存成（{problem.strerror}）。{_SAME}换个地方再存一次。")
