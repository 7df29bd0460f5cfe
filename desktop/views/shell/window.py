"""The main window: side, top, pages, footer, notices — joined, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.views.kit.notice import Notices
from desktop.views.look import mark, theme
from desktop.views.look.tokens import TEXT_SIZES
from desktop.views.shell import areas, keys
from desktop.views.shell.exchange_card import ExchangeFacts
from desktop.views.shell.footer import Footer
from desktop.views.shell.pages import Page, PageStack
from desktop.views.shell.places import PLACES, NavPlace
from desktop.views.shell.side import Side
from desktop.views.shell.top import Top

_LEAST_WIDTH, _LEAST_HEIGHT = 880, 430


class MainWindow(QMainWindow):
    """The window. `make_page(key)` makes the page of a place when it is first visited.

    Other pages are opened with `open(page)` and left with `back()`; a lock screen is laid over everything with
    `cover(widget)` and taken away with `uncover()`: what was typed stays where it was.
    """

    register_asked = Signal()
    exchange_asked = Signal()
    lock_asked = Signal()
    text_size_asked = Signal(str)

    def __init__(
        self,
        make_page: Callable[[str], Page],
        facts: ExchangeFacts,
        *,
        person: str,
        place_name: str,
        places: Sequence[NavPlace] = PLACES,
    ) -> None:
        super().__init__()
        self.setWindowTitle("枫桥工作台")
        self.setWindowIcon(mark.icon())
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._make_page, self._places = make_page, tuple(places)
        self._roots: dict[str, Page] = {}
        self._footer: Footer | None = None
        self._prefers_rail = False
        self.side = Side(places, facts, place_name=place_name)
        self.top = Top(person=person)
        self.stack = PageStack()
        self._build()
        self.notices = Notices(self)
        self._join()

    def show_place(self, key: str) -> None:
        """Go to a place of the navigation. Standing there already, go back to its first page."""
        if key not in self._roots:
            self._roots[key] = self._make_page(key)
        self.stack.begin(self._roots[key])

    def open(self, page: Page) -> None:
        """Open a page over the one shown; Esc returns."""
        self.stack.push(page)

    def back(self) -> None:
        """Esc: close the floating search, else return to the page below."""
        if self.top.search.hasFocus():
            self.top.search.dismiss()
        else:
            self.stack.back()

    def cover(self, widget: QWidget) -> None:
        """Lay `widget` over the whole window (unlocking, first run); keys of the shell rest meanwhile."""
        self._covers.addWidget(widget)
        self._covers.setCurrentWidget(widget)
        self._rest_keys(True)
        widget.setFocus()

    def uncover(self) -> None:
        """Take the cover away; the page stands as it was left."""
        cover = self._covers.currentWidget()
        if cover is not None and cover is not self._shell:
            self._covers.removeWidget(cover)
            cover.deleteLater()
            self._rest_keys(False)

    def prefer_rail(self, prefers_rail: bool) -> None:
        """The person's own wish for the narrow navigation, on a wide window too."""
        self._prefers_rail = prefers_rail
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rail and margins by logical width."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back once nobody below wanted it: what floats, and the side sheet, close first."""
        if event.key() == Qt.Key.Key_Escape and self._covers.currentWidget() is self._shell:
            self.back()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        right = QWidget()
        self._column = QVBoxLayout(right)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.top)
        self._column.addWidget(self.stack, 1)
        self._shell = QWidget()
        row = QHBoxLayout(self._shell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(right, 1)
        self._covers = QStackedWidget()
        self._covers.addWidget(self._shell)
        self.setCentralWidget(self._covers)

    def _join(self) -> None:
        self.side.place_asked.connect(self.show_place)
        self.side.register_asked.connect(self.register_asked)
        self.side.exchange_asked.connect(self.exchange_asked)
        self.top.back_asked.connect(self.back)
        self.top.lock_asked.connect(self.lock_asked)
        self.stack.went.connect(self._went)
        theme.current().changed.connect(self._arrange)
        acts: dict[str, Callable[[], object]] = {
            "search": self.top.summon_search,
            "register": self.register_asked.emit,
            "finish": self._finish,
            "lock": self.lock_asked.emit,
            "next_area": lambda: areas.walk(self.side, self.top, self.stack.page(), self._footer),
            "larger": lambda: self._ask_size(1),
            "smaller": lambda: self._ask_size(-1),
        }
        for number, place in enumerate(self._places[:8], start=1):
            acts[f"place_{number}"] = partial(self.show_place, place.key)
        self._keys = keys.bind(self, acts)

    def _went(self, page: Page) -> None:
        self.top.show_page(page)
        self.side.choose(page.place)
        if self._footer is not page.footer:
            self._change_footer(page)
        self._arrange()

    def _change_footer(self, page: Page) -> None:
        if self._footer:
            self._column.removeWidget(self._footer)
            self._footer.hide()
        self._footer = page.footer
        if self._footer:
            self._column.addWidget(self._footer)
            self._footer.show()
            page.destroyed.connect(self._footer.deleteLater)

    def _arrange(self) -> None:
        look = theme.current()
        narrow = look.is_narrow(self.width())
        page = self.stack.page()
        margin = look.px(16 if narrow else 20 if not look.is_wide(self.width()) else 26)
        self.side.set_rail(narrow or self._prefers_rail or (page is not None and page.wants_rail))
        self.top.set_narrow(narrow)
        if page:
            page.set_margin(margin)
        if self._footer:
            self._footer.set_margin(margin)
        self.notices.set_floor(look.size("footer") if self._footer else 0)

    def _finish(self) -> None:
        page = self.stack.page()
        if page and page.filled and page.filled.isEnabled():
            page.filled.click()

    def _ask_size(self, step: int) -> None:
        now = TEXT_SIZES.index(theme.current().text_size)
        self.text_size_asked.emit(TEXT_SIZES[min(max(now + step, 0), len(TEXT_SIZES) - 1)])

    def _rest_keys(self, resting: bool) -> None:
        for shortcuts in self._keys.values():
            for shortcut in shortcuts:
                shortcut.setEnabled(not resting)
