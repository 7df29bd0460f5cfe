"""The first day of a desk, against a real hub behind TLS."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from desktop.casework import calendar
from desktop.casework.disputes.deadlines import Deadlines
from desktop.casework.exchange import enrolment
from desktop.casework.exchange.rounds import Exchange
from desktop.settings import Settings
from desktop.store import Argon, Folder, Surroundings
from sync.client.transport import HttpsTransport
from sync.server.hub import Hub
from sync.server.premises import Premises
from sync.server.premises import Settings as HubSettings
from tests.casework.conftest import TOWN, VILLAGE
from tests.casework.district import AREAS
from tests.server.service import Service

SUMMARISER = Deadlines(calendar.load(), Settings()).summariser()


def clock_ms() -> int:
    return time.time_ns() // 1_000_000


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A hub process of its own."""
    folder = tmp_path_factory.mktemp("区里") / "hub"
    premises = Premises(folder, clock_ms=clock_ms, random_bytes=os.urandom)
    premises.found(HubSettings(hosts=["127.0.0.1"]), "620802000000", list(AREAS))
    running = Service(folder)
    running.start()
    yield running
    running.stop(kill=True)


@pytest.fixture
def hub(service: Service) -> Iterator[Hub]:
    """The same hub's own door, for making codes and accounts."""
    opened = Premises(service.folder, clock_ms=clock_ms, random_bytes=os.urandom).open()
    yield opened
    opened.close()


def empty(path: Path) -> Folder:
    return Folder(path, Surroundings(clock_ms, os.urandom, lambda _: 1 << 40), Argon(64, 1, 1))


def test_a_desk_joins_with_its_code_and_its_first_person_starts_working(
    service: Service, hub: Hub, tmp_path: Path
) -> None:
    account = hub.add_account("李玉梅", VILLAGE, ["village"])
    folder = empty(tmp_path / "枫桥 工作台")
    joined = enrolment.enrol(folder, service.url, hub.make_code(VILLAGE).lower(), name="村 电脑")
    assert joined.place_name == "花所村委会"
    (person,) = joined.people
    assert (person.id, person.name) == (account, "李玉梅")
    assert not folder.holds_store()
    started = enrolment.start(joined, person, "密码 一二三", summariser=SUMMARISER)
    with started.store as store:
        assert store.desk().place == VILLAGE
        with closing(HttpsTransport(service.url, folder.ca_file)) as road:
            exchange = Exchange(store, lambda: road, now=lambda: datetime.now(UTC), random=Random(1))
            assert exchange.run().state == "agreed"
            assert exchange.run().state == "agreed"
        assert store.record("account", account)
    assert folder.recover(started.recovery_code)


def test_a_code_opens_the_door_once(service: Service, hub: Hub, tmp_path: Path) -> None:
    code = hub.make_code(TOWN)
    enrolment.enrol(empty(tmp_path / "一"), service.url, code)
    with pytest.raises(enrolment.NotJoined) as told:
        enrolment.enrol(empty(tmp_path / "二"), service.url, code)
    assert "入网码" in told.value.message


def test_a_mistyped_code_a_dead_line_and_another_hub_are_told_apart(service: Service, hub: Hub, tmp_path: Path) -> None:
    folder, code = empty(tmp_path / "台"), hub.make_code(TOWN)
    strange = code[:-4] + ("AAAA" if not code.endswith("AAAA") else "BBBB")
    for url, typed, words in (
        (service.url, "ABCD", "入网码不对"),
        ("https://127.0.0.1:9", code, "连不上区里"),
        (service.url, strange, "不是发入网码的那个区里"),
    ):
        with pytest.raises(enrolment.NotJoined) as told:
            enrolment.enrol(folder, url, typed)
        assert words in told.value.message
    assert not folder.holds_store()
