"""The forms of the procedure's smaller acts: another mediator, the result told, bodies that join, a breach, a court."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import breach, referral
from desktop.casework.disputes.confirmation import Application
from desktop.casework.errors import Lack
from desktop.casework.organisations.subsidy import Rate
from desktop.views import words
from desktop.views.disputes.forms.sheet import SheetFacts
from desktop.views.disputes.page.asking import fields
from desktop.views.kit import Choice
from sync.records import RECORD_TYPES, codes
from sync.records.field import Field, Value
from sync.records.kinds import reference

_REFERRAL = ("source", *referral.FIELDS)
_RETURNED = ("returned_on", "returned_note")
_BREACH = ("performance", "breached_on", "breach_way", "breach_note")
_COURT = ("confirm_state", "court", "confirm_applied_at", "confirm_ruled_at", "ruling_no")


@dataclass(frozen=True)
class ProcedureForms:
    """The forms of one dispute."""

    desk: Desk
    dispute_id: str

    def replacement(self, seated: Sequence[str]) -> SheetFacts:
        """Who goes, who comes, who asked and why; the one who mediates alone is who goes."""
        parts = {part.name: part for part in RECORD_TYPES["dispute"].by_name["replacements"].parts}
        asked = [parts[name] for name in ("former_id", "next_id", "asked_by", "reason")]
        name = self.desk.directory.mediator_name
        known: dict[str, Value] = {"former_id": seated[0]} if len(seated) == 1 else {}
        return SheetFacts(
            asked, "换人", self._key("replace"), "从今天起由换上来的人调解。要回避的、当事人不放心的，都可以换。",
            frozenset({"former_id", "next_id", "reason"}), known,
            choices={
                "former_id": [Choice(one, name(one)) for one in seated],
                "next_id": self._hosts(leaving_out=seated),
            },
        )  # fmt: skip

    def referral(self, dispute: Mapping[str, Any]) -> SheetFacts:
        """Who sent it, by which letter, on which day."""
        asked = referral.asked_fields(str(dispute.get("source") or ""))
        known = {name: dispute.get(name) for name in asked}
        sentence = "委托、移送来的，记下是谁、哪天、凭哪份函。"
        return SheetFacts(fields("dispute", asked), "记下", self._key("referral"), sentence, values=known)

    def result_told(self, dispute: Mapping[str, Any]) -> SheetFacts:
        """When and how the sending body was told the result."""
        known: dict[str, Value] = {"returned_on": self.desk.today.isoformat()}
        to = dispute.get("referred_by") or "委托、移送的单位"
        sentence = f"把结果告诉{to}，记下哪天、怎么告诉的。"
        asked = fields("dispute", _RETURNED)
        return SheetFacts(asked, "记下", self._key("returned"), sentence, frozenset(_RETURNED), known)

    def joint(self, dispute: Mapping[str, Any]) -> SheetFacts:
        """Which bodies mediate together, and who came from each."""
        names = ("linkage", "joint_bodies")
        likely = referral.likely_linkage(str(dispute.get("source") or ""))
        hint = f"从来源看，多半是{codes.table('LINKAGE').text(likely)}，由您定。" if likely else ""
        known = {name: dispute.get(name) for name in names}
        sentence = f"几家一起调的，写上是哪几家、来的是谁。{hint}"
        return SheetFacts(fields("dispute", names), "记下", self._key("joint"), sentence, values=known)

    def breach(self, agreement: Mapping[str, Any], dispute: Mapping[str, Any]) -> SheetFacts:
        """What stands, since when it is known, which of the open ways is gone."""
        ways = breach.ways(agreement, dispute)

        def says(values: Mapping[str, Any]) -> list[str]:
            chosen = [way for way in ways if way.code == values.get("breach_way")]
            return [f"**{way.name}** {way.how.rstrip('。')}（{way.article}）" for way in chosen or ways]

        known: dict[str, Value] = {name: agreement.get(name) for name in _BREACH}
        if known["performance"] not in breach.STANDINGS:
            known["performance"] = None
        standings = [Choice(one, codes.table("PERFORMANCE").text(one)) for one in breach.STANDINGS]
        choices = {"performance": standings, "breach_way": [Choice(way.code, way.name) for way in ways]}
        key, needed = f"sheet:breach:{agreement['id']}", frozenset({"performance", "breached_on"})
        sentence = "谁没做到、现在怎么样，照实记。走哪条路由当事人定。"
        return SheetFacts(
            fields("agreement", _BREACH), "记下", key, sentence, needed, known, choices=choices, says=says
        )

    def court(self, facts: Application, agreement: Mapping[str, Any]) -> SheetFacts:
        """Asking the court to confirm: what it still lacks, until when, and what came of it."""
        known: dict[str, Value] = {name: agreement.get(name) for name in _COURT}
        key = f"sheet:court:{facts.agreement_id}"
        return SheetFacts(
            fields("agreement", _COURT), "记下", key, self._last_day(facts), frozenset({"confirm_state"}), known,
            doubts=_together(facts.lacks),
            says=lambda _values: [f"**要交的** {'；'.join(facts.materials)}"],
        )  # fmt: skip

    def subsidy(self, rates: Sequence[Rate], chosen: str) -> SheetFacts:
        """Which class of the district's table the case is paid by."""
        label = RECORD_TYPES["dispute"].by_name["subsidy_class"].label
        asked: list[Field] = [reference("subsidy_class", label, "subsidy_rate")]
        choices = [Choice(rate.name, f"{rate.name} {words.money(rate.amount_cents)} 元") for rate in rates]

        def says(values: Mapping[str, Any]) -> list[str]:
            picked = [rate for rate in rates if rate.name == values.get("subsidy_class")]
            return [f"**{rate.name}** {rate.terms}" for rate in picked or rates if rate.terms]

        return SheetFacts(
            asked, "记下", self._key("subsidy"), "照区里的标准选一档，由司法所审定。", frozenset({"subsidy_class"}),
            {"subsidy_class": chosen or None}, choices={"subsidy_class": choices}, says=says,
        )  # fmt: skip

    def _last_day(self, facts: Application) -> str:
        if facts.last_day is None:
            return "双方一起向法院申请，从协议生效起三十天内。"
        left = words.days_left(facts.last_day, self.desk.today)
        return f"双方一起向法院申请，最后一天 {words.deadline_day(facts.last_day, self.desk.today)}（{left}）。"

    def _hosts(self, *, leaving_out: Iterable[str]) -> list[Choice]:
        out = set(leaving_out)
        found = self.desk.directory.mediators(self.desk.today.isoformat())
        return [Choice(str(one["id"]), str(one["name"])) for one in found if one["id"] not in out]

    def _key(self, what: str) -> str:
        return f"sheet:{what}:{self.dispute_id}"


def _together(lacks: Sequence[Lack]) -> list[Lack]:
    """What is lacking of the parties as one line; the rest as it is said."""
    of_parties = [lack.label for lack in lacks if "." in lack.target]
    said = [lack for lack in lacks if "." not in lack.target]
    if of_parties:
        said.append(Lack("parties", "当事人", f"法院要、这里还没有：{'、'.join(of_parties)}", "warning"))
    return said
