"""Locks after a while without a key or a touch of the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """`idle` is sent once after `minutes` without an act; an act begins the count anew."""

    idle = Signal()

    def __init__(self, *, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Change how long; the count begins anew."""
        self._timer.start(minutes * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every act of a person winds the clock."""
        if event.type() in _ACTS and self._timer.isActive():
            self._timer.start()
        return False

    def begin(self) -> None:
        """Count from now: somebody came in."""
        self._timer.start()

    def rest(self) -> None:
        """Stop counting: the screen is locked."""
        self._timer.stop()
