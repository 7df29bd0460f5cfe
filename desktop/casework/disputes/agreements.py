"""Agreements: written or oral, when they bind, until when a court may confirm them, whether they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes import duties, follow_ups
from desktop.casework.disputes.case import Case
from desktop.casework.disputes.deadlines import unkept
from desktop.casework.errors import Lack, NotAllowed, NotYet
from desktop.store import Changes, Edit
from sync.records import codes
from sync.records.agreement import AGREEMENT
from sync.records.field import Record
from sync.records.validate import complaints, is_empty

DRAFT_KEY = "agreement"
"""The next agreement of a dispute is kept under "agreement:<dispute id>"."""

AgreementDraft: TypeAlias = dict[str, Any]
"""Agreement fields by name, as in the declaration."""

REFUSED_TO_SIGN = "拒签"
_DEBTS = ("甲", "乙")


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for an agreement in a dispute (domain.md §1.6, §1.7, §1.11).

    must_write: the law leaves no choice. written_because: why it must or should be written, "" when either form
    will do. bar: code of CONFIRM_BAR or "". bar_sentence: the same for people.
    """

    must_write: bool
    written_because: str
    bar: str
    bar_sentence: str


def rules(dispute: Mapping[str, Any]) -> Rules:
    """The rules for an agreement in this dispute."""
    zz_type = str(dispute.get("zz_type") or "")
    must, bar = not duties.oral_allowed(zz_type), duties.confirm_bar(zz_type)
    hard = dispute.get("difficulty") in ("复杂", "疑难")
    because = "法律规定这一类要写书面协议" if must else "事情复杂，最好写下来" if hard else ""
    sentence = f"这份协议可能申请不了司法确认：涉及{codes.table('CONFIRM_BAR').text(bar)}" if bar else ""
    return Rules(must, because, bar, sentence)


def draft_key(dispute_id: str) -> str:
    """Under which name the store keeps the draft of a dispute's next agreement."""
    return f"{DRAFT_KEY}:{dispute_id}"


def blank(desk: Desk, dispute_id: str) -> AgreementDraft:
    """A new draft; only what the law leaves no choice about is filled in. Raises Gone."""
    case = cases.load(desk, dispute_id)
    draft: AgreementDraft = {"by": desk.account.id, "items": [""], "obligations": []}
    return {**draft, "form": "书面", "copies": len(case.parties) + 1} if rules(case.dispute).must_write else draft


def missing(desk: Desk, dispute_id: str, draft: AgreementDraft) -> tuple[Lack, ...]:
    """What the agreement still lacks; 口头 is barred where the type says so. Raises Gone."""
    case = cases.load(desk, dispute_id)
    return _lacks(case, _record(desk, case, draft))


def effective_date(agreement: Mapping[str, Any], parties: Sequence[Mapping[str, Any]]) -> str:
    """The day it binds: oral, the day agreed; written, the last of all marks, signature and seal (art. 29, 30).

    "" while a mark of 甲 or 乙, the mediator's signature or the seal is missing, or somebody refused to sign.
    """
    if agreement.get("form") == "口头":
        return str(agreement.get("agreed_on") or "")
    marks = {m.get("party_id"): m for m in agreement.get("party_marks") or () if m.get("kind") != REFUSED_TO_SIGN}
    bound = [party["id"] for party in parties if party.get("side") in _DEBTS]
    days = [marks.get(party, {}).get("date") for party in bound]
    days += [agreement.get("mediator_mark_date"), agreement.get("seal_date")]
    return max(str(day) for day in days) if all(days) else ""


def save(desk: Desk, dispute_id: str, draft: AgreementDraft) -> Changes:
    """Store a new agreement; a dispute in mediation goes on to 40, or to 60 when all is done already.

    Raises NotYet, NotAllowed when the dispute is not in mediation, Gone.
    """
    case = cases.load(desk, dispute_id)
    if case.status not in ("30", "40"):
        raise NotAllowed("受理以后、办结以前才能写协议。写好的都还在。先看看“下一步”。")
    agreement = _record(desk, case, draft)
    if lacks := _lacks(case, agreement):
        raise NotYet(lacks)
    agreement_id = desk.ids()
    edits = [Edit("agreement", agreement_id, agreement)]
    edits += follow_ups.after_agreement(desk, {**agreement, "id": agreement_id}, case.follow_ups)
    edits += _moves(desk, case, [*case.agreements, agreement], planned=len(edits) > 1)
    return desk.save(edits, draft=draft_key(dispute_id))


def change(desk: Desk, agreement_id: str, fields: Mapping[str, Any]) -> Changes:
    """Correct an agreement, add marks, note what the court did; the days that follow are computed anew."""
    case, before = cases.load_child(desk, "agreement", agreement_id)
    given = {name: value for name, value in fields.items() if name in AGREEMENT.by_name}
    after = {**before, **given}
    given |= {name: value or None for name, value in _days(desk, case, after).items()}
    record = {n: v for n, v in {**before, **given}.items() if n in AGREEMENT.by_name and v is not None}
    if lacks := _lacks(case, record):
        raise NotYet(lacks)
    edits = [Edit("agreement", agreement_id, given)]
    return desk.save([*edits, *follow_ups.after_agreement(desk, {**after, "id": agreement_id}, case.follow_ups)])


def perform(desk: Desk, agreement_id: str, obligation_id: str, *, done_on: date, proof_id: str = "") -> Changes:
    """Note that one obligation was kept; when all are, the agreement is 已履行 and the dispute goes to 60."""
    case, before = cases.load_child(desk, "agreement", agreement_id)
    done = {"done_date": done_on.isoformat(), **({"proof_id": proof_id} if proof_id else {})}
    kept = [{**duty, **done} if duty["id"] == obligation_id else duty for duty in _obligations(before)]
    given: Record = {"obligations": kept, "performance": "履行中" if unkept({"obligations": kept}) else "已履行"}
    others = [agreement for agreement in case.agreements if agreement["id"] != agreement_id]
    moves = _moves(desk, case, [*others, {**before, **given}], planned=False)
    return desk.save([Edit("agreement", agreement_id, given), *moves])


def void(desk: Desk, agreement_id: str, reason: str) -> Changes:
    """Strike an agreement out, with a reason, and the visits that were planned for it. Raises NotYet, Gone."""
    case, _ = cases.load_child(desk, "agreement", agreement_id)
    if not reason.strip():
        raise NotYet((Lack("reason", "为什么作废", "写一句为什么作废"),))
    struck: Record = {"void_at": desk.moment(), "void_reason": reason.strip()}
    visits = [v for v in case.follow_ups if v.get("agreement_id") == agreement_id and not v.get("done_date")]
    return desk.save(
        [Edit("agreement", agreement_id, struck), *(Edit("follow_up", str(visit["id"]), struck) for visit in visits)]
    )


def _record(desk: Desk, case: Case, draft: AgreementDraft) -> Record:
    given: Record = {n: v for n, v in draft.items() if n in AGREEMENT.by_name and not is_empty(v)}
    given["items"] = [line for line in draft.get("items") or [] if line.strip()]
    given["obligations"] = [{"id": desk.ids(), **duty} for duty in _obligations(draft)]
    given |= {"dispute_id": case.id, "confirm_state": given.get("confirm_state") or "未申请"}
    given |= {"recorder": given.get("recorder") or desk.account.id, **_days(desk, case, given)}
    performance = given.get("performance") or _performance(desk, given)
    filled = {**given, "confirm_bar": rules(case.dispute).bar, "performance": performance}
    return {name: value for name, value in filled.items() if not is_empty(value)}


def _days(desk: Desk, case: Case, agreement: Mapping[str, Any]) -> dict[str, str]:
    binds = effective_date(agreement, case.parties)
    written = binds and agreement.get("form") == "书面"
    until = desk.clock.confirm_by(date.fromisoformat(binds)).isoformat() if written else ""
    return {"effective_date": binds, "confirm_deadline": until}


def _performance(desk: Desk, agreement: Mapping[str, Any]) -> str:
    """What the due dates alone say; a person must say the rest."""
    duties_left, all_duties = unkept(agreement), _obligations(agreement)
    if all_duties and not duties_left:
        return "已履行"
    later = [duty for duty in duties_left if str(duty.get("due_date") or "") > desk.today.isoformat()]
    return "未到期" if all_duties and len(later) == len(all_duties) else ""


def _lacks(case: Case, record: Mapping[str, Any]) -> tuple[Lack, ...]:
    found = {c.field: c.message for c in complaints(AGREEMENT, record) if c.level == "error" and c.code != "unknown"}
    held = rules(case.dispute)
    if record.get("form") == "口头" and held.must_write:
        found["form"] = f"{held.written_because}，不能口头"
    return tuple(Lack(name, AGREEMENT.by_name[name].label, message) for name, message in found.items())


def _moves(desk: Desk, case: Case, agreements: Sequence[Mapping[str, Any]], *, planned: bool) -> list[Edit]:
    """Where the dispute goes now: all kept, to 60 with a visit; else to 40."""
    if all(agreement.get("performance") == "已履行" for agreement in agreements) and case.status in ("30", "40"):
        visit = [] if planned else follow_ups.after_settling(desk, case)
        return [Edit("dispute", case.id, {"status": "60"}), *visit]
    return [Edit("dispute", case.id, {"status": "40"})] if case.status == "30" else []


def _obligations(agreement: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(agreement.get("obligations") or ())
