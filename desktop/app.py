"""The one place where the window's objects are made and joined: folder, store, desk, lanes, exchange, pages."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from random import SystemRandom
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.premises import Opened, Premises
from desktop.sound.ports import Sound
from desktop.store import Folder
from desktop.store.protector import Protector
from desktop.store.surroundings import real
from desktop.views import troubles
from desktop.views.background import BackgroundLanes, Lanes
from desktop.views.daily_backup import DailyBackup
from desktop.views.exchange import facts
from desktop.views.look import appearance, theme
from desktop.views.settings.house import BackupFacts
from desktop.views.shell.pages import Page
from desktop.views.shell.window import MainWindow
from desktop.views.unlock.cover import UnlockCover
from desktop.views.unlock.idle import IdleWatch
from desktop.views.welcome.cover import WelcomeCover
from desktop.views.work import Work

_PATIENCE_MS = 4_000
"""How long closing waits for a line that does not answer."""


class Program(QObject):
    """The window from the first screen to the last: who comes in, the work, locking, closing."""

    def __init__(self, premises: Premises, lanes: Lanes, sound: Sound | None = None) -> None:
        super().__init__()
        self._premises, self._lanes, self._sound = premises, lanes, sound or Sound()
        self._cover: QWidget | None = None
        self.work: Work | None = None
        self.window = self._new_window()
        self._idle = IdleWatch(minutes=premises.settings.number("idle_lock_minutes"), parent=self)
        self._idle.rest()
        self._idle.idle.connect(self.lock)
        self._backup = DailyBackup(premises, lanes, premises.now, parent=self)
        lanes.hub.trouble.connect(self._tell)

    @property
    def is_locked(self) -> bool:
        """Whether somebody must come in first."""
        return self._cover is not None

    def begin(self) -> None:
        """Show the first screen: the first day's, or the one that asks for the secret."""
        self._premises.recall_look()
        appearance.use(self._premises.settings)
        if self._premises.base.holds_store():
            self.lock()
            return
        welcome = WelcomeCover(self._premises, self._lanes, today=self._premises.now().date())
        welcome.opened.connect(self._come_in)
        self._lay(welcome)

    def lock(self) -> None:
        """Lay the lock over the window; what was typed stays under it, rounds go on."""
        if self.is_locked:
            return
        cover = UnlockCover(self._premises, self._lanes, self._premises.now)
        cover.opened.connect(self._come_in)
        if self.work:
            self.work.hush(True)
        self._lay(cover)

    def close(self) -> bool:
        """Write down what was typed, end the rounds, close the store. False when a slow line still hangs."""
        self._backup.rest()
        if self.work:
            self.work.close()
        has_ended = self._lanes.close(patience_ms=_PATIENCE_MS)
        self._premises.leave()
        return has_ended

    def _lay(self, cover: QWidget) -> None:
        self._idle.rest()
        self._cover = cover
        self.window.cover(cover)

    def _come_in(self, opened: Opened) -> None:
        if self.work and self.work.desk.account.id == opened.account:
            self.work.hush(False)
        else:
            self._begin_work()
        self._cover = None
        self.window.uncover()
        self._idle.set_minutes(self._premises.settings.number("idle_lock_minutes"))

    def _begin_work(self) -> None:
        if self.work:
            self._end_work()
        premises = self._premises
        appearance.use(premises.settings)
        premises.keep_look()
        self.work = Work(premises.desk(), premises.exchange(), premises, self._lanes, self.window, self._sound)
        self.work.lock_asked.connect(self.lock)
        self.work.restore_asked.connect(self._restore)
        self.work.setting_changed.connect(self._follow)
        self.work.account_came.connect(self._begin_work)
        self.work.rejoined.connect(self._begin_again)
        self.work.begin()
        self._backup.begin()

    def _begin_again(self, place: str) -> None:
        """The district gave this PC another number: what works under the former one ends."""
        self._begin_work()
        assert self.work
        self.work.show_exchange()
        self.work.notices.tell(f"重新接入了：{place}", "这里登记的都在，没传的自己补传")

    def _end_work(self) -> None:
        """Another person's pages are other pages: a fresh window in the place of this one."""
        assert self.work
        self.work.close()
        self.work = None
        former, self.window = self.window, self._new_window()
        self.window.setGeometry(former.geometry())
        if former.isVisible():
            self.window.setWindowState(former.windowState())
            self.window.show()
            self.window.activateWindow()
        former.hide()
        former.deleteLater()

    def _restore(self, chosen: BackupFacts) -> None:
        """End the work, put the backup in place, begin again at the door."""
        assert self.work
        self._backup.rest()
        self.work.close()
        self.work.courier.when_quiet(lambda: self._put_back(chosen))

    def _put_back(self, chosen: BackupFacts) -> None:
        self._end_work()
        self.lock()
        self._lanes.submit("store", lambda: self._premises.restore_backup(chosen), failed=self._tell_anyway)

    def _follow(self, key: str) -> None:
        if key == "idle_lock_minutes":
            self._idle.set_minutes(self._premises.settings.number(key))
        if key in ("theme", "text_size"):
            self._premises.keep_look()

    def _new_window(self) -> MainWindow:
        return MainWindow(self._make_page, facts.unknown(), person="", place_name=self._premises.place_name)

    def _make_page(self, key: str) -> Page:
        assert self.work
        return self.work.make_page(key)

    def _tell(self, error: Exception) -> None:
        """Nothing is said over a locked screen: a notice may hold names."""
        if not self.is_locked:
            self._tell_anyway(error)

    def _tell_anyway(self, error: Exception) -> None:
        troubles.tell(self.window.notices, error)


def run(folder: Path) -> int:
    """Open the window on `folder` until it is closed; the exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("枫桥工作台")
    theme.apply(app)
    lanes = BackgroundLanes()
    program = Program(premises_of(folder), lanes)
    _keep_the_window(lanes)
    program.window.showMaximized()
    program.begin()
    code = app.exec()
    if not program.close():
        # A line that hangs cannot be cut from here; everything is written, so the process may simply end.
        os._exit(code)
    return code


def premises_of(folder: Path) -> Premises:
    """The premises of a folder in the real world."""
    door = Folder(folder, real(), protector=_protector())
    return Premises(door, lambda: datetime.now().astimezone(), SystemRandom())


def _protector() -> Protector | None:
    """On Windows the keys are bound to the user of this PC."""
    if sys.platform != "win32":
        return None
    from desktop.store import dpapi

    return dpapi.WindowsProtector()


def _keep_the_window(lanes: Lanes) -> None:
    """An error nobody took is said at the lower right; the window stays, and so does what was typed."""

    def take(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            lanes.hub.trouble.emit(error)

    sys.excepthook = take
