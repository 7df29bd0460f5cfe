"""A small town with its morning done, for rounds over roads of every kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.seeds import make_morning
from tests.simulation.town import Town, open_town


@pytest.fixture(scope="package")
def stock(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    return make_morning(tmp_path_factory.mktemp("round"))


@pytest.fixture
def town(stock: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Town]:
    with open_town(*stock, tmp_path / "town", seed=3) as made:
        yield made
