"""The list of disputes: the whole width, filters above, pages by cursor, Space to peek, Enter to open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import lists
from desktop.casework.disputes import page as dispute
from desktop.casework.disputes.lists import DisputeRow, Footer, ListFilter, TabKey
from desktop.casework.disputes.search import initials
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going, PageAct
from desktop.views.disputes.listing.export import LedgerExport
from desktop.views.disputes.listing.filters import FilterBar
from desktop.views.disputes.listing.keyset import KeysetPages, Read
from desktop.views.disputes.listing.peek import Peek
from desktop.views.disputes.listing.rows import COLUMNS, SORTS, row
from desktop.views.disputes.shelf.page import ShelfPage
from desktop.views.kit import (
    Beside,
    Button,
    Choice,
    EmptyState,
    Label,
    PagedRows,
    Row,
    ShapeMark,
    Table,
    TableCard,
    column,
    line,
)
from desktop.views.look import shapes
from desktop.views.shell.pages import Page

_WIDTHS, _COMPACT = "disputes.widths", "compact_rows"


class DisputesPage(Page):
    """All disputes of this desk that this person may read."""

    place = "disputes"

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._lanes, self._going = desk, lanes, going
        self._now: datetime = desk.now()
        self._soon_days = desk.settings.number("soon_days")
        self._pages = KeysetPages(lanes, self._read(ListFilter()), self._dress)
        self._rows = PagedRows(COLUMNS, self._pages.fetch, parent=self)
        self.table = Table(self._rows, name="纠纷", compact=bool(desk.settings.value(_COMPACT)))
        self.card = TableCard(self.table)
        self.filters = FilterBar()
        self.beside = Beside(self.card)
        self._foot = _Foot()
        self._export = LedgerExport(desk, lanes, going.notices, self.filters.export)
        self._is_begun = False
        self.set_head(title="纠纷")
        self._build()
        self._join()

    def show_filter(self, chosen: ListFilter) -> None:
        """Show the list through a filter, from its top."""
        self.filters.show_filter(chosen)
        self._begin()

    def enter(self) -> None:
        """The first time: read from the top. Again: the same rows, read anew in place."""
        self._now = self._desk.now()
        if not self._is_begun:
            self._begin()
            self._lanes.submit("store", self._choices, self._offer)
        else:
            self._rows.refresh()
            self._count()

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar can do here."""
        return (
            PageAct("导出台账", self.filters.export_asked.emit),
            PageAct("只看超期的", lambda: self._narrow(replace(ListFilter(), due="overdue", sort="due"))),
            PageAct("只看我和我村的", lambda: self._narrow(ListFilter(mine=True))),
            PageAct("找区里的旧件", self.show_shelf),
            PageAct("看全部纠纷", lambda: self._narrow(ListFilter(tab="all"))),
        )

    def show_shelf(self) -> None:
        """Old disputes the district keeps."""
        self._going.open(ShelfPage(self._desk, self._lanes, self._going))

    def _build(self) -> None:
        text = "换一个筛选看看，或按 Ctrl+N 登记一件。"
        shelf = self._shelf_button()
        self._none = EmptyState("search", "这里没有纠纷", text, actions=[self._clear_button(), self._shelf_button()])
        self._none.setContentsMargins(18, 16, 18, 16)
        self._none.hide()
        self.body.setSpacing(12)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.beside, 1)
        self.body.addWidget(self._none, 1)
        self.card.foot.addWidget(self._foot)
        self.card.foot.addWidget(shelf)

    def _shelf_button(self) -> Button:
        button = Button("区里的旧件", "link", size="row")
        button.clicked.connect(self.show_shelf)
        return button

    def _clear_button(self) -> Button:
        button = Button("看全部纠纷")
        button.clicked.connect(lambda: self._narrow(ListFilter(tab="all")))
        return button

    def _join(self) -> None:
        self.filters.show_filter(ListFilter())
        self.filters.changed.connect(lambda _chosen: self._begin())
        self.filters.export_asked.connect(lambda: self._export.press(self.filters.chosen(), self.window()))
        self.table.opened.connect(self._going.open_dispute)
        self.table.peeked.connect(self._peek)
        self.table.went.connect(self._follow)
        self.table.sort_asked.connect(self._sort)
        self.table.widths_changed.connect(self._keep_widths)
        self._rows.arrived.connect(self._show_or_say_none)
        self._lanes.hub.changed.connect(self._changed)

    def _begin(self) -> None:
        self._is_begun = True
        self._now = self._desk.now()
        self._pages.begin(self._read(self.filters.chosen()))
        self._rows.reload()
        self._count()

    def _narrow(self, chosen: ListFilter) -> None:
        self.show_filter(chosen)
        self.focus_first()

    def _read(self, chosen: ListFilter) -> Read:
        desk = self._desk
        return lambda after, limit: lists.rows(desk, chosen, after=after, limit=limit)

    def _dress(self, one: DisputeRow) -> Row:
        return row(one, now=self._now, soon_days=self._soon_days)

    def _count(self) -> None:
        desk, chosen = self._desk, self.filters.chosen()

        def counted() -> tuple[ListFilter, dict[TabKey, int], Footer]:
            counts = lists.counts(desk, chosen)
            return chosen, counts, lists.footer(desk, chosen, counts)

        self._lanes.submit("store", counted, self._say_counts)

    def _say_counts(self, answer: tuple[ListFilter, dict[TabKey, int], Footer]) -> None:
        chosen, counts, footer = answer
        if chosen != self.filters.chosen():
            return
        for tab, count in counts.items():
            self.filters.tabs.set_count(tab, count)
        self.set_head(fact=f"共 {words.count(counts.get('all'))} 件")
        self.card.say(footer.sentence)
        self._foot.say(footer)

    def _choices(self) -> tuple[list[Choice], list[Choice], Any]:
        villages = [Choice(code, name, initials(name)) for code, name in lists.places(self._desk)]
        types = [Choice(code, name, initials(name)) for code, name in lists.types()]
        return villages, types, self._desk.store.setting(_WIDTHS)

    def _offer(self, answer: tuple[list[Choice], list[Choice], Any]) -> None:
        villages, types, widths = answer
        self.filters.place.offer(villages)
        self.filters.type.offer(types)
        if isinstance(widths, dict):
            self.table.set_widths(widths)

    def _keep_widths(self) -> None:
        widths, store = self.table.widths(), self._desk.store
        self._lanes.submit("store", lambda: store.set_setting(_WIDTHS, widths))

    def _sort(self, key: str) -> None:
        if key in SORTS:
            self._narrow(replace(self.filters.chosen(), sort=SORTS[key]))

    def _changed(self, _changes: object) -> None:
        if self.isVisible():
            self._now = self._desk.now()
            self._rows.refresh()
            self._count()

    def _show_or_say_none(self) -> None:
        is_empty = self._rows.rowCount() == 0
        self._none.setVisible(is_empty)
        self.beside.setVisible(not is_empty)

    def _peek(self, dispute_id: str) -> None:
        if self.beside.is_sheet_open():
            self.beside.hide_sheet()
        else:
            self._read_peek(dispute_id)

    def _follow(self, dispute_id: str) -> None:
        if self.beside.is_sheet_open():
            self._read_peek(dispute_id)

    def _read_peek(self, dispute_id: str) -> None:
        def failed(error: Exception) -> None:
            self._say_closed(dispute_id, error)

        self._lanes.submit("store", lambda: dispute.page(self._desk, dispute_id), self._show_peek, failed)

    def _show_peek(self, facts: dispute.DisputePage) -> None:
        if facts.header.id != self.table.row_id():
            return
        peek = Peek(facts, self._now.date())
        peek.open_button.clicked.connect(lambda: self._going.open_dispute(facts.header.id))
        self.beside.show_sheet(facts.header.title, peek)

    def _say_closed(self, dispute_id: str, error: Exception) -> None:
        """What is closed to this person says so in the sheet too."""
        if dispute_id == self.table.row_id():
            said = troubles.words_of(error)
            self.beside.show_sheet(
                "看不到内容", column(EmptyState("shield_lock", said.fact, said.rest), None)
            )


class _Foot(QWidget):
    """超期 1 · 7 天内到期 5, with their shapes."""

    def __init__(self) -> None:
        super().__init__()
        overdue, soon = shapes.of_deadline("overdue"), shapes.of_deadline("soon")
        assert overdue
        assert soon
        self._overdue, self._soon = Label("", "caption", tone="ink2"), Label("", "caption", tone="ink2")
        self._parts = (
            line(ShapeMark(overdue), self._overdue, gap=4),
            line(ShapeMark(soon), self._soon, gap=4),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for part in self._parts:
            row.addWidget(part)

    def say(self, footer: Footer) -> None:
        """Write the numbers; zero says nothing."""
        self._overdue.setText(f"超期 {footer.overdue:,}")
        self._soon.setText(f"{footer.soon_days} 天内到期 {footer.soon:,}")
        self._parts[0].setVisible(bool(footer.overdue))
        self._parts[1].setVisible(bool(footer.soon))
