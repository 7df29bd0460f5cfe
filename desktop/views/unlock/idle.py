"""Locks after a while without a key or a touch of the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """`idle` is sent once after `minutes` without an act; an act begins the count anew.

    It listens to the window that has the keyboard, not to the whole application: a filter there would see every
    timer and paint event, and may meet objects that are just being destroyed. What an input method swallows is
    seen by the caret that moves.
    """

    idle = Signal()

    def __init__(self, *, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self._window: QWindow | None = None
        self.set_minutes(minutes)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._follow)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._wind)
        self._follow(QGuiApplication.focusWindow())

    def set_minutes(self, minutes: int) -> None:
        """Change how long; the count begins anew."""
        self._timer.start(minutes * 60_000)

    def rest(self) -> None:
        """Stop counting: the screen is locked."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every act of a person winds the clock."""
        if event.type() in _ACTS:
            self._wind()
        return False

    def _wind(self) -> None:
        if self._timer.isActive():
            self._timer.start()

    def _follow(self, window: QWindow | None) -> None:
        if window is not None and window is not self._window:
            self._window = window
            window.installEventFilter(self)
            self._wind()
