"""What every painted control shares: a ring while walked by keyboard (window.md §7), a plate under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter

from desktop.views.look import hairline, theme

INSET = 4
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class KeyboardFocus:
    """Mixed in before a Qt widget class: `shows_focus` is true while the focus came by keyboard.

    It is painted anew as the mouse comes and goes, so that `underMouse` can be painted.
    """

    shows_focus = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember how the focus came."""
        self.shows_focus = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)  # type: ignore[misc]

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A window that loses the keyboard for a moment keeps the ring for its return."""
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.shows_focus = False
        super().focusOutEvent(event)  # type: ignore[misc]

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hover plate."""
        self.update()  # type: ignore[attr-defined]
        super().enterEvent(event)  # type: ignore[misc]

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the hover plate."""
        self.update()  # type: ignore[attr-defined]
        super().leaveEvent(event)  # type: ignore[misc]


def ring(painter: QPainter, rect: QRectF, *, radius: float) -> None:
    """The 2 px ring at the rim of `rect`; the plate it surrounds stands `INSET` inside."""
    hairline.plate(painter, rect, radius=radius, line=theme.current().colours.accent, lines=2)
