"""A real window over a real store: pages are opened as the program opens them, and walked with the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.casework.disputes.lists import ListFilter
from desktop.casework.disputes.room import MEDIATION
from desktop.sound.ports import Sound
from desktop.views.background import BackgroundLanes, ImmediateLanes, Lanes
from desktop.views.disputes.listing.page import DisputesPage
from desktop.views.disputes.page.page import DisputePage
from desktop.views.disputes.registration.page import RegistrationPage
from desktop.views.kit import Notices
from desktop.views.session.page import SessionPage
from desktop.views.shell.exchange_card import ExchangeFacts
from desktop.views.shell.pages import Page
from desktop.views.shell.window import MainWindow
from desktop.views.today.page import TodayPage
from tests.casework.conftest import Office
from tests.views.disputes.town import Town, tell

SIZES = {"100": (1366, 696), "125": (1093, 549), "150": (911, 440)}
QUIET = ExchangeFacts("allAgreed", "全部同步", "", "今天 09:42 对账一致", "全部同步", "09:42 一致")


class Stage:
    """The window, the lanes, and where pages lead. What leads out of these pages is noted in `asked`."""

    def __init__(self, town: Town, lanes: Lanes) -> None:
        self.town, self.desk, self.lanes = town, town.desk, lanes
        self.asked: list[tuple[str, object]] = []
        self.sound = Sound()
        self.window = MainWindow(self._make, QUIET, person="马秀兰", place_name="花所镇综治中心")
        self.window.register_asked.connect(self.register)

    @property
    def notices(self) -> Notices:
        """What is said at the lower right."""
        return self.window.notices

    @property
    def page(self) -> Page:
        """The page now shown."""
        page = self.window.stack.page()
        assert page is not None
        return page

    def open(self, page: Page) -> None:
        """Open a page over the one shown."""
        self.window.open(page)

    def back(self) -> None:
        """Return to the page below."""
        self.window.back()

    def open_dispute(self, dispute_id: str, *, act: str = "", record: str = "", part: str = "") -> None:
        """The page of one dispute."""
        page = DisputePage(
            self.desk, self.lanes, self, dispute_id=dispute_id, act=act, record=record, part=part
        )
        self.open(page)

    def register(self, *, draft_key: str = "", party_name: str = "") -> None:
        """The registration."""
        self.open(RegistrationPage(self.desk, self.lanes, self, draft_key=draft_key, party_name=party_name))

    def record_session(self, dispute_id: str, *, kind: str = MEDIATION) -> None:
        """The recorder."""
        self.open(SessionPage(self.desk, self.lanes, self, dispute_id=dispute_id, kind=kind))

    def settle_clashes(self, dispute_id: str) -> None:
        """Not ours."""
        self.asked.append(("settle_clashes", dispute_id))

    def show_disputes(self, chosen: ListFilter) -> None:
        """The list, filtered."""
        self.window.show_place("disputes")
        assert isinstance(self.page, DisputesPage)
        self.page.show_filter(chosen)

    def show_exchange(self) -> None:
        """Not ours."""
        self.asked.append(("show_exchange", None))

    def fetch_files(self) -> None:
        """Not ours."""
        self.asked.append(("fetch_files", None))

    def _make(self, key: str) -> Page:
        places: dict[str, Callable[..., Page]] = {"today": TodayPage, "disputes": DisputesPage}
        return places[key](self.desk, self.lanes, self)


Enter = Callable[..., Stage]


@pytest.fixture(scope="module")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One town for tests that only look."""
    office = Office(tmp_path_factory.mktemp("看") / "枫桥 工作台")
    yield tell(office)
    office.stack.close()


@pytest.fixture
def town(new_office: Callable[..., Office]) -> Town:
    """A town of one's own, for tests that write."""
    return tell(new_office())


@pytest.fixture
def enter(qtbot: QtBot) -> Iterator[Enter]:
    """Opens the window over a town, active, at a size; `threads=True` with the lanes of the running program."""
    stages: list[Stage] = []

    def open_stage(town: Town, *, size: str = "100", threads: bool = False) -> Stage:
        lanes = BackgroundLanes() if threads else ImmediateLanes()
        stage = Stage(town, lanes)
        lanes.hub.trouble.connect(_fail)
        stages.append(stage)
        qtbot.addWidget(stage.window)
        stage.window.resize(*SIZES[size])
        stage.window.show()
        stage.window.activateWindow()
        qtbot.waitUntil(stage.window.isActiveWindow)
        return stage

    yield open_stage
    for stage in stages:
        stage.lanes.close()


def _fail(error: Exception) -> None:
    raise error


def press(*keys: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys wherever the keyboard is; Latin text is typed, Chinese comes through the input method."""
    for key in keys:
        target = keyboard()
        if not isinstance(key, str):
            QTest.keyClick(target, key, held)
        elif key.isascii():
            QTest.keyClicks(target, key)
        else:
            QApplication.sendEvent(target, QInputMethodEvent(key, []))
            committed = QInputMethodEvent("", [])
            committed.setCommitString(key)
            QApplication.sendEvent(target, committed)


def settle() -> None:
    """Let Qt lay out and show what was asked for."""
    for _ in range(3):
        QApplication.processEvents()


def keyboard() -> QWidget:
    """Who has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
