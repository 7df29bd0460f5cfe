"""The page of one committee or studio: its people, what was registered of it, its numbers; the law beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.casework import values
from desktop.casework.desk import Desk
from desktop.casework.organisations import roster
from desktop.casework.organisations.roster import MediatorRow, OrgPage
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Button, Card, EmptyState, Tab, Table, TableCard, TabLine, column, line
from desktop.views.kit.heldrows import HeldRows
from desktop.views.look import theme
from desktop.views.organisations.acts import OrgActs
from desktop.views.organisations.doubts import DoubtsCard, all_doubts
from desktop.views.organisations.numbers import NumbersPanel
from desktop.views.organisations.person import pair, person_sheet
from desktop.views.organisations.rows import MEMBERS, member_row
from desktop.views.organisations.sheeted import SheetedPage
from sync.records.offices import MEDIATION_ORG

_TABS = (Tab("people", "调解员"), Tab("facts", "登记内容"), Tab("numbers", "卷号"))
_FACTS = ("full_name", "short_name", "kind", "place_code", "host_unit", "set_up_on", "filed_on", "term_from",
          "term_to", "status")  # fmt: skip


class OrganisationPage(SheetedPage):
    """Opened from the list; Esc returns."""

    place = "orgs"

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, org_id: str) -> None:
        self._stack = QStackedWidget()
        super().__init__(self._stack)
        self._desk, self._lanes, self._going, self.org_id = desk, lanes, going, org_id
        self.reading: OrgPage | None = None
        self._acts = OrgActs(desk, lanes, going, self, self)
        self.tabs = TabLine(_TABS, name="调解组织")
        self.add_button = Button("添调解员", "primary", icon="person_add")
        self.change_button, self.term_button = Button("改登记内容"), Button("换届")
        self.doubts, self.rows = DoubtsCard(), HeldRows(MEMBERS, parent=self)
        self.table = Table(self.rows, name="调解员")
        self._people = TableCard(self.table)
        self._facts = Card()
        self.numbers = NumbersPanel(desk, lanes, org_id)
        self.set_head(title="调解组织", back="组织")
        self._build()
        self._join()

    def enter(self) -> None:
        """Read it."""
        self.reload()

    def reload(self) -> None:
        """Read the organisation anew."""
        self._lanes.submit("store", lambda: roster.org_page(self._desk, self.org_id), self._show, self._gone)

    def focus_first(self) -> None:
        """The list of people."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_tab(self, key: str) -> None:
        """Go to a tab."""
        self.tabs.choose(key)

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar offers here, to who may."""
        page = self.reading
        if page is None or not page.may_write:
            return ()
        return (
            PageAct("添调解员", lambda: self._acts.add_mediator(page)),
            PageAct("改调解组织的登记内容", lambda: self._acts.change_org(page)),
            PageAct("换届", lambda: self._acts.begin_term(page)),
            PageAct("撤销这个组织", lambda: self._acts.dissolve(page)),
            PageAct("登记错了，作废这个组织", lambda: self._strike_out(page)),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer words of doubt where the window is low."""
        super().resizeEvent(event)
        self._say_doubts()

    def _build(self) -> None:
        self._stack.addWidget(column(self.doubts, self._people, gap=10))
        self._stack.widget(0).layout().setStretch(1, 1)
        self._stack.addWidget(column(self._facts, None))
        self._stack.addWidget(self.numbers)
        self.body.setSpacing(10)
        self.body.addWidget(line(self.tabs, None, self.term_button, self.change_button, self.add_button))
        self.body.addWidget(self.beside, 1)
        for button in (self.term_button, self.change_button, self.add_button):
            button.hide()
        self.doubts.hide()

    def _join(self) -> None:
        self.tabs.chosen.connect(self._go)
        self.table.opened.connect(self._open_person)
        self.table.peeked.connect(self._peek)
        self.table.went.connect(self._follow)
        self.doubts.asked.connect(self._show_doubts)
        self.add_button.clicked.connect(lambda: self._with(self._acts.add_mediator))
        self.change_button.clicked.connect(lambda: self._with(self._acts.change_org))
        self.term_button.clicked.connect(lambda: self._with(self._acts.begin_term))
        self._lanes.hub.changed.connect(self._changed)

    def _with(self, act: Any) -> None:
        if self.reading:
            act(self.reading)

    def _strike_out(self, page: OrgPage) -> None:
        self._acts.strike_out("mediation_org", page.id, page.name)

    def _show(self, page: OrgPage) -> None:
        self.reading = page
        today = self._desk.today
        self.set_head(title=page.name, second=self._second(page))
        stood = self.table.place()
        self.rows.show_rows([member_row(one, today) for one in page.mediators])
        self.table.return_to(stood)
        self.tabs.set_count("people", sum(one.is_in_office for one in page.mediators))
        self._people.say(_people_words(page))
        self._fill_facts(page)
        self._say_doubts()
        self._offer()

    def _second(self, page: OrgPage) -> str:
        parts = [page.kind, page.place]
        if page.status == "已撤销":
            parts.append("已撤销")
        elif page.term_to:
            parts.append(f"任期到 {words.full_day(page.term_to)}")
        return "　".join(parts)

    def _fill_facts(self, page: OrgPage) -> None:
        while (item := self._facts.body.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for name in _FACTS:
            field = MEDIATION_ORG.by_name[name]
            said = values.in_words(self._desk, field, page.record.get(name))
            self._facts.add(pair(field.label, said, label_px=112))

    def _say_doubts(self) -> None:
        page = self.reading
        if page:
            is_low = not theme.current().is_wide(self.window().width())
            self.doubts.show_doubts(page.doubts, is_short=is_low)

    def _show_doubts(self) -> None:
        if self.reading:
            self.show_facts("照人民调解法看", all_doubts(self.reading.doubts))

    def _offer(self) -> None:
        """The acts of the tab, for who may write."""
        may, key = bool(self.reading and self.reading.may_write), self.tabs.key()
        self.add_button.setVisible(may and key == "people")
        self.change_button.setVisible(may and key == "facts")
        self.term_button.setVisible(may and key == "facts")
        self.own_filled = self.add_button if may and key == "people" else None
        if not self.is_form_open():
            self.filled = self.own_filled

    def _go(self, key: str) -> None:
        self.close_sheet()
        self._stack.setCurrentIndex([tab.key for tab in _TABS].index(key))
        if key == "numbers":
            self.numbers.read()
        self._offer()

    def _person(self, mediator_id: str) -> MediatorRow | None:
        found = self.reading.mediators if self.reading else ()
        return next((one for one in found if one.id == mediator_id), None)

    def _open_person(self, mediator_id: str) -> None:
        one = self._person(mediator_id)
        if one and self.reading:
            sheet = person_sheet(one, self._desk.today, self._acts, may_write=self.reading.may_write)
            self.show_facts(one.name, sheet)
            first = sheet.findChild(Button)
            if first:
                first.setFocus(Qt.FocusReason.TabFocusReason)

    def _peek(self, mediator_id: str) -> None:
        if self.beside.is_sheet_open():
            self.close_sheet()
        else:
            self._follow(mediator_id, is_asked=True)

    def _follow(self, mediator_id: str, *, is_asked: bool = False) -> None:
        """Another row: the facts at the side follow, a form being written in does not."""
        one = self._person(mediator_id)
        is_reading = self.beside.is_sheet_open() and not self.is_form_open()
        if one and self.reading and (is_asked or is_reading):
            facts = person_sheet(one, self._desk.today, self._acts, may_write=self.reading.may_write)
            self.show_facts(one.name, facts)

    def _changed(self, changes: Any) -> None:
        if self.isVisible() and (changes.of("mediator") or changes.of("mediation_org")):
            self.reload()

    def _gone(self, error: Exception) -> None:
        said = troubles.words_of(error)
        self.show_facts("看不到", column(EmptyState("people_team", said.fact, said.rest), None))


def _people_words(page: OrgPage) -> str:
    inside = sum(one.is_in_office for one in page.mediators)
    left = len(page.mediators) - inside
    if not page.mediators:
        return "还没有登记调解员"
    return f"在任 {inside} 人" + (f"，不再担任的 {left} 人" if left else "")


