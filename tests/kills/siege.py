"""A hub and two desks in folders, made once and copied for every siege; and the peace at the end of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from desktop.casework.exchange import enrolment
from desktop.casework.exchange.rounds import Exchange
from desktop.store import Store
from sync.client.transport import HttpsTransport
from sync.server.hub import Hub
from sync.server.pages import proof_of
from sync.server.premises import Premises, Settings
from tests.kills.book import Book
from tests.kills.cutter import CutLine
from tests.kills.desk_life import PLACE, SECRET, Seat, clock_ms, live, now, opened, summariser
from tests.kills.processes import HubProcess, Life

DISTRICT, TOWN = "620802000000", "620802107000"
PLACES = [(DISTRICT, "崆峒区", 3), (TOWN, "花所镇", 4), (PLACE, "花所村委会", 5)]
PEOPLE = {PLACE: ("马秀兰", ["village", "mediator"]), TOWN: ("赵文博", ["township", "mediator"])}
ROUNDS = 8


class Siege:
    """One hub, one village desk that is killed again and again, one township desk that looks on."""

    def __init__(self, folder: Path, accounts: dict[str, str], seed: int) -> None:
        self.random = Random(seed)
        self.book = Book()
        self.kills = 0
        self.hub = HubProcess(folder / "区 中心")
        self.village, self.township = (seat(folder, place, accounts[place], self.hub) for place in (PLACE, TOWN))

    @contextmanager
    def cut_line(self, most_bytes: int = 400_000) -> Iterator[CutLine]:
        """A line between the village desk and the hub that is cut again and again; at the end the hub goes too."""
        port = urlsplit(self.hub.url).port
        assert port
        with closing(CutLine(port, self.random, most_bytes)) as line:
            self.village = replace(self.village, url=line.url)
            try:
                yield line
            finally:
                if self.hub.is_running:
                    self.hub.kill()

    def live(self, work: str, things: int, seconds: float, *, hub_falls: bool = False) -> None:
        """One life at the village desk, ended after a random number of things said and a random time more.

        hub_falls: the hub is killed too, a little earlier, and started again afterwards.
        """
        life = Life(live, self.village, self.random.randrange(2**32), work)
        if heard := self.random.randint(0, things):
            life.listen(60, things=heard)
        if hub_falls:
            life.listen(self.random.random() * seconds)
            self.hub.kill()
            self.kills += 1
        life.listen(self.random.random() * seconds)
        life.end()
        self.kills += 1
        self.book.write(life.said)
        if hub_falls:
            self.hub.start()

    def pass_on(self, things: int, seconds: float) -> None:
        """One life at the township desk, which carries the village's sticks."""
        life = Life(live, self.township, self.random.randrange(2**32), "pass on")
        life.listen(60, things=self.random.randint(1, things))
        life.listen(self.random.random() * seconds)
        life.end()
        self.kills += 1

    def finish(self, work: str, word: str) -> None:
        """One life that is let go on until it has said a certain word."""
        life = Life(live, self.village, self.random.randrange(2**32), work)
        life.listen(60, until=word)
        life.end()
        assert life.said[-1][0] == word, life.said[-3:]
        self.book.write(life.said)

    def hub_falls(self, times: int, seconds: float) -> None:
        """The village desk works and exchanges; the hub is killed a random time after an exchange has begun."""
        life = Life(live, self.village, self.random.randrange(2**32), "exchange")
        life.listen(60, until="opened")
        for _ in range(times):
            self.hub.start()
            life.listen(60, until="exchanging")
            life.listen(self.random.random() * seconds)
            self.hub.kill()
            self.kills += 1
        life.end()
        self.book.write(life.said)
        assert {what for word, what in life.said if word == "exchanged"} & {"cut", "none"}

    def imported(self) -> int:
        """How many disputes at the village desk come from a ledger."""
        with opened(self.village) as store:
            disputes = [record for record in store.records("dispute") if record.get("origin_file")]
        assert len({record["origin_key"] for record in disputes}) == len(disputes)
        return len(disputes)

    def conclude(self) -> None:
        """Good times: both desks exchange until nobody has anything to say; then everything is reckoned up."""
        with ExitStack() as stack:
            stores = [stack.enter_context(opened(one)) for one in (self.village, self.township)]
            self._come_to_rest(stores)
            self.hub.kill()
            self.kills += 1
            hub = stack.enter_context(opened_hub(self.hub.ca_file.parent))
            for one, place in zip(stores, (PLACE, TOWN), strict=True):
                assert one.verify() == []
                with hub.reading() as connection:
                    assert one.replica.proof() == proof_of(connection, place)
                self.book.reckon(one)
            assert hub.verify() == []
            ids = [line.change_id for line in hub.journal()]
            assert len(set(ids)) == len(ids)

    def _come_to_rest(self, stores: list[Store]) -> None:
        with closing(HttpsTransport(self.hub.url, self.hub.ca_file)) as line:
            rounds = [Exchange(store, lambda: line, now=now, random=self.random) for store in stores]
            for _ in range(ROUNDS):
                results = [one.run() for one in rounds]
                if all(r.state == "agreed" and not (r.applied or r.received) for r in results):
                    return
        raise AssertionError(results)


class opened_hub:  # noqa: N801
    """The hub of a folder, in this process, while no other has it."""

    def __init__(self, folder: Path) -> None:
        self._hub = premises(folder).open()

    def __enter__(self) -> Hub:
        return self._hub

    def __exit__(self, *_: object) -> None:
        self._hub.close()


def premises(folder: Path) -> Premises:
    """The hub's folder with the real clock and real randomness."""
    return Premises(folder, clock_ms=clock_ms, random_bytes=os.urandom)


def seat(folder: Path, place: str, account: str, hub: HubProcess) -> Seat:
    """The desk of a place, in a folder with Chinese and a blank in its name."""
    return Seat(folder / f"电脑 {place}", account, hub.url, hub.ca_file)


def make_template(folder: Path) -> dict[str, str]:
    """Found the hub, enrol both desks over TLS, exchange once; account of each place."""
    hub = HubProcess(folder / "区 中心")
    premises(hub.ca_file.parent).found(Settings(), DISTRICT, PLACES)
    with opened_hub(hub.ca_file.parent) as open_hub:
        accounts = {place: open_hub.add_account(name, place, roles) for place, (name, roles) in PEOPLE.items()}
        for place in PEOPLE:
            add_committee(open_hub, place, accounts[place])
        codes = {place: open_hub.make_code(place) for place in PEOPLE}
    hub.start()
    for place, code in codes.items():
        join(seat(folder, place, accounts[place], hub), code)
    hub.kill()
    return accounts


def copied(template: Path, folder: Path) -> None:
    """A fresh copy of the template."""
    shutil.copytree(template, folder, dirs_exist_ok=True)


def join(one: Seat, code: str) -> None:
    """Enrol a desk, set it up, exchange once."""
    joined = enrolment.enrol(one.folder(), one.url, code, name="电脑")
    person = next(person for person in joined.people if person.id == one.account)
    started = enrolment.start(joined, person, SECRET, summariser=summariser())
    with started.store as store, closing(HttpsTransport(one.url, one.ca_file)) as line:
        assert Exchange(store, lambda: line, now=now, random=Random(1)).run().state == "agreed"


def add_committee(hub: Hub, place: str, account: str) -> None:
    """A committee and its one mediator."""
    org = hub.add("mediation_org", {
        "full_name": f"{place}人民调解委员会", "short_name": "花所", "kind": "村", "place_code": place,
        "term_from": "2025-01-01", "status": "在用",
    })  # fmt: skip
    hub.add("mediator", {
        "org_id": org, "place_code": place, "name": PEOPLE[place][0], "sex": "2", "role": "委员",
        "phone": "13809350000", "account_id": account, "valid_from": "2020-01-01",
    })  # fmt: skip
