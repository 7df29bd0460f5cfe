"""Five hundred seeds of bad roads in every test run; `python -m tests.simulation --seeds 20000` for the long one."""

from pathlib import Path

import pytest

from tests.simulation.seeds import make_morning, run

SEEDS = 500
PORTIONS = 20


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    return make_morning(tmp_path_factory.mktemp("template"))


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_whatever_the_road_does_all_desks_agree_and_nothing_is_lost(
    template: tuple[Path, dict[str, str]], tmp_path: Path, portion: int
) -> None:
    size = SEEDS // PORTIONS
    for seed in range(portion * size, (portion + 1) * size):
        run(*template, tmp_path / str(seed), seed)
