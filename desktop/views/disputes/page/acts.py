"""What can be done with a dispute: each act opens its small form or asks its question, does it, and says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.casework.attachments import attach
from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, follow_ups, parties, progress, referral, sessions
from desktop.casework.disputes.progress import Offer
from desktop.casework.disputes.room import INQUIRY
from desktop.views.attachments.acts import AttachmentActs
from desktop.views.background import Lanes
from desktop.views.disputes.agreement.page import AgreementPage
from desktop.views.disputes.forms.sheet import TOLD
from desktop.views.disputes.going import Going
from desktop.views.disputes.page.asking import Asking, changed, day_of, filled, moment_of
from desktop.views.disputes.page.doing import Doing, Host
from desktop.views.disputes.page.procedure import ProcedureActs
from desktop.views.kit import Choice
from desktop.views.papers import wanted
from desktop.views.papers.preview import PreviewPage

_STEPS = {"accept": "30", "take_back": "30", "resume": "30", "close": "70", "archive": "80"}
_REPLY = "委托调解结果反馈函"
_RIGHTS = "人民调解当事人权利义务告知书"
_PAPER_OF_STEP = {"21": "不予受理告知书", "71": "终止调解告知书"}
"""Papers to give to people when the step is done."""
Voids = dict[str, Callable[[Desk, str, str], object]]


class DisputeActs(QObject):
    """The acts of one page. What can be chosen by name is read when the page is."""

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, host: Host, widget: QWidget) -> None:
        super().__init__(widget)
        self._desk, self._lanes, self._going, self._host = desk, lanes, going, host
        self._dispute = host.dispute_id
        self._asking = Asking(desk, self._dispute)
        self._doing = Doing(desk, lanes, going, host, widget)
        self.procedure = ProcedureActs(desk, lanes, going, host, self._doing, widget)
        self.attachments = AttachmentActs(
            desk,
            lanes,
            going,
            host,
            widget,
            strike_out=lambda record, name: self.void_child("attachment", record, name),
        )

    def offer_choices(self, choices: Mapping[str, Sequence[Choice]]) -> None:
        """What can be chosen by name."""
        self._doing.choices = dict(choices)

    def begin(self, act: str, *, record: str = "", part: str = "") -> None:
        """Begin an act by its key (NextStep.act, TodayItem.act); an unknown one does nothing."""
        if act in _STEPS:
            self.step(_STEPS[act])
        elif act == "record_session":
            self._going.record_session(self._dispute)
        elif act == "record_inquiry":
            self._going.record_session(self._dispute, kind=INQUIRY)
        elif act == "write_agreement":
            self.write_agreement()
        elif act == "print_agreement":
            self.print_agreement(record)
        elif act == "perform":
            self.perform(record, part)
        elif act == "follow_up":
            self.visit(record)
        elif act == "restore":
            self._doing.do(
                lambda: progress.restore(self._desk, self._dispute), "恢复了，从登记那一步重新开始"
            )
        elif act == "appoint":
            self.appoint()
        elif act == "extend":
            self.extend()
        elif act == "remind":
            self._host.show_tab("agreement")
        else:
            self._begin_procedure(act, record)

    def _begin_procedure(self, act: str, record: str) -> None:
        known: dict[str, Callable[[], object]] = {
            "tell_rights": self.tell_rights,
            "edit_party": lambda: self.edit_party(record),
            "note_referral": self.procedure.note_referral,
            "give_back": self.procedure.give_back,
            "tell_end": self.tell_end,
        }
        if act in known:
            known[act]()

    def step(self, target: str) -> None:
        """Take the dispute to a status: the form asks what the step needs."""
        offer = next((one for one in self._offers() if one.target == target), None)
        if offer is None:
            self._going.notices.tell(
                "现在还不能到那一步", "什么也没有动，看看“下一步”里能办的", kind="warning"
            )
        elif target == "90":
            self.void()
        else:
            self._ask_step(offer)

    def void(self) -> None:
        """Strike the dispute out: a question, with a typed reason."""
        reading, desk, dispute = self._host.reading, self._desk, self._dispute
        if reading is None:
            return
        talks = len(reading.case.sessions)
        kept = f"已有的 {talks} 次调解记录留着，" if talks else "写下的都留着，"
        text = f"**{reading.case.title}** 会从台账和报表里去掉。{kept}以后能恢复。"
        self._doing.question(
            "真要作废这件登记吗？",
            text,
            act="作废这件",
            agreed=lambda reason: self._doing.do(
                lambda: progress.void(desk, dispute, reason),
                "作废了",
                undo=lambda: progress.restore(desk, dispute),
            ),
        )

    def void_child(self, kind: str, record_id: str, name: str) -> None:
        """Strike a party or a record out, with a typed reason."""
        voids: Voids = {
            "party": parties.void, "session": sessions.void, "agreement": agreements.void,
            "follow_up": follow_ups.void, "attachment": attach.void,
        }  # fmt: skip
        text = (
            f"**{name}** 作废以后不再算数，写下的留着，改动记录里看得到。作废了不能恢复，写错了可以再添一份。"
        )
        self._doing.question(
            f"真要作废{name}吗？",
            text,
            act="作废",
            agreed=lambda reason: self._doing.do(
                lambda: voids[kind](self._desk, record_id, reason), f"{name}作废了"
            ),
        )

    def extend(self) -> None:
        """Move the mediation deadline with the consent of both sides."""

        def do(values: dict[str, Any]) -> object:
            until = day_of(values, "extended_to", "延到哪天")
            consent = day_of(values, "extension_consent_at", "双方哪天同意的")
            return progress.extend(self._desk, self._dispute, until=until, consent_on=consent)

        self._doing.ask("延期", self._asking.extension(self._record()), do, "期限改了")

    def appoint(self) -> None:
        """Make or move the appointment for the next session."""
        reading = self._host.reading
        known = dict(reading.case.dispute) if reading else {}
        title, said = ("改时间", "时间改了") if known.get("next_at") else ("约时间", "下次调解约好了")

        def do(values: dict[str, Any]) -> object:
            at = moment_of(values, "next_at", "下次什么时候")
            return progress.appoint(self._desk, self._dispute, at=at, place=str(values["next_place"] or ""))

        self._doing.ask(title, self._asking.appointment(known), do, said)

    def preview(self, paper: str, record: str = "", *, title: str = "") -> None:
        """Show a paper of this dispute as it will be printed. record: what it is about (papers.kinds)."""
        second = self._host.reading.case.title if self._host.reading else ""
        one = wanted.one(self._desk, self._dispute, paper, record, title=title, second=second)
        self._going.open(PreviewPage(self._desk, self._lanes, self._going, one))

    def note(self, title: str, names: Sequence[str], sentence: str) -> None:
        """Write down some fields of the dispute that belong to no step."""
        reading = self._host.reading
        known = dict(reading.case.dispute) if reading else {}

        def do(values: dict[str, Any]) -> object:
            return progress.change(self._desk, self._dispute, filled(values))

        self._doing.ask(title, self._asking.note(title, names, sentence, known), do, f"{title}，记下了")

    def give_back(self) -> None:
        """Note that the body that sent the matter was told its result."""
        names = ("returned_on", "returned_note")
        sentence = "把结果告诉委托、移送的单位，记下哪天、怎么告诉的。"

        def do(values: dict[str, Any]) -> object:
            on, note = day_of(values, names[0], "哪天告诉的"), str(values.get(names[1]) or "")
            return referral.give_back(self._desk, self._dispute, on=on, note=note)

        facts = self._asking.note("记反馈", names, sentence, {})
        self._doing.ask("记反馈", facts, do, "反馈记下了", then=[("看反馈函", lambda: self.preview(_REPLY))])

    def tell_end(self) -> None:
        """Note when and how both sides were told that mediation ended (人民调解法第二十六条)."""
        sentence = "告诉双方调解结束了，还可以走哪些路，记下什么时候、怎么告诉的。"
        self.note("记终止告知", ("end_told_at", "end_told_form"), sentence)

    def tell_rights(self) -> None:
        """Note that rights and duties were told, and consent given."""

        def do(values: dict[str, Any]) -> object:
            form, consent = str(values[TOLD].get("form") or ""), values[TOLD].get("consent") is True
            return parties.tell(self._desk, self._dispute, form=form, consent=consent)

        sheet = self._doing.ask("讲明权利义务", self._asking.telling(), do, "讲明权利义务，记下了")
        sheet.second_asked.connect(lambda: self.preview(_RIGHTS))

    def add_party(self) -> None:
        """One more party."""

        def do(values: dict[str, Any]) -> object:
            return parties.add(self._desk, self._dispute, filled(values))

        self._doing.ask("添一个当事人", self._asking.new_party(self._parties()), do, "当事人添上了")

    def edit_party(self, party_id: str) -> None:
        """Correct a party. An ID number that is shown is a reading, and noted."""
        reading, desk = self._host.reading, self._desk
        record = (
            next((one for one in reading.case.parties if one["id"] == party_id), None) if reading else None
        )
        if record is None:
            return
        kept = [name for name in ("id_no", "guardian_party_id") if record.get(name)]
        self._lanes.submit(
            "store",
            lambda: {**record, **{name: desk.reveal("party", party_id, name) for name in kept}},
            lambda known: self._open_party(party_id, known),
        )

    def edit_dispute(self) -> None:
        """Correct what was registered."""
        reading = self._host.reading
        if reading is None:
            return
        before = dict(reading.case.dispute)

        def do(values: dict[str, Any]) -> object:
            return progress.change(self._desk, self._dispute, changed(before, values))

        self._doing.ask("改登记内容", self._asking.dispute(before, reading.page.lacks), do, "改好了")

    def plan_visit(self) -> None:
        """Plan a follow-up by hand."""

        def do(values: dict[str, Any]) -> object:
            day = day_of(values, "planned_date", "约定哪天")
            return follow_ups.plan(self._desk, self._dispute, day=day, kind=str(values.get("kind") or "回访"))

        self._doing.ask("约一次回访", self._asking.plan(), do, "回访约好了")

    def visit(self, record: str = "") -> None:
        """Write a follow-up down; without one that is planned, plan one first."""
        reading = self._host.reading
        planned = [one.id for one in reading.visits if one.is_open] if reading else []
        visit = record or next(iter(planned), "")
        if not visit:
            self.plan_visit()
            return

        def do(values: dict[str, Any]) -> object:
            return follow_ups.record(self._desk, visit, filled(values))

        self._doing.ask("写回访", self._asking.visit(visit), do, "回访记下了")

    def perform(self, agreement: str, duty: str) -> None:
        """Note that one obligation was kept."""

        def do(values: dict[str, Any]) -> object:
            done, proof = day_of(values, "done_date", "哪天履行的"), str(values.get("proof_id") or "")
            return agreements.perform(self._desk, agreement, duty, done_on=done, proof_id=proof)

        reading = self._host.reading
        proofs = agreements.proofs(reading.case) if reading else ()
        self._doing.ask("记履行", self._asking.performance(duty, proofs), do, "履行记下了")

    def write_agreement(self, agreement: str = "") -> None:
        """Open the page of the agreement: a new one, or one to be corrected."""
        page = AgreementPage(
            self._desk, self._lanes, self._going, dispute_id=self._dispute, agreement=agreement
        )
        self._going.open(page)

    def print_agreement(self, agreement: str = "") -> None:
        """Show an agreement as it will be printed, the newest when none is named."""
        found = self._host.reading.agreements if self._host.reading else ()
        one = next((one for one in found if one.id == agreement), next(iter(found), None))
        if one:
            self.preview(one.paper, one.id)

    def _ask_step(self, offer: Offer) -> None:
        reading = self._host.reading
        if offer.target in ("70", "71") and reading:
            reasons = progress.end_reasons(reading.case.status, offer.target)
            self._doing.choices["end_reason"] = [Choice(code, name) for code, name in reasons]

        def do(values: dict[str, Any]) -> object:
            return progress.take_step(self._desk, self._dispute, target=offer.target, fields=filled(values))

        paper = _PAPER_OF_STEP.get(offer.target)
        then = [(f"看{paper}", lambda: self.preview(paper))] if paper else []
        facts = self._asking.step(offer, self._record())
        self._doing.ask(offer.verb, facts, do, f"{offer.verb}，记下了", then=then)

    def _open_party(self, party_id: str, known: dict[str, Any]) -> None:
        name = str(known.get("name") or "")

        def do(values: dict[str, Any]) -> object:
            return parties.change(self._desk, party_id, changed(known, values))

        facts = self._asking.party(party_id, known, self._parties())
        sheet = self._doing.ask(f"{name}的情况", facts, do, "改好了")
        sheet.second_asked.connect(lambda: self.void_child("party", party_id, name))

    def _record(self) -> Mapping[str, Any]:
        return self._host.reading.case.dispute if self._host.reading else {}

    def _parties(self) -> Sequence[Mapping[str, Any]]:
        return self._host.reading.case.parties if self._host.reading else ()

    def _offers(self) -> Sequence[Offer]:
        return self._host.reading.page.offers if self._host.reading else ()
