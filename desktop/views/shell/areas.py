"""F6: the keyboard walks from side to top to page to footer, and round again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.shell.footer import Footer
from desktop.views.shell.pages import Page, first_taker
from desktop.views.shell.side import Side
from desktop.views.shell.top import Top


def walk(side: Side, top: Top, page: Page | None, footer: Footer | None) -> None:
    """Give the keyboard to the area after the one that has it; without one, to the side."""
    areas = [area for area in (side, top, page, footer) if area is not None]
    focus = QApplication.focusWidget()
    now = next((i for i, area in enumerate(areas) if focus and (area is focus or area.isAncestorOf(focus))), -1)
    following: QWidget = areas[(now + 1) % len(areas)]
    if isinstance(following, Side):
        following.focus_first()
    elif isinstance(following, Top):
        following.summon_search()
    elif isinstance(following, Page):
        following.focus_first()
    elif taker := first_taker(following):
        taker.setFocus(Qt.FocusReason.ShortcutFocusReason)
