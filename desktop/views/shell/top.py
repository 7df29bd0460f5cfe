"""The top line: where one is, a short fact, and at the right search and person, or what the page puts there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit.button import Button
from desktop.views.kit.chip import Chip
from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.kit.label import Heading, Label
from desktop.views.look import hairline, icons, theme
from desktop.views.shell.pages import Head, Page
from desktop.views.shell.search import Search


class Top(QWidget):
    """The line above a page. `back_asked` is the arrow; `lock_asked` the name with the lock."""

    back_asked = Signal()
    lock_asked = Signal()

    def __init__(self, *, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("页头")
        self.search = Search()
        self._page: Page | None = None
        self._is_narrow = False
        self._is_searching = False
        self._aside: QWidget | None = None
        self._back = Button("", "plain", size="back", icon="arrow_left")
        self._back.clicked.connect(self.back_asked)
        self._title = Heading("", role="title")
        self._second = Label("", "caption", tone="ink2", elide=True)
        self._person = _Person(person)
        self._person.clicked.connect(self.lock_asked)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._shown_chips: list[Chip] = []
        self._build()
        self.search.left.connect(self._stop_searching)

    def show_page(self, page: Page) -> None:
        """Show the head of `page` and follow its changes."""
        if self._page is not None:
            self._page.head_changed.disconnect(self._follow)
            self._give_back()
        self._page = page
        page.head_changed.connect(self._follow)
        page.destroyed.connect(self._forget)
        self._follow()

    def set_person(self, person: str) -> None:
        """Write who is working."""
        self._person.say(person)

    def set_narrow(self, is_narrow: bool) -> None:
        """Lower line, smaller title, shorter search below 1000 logical px."""
        self._is_narrow = is_narrow
        self.search.set_short(is_narrow)
        self._dress()

    def summon_search(self) -> None:
        """Ctrl+K: search stands here on every page, even where the page puts its own things."""
        self._is_searching = True
        self._show_right()
        self.search.summon()

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._title)
        first.addLayout(self._chips)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addLayout(first)
        words.addWidget(self._second)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(14)
        self._row.addWidget(self._back)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.search)
        self._row.addSpacing(10)
        self._row.addWidget(self._person)
        self._dress()

    def _follow(self) -> None:
        head = self._page.head if self._page else Head()
        self._title.say(head.title, head.fact)
        self._second.setText(head.second)
        self._second.setVisible(bool(head.second))
        self._back.say(head.back)
        self._back.setVisible(bool(head.back))
        if head.aside is not self._aside:
            self._give_back(chips=False)
            self._aside = head.aside
            if self._aside:
                self._row.addWidget(self._aside)
        self._set_chips(head)
        self._show_right()
        self._dress()

    def _set_chips(self, head: Head) -> None:
        if self._shown_chips == list(head.chips):
            return
        for chip in self._shown_chips:
            self._chips.removeWidget(chip)
            chip.hide()
            chip.setParent(self._page)
        self._shown_chips = list(head.chips)
        for chip in self._shown_chips:
            self._chips.addWidget(chip)
            chip.show()

    def _give_back(self, *, chips: bool = True) -> None:
        """What a page puts here stays its own: it goes back before another page comes."""
        if self._aside:
            self._row.removeWidget(self._aside)
            self._aside.hide()
            self._aside.setParent(self._page)
            self._aside = None
        if chips:
            self._set_chips(Head())

    def _forget(self) -> None:
        self._page = None

    def _show_right(self) -> None:
        has_aside = self._aside is not None and not self._is_searching
        if self._aside:
            self._aside.setVisible(has_aside)
        self.search.setVisible(not has_aside)
        self._person.setVisible(not has_aside)

    def _stop_searching(self) -> None:
        self._is_searching = False
        self._show_right()

    def _dress(self) -> None:
        look = theme.current()
        has_second = bool(self._second.text())
        self._title.set_role("titleOverLine" if has_second else "titleNarrow" if self._is_narrow else "title")
        self.setFixedHeight(look.size("topBarNarrow" if self._is_narrow else "topBar"))
        margin = look.px(16 if self._is_narrow else 26)
        self._row.setContentsMargins(margin, look.px(4 if self._is_narrow else 6), margin, 0)


class _Person(KeyboardFocus, QAbstractButton):
    """Who works here, with a lock: a click locks at once."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip("锁上，Ctrl+L")
        self.say(name)

    def say(self, name: str) -> None:
        self.setText(name)
        self.setAccessibleName(f"{name}，锁上")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = theme.current()
        words = self.fontMetrics().horizontalAdvance(self.text()) * 14 // 15
        return QSize(words + look.px(26), look.size("minimumHit"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.underMouse():
            hairline.plate(painter, rect, radius=look.radius("field"), fill=look.colours.hover)
        if self.shows_focus:
            ring(painter, rect, radius=look.radius("field"))
        side = px(18)
        box = QRectF(px(1), (self.height() - side) / 2, side, side)
        icons.draw(painter, "lock_closed", box, look.colours.ink2)
        painter.setFont(look.font("small"))
        painter.setPen(look.colours.ink2)
        painter.drawText(rect.adjusted(px(24), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
