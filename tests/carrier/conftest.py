"""A district whose village has no line, and a stick that goes between them."""

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
    """花所村's PC, enrolled when there was a line; now there is none."""
    office = district.office(VILLAGE)
    office.has_line = False
    return office


@pytest.fixture
def township(district: District) -> Office:
    """花所镇's PC, with a line."""
    return district.office(TOWN)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick."""
    path = tmp_path / "我的U盘"
    path.mkdir()
    return path
