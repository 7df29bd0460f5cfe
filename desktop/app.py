"""The one place where the window's objects are made and joined: folder, store, desk, lanes, exchange, pages."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from random import SystemRandom

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.premises import Opened, Premises
from desktop.store import Folder
from desktop.store.surroundings import real
from desktop.views import troubles
from desktop.views.background import BackgroundLanes, Lanes
from desktop.views.exchange import facts
from desktop.views.look import appearance, theme
from desktop.views.shell.pages import Page
from desktop.views.shell.window import MainWindow
from desktop.views.unlock.cover import UnlockCover
from desktop.views.unlock.idle import IdleWatch
from desktop.views.welcome.cover import WelcomeCover
from desktop.work import Work

_PATIENCE_MS = 4_000


class Program(QObject):
    """The window from the first screen to the last: who comes in, the work, locking, closing."""

    def __init__(self, premises: Premises, lanes: Lanes) -> None:
        super().__init__()
        self._premises, self._lanes = premises, lanes
        self.window = self._new_window()
        self.work: Work | None = None
        self._idle = IdleWatch(minutes=premises.settings.number("idle_lock_minutes"), parent=self)
        self._idle.idle.connect(self.lock)
        self._idle.rest()
        lanes.hub.trouble.connect(self._tell)

    def begin(self) -> None:
        """Show the first screen: the first day's, or the one that asks for the secret."""
        if self._premises.base.holds_store():
            self.lock()
        else:
            welcome = WelcomeCover(self._premises, self._lanes, today=self._premises.now().date())
            welcome.opened.connect(self._come_in)
            self.window.cover(welcome)

    def lock(self) -> None:
        """Lay the lock over the window; what was typed stays under it, rounds go on."""
        if self.is_locked:
            return
        self._idle.rest()
        cover = UnlockCover(self._premises, self._lanes, self._premises.now)
        cover.opened.connect(self._come_in)
        if self.work:
            self.work.hush(True)
        self.window.cover(cover)

    @property
    def is_locked(self) -> bool:
        """Whether somebody must come in first."""
        return isinstance(self.window.covering(), UnlockCover | WelcomeCover)

    def close(self) -> bool:
        """Write down what was typed, end the rounds, close the store. False when a slow line still hangs."""
        page = self.window.stack.page()
        if page and self.work:
            page.leave()
        if self.work:
            self.work.close()
        has_ended = self._lanes.close(patience_ms=_PATIENCE_MS)
        self._premises.leave()
        return has_ended

    def _come_in(self, opened: Opened) -> None:
        if self.work and self.work.desk.account.id == opened.account:
            self.work.hush(False)
        else:
            self._begin_work(opened)
        self.window.uncover()
        self._idle.set_minutes(self._premises.settings.number("idle_lock_minutes"))
        self._idle.begin()

    def _begin_work(self, opened: Opened) -> None:
        if self.work:
            self._end_work()
        appearance.use(self._premises.settings)
        self.work = Work(self._premises, opened, self._lanes, self.window)
        self.work.lock_asked.connect(self.lock)
        self.work.reopen_asked.connect(self._reopen)
        self.work.begin()

    def _reopen(self) -> None:
        """The store was closed to be replaced: begin again at the door."""
        self._end_work()
        self._premises.leave()
        self.lock()

    def _end_work(self) -> None:
        assert self.work
        self.work.close()
        self.work = None
        former, self.window = self.window, self._new_window()
        self.window.setGeometry(former.geometry())
        self.window.setWindowState(former.windowState())
        self.window.show()
        former.close()
        former.deleteLater()

    def _new_window(self) -> MainWindow:
        return MainWindow(self._make_page, facts.unknown(), person="", place_name=self._premises.place_name)

    def _make_page(self, key: str) -> Page:
        assert self.work
        return self.work.make_page(key)

    def _tell(self, error: Exception) -> None:
        if not self.is_locked:
            troubles.tell(self.window.notices, error)


def run(folder: Path) -> int:
    """Open the window on `folder` until it is closed; the exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("枫桥工作台")
    theme.apply(app)
    lanes = BackgroundLanes()
    program = Program(premises_of(folder), lanes)
    sys.excepthook = lambda kind, error, trace: _stay(program, lanes, error)
    program.window.showMaximized()
    program.begin()
    code = app.exec()
    if not program.close():
        # A line that hangs cannot be cut from here; everything is written, so the process may simply end.
        os._exit(code)
    return code


def premises_of(folder: Path) -> Premises:
    """The premises of a folder in the real world."""
    return Premises(Folder(folder, real()), lambda: datetime.now().astimezone(), SystemRandom())


def _stay(program: Program, lanes: Lanes, error: BaseException) -> None:
    """An error nobody took: say it, keep the window."""
    if isinstance(error, Exception):
        lanes.hub.trouble.emit(error)
