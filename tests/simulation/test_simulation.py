"""Five hundred seeds of bad roads in every test run; `python -m tests.simulation --seeds 20000` for the long one."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.seeds import make_morning, quick_folder, run

SEEDS = 500
PORTIONS = 20


@pytest.fixture(scope="session")
def base() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="fengqiao-simulation-", dir=quick_folder()) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def template(base: Path) -> tuple[Path, dict[str, str]]:
    return make_morning(base)


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_whatever_the_road_does_all_desks_agree_and_nothing_is_lost(
    template: tuple[Path, dict[str, str]], base: Path, portion: int
) -> None:
    size = SEEDS // PORTIONS
    for seed in range(portion * size, (portion + 1) * size):
        with tempfile.TemporaryDirectory(dir=base) as folder:
            run(*template, Path(folder), seed)
