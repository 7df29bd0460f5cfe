"""What each act of a dispute asks: its fields in the order a person tells them, which are needed, what is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import follow_ups
from desktop.casework.disputes.progress import Offer
from desktop.casework.errors import Lack, NotYet
from desktop.views.disputes.forms.sheet import TOLD, SheetFacts
from desktop.views.disputes.page import consequences
from desktop.views.kit import Choice
from sync.records import RECORD_TYPES
from sync.records.field import Field, Value
from sync.records.kinds import reference

_ALSO = {"70": ("end_note",), "71": ("end_note",), "50": ("end_note",)}
_PARTY = ("side", "name", "kind", "sex", "birth_date", "age", "phone", "address", "id_type", "id_no", "ethnic",
          "occupation", "credit_code", "legal_rep", "agent_name", "agent_letter_id", "guardian_party_id",
          "is_representative", "represents")  # fmt: skip
_DISPUTE = ("title", "zz_type", "place_code", "place_text", "source", "happen_date", "summary", "claims",
            "people_count", "amount_cents", "risk", "difficulty", "scale", "unit_involved", "co_mediator_ids",
            "closed_session", "special_groups", "migrant_worker", "resp_unit", "resp_person", "leader_in_charge",
            "prevented", "prevented_people")  # fmt: skip
_VISIT = ("done_date", "way", "respondent", "performance", "satisfaction", "left_over_risk", "content", "measures",
          "sued", "sued_result")  # fmt: skip
_PARTY_NEEDS = frozenset({"side", "name", "kind"})
_DISPUTE_NEEDS = frozenset({"title", "zz_type", "place_code", "summary", "people_count", "closed_session"})
_VISIT_NEEDS = frozenset({"done_date", "way", "left_over_risk", "content"})


@dataclass(frozen=True)
class Asking:
    """The forms of one dispute."""

    desk: Desk
    dispute_id: str

    def step(self, offer: Offer, dispute: Mapping[str, Any]) -> SheetFacts:
        """What a step needs, and what may be said with it; below, what follows from it (consequences).

        Only what the desk knows is filled in: today, who files.
        """
        asks = [name for name in offer.asks if name != TOLD]
        names = tuple(dict.fromkeys([*asks, *offer.wishes, *_ALSO.get(offer.target, ())]))
        today: dict[str, Value] = {"end_date": self._today(), "refuse_told_at": self.desk.moment()}
        return SheetFacts(
            fields("dispute", names),
            offer.verb,
            self._key(f"step:{offer.target}"),
            offer.sentence,
            needed=frozenset(asks),
            values={name: value for name, value in {**today, **offer.proposed}.items() if name in names},
            doubts=offer.lacks,
            told=TOLD in offer.asks,
            is_grave=offer.grave,
            says=consequences.of_step(self.desk, offer.target, dispute),
        )

    def extension(self, dispute: Mapping[str, Any]) -> SheetFacts:
        """Until when, and since when both agree."""
        names = ("extended_to", "extension_consent_at")
        sentence = "只有双方都同意才能延期，要在期限过去之前。"
        says = consequences.of_extension(self.desk, dispute)
        return SheetFacts(
            fields("dispute", names), "延期", self._key("extend"), sentence, frozenset(names), says=says
        )

    def appointment(self, known: dict[str, Value]) -> SheetFacts:
        """When and where the next session is."""
        names = ("next_at", "next_place")
        key, sentence = self._key("appoint"), "到那天会在今日里提醒。"
        return SheetFacts(fields("dispute", names), "约好", key, sentence, frozenset({"next_at"}), known)

    def telling(self) -> SheetFacts:
        """How the rights were told, and whether both consent."""
        sentence = "向双方讲明权利义务，问同不同意调解。"
        return SheetFacts((), "记下", self._key("told"), sentence, told=True, second="先打印告知书")

    def note(self, title: str, names: Iterable[str], sentence: str, known: dict[str, Value]) -> SheetFacts:
        """Some fields of the dispute that belong to no step."""
        asked = fields("dispute", names)
        return SheetFacts(asked, "记下", self._key(f"note:{title}"), sentence, values=known)

    def new_party(self, others: Sequence[Mapping[str, Any]]) -> SheetFacts:
        """One more party; any of `others` who is grown up may be its guardian."""
        choices = {"guardian_party_id": grown_up(others)}
        key = self._key("party")
        return SheetFacts(fields("party", _PARTY), "添上", key, needed=_PARTY_NEEDS, choices=choices)

    def party(
        self, party_id: str, known: dict[str, Value], others: Sequence[Mapping[str, Any]]
    ) -> SheetFacts:
        """A party to be corrected, or struck out."""
        choices = {"guardian_party_id": grown_up([one for one in others if one["id"] != party_id])}
        return SheetFacts(
            fields("party", _PARTY),
            "改好了",
            f"sheet:party:{party_id}",
            needed=_PARTY_NEEDS,
            values=known,
            second="作废这个当事人",
            choices=choices,
        )

    def dispute(self, known: dict[str, Value], lacks: Iterable[Lack]) -> SheetFacts:
        """What was registered, to be corrected."""
        needed = _DISPUTE_NEEDS | {lack.target for lack in lacks}
        sentence = "改动都会留在“改动记录”里。"
        return SheetFacts(fields("dispute", _DISPUTE), "改好了", self._key("edit"), sentence, needed, known)

    def plan(self) -> SheetFacts:
        """A visit to come."""
        names = ("planned_date", "kind")
        return SheetFacts(
            fields("follow_up", names), "约好", self._key("plan"), needed=frozenset({"planned_date"})
        )

    def visit(self, visit_id: str) -> SheetFacts:
        """A visit that was made; what the person said is never filled in."""
        sentence = "当事人怎么说就怎么记；没表态的，留空或选“未表态”。"
        known: dict[str, Value] = {"done_date": self._today()}
        key = follow_ups.draft_key(visit_id)
        return SheetFacts(fields("follow_up", _VISIT), "记下这次回访", key, sentence, _VISIT_NEEDS, known)

    def performance(self, duty: str, proofs: Sequence[tuple[str, str]]) -> SheetFacts:
        """When an obligation was kept, and the proof: one of the attachments (id, name)."""
        parts = {part.name: part for part in RECORD_TYPES["agreement"].by_name["obligations"].parts}
        asked = [parts["done_date"]]
        sentence = "全部履行了，会约好一次回访。"
        if proofs:
            asked.append(reference("proof_id", parts["proof_id"].label, "attachment"))
        else:
            sentence += "收条、转账截图要留的，先添到“附件”里，这里就能选。"
        known: dict[str, Value] = {"done_date": self._today()}
        needed, key = frozenset({"done_date"}), self._key(f"perform:{duty}")
        choices = {"proof_id": [Choice(*proof) for proof in proofs]}
        return SheetFacts(asked, "记下履行", key, sentence, needed, known, choices=choices)

    def _today(self) -> str:
        return self.desk.today.isoformat()

    def _key(self, what: str) -> str:
        return f"sheet:{what}:{self.dispute_id}"


def fields(kind: str, names: Iterable[str]) -> list[Field]:
    """Declared fields of a record type, in this order."""
    declared = RECORD_TYPES[kind].by_name
    return [declared[name] for name in names if name in declared]


def grown_up(parties: Iterable[Mapping[str, Any]]) -> list[Choice]:
    """Who may be a guardian: the parties that are no children."""
    return [Choice(str(one["id"]), str(one.get("name") or "")) for one in parties if not one.get("is_minor")]


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled at all."""
    return {name: value for name, value in values.items() if value is not None}


def changed(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not as it was; an emptied field is None."""
    return {name: value for name, value in values.items() if before.get(name) != value}


def day_of(values: Mapping[str, Any], name: str, label: str) -> date:
    """A day that must be there. Raises NotYet."""
    return date.fromisoformat(_said(values, name, label))


def moment_of(values: Mapping[str, Any], name: str, label: str) -> datetime:
    """A moment that must be there. Raises NotYet."""
    return datetime.fromisoformat(_said(values, name, label))


def _said(values: Mapping[str, Any], name: str, label: str) -> str:
    said = values.get(name)
    if not isinstance(said, str) or not said:
        raise NotYet((Lack(name, label, f"填上{label}"),))
    return said
