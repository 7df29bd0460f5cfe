"""What can be done with a dispute: each act opens its small form or asks its question, does it, and says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, follow_ups, lists, parties, progress, register, sessions
from desktop.casework.disputes.progress import Offer
from desktop.casework.disputes.search import initials
from desktop.casework.errors import Lack, NotYet
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.forms.agreement import AgreementPage
from desktop.views.disputes.forms.binding import Setting
from desktop.views.disputes.forms.sheet import TOLD, FormSheet, SheetFacts
from desktop.views.disputes.going import Going
from desktop.views.disputes.page.reading import Reading
from desktop.views.kit import Choice, Confirm
from sync.records import RECORD_TYPES
from sync.records.field import Field

_STEPS = {"accept": "30", "take_back": "30", "resume": "30", "close": "70", "archive": "80"}
_ALSO = {"70": ("end_note",), "71": ("end_note",), "50": ("resp_person", "end_note")}
_PARTY = ("side", "name", "kind", "sex", "birth_date", "age", "phone", "address", "id_type", "id_no", "ethnic",
          "occupation", "credit_code", "legal_rep", "agent_name", "agent_letter_id")  # fmt: skip
_DISPUTE = ("title", "zz_type", "place_code", "place_text", "source", "happen_date", "summary", "claims",
            "people_count", "amount_cents", "risk", "difficulty", "scale", "unit_involved", "co_mediator_ids",
            "closed_session", "special_groups", "migrant_worker", "resp_unit", "resp_person", "leader_in_charge",
            "prevented", "prevented_people", "dossier_no")  # fmt: skip
_VISIT = ("done_date", "way", "respondent", "performance", "satisfaction", "left_over_risk", "content", "measures",
          "sued", "sued_result")  # fmt: skip
Do = Callable[[dict[str, Any]], object]


class Host(Protocol):
    """The page the acts belong to."""

    dispute_id: str
    reading: Reading | None

    def show_sheet(self, title: str, sheet: FormSheet) -> None:
        """Show a form beside the page."""

    def close_sheet(self) -> None:
        """Take the form away."""

    def reload(self) -> None:
        """Read the dispute anew."""

    def show_tab(self, key: str) -> None:
        """Go to a tab."""


class DisputeActs(QObject):
    """The acts of one page. Choices (villages, types, mediators) are read when the page is."""

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, host: Host, widget: QWidget) -> None:
        super().__init__(widget)
        self._desk, self._lanes, self._going, self._host, self._widget = desk, lanes, going, host, widget
        self._choices: dict[str, Sequence[Choice]] = {}

    def offer_choices(self, choices: Mapping[str, Sequence[Choice]]) -> None:
        """What can be chosen by name."""
        self._choices = dict(choices)

    def begin(self, act: str, *, record: str = "", part: str = "") -> None:
        """Begin an act by its key (NextStep.act, TodayItem.act); an unknown one does nothing."""
        if act in _STEPS:
            self.step(_STEPS[act])
        elif act == "record_session":
            self._going.record_session(self._host.dispute_id)
        elif act == "write_agreement":
            self.write_agreement()
        elif act == "perform":
            self.perform(record, part)
        elif act == "follow_up":
            self.visit(record)
        elif act == "restore":
            self._do(lambda: progress.restore(self._desk, self._host.dispute_id), "恢复了，从登记那一步重新开始")
        elif act == "remind":
            self._host.show_tab("agreement")

    def step(self, target: str) -> None:
        """Take the dispute to a status: the form asks what the step needs."""
        offer = next((one for one in self._offers() if one.target == target), None)
        if offer is None:
            self._going.notices.tell("现在还不能到那一步", "什么也没有动，看看“下一步”里能办的", kind="warning")
        elif target == "90":
            self.void()
        else:
            self._ask_step(offer)

    def void(self) -> None:
        """Strike the dispute out: a question, with a typed reason."""
        reading = self._host.reading
        if reading is None:
            return
        talks = len(reading.case.sessions)
        kept = f"已有的 {talks} 次调解记录留着，" if talks else "写下的都留着，"
        text = f"**{reading.case.title}** 会从台账和报表里去掉。{kept}以后能恢复。"
        question = Confirm(
            self._widget, "真要作废这件登记吗？", text, act="作废这件", keep="不作废", reason="为什么作废"
        )
        desk, dispute = self._desk, self._host.dispute_id
        question.agreed.connect(
            lambda reason: self._do(
                lambda: progress.void(desk, dispute, reason), "作废了", undo=lambda: progress.restore(desk, dispute)
            )
        )
        question.open()

    def void_child(self, kind: str, record_id: str, name: str) -> None:
        """Strike a party or a record out, with a typed reason."""
        voids: dict[str, Callable[[Desk, str, str], object]] = {
            "party": parties.void, "session": sessions.void, "agreement": agreements.void, "follow_up": follow_ups.void,
        }  # fmt: skip
        text = f"**{name}** 作废以后不再算数，写下的留着，改动记录里看得到。作废了不能恢复，写错了可以再添一份。"
        question = Confirm(self._widget, f"真要作废{name}吗？", text, act="作废", keep="不作废", reason="为什么作废")
        question.agreed.connect(
            lambda reason: self._do(lambda: voids[kind](self._desk, record_id, reason), f"{name}作废了")
        )
        question.open()

    def extend(self) -> None:
        """Move the mediation deadline with the consent of both sides."""
        names = ("extended_to", "extension_consent_at")
        sentence = "只有双方都同意才能延期，要在期限过去之前。"
        facts = SheetFacts(_fields("dispute", names), "延期", self._key("extend"), sentence, frozenset(names))

        def do(values: dict[str, Any]) -> object:
            until, consent = (_day(values.get(name)) for name in names)
            if until is None:
                raise NotYet((Lack("extended_to", "延到哪天", "填上延到哪天"),))
            return progress.extend(self._desk, self._host.dispute_id, until=until, consent_on=consent)

        self._open("延期", facts, do, "期限改了")

    def tell_rights(self) -> None:
        """Note that rights and duties were told, and consent given."""
        facts = SheetFacts((), "记下", self._key("told"), "向双方讲明权利义务，问同不同意调解。", told=True)

        def do(values: dict[str, Any]) -> object:
            told = values[TOLD]
            form, consent = str(told.get("form") or ""), told.get("consent") is True
            return parties.tell(self._desk, self._host.dispute_id, form=form, consent=consent)

        self._open("讲明权利义务", facts, do, "讲明权利义务，记下了")

    def add_party(self) -> None:
        """One more party."""
        facts = SheetFacts(
            _fields("party", _PARTY), "添上", self._key("party"), needed=frozenset({"side", "name", "kind"})
        )
        self._open(
            "添一个当事人",
            facts,
            lambda values: parties.add(self._desk, self._host.dispute_id, _said(values)),
            "当事人添上了",
        )

    def edit_party(self, party_id: str) -> None:
        """Correct a party. An ID number that is shown is a reading, and noted."""
        reading = self._host.reading
        record = next((one for one in reading.case.parties if one["id"] == party_id), None) if reading else None
        if record is None:
            return
        desk = self._desk
        self._lanes.submit(
            "store",
            lambda: {**record, "id_no": desk.reveal("party", party_id, "id_no")} if record.get("id_no") else record,
            lambda shown: self._open_party(party_id, dict(shown)),
        )

    def edit_dispute(self) -> None:
        """Correct what was registered."""
        reading = self._host.reading
        if reading is None:
            return
        before = dict(reading.case.dispute)
        lacks = frozenset(lack.target for lack in reading.page.lacks)
        always = frozenset({"title", "zz_type", "place_code", "summary", "people_count", "closed_session"})
        facts = SheetFacts(
            _fields("dispute", _DISPUTE), "改好了", self._key("edit"),
            "改动都会留在“改动记录”里。", needed=always | lacks, values=before,
        )  # fmt: skip
        self._open(
            "改登记内容", facts,
            lambda values: progress.change(self._desk, self._host.dispute_id, _changed(before, values)), "改好了",
        )  # fmt: skip

    def plan_visit(self) -> None:
        """Plan a follow-up by hand."""
        names = ("planned_date", "kind")
        facts = SheetFacts(_fields("follow_up", names), "约好", self._key("plan"), needed=frozenset({"planned_date"}))

        def do(values: dict[str, Any]) -> object:
            day = _day(values.get("planned_date"))
            if day is None:
                raise NotYet((Lack("planned_date", "约定哪天", "填上约在哪天"),))
            kind = str(values.get("kind") or "回访")
            return follow_ups.plan(self._desk, self._host.dispute_id, day=day, kind=kind)

        self._open("约一次回访", facts, do, "回访约好了")

    def visit(self, record: str = "") -> None:
        """Write a follow-up down; without one that is planned, plan one first."""
        reading = self._host.reading
        open_visits = [one for one in reading.visits if one.is_open] if reading else []
        record = record or (open_visits[0].id if open_visits else "")
        if not record:
            self.plan_visit()
            return
        needed = frozenset({"done_date", "way", "left_over_risk", "content"})
        facts = SheetFacts(
            _fields("follow_up", _VISIT), "记下这次回访", follow_ups.draft_key(record),
            "当事人怎么说就怎么记；没表态的，留空或选“未表态”。", needed, {"done_date": self._desk.today.isoformat()},
        )  # fmt: skip
        self._open("写回访", facts, lambda v: follow_ups.record(self._desk, record, _said(v)), "回访记下了")

    def perform(self, agreement: str, duty: str) -> None:
        """Note that one obligation was kept."""
        parts = {part.name: part for part in RECORD_TYPES["agreement"].by_name["obligations"].parts}
        fields = [parts["done_date"], parts["proof_id"]]
        facts = SheetFacts(
            fields, "记下履行", self._key(f"perform:{duty}"), "全部履行了，会约好一次回访。",
            frozenset({"done_date"}), {"done_date": self._desk.today.isoformat()},
        )  # fmt: skip

        def do(values: dict[str, Any]) -> object:
            done = _day(values.get("done_date"))
            if done is None:
                raise NotYet((Lack("done_date", "哪天履行的", "填上哪天履行的"),))
            proof = str(values.get("proof_id") or "")
            return agreements.perform(self._desk, agreement, duty, done_on=done, proof_id=proof)

        self._open("记履行", facts, do, "履行记下了")

    def write_agreement(self, agreement: str = "") -> None:
        """Open the page of the agreement: a new one, or one to be corrected."""
        page = AgreementPage(
            self._desk, self._lanes, self._going, dispute_id=self._host.dispute_id, agreement=agreement
        )
        self._going.open(page)

    def _ask_step(self, offer: Offer) -> None:
        asks = [name for name in offer.asks if name != TOLD]
        names = dict.fromkeys([*asks, *_ALSO.get(offer.target, ())])
        if offer.target in ("70", "71") and self._host.reading:
            reasons = progress.end_reasons(self._host.reading.case.status, offer.target)
            self._choices["end_reason"] = [Choice(code, name) for code, name in reasons]
        today: dict[str, Any] = {"end_date": self._desk.today.isoformat(), "refuse_told_at": self._desk.moment()}
        facts = SheetFacts(
            _fields("dispute", names), offer.verb, self._key(f"step:{offer.target}"), offer.sentence,
            frozenset(asks), {name: value for name, value in today.items() if name in names},
            offer.lacks, told=TOLD in offer.asks, is_grave=offer.grave,
        )  # fmt: skip
        desk, dispute = self._desk, self._host.dispute_id
        self._open(
            offer.verb, facts,
            lambda values: progress.take_step(desk, dispute, target=offer.target, fields=_said(values)),
            f"{offer.verb}，记下了",
        )  # fmt: skip

    def _open_party(self, party_id: str, before: dict[str, Any]) -> None:
        facts = SheetFacts(
            _fields("party", _PARTY), "改好了", f"sheet:party:{party_id}",
            needed=frozenset({"side", "name", "kind"}), values=before, second="作废这个当事人",
        )  # fmt: skip
        sheet = self._open(
            f"{before.get('name')}的情况", facts,
            lambda values: parties.change(self._desk, party_id, _changed(before, values)), "改好了",
        )  # fmt: skip
        sheet.second_asked.connect(lambda: self.void_child("party", party_id, str(before.get("name"))))

    def _open(self, title: str, facts: SheetFacts, do: Do, said: str) -> FormSheet:
        sheet = FormSheet(facts, Setting(self._desk, dict(self._choices)), self._lanes)
        sheet.acted.connect(lambda values: self._act(sheet, lambda: do(values), said))
        self._host.show_sheet(title, sheet)
        return sheet

    def _act(self, sheet: FormSheet, do: Callable[[], object], said: str) -> None:
        sheet.act_button.setEnabled(False)

        def done(_changes: object) -> None:
            sheet.finish()
            self._host.close_sheet()
            self._done(said)

        def failed(error: Exception) -> None:
            sheet.act_button.setEnabled(True)
            if isinstance(error, NotYet):
                sheet.say_lacks(error.lacks)
                unseen = [lack for lack in error.lacks if lack.target not in sheet.fields]
                if unseen:
                    self._going.notices.tell(unseen[0].message, "写好的都还在", kind="warning")
            else:
                troubles.tell(self._going.notices, error)

        self._lanes.submit("store", do, done, failed)

    def _do(self, do: Callable[[], object], said: str, *, undo: Callable[[], object] | None = None) -> None:
        actions = [("撤回", lambda: self._do(undo, "撤回了"))] if undo else []
        self._lanes.submit(
            "store", do, lambda _changes: self._done(said, actions), lambda e: troubles.tell(self._going.notices, e)
        )

    def _done(self, said: str, actions: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        self._host.reload()
        self._going.notices.tell(said, f"存在本机 {self._desk.now():%H:%M}，等有网传到区里", actions=actions)

    def _offers(self) -> Sequence[Offer]:
        return self._host.reading.page.offers if self._host.reading else ()

    def _key(self, what: str) -> str:
        return f"sheet:{what}:{self._host.dispute_id}"


def choices_of(desk: Desk) -> dict[str, list[Choice]]:
    """What the forms of a dispute offer by name. In the store lane."""
    hosts = [Choice(code, name) for code, name in register.hosts(desk)]
    return {
        "place_code": [Choice(code, name, initials(name)) for code, name in lists.places(desk)],
        "zz_type": [Choice(code, name, initials(name)) for code, name in lists.types()],
        "host_mediator_id": hosts,
        "co_mediator_ids": hosts,
        "org_id": [Choice(str(o["id"]), str(o.get("full_name"))) for o in desk.directory.orgs_for(desk.place)],
    }


def _fields(kind: str, names: Sequence[str] | Mapping[str, object]) -> list[Field]:
    declared = RECORD_TYPES[kind].by_name
    return [declared[name] for name in names if name in declared]


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _changed(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not as it was; an emptied field is None."""
    return {name: value for name, value in values.items() if before.get(name) != value}


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
