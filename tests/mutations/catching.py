"""Making one slip at a time in a copy of the tree, and looking whether it is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutations.slip import ROOT, Slip

COPIED = ("sync", "desktop", "resources", "tests", "docs", "pyproject.toml")
PATIENCE_SECONDS = 900
"""A slip that makes what should catch it hang is noticed as well; a busy computer is not a slip."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a command failed, in how many seconds, and its last words."""

    failed: bool
    seconds: float
    words: str


def copy_tree(target: Path) -> Path:
    """Everything the tests need, in a folder of its own."""
    target.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target / name)
    return target


@contextmanager
def slipped(slip: Slip, tree: Path) -> Iterator[None]:
    """The tree with the slip in it; afterwards as it was."""
    path = tree / slip.file
    sound = path.read_text(encoding="utf-8")
    slip.make(tree)
    try:
        yield
    finally:
        path.write_text(sound, encoding="utf-8")


def run(command: tuple[str, ...], tree: Path) -> Verdict:
    """Run a command of Python in a tree, with nothing compiled left behind: two versions of a file may be as old."""
    around = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    started = time.monotonic()
    process = subprocess.Popen(
        (sys.executable, *command), cwd=tree, env=around, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        said, _ = process.communicate()
        return Verdict(True, time.monotonic() - started, "hung")
    return Verdict(process.returncode != 0, time.monotonic() - started, said[-2000:])
