"""The besieged district, made once and copied for every siege."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kills.siege import Siege, copied, make_template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Hub and desks, enrolled and empty."""
    folder = tmp_path_factory.mktemp("template")
    return folder, make_template(folder)


@pytest.fixture
def siege_of(template: tuple[Path, dict[str, str]], tmp_path: Path) -> Callable[[int], Siege]:
    """Begins a siege; its seed is printed when the test fails."""

    def begin(seed: int) -> Siege:
        print(f"seed {seed}")
        copied(template[0], tmp_path)
        return Siege(tmp_path, template[1], seed)

    return begin
