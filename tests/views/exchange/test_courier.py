"""The timer of the rounds: when casework says so, when asked, never two at once, and none after closing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.casework.attachments.attach import NewFile, attach
from desktop.casework.exchange.rounds import Exchange
from desktop.views.background import BackgroundLanes
from desktop.views.exchange.courier import Courier
from tests.casework.attachments.album import pdf
from tests.casework.conftest import Office, registered
from tests.casework.district import District, Line


@pytest.fixture
def lanes() -> Iterator[BackgroundLanes]:
    running = BackgroundLanes()
    yield running
    assert running.close(patience_ms=5_000)


class Slow:
    """A line that answers when it is let."""

    def __init__(self, line: Line) -> None:
        self.line, self.gate, self.asked = line, threading.Event(), 0

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        self.asked += 1
        self.gate.wait()
        return self.line.post(path, body, headers)


@pytest.fixture
def office(district: District) -> tuple[Office, Line]:
    made, line, _ = district.office("镇 电脑")
    return made, line


def test_a_round_runs_when_it_is_due_and_not_before(
    office: tuple[Office, Line], lanes: BackgroundLanes, qtbot: QtBot
) -> None:
    made, line = office
    exchange = Exchange(made.store, lambda: line, now=lambda: made.now, random=made.random)
    courier = Courier(exchange, lanes, lambda: made.now)
    with qtbot.waitSignal(courier.finished):
        courier.begin()
    assert courier._timer.isActive()
    registered(made.sit())
    courier._look()
    assert not courier.is_running
    made.wait(minutes=20)
    with qtbot.waitSignal(courier.finished) as round_:
        courier._look()
    assert round_.args[0].applied == 3


def test_a_second_wish_while_one_runs_changes_nothing(
    office: tuple[Office, Line], lanes: BackgroundLanes, qtbot: QtBot
) -> None:
    made, line = office
    slow = Slow(line)
    exchange = Exchange(made.store, lambda: slow, now=lambda: made.now, random=made.random)
    courier = Courier(exchange, lanes, lambda: made.now)
    finished: list[object] = []
    courier.finished.connect(finished.append)
    courier.run_now()
    courier.run_now()
    qtbot.waitUntil(lambda: slow.asked == 1)
    assert courier.is_running
    slow.gate.set()
    qtbot.waitUntil(lambda: not courier.is_running)
    assert len(finished) == 1


def test_what_must_wait_for_quiet_is_done_when_the_round_has_ended(
    office: tuple[Office, Line], lanes: BackgroundLanes, qtbot: QtBot
) -> None:
    made, line = office
    slow = Slow(line)
    exchange = Exchange(made.store, lambda: slow, now=lambda: made.now, random=made.random)
    courier = Courier(exchange, lanes, lambda: made.now)
    courier.run_now()
    qtbot.waitUntil(lambda: slow.asked == 1)
    done: list[str] = []
    courier.close()
    courier.when_quiet(lambda: done.append("静了"))
    assert done == []
    slow.gate.set()
    qtbot.waitUntil(lambda: done == ["静了"])
    courier.run_now()
    assert not courier.is_running


def test_nothing_runs_by_itself_while_a_person_must_decide(
    district: District, lanes: BackgroundLanes, qtbot: QtBot
) -> None:
    made, _, exchange = district.office("镇 电脑")
    courier = Courier(exchange, lanes, lambda: made.now)
    district.hub.revoke(made.store.desk().device, "电脑丢了")
    with qtbot.waitSignal(courier.finished):
        courier.begin()
    assert exchange.due_at() is None
    assert not courier._timer.isActive()
    made.now += timedelta(days=1)
    courier._look()
    assert not courier.is_running


def test_files_follow_an_agreed_round_and_make_way_for_the_next(
    office: tuple[Office, Line], lanes: BackgroundLanes, qtbot: QtBot
) -> None:
    made, line = office
    desk = made.sit()
    attach(desk, registered(desk), NewFile("借条", pdf(600_000)))
    exchange = Exchange(made.store, lambda: line, now=lambda: made.now, random=made.random)
    courier = Courier(exchange, lanes, lambda: made.now)
    with qtbot.waitSignal(courier.finished):
        courier.run_now()
    with qtbot.waitSignal(courier.finished):
        courier.run_now()
    qtbot.waitUntil(lambda: not made.store.files.outgoing() and not courier._moves_files)
    quiet: list[bool] = []
    courier.when_quiet(lambda: quiet.append(True))
    assert quiet == [True]
