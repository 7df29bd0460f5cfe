"""Taking a dispute from step to step: what may be done now, what is missing for it, and doing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes import closed, crowd, follow_ups, parties, referral, register, suspension
from desktop.casework.disputes.case import Case
from desktop.casework.errors import Lack, NotAllowed, NotYet
from desktop.store import Changes, Edit
from sync.records import codes
from sync.records.dispute import DISPUTE
from sync.records.field import Record
from sync.records.party import PARTY
from sync.records.record_type import Step
from sync.records.states import steps_from, unmet_by_party, unmet_on_desk
from sync.records.validate import complaints, is_empty

_SENTENCES = {
    "20": "交给能受理的组织去定，首问责任还在您这里。",
    "30": "今天开始算调解期限，经办人和期限一并记上。",
    "21": "要告诉当事人可以去哪里：仲裁、行政机关或法院。",
    "31": "等鉴定等期间不算在调解期限里。",
    "40": "该履行的日子到了会提醒。",
    "50": "移到别处，这里还看得到办到哪一步。",
    "60": "会约好一次回访。",
    "70": "结束后过一阵会提醒回访。",
    "71": "要告诉双方还可以仲裁、找行政机关或起诉。",
    "80": "归入卷宗，不再改动。",
    "90": "作废以后不再统计，内容都留着，可以恢复。",
    "10": "从登记那一步重新开始。",
}
_GRAVE = frozenset({"21", "71", "90"})
_END = ("end_reason", "end_date", "end_note", "resolve_way", "resolve_level", "is_success")
_TOLD = ("end_told_at", "end_told_form", "returned_on", "returned_note")
"""What was told of an end that no longer holds once mediation begins anew."""
_SAID_BY_THE_VERB = {"自行和解": {"end_reason": "14", "resolve_way": "06"}}


@dataclass(frozen=True, slots=True)
class Offer:
    """A step this person may take now.

    verb: the button. target: the status it leads to. asks: dispute fields the act asks for; "told" among them
    means {"consent": bool, "form": 口头|书面} for all parties. lacks: what else is missing, with warnings that
    do not bar the step. grave: it wants a second look. sentence: what will follow from it. wishes: fields offered
    with the step that may stay empty. proposed: facts of the desk (who files, today) to stand in the form.
    """

    verb: str
    target: str
    asks: tuple[str, ...]
    lacks: tuple[Lack, ...]
    grave: bool
    sentence: str
    wishes: tuple[str, ...] = ()
    proposed: Mapping[str, Any] = field(default_factory=dict)


def offers(desk: Desk, dispute_id: str) -> tuple[Offer, ...]:
    """The steps this person may take from here, the usual one first. Raises Gone."""
    return offers_of(desk, cases.load(desk, dispute_id))


def offers_of(desk: Desk, case: Case) -> tuple[Offer, ...]:
    """The same for a case already read."""
    steps = steps_from(DISPUTE, case.status, desk.account.roles)
    if case.status in ("10", "20"):
        steps.sort(key=lambda step: step.target != "30")
    return tuple(_offer(desk, case, step) for step in steps)


def take_step(desk: Desk, dispute_id: str, *, target: str, fields: Mapping[str, Any], reason: str = "") -> Changes:
    """Move the dispute to `target` with the fields the step asks for ("told" for the parties), in one save.

    Raises NotAllowed when no step of this person leads there, NotYet when something is missing, Gone.
    """
    case = cases.load(desk, dispute_id)
    step = next((s for s in steps_from(DISPUTE, case.status, desk.account.roles) if s.target == target), None)
    if step is None:
        raise NotAllowed("从现在这一步不能直接到那一步，或者不归这个身份办。什么也没有动。看看“下一步”里能办的。")
    given = _complete(desk, case, step, {**fields, **({"void_reason": reason} if target == "90" else {})})
    told = fields.get("told") or {}
    if lacks := (*_lacks(case, step, given), *_leader_lacks(desk, case, given), *_party_lacks(case, step, told)):
        raise NotYet(lacks)
    return desk.save(
        [Edit("dispute", case.id, given), *_party_edits(desk, case, told), *_follow(desk, case, step, given)]
    )


def end_reasons(status: str, target: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the reasons that fit an end: settled ones for 70, the others for 71 (domain.md §1.8).

    What was handed over may also be closed with the reason why it left.
    """
    reasons = codes.table("END_REASON").items.values()
    fitting = [r for r in reasons if r.more["settled"] is (target == "70")]
    if status == "50" and target == "70":
        fitting += [r for r in reasons if r.more["settled"] is False]
    return tuple((reason.code, reason.name) for reason in fitting)


def void(desk: Desk, dispute_id: str, reason: str) -> Changes:
    """Strike the dispute out, with a reason; everything stays readable. Raises NotYet without one."""
    return take_step(desk, dispute_id, target="90", fields={}, reason=reason.strip())


def restore(desk: Desk, dispute_id: str) -> Changes:
    """Take a struck-out dispute back; it starts again at 登记."""
    return take_step(desk, dispute_id, target="10", fields={})


def extend(desk: Desk, dispute_id: str, *, until: date, consent_on: date | None) -> Changes:
    """Move the mediation deadline, with the consent of both sides and before it has passed (domain.md §1.5).

    Raises NotYet without consent, NotAllowed when it is too late or the new day is not later.
    """
    case = cases.load(desk, dispute_id)
    end = str(case.dispute.get("extended_to") or case.dispute.get("deadline") or "")
    if case.status != "30" or not end:
        raise NotAllowed("只有正在调解的才能延期。什么也没有动。")
    if consent_on is None:
        raise NotYet((Lack("extension_consent_at", "双方同意延期", "双方都同意才能延期，填上是哪天同意的"),))
    if consent_on.isoformat() > end:
        raise NotAllowed("期限已经过了，不能再延。原来的期限还在。可以按“期限届满未达成协议”结束，再重新调解。")
    if consent_on > desk.today:
        raise NotYet((Lack("extension_consent_at", "双方同意延期", "双方同意的那天还没到，核对一下"),))
    if until.isoformat() <= end:
        raise NotAllowed("新的期限要比原来的晚。原来的期限还在。换一个日子。")
    given: Record = {"extended_to": until.isoformat(), "extension_consent_at": consent_on.isoformat()}
    return desk.save([Edit("dispute", case.id, given)])


def appoint(desk: Desk, dispute_id: str, *, at: datetime, place: str) -> Changes:
    """Make or move the appointment for the next session. Raises NotAllowed, NotYet, Gone."""
    case = cases.load(desk, dispute_id)
    if case.status != "30":
        raise NotAllowed("只有正在调解的才约下次时间。什么也没有动。")
    if at < desk.now():
        raise NotYet((Lack("next_at", "下次调解", "约的时间已经过了，换一个以后的时间"),))
    given: Record = {"next_at": at.isoformat(timespec="seconds"), "next_place": place.strip() or None}
    return desk.save([Edit("dispute", case.id, given)])


def change(desk: Desk, dispute_id: str, fields: Mapping[str, Any]) -> Changes:
    """Correct fields of a dispute that belong to no step; joint mediation (linkage, joint_bodies) among them.

    Raises NotYet, NotAllowed, Gone.
    """
    case = cases.load(desk, dispute_id)
    barred = [n for n in fields if n not in DISPUTE.by_name or DISPUTE.by_name[n].automatic or n in _END]
    if barred:
        raise NotAllowed("这一项跟着办理步骤走，不能单独改。什么也没有动。")
    types = codes.other_types(fields["zz_type"]) if fields.get("zz_type") else {}
    given = {**{name: _with_ids(desk, name, value) for name, value in fields.items()}, **types}
    after = {**case.dispute, **given}
    if not closed.may_read(desk, after):
        raise NotAllowed("关起门谈以后只有经办人能看，您不在经办人里。什么也没有动。先把自己添为协办调解员。")
    if lacks := _complaints(after, given):
        raise NotYet(lacks)
    return desk.save([Edit("dispute", case.id, given)])


def _with_ids(desk: Desk, name: str, value: Any) -> Any:
    """Entries that a form has just made get their own ids (joint_bodies)."""
    if DISPUTE.by_name[name].kind != "items" or not isinstance(value, list):
        return value
    return [{"id": desk.ids(), **entry} if isinstance(entry, dict) else entry for entry in value]


def _offer(desk: Desk, case: Case, step: Step) -> Offer:
    given = _complete(desk, case, step, {})
    asks = tuple(lack.target for lack in (*_lacks(case, step, given), *_leader_lacks(desk, case, given)))
    told = _party_lacks(case, step, {})
    return Offer(
        verb=step.verb,
        target=step.target,
        asks=(*asks, *(("told",) if told else ())),
        lacks=_doubts(case, step),
        grave=step.target in _GRAVE,
        sentence=_SENTENCES[step.target],
        wishes=step.wishes,
        proposed=_proposed(desk, case) if step.target == "80" else {},
    )


def _proposed(desk: Desk, case: Case) -> dict[str, Any]:
    """Facts of the desk for the filing of a dossier; how long it is kept is a person's choice (§1.10)."""
    today = desk.today.isoformat()
    known = {"filed_by": desk.account.name, "filed_on": today, "archived_on": today}
    return {name: value for name, value in known.items() if not case.dispute.get(name)}


def _complete(desk: Desk, case: Case, step: Step, fields: Mapping[str, Any]) -> Record:
    """The fields of the step with what follows from the step itself."""
    given: Record = {n: v for n, v in fields.items() if n in DISPUTE.by_name}
    given = {**_SAID_BY_THE_VERB.get(step.verb, {}), **given, "status": step.target}
    if step.target == "30":
        given |= _back_in_mediation(desk, case, given)
    if step.target == "31" and given.get("end_note"):
        given |= suspension.begun(case.dispute, new_id=desk.ids(), on=desk.today, reason=str(given["end_note"]))
    if step.target == "71" and case.status == "31":
        given = {**suspension.closed_entry(case.dispute, desk.today), **given}
    if step.target == "10":
        given |= {"void_at": None, "void_reason": None}
    if step.target == "90":
        given["void_at"] = desk.moment()
    if given.get("end_reason"):
        given["is_success"] = codes.table("END_REASON").items[str(given["end_reason"])].more.get("settled")
    return given


def _back_in_mediation(desk: Desk, case: Case, given: Record) -> Record:
    if case.status == "31":
        return suspension.ended(case.dispute, desk.today, desk.calendar)
    opened = register.acceptance(desk, {**case.dispute, **given}, desk.today)
    kept = {n: case.dispute.get(n) for n in ("accept_date", "org_id") if case.dispute.get(n)}
    ended = {n: None for n in (*_END, *_TOLD) if n in case.dispute}
    again = {"extended_to": None, "extension_consent_at": None} if case.dispute.get("extended_to") else {}
    return {**opened, **kept, **ended, **again, **{n: v for n, v in given.items() if not is_empty(v)}}


def _lacks(case: Case, step: Step, given: Record) -> tuple[Lack, ...]:
    """What the record would lack after the step, by the step's needs, the declaration and plain sense."""
    after = {name: value for name, value in {**case.dispute, **given}.items() if value is not None}
    found = {lack.target: lack.message for lack in _complaints(after, given)}
    said_now = {**after, **{name: given.get(name) for name in step.desk_needs}}
    found |= {complaint.field: complaint.message for complaint in unmet_on_desk(DISPUTE, step, said_now)}
    if not after.get("end_note") and (step.target == "31" or after.get("refuse_reason") == "99"):
        found["end_note"] = "写一句为什么"
    if given.get("end_reason") and given["end_reason"] not in dict(end_reasons(case.status, step.target)):
        found["end_reason"] = f"“{codes.table('END_REASON').text(str(given['end_reason']))}”不是{step.verb}"
    return tuple(Lack(name, DISPUTE.by_name[name].label, message) for name, message in found.items())


def _leader_lacks(desk: Desk, case: Case, given: Record) -> tuple[Lack, ...]:
    """Whoever leads a mediation that is opened must be in office."""
    host = str(given.get("host_mediator_id") or "")
    if given["status"] != "30" or case.status == "31" or not host:
        return ()
    why = register.not_leading(desk, host)
    return (Lack("host_mediator_id", DISPUTE.by_name["host_mediator_id"].label, why),) if why else ()


def _complaints(record: Mapping[str, Any], given: Mapping[str, Any]) -> tuple[Lack, ...]:
    """What is missing, and what is wrong with what is given: a code only a newer program knows bars nobody."""
    known = {name: value for name, value in record.items() if name in DISPUTE.by_name and value is not None}
    wrong = [c for c in complaints(DISPUTE, known) if c.level == "error"]
    found = [c for c in wrong if c.code == "missing" or c.field in given]
    return tuple(Lack(c.field, DISPUTE.by_name[c.field].label, c.message) for c in found)


def _party_lacks(case: Case, step: Step, told: Mapping[str, Any]) -> tuple[Lack, ...]:
    stands_in = {"rights_told_at": "x", "rights_told_form": told.get("form"), "consent_mediation": told.get("consent")}
    return tuple(
        Lack(f"{party['id']}.{complaint.field}", PARTY.by_name[complaint.field].label, complaint.message)
        for party in case.parties
        for complaint in unmet_by_party(PARTY, step, {**party, **(stands_in if told else {})})
    )


def _party_edits(desk: Desk, case: Case, told: Mapping[str, Any]) -> list[Edit]:
    if not told:
        return []
    said = parties.told(desk, form=str(told.get("form", "")), consent=told.get("consent") is True)
    return [Edit("party", str(party["id"]), said) for party in case.parties]


def _follow(desk: Desk, case: Case, step: Step, given: Record) -> list[Edit]:
    if step.target == "60":
        return follow_ups.after_settling(desk, case)
    return follow_ups.after_closing(desk, case, str(given["end_date"])) if step.target == "70" else []


def _doubts(case: Case, step: Step) -> tuple[Lack, ...]:
    """What does not bar the step and should be looked at."""
    visited = any(visit.get("done_date") for visit in case.follow_ups)
    found: list[Lack] = []
    if step.target == "40" and not case.agreements:
        found.append(Lack("agreement", "协议", "还没写协议；先写协议，会自动到这一步", "warning"))
    if step.target == "70" and case.status == "60" and not visited:
        found.append(Lack("follow_up", "回访", "还没有回访过，当事人的话还没听到", "warning"))
    if step.target == "30":
        found += crowd.doubts(case.parties)
    if step.target == "80" and referral.to_return(case.dispute):
        found.append(Lack("returned_on", "告诉委托单位", "结果还没有告诉委托、移送的单位", "warning"))
    return tuple(found)
