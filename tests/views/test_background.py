"""Two lanes: the store keeps one thread, answers come on the main thread, errors never vanish."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.views.background import BackgroundLanes, ImmediateLanes, Lane


@pytest.fixture
def lanes() -> Iterator[BackgroundLanes]:
    running = BackgroundLanes()
    yield running
    running.close()


def test_the_store_lane_is_one_thread_and_answers_on_the_main_thread(lanes: BackgroundLanes, qtbot: QtBot) -> None:
    worked: list[int] = []
    answered: list[int] = []

    def answer(worker: int) -> None:
        worked.append(worker)
        answered.append(threading.get_ident())

    for _ in range(5):
        lanes.submit("store", threading.get_ident, answer)
    qtbot.waitUntil(lambda: len(answered) == 5)
    assert len(set(worked)) == 1
    assert worked[0] != threading.get_ident()
    assert set(answered) == {threading.get_ident()}


def test_work_in_a_lane_is_done_in_the_order_it_came(lanes: BackgroundLanes, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(20):
        lanes.submit("store", lambda number=number: number, done.append)
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def test_a_slow_district_never_delays_the_store(lanes: BackgroundLanes, qtbot: QtBot) -> None:
    link = threading.Event()
    order: list[str] = []
    lanes.submit("district", link.wait, lambda _answer: order.append("district"))
    lanes.submit("store", lambda: None, lambda _answer: order.append("store"))
    qtbot.waitUntil(lambda: order == ["store"])
    link.set()
    qtbot.waitUntil(lambda: order == ["store", "district"])


def failing() -> None:
    raise OSError("磁盘满了")


def test_an_error_goes_to_whoever_asked_or_to_the_hub(lanes: BackgroundLanes, qtbot: QtBot) -> None:
    taken: list[Exception] = []
    lanes.submit("store", failing, failed=taken.append)
    qtbot.waitUntil(lambda: len(taken) == 1)
    with qtbot.waitSignal(lanes.hub.trouble) as told:
        lanes.submit("store", failing)
    assert str(told.args[0]) == "磁盘满了"


def test_the_lane_goes_on_after_an_error(lanes: BackgroundLanes, qtbot: QtBot) -> None:
    done: list[str] = []
    lanes.submit("store", failing, failed=lambda _error: None)
    lanes.submit("store", lambda: "存好了", done.append)
    qtbot.waitUntil(lambda: done == ["存好了"])


def test_an_answer_for_a_widget_that_is_gone_is_dropped(lanes: BackgroundLanes, qtbot: QtBot) -> None:
    gate = threading.Event()
    label = QLabel()
    done: list[str] = []
    lanes.submit("store", lambda: gate.wait() and "晚了", label.setText)
    lanes.submit("store", lambda: "后面的", done.append)
    label.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(label))
    gate.set()
    qtbot.waitUntil(lambda: done == ["后面的"])


@pytest.mark.parametrize(("lane", "finished"), [("store", [1]), ("district", []), ("files", [])])
def test_closing_finishes_what_is_to_be_saved_and_drops_the_rest(lane: Lane, finished: list[int]) -> None:
    gate = threading.Event()
    running = BackgroundLanes()
    ran: list[int] = []
    begun = threading.Event()
    running.submit(lane, lambda: (begun.set(), gate.wait()))
    running.submit(lane, lambda: ran.append(1))
    begun.wait()
    threading.Timer(0.05, gate.set).start()
    assert running.close()
    assert ran == finished


def test_a_lane_that_hangs_does_not_keep_the_program_from_ending() -> None:
    gate, begun = threading.Event(), threading.Event()
    running = BackgroundLanes()
    running.submit("district", lambda: (begun.set(), gate.wait()))
    begun.wait()
    assert not running.close(patience_ms=20)
    gate.set()
    assert running.close()


class Ring(QObject):
    """A Qt object in a circle of references, as pages are: only the collector can let it go."""

    def __init__(self, died_on: list[int]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: died_on.append(threading.get_ident()))


def test_qt_objects_die_on_the_main_thread_only(lanes: BackgroundLanes, qtbot: QtBot) -> None:
    died_on: list[int] = []
    for _ in range(50):
        Ring(died_on)
    done: list[int] = []
    lanes.submit("files", lambda: len([[n] for n in range(200_000)]), done.append)
    kept = [[number] for number in range(5_000)]
    qtbot.waitUntil(lambda: len(died_on) == 50)
    assert len(kept) == 5_000
    assert set(died_on) == {threading.get_ident()}
    assert done == [200_000]


def test_what_a_job_held_is_let_go_on_the_main_thread(lanes: BackgroundLanes, qtbot: QtBot) -> None:
    died_on: list[int] = []
    done: list[str] = []
    for _ in range(20):
        held = Ring(died_on)
        del held.itself
        lanes.submit("store", held.objectName, done.append)
        del held
    qtbot.waitUntil(lambda: len(done) == 20)
    lanes.submit("store", lambda: None, lambda _answer: done.append("后面的"))
    qtbot.waitUntil(lambda: len(done) == 21)
    assert len(died_on) == 20
    assert set(died_on) == {threading.get_ident()}


def test_what_a_dropped_job_held_is_let_go_on_the_main_thread_too() -> None:
    died_on: list[int] = []
    gate, begun = threading.Event(), threading.Event()
    running = BackgroundLanes()
    running.submit("district", lambda: (begun.set(), gate.wait()))
    begun.wait()
    for _ in range(20):
        held = Ring(died_on)
        del held.itself
        running.submit("district", held.objectName)
        del held
    threading.Timer(0.05, gate.set).start()
    assert running.close()
    del running
    gc.collect()
    assert died_on == [threading.get_ident()] * 20


def test_the_twin_for_tests_runs_at_once() -> None:
    lanes = ImmediateLanes()
    done: list[int] = []
    failed: list[Exception] = []
    lanes.submit("store", lambda: 7, done.append)
    lanes.submit("district", failing, done.append, failed.append)
    assert done == [7]
    assert [str(error) for error in failed] == ["磁盘满了"]
