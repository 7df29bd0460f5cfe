"""A new PC is killed again and again while it takes what stands, and the hub with it: nothing lost, nothing doubled."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from desktop.casework.exchange import enrolment
from desktop.casework.exchange.rounds import Exchange
from desktop.store import DisputeQuery
from sync.client.transport import HttpsTransport
from sync.server.pages import proof_of
from tests.kills.desk_life import PLACE, SECRET, TYPED, Seat, answers, desk_at, now, opened, register, summariser
from tests.kills.new_pc import live_restoring
from tests.kills.processes import HubProcess, Life
from tests.kills.siege import TOWN, copied, make_template, opened_hub, seat

DISPUTES = 120
KILLS = int(os.environ.get("FENGQIAO_RESTORE_KILLS", "12"))


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A hub that holds a village's disputes, and a PC that has enrolled and has nothing."""
    folder = tmp_path_factory.mktemp("stocked")
    accounts, hub, random = make_template(folder), HubProcess(folder / "区 中心"), Random(4)
    hub.start()
    try:
        work_at(seat(folder, PLACE, accounts[PLACE], hub), hub, random)
    finally:
        hub.kill()
    with opened_hub(hub.ca_file.parent) as open_hub:
        code = open_hub.make_code(TOWN)
    hub.start()
    try:
        enrol_only(new_pc(folder, accounts, hub), code)
    finally:
        hub.kill()
    return folder, accounts


def work_at(village: Seat, hub: HubProcess, random: Random) -> None:
    """Register and exchange."""
    with opened(village) as store:
        desk = desk_at(store, village)
        for number in range(DISPUTES):
            told = {**answers(random, f"旧事{number}"), "summary": f"第 {number} 件：{TYPED}"}
            register.register(desk, {**register.blank(desk), **told}, accept=True)
        line = HttpsTransport(hub.url, hub.ca_file)
        assert Exchange(store, lambda: line, now=now, random=random).run().state == "agreed"
        line.close()


def new_pc(folder: Path, accounts: dict[str, str], hub: HubProcess) -> Seat:
    return Seat(folder / "新 电脑", accounts[TOWN], hub.url, hub.ca_file)


def enrol_only(one: Seat, code: str) -> None:
    """Join without a round."""
    joined = enrolment.enrol(one.folder(), one.url, code, name="新电脑")
    person = next(person for person in joined.people if person.id == one.account)
    enrolment.start(joined, person, SECRET, summariser=summariser()).store.close()


def test_killed_at_any_moment_it_goes_on_where_it_was_and_ends_complete(
    stocked: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    template, accounts = stocked
    copied(template, tmp_path)
    hub, random = HubProcess(tmp_path / "区 中心"), Random(11)
    one, took, unfinished = new_pc(tmp_path, accounts, hub), 0, 0
    hub.start()
    for number in range(KILLS):
        life = Life(live_restoring, one)
        life.listen(60, until="opened")
        unfinished += bool(life.said[-1][1])
        life.listen(random.random() * 0.15)
        if number % 4 == 3:
            hub.kill()
            life.listen(random.random() * 0.1)
            hub.start()
        life.end()
        took += sum(int(str(what)) for word, what in life.said if word == "took")
    life = Life(live_restoring, one)
    life.listen(60, until="agreed")
    life.end()
    assert life.said[-1] == ("agreed", 0), life.said[-3:]
    took += sum(int(str(what)) for word, what in life.said if word == "took")
    hub.kill()
    assert unfinished > 1, "some of the lives ended in the middle"
    with opened(one) as store, opened_hub(hub.ca_file.parent) as open_hub:
        assert store.verify() == []
        with open_hub.reading() as connection:
            assert store.replica.proof() == proof_of(connection, TOWN)
        page = store.disputes(DisputeQuery(tab="all", limit=500))
        assert len(page.rows) == DISPUTES
        assert sum(1 for _ in store.records("party")) == 2 * DISPUTES
        assert open_hub.verify() == []
