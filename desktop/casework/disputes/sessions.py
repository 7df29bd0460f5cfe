"""Recording a session while people talk: a draft that lives through everything, and the record at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.casework.attachments import recordings
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes import closed
from desktop.casework.disputes.case import Case
from desktop.casework.disputes.room import INQUIRY, MEDIATION, RESPONDENT, STUCK, SessionDraft, people_in, title_of
from desktop.casework.errors import Lack, NotAllowed, NotYet
from desktop.store import Changes, Edit
from sync.records.field import Record
from sync.records.session import SESSION
from sync.records.validate import complaints, is_empty

DRAFT_KEY = "session"
"""The running session of a dispute is kept under "session:<dispute id>"."""

_CLOSING = {"达成": "谈成的：", "未达成": STUCK, "择日": STUCK, "移交": "移交："}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the session ended.

    result: a code of SESSION_RESULT. closing: what was agreed, or where it got stuck, in a sentence; the last line
    of the record. next_at, next_place: for 择日. handed_to: the body it goes to, for 移交.
    """

    result: str
    closing: str = ""
    next_at: datetime | None = None
    next_place: str = ""
    handed_to: str = ""


def draft_key(dispute_id: str) -> str:
    """Under which name the store keeps the running session of a dispute."""
    return f"{DRAFT_KEY}:{dispute_id}"


def begin(desk: Desk, dispute_id: str, *, kind: str = MEDIATION) -> SessionDraft:
    """The draft of the running session, or a new one that starts now.

    Raises Gone, NotAllowed when the dispute is not in mediation (an inquiry may be earlier).
    """
    case = cases.load(desk, dispute_id)
    if kept := desk.store.draft(draft_key(dispute_id)):
        return kept.body
    if case.status != "30" and not (kind == INQUIRY and case.status in ("10", "20")):
        raise NotAllowed("受理以后才能调解。什么也没有动。先受理，再来记。")
    draft = _new_draft(desk, case, kind)
    desk.store.write_draft(draft_key(dispute_id), draft)
    return draft


def say(desk: Desk, draft: SessionDraft, key: str, text: str = "") -> SessionDraft:
    """The draft with a new utterance of that attendant ("" is a pause), stamped with the time."""
    line = {"id": desk.ids(), "at": desk.moment(), "who": key, "text": text}
    return {**draft, "utterances": [*draft["utterances"], line]}


def tell(desk: Desk, draft: SessionDraft, key: str, *, answer: bool | None = None) -> SessionDraft:
    """The draft with something told ("rights", "free") or asked ("closed", with its answer)."""
    told = {**draft["told"], key: desk.moment()}
    return {**draft, "told": told, "closed": answer if key == "closed" else draft["closed"]}


def agree_to_audio(desk: Desk, draft: SessionDraft, asked: Sequence[str], *, all_agree: bool) -> SessionDraft:
    """The draft with whether those asked (by name) all agree to being recorded, and when (L-PIPL 13)."""
    return {**draft, "audio": {"agreed": all_agree, "names": list(asked), "at": desk.moment()}}


def missing(desk: Desk, draft: SessionDraft, outcome: Outcome) -> tuple[Lack, ...]:
    """What the record still lacks; people who came without both sides' consent are a warning. Raises Gone."""
    case = cases.load(desk, draft["dispute_id"])
    found = [*(Lack(*pair) for pair in _unsaid(desk, case, draft, outcome)), *_not_agreed_to(draft, outcome)]
    record = {n: v for n, v in _record(desk, case, draft, outcome).items() if not is_empty(v)}
    named = {lack.target for lack in found}
    errors = [c for c in complaints(SESSION, record) if c.level == "error" and c.field not in named]
    return (*found, *(Lack(c.field, SESSION.by_name[c.field].label, c.message) for c in errors))


def body(desk: Desk, draft: SessionDraft) -> str:
    """The record's text, "14:32 马秀兰：…" line by line; a pause stands in brackets. An inquiry reads 问：… 答：…."""
    names = {person.key: person.name for person in people_in(desk, cases.load(desk, draft["dispute_id"]), draft)}
    said = [line for line in draft["utterances"] if line["text"].strip()]
    if draft["kind"] == INQUIRY:
        return "\n".join(_answer(names, line) for line in said)
    return "\n".join(_line(names, line) for line in said)


def finish(desk: Desk, draft: SessionDraft, outcome: Outcome) -> Changes:
    """Write the record with its recording and move the dispute: 达成 to 40, 移交 to 50. The draft goes.

    Nobody may still be recording. Raises NotYet, Gone, NoSpace.
    """
    if lacks := tuple(lack for lack in missing(desk, draft, outcome) if lack.level == "error"):
        raise NotYet(lacks)
    case = cases.load(desk, draft["dispute_id"])
    record = {n: v for n, v in _record(desk, case, draft, outcome).items() if not is_empty(v)}
    session = str(draft.get("id") or desk.ids())
    edits = [Edit("session", session, record), *recordings.bound(desk, case.id, session, title_of(draft))]
    if moved := _moved(case, draft, outcome):
        edits.append(Edit("dispute", case.id, moved))
    changes = desk.save(edits, draft=draft_key(case.id))
    recordings.forget(desk, case.id)
    return changes


def complete(desk: Desk, session_id: str, fields: Mapping[str, Any]) -> Changes:
    """Fill in what was still empty (signatures, scans); what is written stays. Raises NotAllowed, Gone."""
    _, session = cases.load_child(desk, "session", session_id)
    written = [n for n, v in fields.items() if not is_empty(session.get(n)) and session.get(n) != v]
    if written:
        raise NotAllowed("已经写定的记录不能改。原来的都在。写错了就作废，再补记一份。")
    return desk.save([Edit("session", session_id, {n: v for n, v in fields.items() if n in SESSION.by_name})])


def void(desk: Desk, session_id: str, reason: str) -> Changes:
    """Strike a record out, with a reason; it is written anew, never changed. Raises NotYet, Gone."""
    cases.load_child(desk, "session", session_id)
    if not reason.strip():
        raise NotYet((Lack("reason", "为什么作废", "写一句为什么作废"),))
    return desk.save([Edit("session", session_id, {"void_at": desk.moment(), "void_reason": reason.strip()})])


def _new_draft(desk: Desk, case: Case, kind: str) -> SessionDraft:
    helpers = case.dispute.get("co_mediator_ids")
    host = case.dispute.get("host_mediator_id")
    if not host and kind == INQUIRY:
        # Before acceptance nobody is appointed yet: whoever goes and asks writes the inquiry.
        host = next(iter(sorted(desk.directory.mediator_ids(desk.account.id))), None)
    mediators = [host, *(helpers if isinstance(helpers, list) else ())]
    return {
        "id": desk.ids(),
        "by": desk.account.id,
        "dispute_id": case.id,
        "seq": max((int(str(s.get("seq") or 0)) for s in case.children["session"]), default=0) + 1,
        "kind": kind,
        "start_at": desk.moment(),
        "place": str(case.dispute.get("next_place") or ""),
        "mediators": [
            {"id": desk.ids(), "mediator_id": mediator, "host": n == 0}
            for n, mediator in enumerate(mediators)
            if mediator
        ],
        "utterances": [],
        "present": [],
        "others": [],
        "told": {},
        "closed": True if case.dispute.get("closed_session") else None,
        "respondent": "",
    }


def _record(desk: Desk, case: Case, draft: SessionDraft, outcome: Outcome) -> Record:
    closing = f"{_CLOSING.get(outcome.result, '')}{outcome.closing.strip()}" if outcome.closing.strip() else ""
    agents = [p for p in case.parties if f"agent:{p['id']}" in draft["present"]]
    present = [str(p["id"]) for p in case.parties if p["id"] in draft["present"]]
    return {
        **{name: draft[name] for name in ("dispute_id", "seq", "kind", "start_at", "place", "respondent")},
        **({name: draft.get(name) for name in RESPONDENT} if draft["kind"] == INQUIRY else {}),
        "audio_consent": (draft.get("audio") or {}).get("agreed"),
        "audio_asked": (draft.get("audio") or {}).get("names"),
        "mediators": [m for m in draft["mediators"] if m.get("host") or m["mediator_id"] in draft["present"]],
        "end_at": desk.moment(),
        "recorder": desk.account.id,
        "parties_present": present,
        "others": [*_agents(agents), *(_other(o) for o in draft["others"] if o.get("here"))],
        "rights_told": bool(draft["told"].get("rights")),
        "body": "\n".join(part for part in (body(desk, draft), closing) if part),
        "result": outcome.result,
        "next_at": outcome.next_at.isoformat(timespec="seconds") if outcome.next_at else None,
        "next_place": outcome.next_place,
    }


def _agents(parties: list[Record]) -> list[dict[str, Any]]:
    return [
        {"id": f"agent-{p['id']}", "name": p["agent_name"], "relation": f"{p.get('side')}方代理人"} for p in parties
    ]


def _other(person: Mapping[str, Any]) -> dict[str, Any]:
    return {n: v for n, v in person.items() if n in ("id", "name", "relation", "consent") and not is_empty(v)}


def _unsaid(desk: Desk, case: Case, draft: SessionDraft, outcome: Outcome) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    mediating = draft["kind"] == MEDIATION
    if mediating and not draft["told"].get("rights"):
        found.append(("told.rights", "权利和义务", "开头还没讲明权利和义务"))
    if mediating and not any(
        p["id"] in draft["present"] or f"agent:{p['id']}" in draft["present"] for p in case.parties
    ):
        found.append(("present", "谁在场", "还没勾当事人谁到场了"))
    if draft["closed"] and not closed.may_read(desk, {**case.dispute, "closed_session": True}):
        found.append(("closed", "关起门谈", "关起门谈以后只有经办人能看，您不在经办人里；先把自己添为协办调解员"))
    if outcome.result == "择日" and outcome.next_at is None:
        found.append(("next_at", "下次什么时候", "改日再谈，先约好下次什么时候"))
    if outcome.result == "移交" and not outcome.handed_to.strip():
        found.append(("handed_to", "移交给谁", "还没写移交给哪个单位"))
    return found


def _not_agreed_to(draft: SessionDraft, outcome: Outcome) -> list[Lack]:
    """Relatives, neighbours, experts come with the parties' consent (人民调解法第二十条)."""
    uninvited = [o for o in draft["others"] if o.get("here") and o.get("consent") is not True]
    risk = "，这样谈成的协议容易被说不是自愿" if outcome.result == "达成" else ""
    return [
        Lack("others", other["name"], f"没记双方同意{other['name']}到场{risk}，问清了再记", "warning")
        for other in uninvited
    ]


def _moved(case: Case, draft: SessionDraft, outcome: Outcome) -> Record:
    given: Record = {}
    if draft["kind"] == MEDIATION:
        at = outcome.next_at.isoformat(timespec="seconds") if outcome.next_at else None
        given = {"next_at": at, "next_place": outcome.next_place or None}
    if draft["closed"] and not case.dispute.get("closed_session"):
        given["closed_session"] = True
    if case.status == "30" and draft["kind"] == MEDIATION:
        if outcome.result == "达成":
            given["status"] = "40"
        elif outcome.result == "移交":
            given |= {"status": "50", "resp_unit": outcome.handed_to.strip()}
    return given


def _answer(names: Mapping[str, str], line: Mapping[str, Any]) -> str:
    text = line["text"].strip()
    return f"{names.get(line['who'], '')}：{text}" if line["who"] else f"（休息）{text}"


def _line(names: Mapping[str, str], line: Mapping[str, Any]) -> str:
    at = datetime.fromisoformat(line["at"])
    text = line["text"].strip()
    return f"{at:%H:%M} {names.get(line['who'], '')}：{text}" if line["who"] else f"{at:%H:%M} （休息）{text}"
