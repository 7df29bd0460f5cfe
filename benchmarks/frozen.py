"""The frozen desk: its size, how quickly it starts, and whether it passes its own self-test.

    python -m benchmarks.frozen [--folder dist/FengqiaoDesk]

It runs with an empty environment and away from the source tree, so that nothing of the checkout can help it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_KEPT = ("SYSTEMROOT", "TEMP", "TMP", "HOME", "USERPROFILE", "LOCALAPPDATA")
STARTS = 5


def main() -> bool:
    """Print the figures; True when the self-test did not pass."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path("dist") / "FengqiaoDesk")
    folder = parser.parse_known_args()[0].folder.resolve()
    program = folder / ("FengqiaoDesk.exe" if sys.platform == "win32" else "FengqiaoDesk")
    if not program.exists():
        print(f"frozen: {program} is not there; build it with `make installer`")
        return True
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    print(f"frozen: {size / 2**20:.0f} MB in {folder}")
    seconds = sorted(_run(program, "--help")[1] for _ in range(STARTS))
    print(f"  starts and answers --help in {seconds[STARTS // 2]:.2f} s (median of {STARTS})")
    code, taken = _run(program, "--selftest", shows=True)
    print(f"  self-test: exit code {code} after {taken:.1f} s")
    return code != 0


def _run(program: Path, argument: str, *, shows: bool = False) -> tuple[int, float]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment = {**kept, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory(prefix="frozen ") as elsewhere:
        started = time.perf_counter()
        done = subprocess.run([program, argument], cwd=elsewhere, env=environment, check=False, capture_output=True)
        taken = time.perf_counter() - started
    if shows or done.returncode:
        print((done.stdout + done.stderr).decode("utf-8", "replace").rstrip())
    return done.returncode, taken


if __name__ == "__main__":
    raise SystemExit(main())
