"""Everything at once, in small; `python -m tests.kills --kills 1000` is the long one."""

from __future__ import annotations

from pathlib import Path

from tests.kills.campaign import besiege


def test_with_files_sticks_and_a_cut_line_nothing_acknowledged_is_lost(
    template: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    assert besiege(*template, tmp_path, seed=3, kills=16)["kills"] >= 16
