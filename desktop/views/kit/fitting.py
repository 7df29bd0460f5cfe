"""A row that leaves out what has no room, from its end, instead of squeezing words (window.md §6)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.look import theme


class FittingRow(QWidget):
    """`left` widgets from the left, `right` widgets at the right end; the last of `left` go first when room is short.

    The first of `left` and all of `right` always stay: put there what has no other way to be reached.
    """

    def __init__(
        self, left: Sequence[QWidget], right: Sequence[QWidget] = (), *, gap: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._left, self._right = list(left), list(right)
        self._gap = theme.current().px(gap)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for widget in (*self._left, *self._right):
            widget.setParent(self)

    def left_out(self) -> tuple[QWidget, ...]:
        """What has no room now; a page may offer it elsewhere."""
        return tuple(widget for widget in self._left if widget.isHidden())

    def sizeHint(self) -> QSize:
        """Wide enough for all, as high as the highest."""
        hints = [_wanted(widget) for widget in (*self._left, *self._right)]
        width = sum(hint.width() for hint in hints) + self._gap * (len(hints) - 1)
        return QSize(width, max(hint.height() for hint in hints))

    def event(self, event: QEvent) -> bool:
        """A part that grew (a count arrived) asks for a new arrangement."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        end = self.width()
        for widget in reversed(self._right):
            hint = _wanted(widget)
            end -= hint.width()
            self._put(widget, end, hint)
            end -= self._gap
        x = 0
        for index, widget in enumerate(self._left):
            hint = _wanted(widget)
            fits = index == 0 or x + hint.width() <= end
            widget.setVisible(fits)
            if fits:
                self._put(widget, x, hint)
            x += hint.width() + self._gap if fits else self.width()

    def _put(self, widget: QWidget, x: int, hint: QSize) -> None:
        widget.setGeometry(x, (self.height() - hint.height()) // 2, hint.width(), hint.height())


def _wanted(widget: QWidget) -> QSize:
    """What a widget asks for, and never less than its fixed height."""
    return widget.sizeHint().expandedTo(widget.minimumSize())
