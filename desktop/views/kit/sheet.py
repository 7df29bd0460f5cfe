"""A sheet at the right side: peek or edit without losing the place in the list (window.md §4)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.kit.card import line
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.kit.iconbutton import IconButton
from desktop.views.kit.label import Label
from desktop.views.look import hairline, theme

_WIDTH, _GAP = 346, 14


class SideSheet(QWidget):
    """The sheet itself: title, a close button, and one content widget that scrolls."""

    closed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "heading", elide=True)
        self._scroll: FoldScroll | None = None
        close = IconButton("dismiss", "关上，Esc")
        close.clicked.connect(self.closed)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(18, 10, 8, 14)
        self._layout.setSpacing(6)
        self._layout.addWidget(line(self._title, close))

    def hold(self, title: str, content: QWidget) -> None:
        """Show `content` under `title`; the former content is let go."""
        if self._scroll:
            self._layout.removeWidget(self._scroll)
            self._scroll.hide()
            self._scroll.deleteLater()
        self._title.setText(title)
        self.setAccessibleName(title)
        self._scroll = FoldScroll(content)
        self._layout.addWidget(self._scroll, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plate."""
        look = theme.current()
        rect, radius = QRectF(self.rect()), look.radius("card")
        hairline.plate(QPainter(self), rect, radius=radius, fill=look.colours.surface, line=look.colours.line2)


class Beside(QWidget):
    """`main` with a side sheet that can come and go: from 1180 logical px beside it, below that over it."""

    sheet_closed = Signal()

    def __init__(self, main: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._main = main
        main.setParent(self)
        self._sheet = SideSheet(parent=self)
        self._sheet.hide()
        self._sheet.closed.connect(self.hide_sheet)

    def show_sheet(self, title: str, content: QWidget) -> None:
        """Open the sheet; the keyboard stays where it is."""
        self._sheet.hold(title, content)
        self._sheet.show()
        self._sheet.raise_()
        self._arrange()

    def hide_sheet(self) -> None:
        """Close the sheet and give the keyboard back to what stands beside it."""
        if self._sheet.isVisible():
            self._sheet.hide()
            self._arrange()
            self._main.setFocus(Qt.FocusReason.OtherFocusReason)
            self.sheet_closed.emit()

    def is_sheet_open(self) -> bool:
        """Whether the sheet is shown."""
        return not self._sheet.isHidden()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes an open sheet before it goes back."""
        if event.key() == Qt.Key.Key_Escape and self.is_sheet_open():
            self.hide_sheet()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or over, by the window's logical width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = theme.current()
        width, height = self.width(), self.height()
        if not self.is_sheet_open():
            self._main.setGeometry(0, 0, width, height)
        elif look.is_wide(self.window().width()):
            sheet = look.px(_WIDTH)
            self._main.setGeometry(0, 0, width - sheet - _GAP, height)
            self._sheet.setGeometry(width - sheet, 0, sheet, height)
        else:
            self._main.setGeometry(0, 0, width, height)
            self._sheet.setGeometry(0, 0, width, height)
