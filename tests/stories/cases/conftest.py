"""The desk of these stories: the whole program over a real store, with a hub that lends numbers or without one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from tests.casework import conftest as casework
from tests.casework.conftest import CHINA, Office
from tests.casework.district import District
from tests.stories.cases.clerk import Clerk
from tests.views import at_work
from tests.views import conftest as dressing
from tests.views.at_work import Sitting, premises_of

new_office = casework.new_office
sit_down = at_work.sit_down
dressed, look = dressing.dressed, dressing.look

HERE = Path(__file__).parent
AUTUMN = datetime(2026, 9, 7, 9, 10, tzinfo=CHINA)
Arrive = Callable[..., Clerk]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`python -m tests.samples` asks for the dossiers of these stories."""
    parser.addoption("--samples", type=Path, default=None, help="write the dossiers of the stories into this folder")


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Path | None:
    """Where sample dossiers go; nowhere in an ordinary run."""
    folder = request.config.getoption("--samples", default=None)
    return folder if isinstance(folder, Path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """As in tests.views: the offscreen platform warns of what only a real screen can do."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture
def arrive(
    tmp_path: Path, new_office: Callable[..., Office], sit_down: Callable[..., Sitting], monkeypatch: pytest.MonkeyPatch
) -> Arrive:
    """Somebody comes in on a morning, at a PC that the district has lent numbers of that year."""

    def come(now: datetime = AUTUMN) -> Clerk:
        district = District(tmp_path, partial(new_office, now=now), now_ms=round(now.timestamp() * 1000))
        office, line, _ = district.office("镇 电脑")

        def follow(moment: datetime) -> None:
            district.now_ms = round(moment.timestamp() * 1000)

        return Clerk(sit_down(premises_of(office, line)), office, tmp_path, monkeypatch, follow)

    return come
