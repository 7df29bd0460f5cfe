"""Agreements: written or oral, when they bind, until when a court may confirm them, whether they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes import duties, follow_ups, obligations
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

ORAL, WRITTEN = "口头", "书面"
ASKED: Mapping[str, tuple[str, ...]] = {
    ORAL: ("agreed_on", "items", "obligations", "amount_cents", "performance"),
    WRITTEN: ("facts", "issues", "liability", "obligations", "items", "amount_cents", "copies", "party_marks",
              "mediator_mark_date", "seal_date", "performance"),
}  # fmt: skip
"""What a form asks for, in its order. An oral agreement asks for nothing the law does not (L-RMTJ 28, 30)."""

_MOST_ITEMS = AGREEMENT.by_name["items"].limit
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
    return _with_form(desk, case, draft, WRITTEN) if rules(case.dispute).must_write else draft


def with_form(desk: Desk, dispute_id: str, draft: AgreementDraft, form: str) -> AgreementDraft:
    """The draft once its form is chosen, with what is known already where nothing is written yet. Raises Gone.

    书面: the facts and points at issue as registered, a copy for each party and the committee. 口头: today.
    """
    return _with_form(desk, cases.load(desk, dispute_id), draft, form)


def _with_form(desk: Desk, case: Case, draft: AgreementDraft, form: str) -> AgreementDraft:
    claims = case.dispute.get("claims")
    known: Record = {"agreed_on": desk.today.isoformat()}
    if form == WRITTEN:
        issues = "；".join(map(str, claims)) if isinstance(claims, list) else ""
        known = {"facts": case.dispute.get("summary"), "issues": issues, "copies": len(recipients(desk, case))}
    empty = {name: value for name, value in known.items() if value and is_empty(draft.get(name))}
    return {**draft, **empty, "form": form}


def recipients(desk: Desk, case: Case) -> tuple[str, ...]:
    """Who gets a copy: every party, and the committee (人民调解法第二十九条)."""
    names = [str(party.get("name") or "") for party in case.parties]
    return (*names, desk.directory.org_name(str(case.dispute.get("org_id") or "")) or "人民调解委员会")


def hints(desk: Desk, dispute_id: str, draft: AgreementDraft) -> tuple[Lack, ...]:
    """What to look at before the agreement is done with; nothing of it bars anything. Raises Gone."""
    case = cases.load(desk, dispute_id)
    held, people = rules(case.dispute), len(recipients(desk, case))
    is_oral, later = draft.get("form") == ORAL, bool(unkept(draft))
    copies = draft.get("copies")
    few = isinstance(copies, int) and 0 < copies < people and not is_oral
    found = (
        ("amount_cents", "协议涉及金额", obligations.sum_hint(draft)),
        ("form", "协议形式", held.written_because if is_oral and not held.must_write else ""),
        ("form", "协议形式", "还有没当场履行的，写成书面的，日后好催、好申请司法确认" if is_oral and later else ""),
        ("copies", "一式几份", f"当事人各一份，调委会一份，要 {people} 份" if few else ""),
        ("confirm_bar", "司法确认", held.bar_sentence if not is_oral else ""),
    )
    return tuple(Lack(target, label, said, "warning") for target, label, said in found if said)


def missing(desk: Desk, dispute_id: str, draft: AgreementDraft) -> tuple[Lack, ...]:
    """What the agreement still lacks; 口头 is barred where the type says so. Raises Gone."""
    case = cases.load(desk, dispute_id)
    return _lacks(case, _record(desk, case, draft))


def effective_date(agreement: Mapping[str, Any], parties: Sequence[Mapping[str, Any]]) -> str:
    """The day it binds: oral, the day agreed; written, the last of all marks, signature and seal (art. 29, 30).

    "" while a mark of 甲 or 乙, the mediator's signature or the seal is missing, or somebody refused to sign.
    """
    if agreement.get("form") == ORAL:
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
    """Note that one obligation was kept; when all are, the agreement is 已履行 and the dispute goes to 60.

    proof_id: an attachment of this dispute (a receipt, a bank slip). Raises NotYet when there is no such one, Gone.
    """
    case, before = cases.load_child(desk, "agreement", agreement_id)
    if proof_id and proof_id not in {attachment for attachment, _ in proofs(case)}:
        raise NotYet((Lack("proof_id", "凭证", "凭证要先添到附件里，再从附件里选"),))
    done = {"done_date": done_on.isoformat(), **({"proof_id": proof_id} if proof_id else {})}
    kept = [{**duty, **done} if duty["id"] == obligation_id else duty for duty in _obligations(before)]
    given: Record = {"obligations": kept, "performance": "履行中" if unkept({"obligations": kept}) else "已履行"}
    others = [agreement for agreement in case.agreements if agreement["id"] != agreement_id]
    moves = _moves(desk, case, [*others, {**before, **given}], planned=False)
    return desk.save([Edit("agreement", agreement_id, given), *moves])


def proofs(case: Case) -> tuple[tuple[str, str], ...]:
    """(id, name) of the attachments that may prove a performance, the newest first."""
    found = [a for a in case.children.get("attachment", ()) if not a.get("void_at")]
    return tuple((str(a["id"]), str(a.get("name") or "")) for a in reversed(found))


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
    given["obligations"] = [{"id": desk.ids(), **duty} for duty in _obligations(draft)]
    said = [line for line in draft.get("items") or [] if line.strip()]
    given["items"] = said or [obligations.clause(duty) for duty in _obligations(draft)][:_MOST_ITEMS]
    given["amount_cents"] = given.get("amount_cents") or obligations.total_cents(_obligations(draft)) or None
    given |= {"dispute_id": case.id, "confirm_state": given.get("confirm_state") or "未申请"}
    given |= {"recorder": given.get("recorder") or desk.account.id, **_days(desk, case, given)}
    performance = given.get("performance") or _performance(desk, given)
    filled = {**given, "confirm_bar": rules(case.dispute).bar, "performance": performance}
    return {name: value for name, value in filled.items() if not is_empty(value)}


def _days(desk: Desk, case: Case, agreement: Mapping[str, Any]) -> dict[str, str]:
    binds = effective_date(agreement, case.parties)
    written = binds and agreement.get("form") == WRITTEN
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
    if record.get("form") == ORAL and held.must_write:
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
