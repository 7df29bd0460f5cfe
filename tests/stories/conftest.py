"""The district of the stories, and the offices most of them happen in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.district import TOWN, VILLAGE, District, Office


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """A district with its hub and nobody enrolled yet."""
    made = District(tmp_path)
    yield made
    made.close()


@pytest.fixture
def village(district: District) -> Office:
    """花所村's PC."""
    return district.office(VILLAGE)


@pytest.fixture
def township(district: District) -> Office:
    """花所镇's PC."""
    return district.office(TOWN)
