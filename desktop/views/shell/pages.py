"""Pages and the stack they stand on: Esc goes back to the same row, the same scroll, the same field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.views.kit.button import Button
from desktop.views.kit.chip import Chip
from desktop.views.shell.footer import Footer


@dataclass(frozen=True)
class Head:
    """What the top line says of a page.

    `second` is a line under the title (the title is then 20 px); `back` the words of the arrow at the left;
    `aside` stands in the place of search and person (the autosave line, buttons); Ctrl+K still brings the search.
    """

    title: str = ""
    fact: str = ""
    second: str = ""
    chips: Sequence[Chip] = ()
    back: str = ""
    aside: QWidget | None = None


class Page(QWidget):
    """One page. Fill `body`; set the head with `set_head(title=…, fact=…)`.

    `place` is the navigation key it belongs to; `wants_rail` asks for the narrow navigation (session recorder);
    `filled` is the one filled button, clicked by Ctrl+Enter; `footer` is shown below when set before the page opens.
    """

    place = ""
    wants_rail = False
    head_changed = Signal()
    back_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = Head()
        self.footer: Footer | None = None
        self.filled: Button | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(26, 2, 26, 18)
        self.body.setSpacing(14)

    def set_head(self, **changes: Any) -> None:
        """Change parts of the head; the rest stays. Raises TypeError for a part that is none."""
        self.head = replace(self.head, **changes)
        self.setAccessibleName(self.head.title)
        self.head_changed.emit()

    def enter(self) -> None:
        """The page is shown, for the first time or again: read anew what may have changed."""

    def leave(self) -> None:
        """The page is left: always safe, nothing is asked; write down what was typed."""

    def focus_first(self) -> None:
        """Give the keyboard to where work begins; the first field that takes it unless a page says otherwise."""
        taker = first_taker(self)
        if taker:
            taker.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_margin(self, margin: int) -> None:
        """Margins of the page by the width of the window."""
        self.body.setContentsMargins(margin, 2, margin, 18 if margin > 16 else 12)


def first_taker(area: QWidget) -> QWidget | None:
    """The first widget inside `area`, in tab order, that takes the keyboard now."""
    widget = area.nextInFocusChain()
    while widget is not area and widget is not None:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and area.isAncestorOf(widget) and widget.isEnabled() and widget.isVisibleTo(area):
            return widget
        widget = widget.nextInFocusChain()
    return None


class PageStack(QStackedWidget):
    """The pages one stands on: a place at the bottom, and what was opened from it above."""

    went = Signal(Page)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trail: list[Page] = []
        self._keyboard: dict[Page, QWidget | None] = {}

    def page(self) -> Page | None:
        """The page now shown."""
        return self._trail[-1] if self._trail else None

    def begin(self, page: Page) -> None:
        """Go to a place: leave everything opened before, show `page` (kept for the next time)."""
        self._leave_current()
        for opened in reversed(self._trail[1:]):
            self._let_go(opened)
        self._trail = [page]
        self._show(page)

    def push(self, page: Page) -> None:
        """Open a page over the one shown."""
        self._leave_current()
        self._trail.append(page)
        self._show(page)

    def back(self) -> bool:
        """Return to the page below, exactly as it was left. False when there is none."""
        if len(self._trail) < 2:
            return False
        self._leave_current()
        gone = self._trail.pop()
        self._show(self._trail[-1])
        self._let_go(gone)
        return True

    def _leave_current(self) -> None:
        page = self.page()
        if page:
            self._keyboard[page] = page.focusWidget()
            page.leave()

    def _show(self, page: Page) -> None:
        if self.indexOf(page) < 0:
            self.addWidget(page)
            page.back_asked.connect(self.back)
        self.setCurrentWidget(page)
        self.went.emit(page)
        page.enter()
        stood = self._keyboard.get(page)
        if stood is not None and stood.isVisibleTo(page):
            stood.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            page.focus_first()

    def _let_go(self, page: Page) -> None:
        self._keyboard.pop(page, None)
        self.removeWidget(page)
        page.deleteLater()
