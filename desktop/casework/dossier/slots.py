"""Which attachment belongs to which paper of the dossier: what it is bound to, then what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.casework.disputes.case import Case
from desktop.casework.disputes.deadlines import live
from sync.records.field import Record

ID_SLOT, EVIDENCE_SLOT, PROOF_SLOT = "当事人身份证明", "人民调解证据材料", "履行凭证"
_CALLED = (
    (ID_SLOT, ("身份证", "身份证明", "户口", "营业执照", "居住证")),
    ("授权委托书", ("授权委托", "委托书")),
    ("人民调解申请书", ("调解申请",)),
    ("人民调解当事人权利义务告知书", ("权利义务",)),
    ("个人信息告知单", ("个人信息告知",)),
    ("人民调解受理登记表", ("受理登记",)),
    ("终止调解告知书", ("终止调解",)),
    ("不予受理告知书", ("不予受理",)),
    ("司法确认申请书", ("司法确认", "裁定", "确认申请")),
    ("委托调解结果反馈函", ("反馈函",)),
    ("结案报告表", ("结案报告",)),
    ("卷宗情况说明", ("卷宗情况",)),
    (PROOF_SLOT, ("收条", "收据", "汇款", "转账", "凭证", "欠条已还")),
)
_SHOWN = ("image/", "application/pdf")
SCANNED = "扫描件"


@dataclass(slots=True)
class Slots:
    """Attachments that can be printed, by (paper, id of its record; "" when it is about the case)."""

    of: dict[tuple[str, str], list[Record]] = field(default_factory=dict)

    def scans(self, paper: str, record: str = "") -> list[Record]:
        """What lies in that slot, in the order it was added."""
        return self.of.get((paper, record), [])


def slots(case: Case) -> Slots:
    """Every picture and PDF of the case in its slot; sound has none."""
    found = Slots()
    bound = dict(_named_by_records(case))
    agreements = {str(agreement["id"]): agreement for agreement in case.agreements}
    sessions = {str(session["id"]): session for session in case.sessions}
    for attachment in live(case.children, "attachment"):
        if str(attachment.get("mime") or "").startswith(_SHOWN):
            slot = bound.get(str(attachment["id"])) or _bound_to(attachment, sessions, agreements)
            found.of.setdefault(slot or _called(attachment), []).append(attachment)
    return found


def paper_of_session(session: Mapping[str, Any]) -> str:
    """The paper a session is printed on."""
    return "人民调解调查记录" if session.get("kind") == "调查" else "人民调解记录"


def paper_of_agreement(agreement: Mapping[str, Any]) -> str:
    """The paper an agreement is printed on."""
    return "人民调解口头协议登记表" if agreement.get("form") == "口头" else "人民调解协议书"


def _named_by_records(case: Case) -> Iterable[tuple[str, tuple[str, str]]]:
    """Attachments that a record names itself: proofs, letters of attorney, scans of sessions and visits."""
    for agreement in case.agreements:
        for duty in agreement.get("obligations") or ():  # type: ignore[union-attr]
            if isinstance(duty, dict) and duty.get("proof_id"):
                yield str(duty["proof_id"]), (PROOF_SLOT, "")
    for party in case.parties:
        if party.get("agent_letter_id"):
            yield str(party["agent_letter_id"]), ("授权委托书", str(party["id"]))
    for session in case.sessions:
        for scan in session.get("scan_ids") or ():  # type: ignore[union-attr]
            yield str(scan), (paper_of_session(session), str(session["id"]))
    for visit in case.follow_ups:
        for scan in visit.get("scan_ids") or ():  # type: ignore[union-attr]
            yield str(scan), ("人民调解回访记录", str(visit["id"]))


def _bound_to(
    attachment: Record, sessions: Mapping[str, Record], agreements: Mapping[str, Record]
) -> tuple[str, str] | None:
    """A scanned page bound to a session or an agreement is its signed paper, unless its name says otherwise."""
    if attachment.get("kind") != SCANNED:
        return None
    session, agreement = str(attachment.get("session_id") or ""), str(attachment.get("agreement_id") or "")
    if session in sessions:
        return paper_of_session(sessions[session]), session
    if agreement in agreements:
        called = _called(attachment)[0]
        if called == PROOF_SLOT:
            return PROOF_SLOT, ""
        return (called if called == "司法确认申请书" else paper_of_agreement(agreements[agreement])), agreement
    return None


def _called(attachment: Record) -> tuple[str, str]:
    name = str(attachment.get("name") or "")
    return next((slot for slot, words in _CALLED if any(word in name for word in words)), EVIDENCE_SLOT), ""
