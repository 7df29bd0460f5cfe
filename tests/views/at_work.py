"""The whole program over a real store and a real hub: somebody comes in by typing, pages are the program's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.premises import Premises
from desktop.store import Argon, Folder, Surroundings
from desktop.views.background import ImmediateLanes, Lanes
from desktop.views.shell.window import MainWindow
from desktop.views.unlock.cover import UnlockCard, UnlockCover
from desktop.views.unlock.secret import SecretField
from desktop.views.work import Work
from tests.casework.conftest import Office
from tests.casework.district import District, Line

SECRET = "密码 一二三"
"""What the offices of the tests are opened with."""


def premises_of(office: Office, line: Line) -> Premises:
    """The same PC with nobody at it: its store closed, its clock still in the hand."""
    office.stack.close()
    around = Surroundings(office.clock_ms, office.random.randbytes, lambda _: 1 << 40)
    folder = Folder(office.path, around, Argon(64, 1, 1))
    return Premises(folder, lambda: office.now, office.random, connect=lambda _url, _ca: line)


@dataclass
class Sitting:
    """A running program, and the keyboard."""

    program: Program
    premises: Premises
    qtbot: QtBot
    lanes: Lanes = field(default_factory=ImmediateLanes)

    @property
    def window(self) -> MainWindow:
        return self.program.window

    @property
    def work(self) -> Work:
        assert self.program.work
        return self.program.work

    def cover(self) -> UnlockCover:
        """The locked screen."""
        (found,) = (one for one in self.window.findChildren(UnlockCover) if one.isVisible())
        return found

    def card(self) -> UnlockCard:
        """The card that asks for the secret."""
        self.settle()
        (found,) = (one for one in self.window.findChildren(UnlockCard) if one.isVisible())
        return found

    def type_secret(self, secret: str = SECRET) -> None:
        """Type it and press Enter."""
        self.qtbot.waitUntil(self.window.isActiveWindow)
        field = self.card().findChild(SecretField)
        assert field is not None
        self.type(field, secret)
        self.press(Qt.Key.Key_Return)

    def settle(self) -> None:
        """Let what was laid out come to be shown."""
        QApplication.processEvents()

    def type(self, field: QWidget, text: str) -> None:
        """Write over what stands in a field, as an input method does."""
        field.setFocus()
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        composed = QInputMethodEvent()
        composed.setCommitString(text)
        QApplication.sendEvent(field, composed)

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key where the keyboard is."""
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, held)


@pytest.fixture
def district(tmp_path: Path, new_office: Callable[..., Office]) -> Iterator[District]:
    """The hub; afterwards everything in it must still agree."""
    made = District(tmp_path, new_office)
    yield made
    assert made.hub.verify() == []
    made.hub.close()


@pytest.fixture
def sit_down(qtbot: QtBot) -> Iterator[Callable[..., Sitting]]:
    """Starts the program on a PC and, unless told otherwise, comes in."""
    with ExitStack() as stack:

        def start(premises: Premises, *, lanes: Lanes | None = None, comes_in: bool = True) -> Sitting:
            ways = lanes or ImmediateLanes()
            program = Program(premises, ways)
            stack.callback(_let_go, program)
            sitting = Sitting(program, premises, qtbot, ways)
            program.window.resize(1366, 696)
            program.window.show()
            program.window.activateWindow()
            qtbot.waitUntil(program.window.isActiveWindow)
            program.begin()
            if comes_in:
                sitting.type_secret()
            return sitting

        yield start


def _let_go(program: Program) -> None:
    """End the program, and its widgets with it: what is left alive slows every later test down."""
    program.close()
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def sitting(district: District, sit_down: Callable[..., Sitting]) -> Sitting:
    """马秀兰 at the township's desk, everything agreed with the district."""
    office, line, _ = district.office("镇 电脑")
    return sit_down(premises_of(office, line))
