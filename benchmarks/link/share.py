"""A share of this computer's processors for one process and what it starts: a Linux control group, version 1 or 2."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.link.ground import NotPossibleHere

_ROOT = Path("/sys/fs/cgroup")
_PERIOD_US = 10_000
_PATIENCE_SECONDS = 5.0


@contextmanager
def limited_to(cores: float, pid: int) -> Iterator[None]:
    """Let a process and its future children have no more than so many processors. Raises NotPossibleHere."""
    first = _ROOT / "cpu" if (_ROOT / "cpu").is_dir() else _ROOT
    group = first / f"fengqiao-{os.getpid()}"
    quota = max(1000, round(cores * _PERIOD_US))
    try:
        group.mkdir()
        if first == _ROOT:
            _write(group / "cpu.max", f"{quota} {_PERIOD_US}")
        else:
            _write(group / "cpu.cfs_period_us", str(_PERIOD_US))
            _write(group / "cpu.cfs_quota_us", str(quota))
        _write(group / "cgroup.procs", str(pid))
    except OSError as problem:
        raise NotPossibleHere(f"no control group for processors ({problem}): run as root on Linux") from problem
    try:
        yield
    finally:
        _free(group, first)


def _free(group: Path, first: Path) -> None:
    """Members go back where they came from; a group can be removed once the last has left."""
    for member in (group / "cgroup.procs").read_text(encoding="ascii").split():
        try:
            _write(first / "cgroup.procs", member)
        except ProcessLookupError:
            continue
    until = time.monotonic() + _PATIENCE_SECONDS
    while group.exists() and time.monotonic() < until:
        try:
            group.rmdir()
        except OSError:
            time.sleep(0.05)


def _write(path: Path, value: str) -> None:
    path.write_text(value, encoding="ascii")
