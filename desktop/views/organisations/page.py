"""组织: the committees and studios of this place and below, and 一案一补 by the month."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from desktop.casework.desk import Desk
from desktop.casework.organisations import roster
from desktop.casework.organisations.roster import OrgRow
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Button, Tab, Table, TableCard, TabLine, line
from desktop.views.kit.heldrows import HeldRows
from desktop.views.kit.tableorempty import TableOrEmpty
from desktop.views.organisations.acts import OrgActs
from desktop.views.organisations.months import MonthPanel
from desktop.views.organisations.one import OrganisationPage
from desktop.views.organisations.rows import ORGS, org_row
from desktop.views.organisations.sheeted import SheetedPage

_TABS = (Tab("orgs", "调解组织"), Tab("subsidy", "一案一补"))


class OrganisationsPage(SheetedPage):
    """A place of the navigation."""

    place = "orgs"

    def __init__(self, desk: Desk, lanes: Lanes, going: Going) -> None:
        self._stack = QStackedWidget()
        super().__init__(self._stack)
        self._desk, self._lanes, self._going = desk, lanes, going
        self._acts = OrgActs(desk, lanes, going, self, self)
        self.tabs = TabLine(_TABS, name="组织")
        self.add_button = Button("添调解组织", icon="add")
        self.rows = HeldRows(ORGS, parent=self)
        self.table = Table(self.rows, name="调解组织")
        self.card = TableCard(self.table)
        self._shown = TableOrEmpty(self.card, icon="people_team")
        self.months = MonthPanel(desk, lanes, going)
        self.set_head(title="组织")
        self._build()
        self._join()

    def enter(self) -> None:
        """Read the list, and the month when it is shown."""
        self.reload()

    def reload(self) -> None:
        """Read anew, in place."""
        self._lanes.submit("store", lambda: roster.orgs(self._desk), self._show)
        if self.tabs.key() == "subsidy":
            self.months.read()

    def focus_first(self) -> None:
        """The list."""
        shown = self.months.table if self.tabs.key() == "subsidy" else self.table
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_tab(self, key: str) -> None:
        """Go to a tab."""
        self.tabs.choose(key)

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar offers here."""
        look = PageAct("看一案一补", lambda: self.show_tab("subsidy"))
        return (look, PageAct("添调解组织", self._acts.add_org)) if self._may_add() else (look,)

    def _may_add(self) -> bool:
        return roster.may_write(self._desk, self._desk.place)

    def _build(self) -> None:
        self._stack.addWidget(self._shown)
        self._stack.addWidget(self.months)
        self.body.setSpacing(10)
        self.body.addWidget(line(self.tabs, None, self.add_button))
        self.add_button.setVisible(self._may_add())
        self.body.addWidget(self.beside, 1)

    def _join(self) -> None:
        self.tabs.chosen.connect(self._go)
        self.add_button.clicked.connect(self._acts.add_org)
        self.table.opened.connect(self._open)
        self.months.parts.changed.connect(lambda _value: self._choose_own())
        self._lanes.hub.changed.connect(self._changed)

    def _go(self, key: str) -> None:
        self.close_sheet()
        self._stack.setCurrentIndex([tab.key for tab in _TABS].index(key))
        self.add_button.setVisible(key == "orgs" and self._may_add())
        if key == "subsidy":
            self.months.read()
        self._choose_own()

    def _choose_own(self) -> None:
        self.own_filled = self.months.filled() if self.tabs.key() == "subsidy" else None
        self.filled = self.own_filled

    def _open(self, org_id: str) -> None:
        if org_id:
            self._going.open(OrganisationPage(self._desk, self._lanes, self._going, org_id))

    def _show(self, found: tuple[OrgRow, ...]) -> None:
        stood = self.table.place()
        self.rows.show_rows([org_row(one, self._desk.today) for one in found])
        self.table.return_to(stood)
        self.set_head(fact=f"{len(found):,} 个")
        doubtful = sum(bool(one.doubts) for one in found)
        self.card.say(f"{doubtful} 个有要看的，打开看是哪几处" if doubtful else "都照法律办了")
        if found:
            self._shown.show_table()
        else:
            text = "镇里、司法所和区里登记了，传一次就看得到。"
            self._shown.show_empty("这台电脑上还没有调解组织", text)

    def _changed(self, changes: Any) -> None:
        if self.isVisible() and any(changes.of(kind) for kind in ("mediator", "mediation_org", "dispute")):
            self.reload()

