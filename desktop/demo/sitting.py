"""The real window with somebody at it who is a program: for screenshots, the self-test and the benchmark."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.app import Program, premises_of
from desktop.premises import Premises
from desktop.views.background import ImmediateLanes, Lanes
from desktop.views.look import theme
from desktop.views.shell.window import MainWindow
from desktop.views.unlock.cover import UnlockCard
from desktop.views.work import Work

WIDTH, HEIGHT = 1366, 696
"""A 1366x768 screen without its taskbar and title bar."""


class Sitting:
    """The window on one folder, from its first screen on."""

    def __init__(self, folder: Path, lanes: Lanes | None = None) -> None:
        self._app = _application()
        self.premises: Premises = premises_of(folder)
        self._lanes = lanes or ImmediateLanes()
        self.program = Program(self.premises, self._lanes)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        self.program.begin()
        self.settle()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.program.close()
        self._lanes.close()
        self.window.close()
        self.window.deleteLater()
        self.program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def window(self) -> MainWindow:
        """The window at this moment; another person gets another one."""
        return self.program.window

    @property
    def work(self) -> Work:
        """The work behind the window, once somebody has come in."""
        assert self.program.work is not None
        return self.program.work

    def is_asking(self) -> bool:
        """Whether the window asks for the secret."""
        return any(card.isVisible() for card in self.window.findChildren(UnlockCard))

    def come_in(self, account: str, secret: str) -> None:
        """Unlock."""
        self.wait(self.is_asking)
        (card,) = (card for card in self.window.findChildren(UnlockCard) if card.isVisible())
        card.asked.emit(account, secret)
        self.wait(lambda: not self.program.is_locked)

    def be_quiet(self) -> None:
        """Wait until everything the window has asked of the store so far is answered and shown."""
        for _ in range(3):  # an answer may lead to one more question
            answered: list[bool] = []
            self._lanes.submit("store", lambda: True, answered.append)
            self.wait(lambda: bool(answered))  # noqa: B023

    def settle(self, seconds: float = 0.05) -> None:
        """Let the window draw and finish what it has begun."""
        QCoreApplication.sendPostedEvents()
        self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, round(seconds * 1000))

    def wait(self, is_so: Callable[[], bool], seconds: float = 20) -> None:
        """Wait until something is so. Raises TimeoutError."""
        until = QDeadlineTimer(round(seconds * 1000))
        while not is_so():
            if until.hasExpired():
                raise TimeoutError("the window does not get there")
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        self.settle()

    def picture(self) -> QImage:
        """The window as it looks now."""
        self.settle()
        return self.window.grab().toImage()

    def colours(self) -> set[int]:
        """The colours on a coarse grid of the window: a window that was not drawn has one."""
        image = self.picture()
        return {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply(app, choice="light")
    return app
