"""The procedure's smaller acts on the page of a dispute: each opens its form, does it in the store lane, says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, breach, confirmation, mediators, progress, referral
from desktop.casework.moments import read_day
from desktop.casework.organisations import subsidy
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going
from desktop.views.disputes.page.asking import changed, day_of
from desktop.views.disputes.page.doing import Doing, Host
from desktop.views.disputes.page.procedure_forms import ProcedureForms


class ProcedureActs(QObject):
    """Another mediator, the sending body, joint mediation, a breach, the court, the subsidy."""

    def __init__(
        self, desk: Desk, lanes: Lanes, going: Going, host: Host, doing: Doing, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._lanes, self._going, self._host, self._doing = desk, lanes, going, host, doing
        self._forms = ProcedureForms(desk, host.dispute_id)

    def replace_mediator(self) -> None:
        """Another mediator instead of one."""
        dispute = self._dispute()
        helpers = dispute.get("co_mediator_ids")
        host = str(dispute.get("host_mediator_id") or "")
        known = [host, *map(str, helpers if isinstance(helpers, list) else ())]

        def do(values: dict[str, Any]) -> object:
            said = {name: str(values.get(name) or "") for name in ("former_id", "next_id", "asked_by", "reason")}
            return mediators.replace(self._desk, self._host.dispute_id, **said)

        seated = list(dict.fromkeys(one for one in known if one))
        self._read(
            lambda: self._forms.replacement(seated),
            lambda facts: self._doing.ask("换调解员", facts, do, "调解员换了"),
        )

    def note_referral(self) -> None:
        """Who sent the matter."""
        self._correct("谁委托、移送来的", self._forms.referral(self._dispute()), "谁委托来的，记下了")

    def give_back(self) -> None:
        """The sending body was told the result."""

        def do(values: dict[str, Any]) -> object:
            day = day_of(values, "returned_on", "哪天把结果告诉委托单位的")
            note = str(values.get("returned_note") or "")
            return referral.give_back(self._desk, self._host.dispute_id, on=day, note=note)

        self._doing.ask("反馈委托单位", self._forms.result_told(self._dispute()), do, "反馈记下了")

    def join(self) -> None:
        """Bodies that mediate together."""
        self._correct("联合调解", self._forms.joint(self._dispute()), "联合调解记下了")

    def breach(self, agreement: str) -> None:
        """An agreement was not kept."""
        record = self._agreement(agreement)

        def do(values: dict[str, Any]) -> object:
            on = day_of(values, "breached_on", "哪天知道没履行的")
            given = {name: str(values.get(name) or "") for name in ("performance", "breach_way", "breach_note")}
            return breach.note(self._desk, agreement, on=on, standing=given["performance"],
                               way=given["breach_way"], told=given["breach_note"])  # fmt: skip

        if record:
            self._doing.ask("没履行", self._forms.breach(record, self._dispute()), do, "没履行的，记下了")

    def court(self, agreement: str) -> None:
        """Asking the court to confirm an agreement. ID numbers are read for it, and the reading is noted."""
        record = self._agreement(agreement)

        def do(values: dict[str, Any]) -> object:
            return agreements.change(self._desk, agreement, changed(record, values))

        if record:
            self._read(
                lambda: self._forms.court(confirmation.application(self._desk, agreement), record),
                lambda facts: self._doing.ask("司法确认", facts, do, "司法确认记下了"),
            )

    def choose_subsidy(self) -> None:
        """The class the case is paid by."""
        dispute, desk = self._dispute(), self._desk
        chosen = str(dispute.get("subsidy_class") or "")
        day = read_day(dispute.get("end_date")) or desk.today

        def do(values: dict[str, Any]) -> object:
            return subsidy.choose(desk, self._host.dispute_id, str(values.get("subsidy_class") or ""))

        def ask(rates: tuple[subsidy.Rate, ...]) -> None:
            if rates:
                self._doing.ask("一案一补", self._forms.subsidy(rates, chosen), do, "一案一补记下了")
                return
            said = "等区里定好、交换过一次，就能选。别的不耽误"
            self._going.notices.tell("区里还没有一案一补的标准", said, kind="warning")

        self._read(lambda: subsidy.rates(desk, day), ask)

    def _correct(self, title: str, facts: Any, said: str) -> None:
        before = dict(self._dispute())

        def do(values: dict[str, Any]) -> object:
            return progress.change(self._desk, self._host.dispute_id, changed(before, values))

        self._doing.ask(title, facts, do, said)

    def _read(self, look: Callable[[], Any], show: Callable[[Any], object]) -> None:
        self._lanes.submit("store", look, show, lambda error: troubles.tell(self._going.notices, error))

    def _dispute(self) -> Mapping[str, Any]:
        return self._host.reading.case.dispute if self._host.reading else {}

    def _agreement(self, agreement: str) -> Mapping[str, Any]:
        found = self._host.reading.case.agreements if self._host.reading else ()
        return next((one for one in found if one["id"] == agreement), {})
