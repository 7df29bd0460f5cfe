"""A line of tabs: words on a rule, the chosen one bold with a pine bar under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.look import hairline, theme


@dataclass(frozen=True)
class Tab:
    """One tab: its key, its words, and how many things stand in it (None: not said)."""

    key: str
    words: str
    count: int | None = None


class TabLine(KeyboardFocus, QTabBar):
    """A tab line; `chosen` carries the key. Left and right arrows walk it."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[Tab], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = list(tabs)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for tab in self._tabs:
            index = self.addTab(tab.words)
            self.setTabData(index, tab.key)
        self.currentChanged.connect(self._tell)

    def key(self) -> str:
        """The key of the tab now chosen."""
        return self._tabs[self.currentIndex()].key

    def choose(self, key: str) -> None:
        """Show the tab `key`. Raises ValueError for an unknown key."""
        self.setCurrentIndex([tab.key for tab in self._tabs].index(key))

    def set_count(self, key: str, count: int | None) -> None:
        """Write the count beside the words of `key`."""
        self._tabs = [Tab(tab.key, tab.words, count) if tab.key == key else tab for tab in self._tabs]
        for index, tab in enumerate(self._tabs):
            self.setTabText(index, tab.words)

    def tabSizeHint(self, index: int) -> QSize:
        """Words, count, and 28 px to the next tab; bold room always, so that nothing moves."""
        look = theme.current()
        tab = self._tabs[index]
        width = QFontMetricsF(look.font("body", bold=True)).horizontalAdvance(tab.words)
        if tab.count is not None:
            width += look.px(6) + QFontMetricsF(look.font()).horizontalAdvance(f"{tab.count:,}")
        return QSize(round(width) + look.px(28), look.px(40))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Tabs are never squeezed."""
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rule, the words, the bar."""
        look = theme.current()
        painter = QPainter(self)
        bottom = QRectF(0, self.height() - 1, self.width(), 1)
        hairline.rule(painter, bottom, look.colours.line2)
        for index, tab in enumerate(self._tabs):
            self._paint_tab(painter, QRectF(self.tabRect(index)), tab, index == self.currentIndex())

    def _paint_tab(self, painter: QPainter, rect: QRectF, tab: Tab, chosen: bool) -> None:
        look = theme.current()
        font = look.font("body", bold=chosen)
        painter.setFont(font)
        painter.setPen(look.colours.accentInk if chosen else look.colours.ink2)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, tab.words)
        words = QFontMetricsF(font).horizontalAdvance(tab.words)
        if tab.count is not None:
            painter.setFont(look.font())
            painter.setPen(look.colours.ink2)
            after = rect.adjusted(words + look.px(6), 0, 0, 0)
            painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, f"{tab.count:,}")
        if chosen:
            bar = QRectF(rect.left(), rect.bottom() - 3, rect.width() - look.px(28), 3)
            hairline.plate(painter, bar, radius=1.5, fill=look.colours.accent)
            if self.shows_focus:
                around = rect.adjusted(0, 3, -look.px(20), -5)
                ring(painter, around, radius=look.radius("field"))

    def _tell(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(self._tabs[index].key)
