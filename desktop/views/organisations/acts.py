"""What can be done on the page of one organisation: each act opens its small form, does it, and says so."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes.search import initials
from desktop.casework.organisations import keeping, roster
from desktop.casework.organisations.roster import MediatorRow, OrgPage
from desktop.views.background import Lanes
from desktop.views.disputes.forms.sheet import SheetFacts
from desktop.views.disputes.going import Going
from desktop.views.disputes.page.asking import changed, day_of, filled
from desktop.views.kit import Choice, Confirm
from desktop.views.organisations import asking
from desktop.views.organisations.doing import Choices, Do, Doing, Host


class OrgActs(QObject):
    """The acts on an organisation and its people."""

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, host: Host, widget: QWidget) -> None:
        super().__init__(widget)
        self._desk, self._lanes, self._widget = desk, lanes, widget
        self._doing = Doing(desk, lanes, going, host, widget)

    def add_org(self) -> None:
        """A new committee or studio."""
        self._ask(
            "添一个调解组织",
            asking.new_org(self._desk.place),
            lambda values: keeping.add_org(self._desk, filled(values)),
            "调解组织添上了",
        )

    def change_org(self, page: OrgPage) -> None:
        """Correct what was registered."""

        def do(values: dict[str, Any]) -> object:
            return keeping.change_org(self._desk, page.id, changed(page.record, values))

        self._ask("改登记内容", asking.org(page), do, "改好了")

    def begin_term(self, page: OrgPage) -> None:
        """A new term of three years."""

        def do(values: dict[str, Any]) -> object:
            day_of(values, "term_from", "任期从")
            return keeping.change_org(self._desk, page.id, values)

        self._ask("换届", asking.new_term(page), do, "换届记下了")

    def dissolve(self, page: OrgPage) -> None:
        """The organisation ends."""

        def do(values: dict[str, Any]) -> object:
            return keeping.dissolve(self._desk, page.id, day_of(values, "term_to", "哪天撤销的"))

        self._ask("撤销这个组织", asking.dissolving(page), do, f"{page.name}撤销了")

    def add_mediator(self, page: OrgPage) -> None:
        """One more person."""

        def do(values: dict[str, Any]) -> object:
            return keeping.add_mediator(self._desk, page.id, filled(values))

        self._ask("添一个调解员", asking.new_mediator(page), do, "调解员添上了")

    def change_mediator(self, one: MediatorRow) -> None:
        """Correct a person; the whole phone number is a reading, and noted."""

        def opened(known: dict[str, Any]) -> None:
            self._ask(
                f"改{one.name}的登记",
                asking.mediator(one.id, known),
                lambda values: keeping.change_mediator(self._desk, one.id, changed(known, values)),
                "改好了",
            )

        desk = self._desk
        self._lanes.submit(
            "store",
            lambda: {**desk.directory.mediator(one.id), "phone": desk.reveal("mediator", one.id, "phone")},
            opened,
        )

    def end_office(self, one: MediatorRow) -> None:
        """The last day in office; what is in hand is counted first."""

        def do(values: dict[str, Any]) -> object:
            return keeping.end_office(self._desk, one.id, day_of(values, "valid_to", "最后一天是哪天"))

        def opened(count: int) -> None:
            self._doing.ask("不再担任", asking.leaving(one, count), do, f"{one.name}不再担任，记下了")

        self._lanes.submit("store", lambda: roster.open_disputes(self._desk, one.id), opened)

    def train(self, one: MediatorRow) -> None:
        """One training."""

        def do(values: dict[str, Any]) -> object:
            on, hours = day_of(values, "on", "哪天"), str(values.get("hours") or "")
            subject = str(values.get("subject") or "")
            return keeping.add_training(self._desk, one.id, on=on, subject=subject, hours=hours)

        self._doing.ask(f"{one.name}的培训", asking.training(one), do, "培训记下了")

    def strike_out(self, kind: str, record_id: str, name: str) -> None:
        """Entered by mistake: a question, with a typed reason."""
        text = f"**{name}** 是登记错了的，作废以后名单里没有了，写下的留着。真有过、后来不在了的，不要作废。"
        question = Confirm(
            self._widget, f"真要作废{name}吗？", text, act="作废", keep="不作废", reason="为什么作废"
        )
        question.agreed.connect(
            lambda reason: self._doing.do(
                lambda: keeping.strike_out(self._desk, kind, record_id, reason), f"{name}作废了"
            )
        )
        question.open()

    def _ask(self, title: str, facts: SheetFacts, do: Do, said: str) -> None:
        """Open a form that offers places and logins by name: they are read first."""

        def opened(choices: Choices) -> None:
            self._doing.ask(title, facts, do, said, choices=choices)

        self._lanes.submit("store", lambda: _choices(self._desk), opened)


def _choices(desk: Desk) -> Choices:
    return {
        "place_code": [Choice(code, name, initials(name)) for code, name in roster.places_kept(desk)],
        "account_id": [Choice(account, name, initials(name)) for account, name in roster.logins(desk)],
    }
