"""缺件检查: every paper of domain.md §2.1 for one case, there or missing, why it is needed and what mends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.casework import spoken
from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements as rules_of
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.case import Case
from desktop.casework.dossier.entries import DossierPaper, Fix, State
from desktop.casework.dossier.slots import (
    EVIDENCE_SLOT,
    ID_SLOT,
    PROOF_SLOT,
    Slots,
    paper_of_agreement,
    paper_of_session,
    slots,
)
from desktop.casework.dossier.templates import library
from desktop.papers.kinds import KINDS
from desktop.papers.library import Library
from sync.records.field import Record

_WRITTEN_REQUEST = "11"
_REFUSED = "21"
_AGREED = frozenset({"11", "12", "13"})
_BROKEN_OFF = frozenset({"21", "22", "23", "24", "25", "26", "27"})
_COVERS = ("卷宗封面", "卷内目录", "封底")


def papers_of(desk: Desk, dispute_id: str) -> tuple[DossierPaper, ...]:
    """The papers of a case in dossier order, those it does not need as well. Raises Gone."""
    case = cases.load(desk, dispute_id)
    return check(desk, case, slots(case), library(desk))


def check(desk: Desk, case: Case, filed: Slots, texts: Library) -> tuple[DossierPaper, ...]:
    """The same for a case already loaded."""
    checker = _Checker(desk, case, filed)
    found = [paper for name in KINDS if texts.is_used(name) for paper in checker.papers(name)]
    away = _away(desk, found)
    return tuple(_explained(_fetchable(paper, away), found) for paper in found)


def lacking(papers: Sequence[DossierPaper]) -> tuple[DossierPaper, ...]:
    """What is missing."""
    return tuple(paper for paper in papers if paper.state == "missing")


def _away(desk: Desk, papers: Sequence[DossierPaper]) -> frozenset[str]:
    """Scans whose bytes are not on this PC."""
    ids = [scan for paper in papers for scan in paper.scans]
    standings = [one for one in desk.store.files.standings(ids) if one.piece.part == "file"]
    return frozenset(ids) - {one.piece.record for one in standings if one.is_here}


def _fetchable(paper: DossierPaper, away: frozenset[str]) -> DossierPaper:
    """A scan that is elsewhere counts; it is fetched before the dossier is bound."""
    if away.isdisjoint(paper.scans):
        return paper
    return replace(paper, why="扫描件还没到本机，装订以前要取回来", fix="fetch")


def _explained(paper: DossierPaper, papers: Sequence[DossierPaper]) -> DossierPaper:
    """卷宗情况说明 is needed when a compulsory paper is missing and nothing was written about it."""
    absent = [one.title for one in papers if one.state == "missing" and one.status == "必须"]
    if paper.name != "卷宗情况说明" or paper.state == "present" or not absent:
        return paper
    return replace(paper, state="missing", why=f"缺{'、'.join(absent)}，补不上的要在这里写明", fix="filing")


@dataclass(frozen=True, slots=True)
class _Checker:
    desk: Desk
    case: Case
    filed: Slots

    def papers(self, name: str) -> Iterator[DossierPaper]:
        kind = KINDS[name]
        if kind.scope == "case":
            yield self._of_case(name)
            return
        records = [record for record in self._records(kind.scope) if self._prints(name, record)]
        for number, record in enumerate(records, 1):
            yield self._of_record(name, record, number if len(records) > 1 else 0)
        if not records:
            yield self._absent(name)

    def _records(self, scope: str) -> list[Record]:
        case = self.case
        visits = [v for v in case.follow_ups if v.get("kind") != "关爱走访"]
        return {"session": case.sessions, "agreement": case.agreements, "follow_up": visits,
                "party": case.parties}[scope]  # fmt: skip

    def _prints(self, name: str, record: Record) -> bool:
        """Whether that record is printed on that paper."""
        tests: Mapping[str, bool] = {
            "授权委托书": bool(record.get("agent_name")),
            "人民调解调查记录": record.get("kind") == "调查",
            "人民调解记录": record.get("kind") == "调解",
            "人民调解回访记录": bool(record.get("done_date")) or self._is_late(record),
            "司法确认申请书": record.get("confirm_state") not in (None, "", "未申请"),
        }
        return tests[name] if name in tests else paper_of_agreement(record) == name

    def _is_late(self, visit: Record) -> bool:
        planned = str(visit.get("planned_date") or "")
        return bool(planned) and planned < self.desk.today.isoformat()

    def _of_case(self, name: str) -> DossierPaper:
        if name in _COVERS:
            return DossierPaper(name, name, name, "必须", "present", need="装订成卷要有")
        scans = tuple(str(one["id"]) for one in self.filed.scans(name))
        found = _CASE_PAPERS[name](self)
        if scans and found.state != "present":
            found = replace(found, state="present", why="", fix="")
        return replace(found, scans=scans, unsigned=found.unsigned and not scans)

    def _of_record(self, name: str, record: Record, number: int) -> DossierPaper:
        id_ = str(record["id"])
        scans = tuple(str(one["id"]) for one in self.filed.scans(name, id_))
        title = f"{name}（{_telling(name, record, number)}）" if number else name
        status = "必须" if name in ("人民调解记录", "人民调解协议书", "人民调解口头协议登记表") else "按需"
        why, fix = ("", "") if scans else self._wrong_with(name, record)
        return DossierPaper(
            f"{name}:{id_}", name, title, status,  # type: ignore[arg-type]
            "missing" if why else "present", why, _NEEDS.get(name, ""), fix, id_, scans,  # type: ignore[arg-type]
            unsigned=not scans and name != "人民调解口头协议登记表",
        )  # fmt: skip

    def _wrong_with(self, name: str, record: Record) -> tuple[str, str]:
        if name == "人民调解口头协议登记表" and rules_of.rules(self.case.dispute).must_write:
            return "法律规定这一类要写书面协议，口头的不算", "agreement"
        if name == "人民调解协议书" and not record.get("effective_date"):
            return "还没有全部签名、盖章，协议没有生效", "agreement"
        if name == "人民调解回访记录" and not record.get("done_date"):
            planned = spoken.iso_day(str(record.get("planned_date") or ""), self.desk.today)
            return f"约定{planned}回访，还没有回访", "follow_up"
        return "", ""

    def _absent(self, name: str) -> DossierPaper:
        """A paper about records of which there is none."""
        needed, why, fix = False, "", ""
        if name == "人民调解记录" and not self._is_refused() and self.case.status not in ("10", "20"):
            needed, why, fix = True, "还没有调解记录", "session"
        if name == "人民调解协议书" and self._is_agreed() and not self.case.agreements:
            needed, why, fix = True, "谈成了，还没有写协议", "agreement"
        state: State = "missing" if needed else "not_needed"
        return DossierPaper(name, name, name, "必须" if needed else "按需", state, why, _NEEDS.get(name, ""),
                            fix)  # type: ignore[arg-type]  # fmt: skip

    def _is_refused(self) -> bool:
        dispute = self.case.dispute
        return dispute.get("status") == _REFUSED or dispute.get("end_reason") == "31"

    def _is_agreed(self) -> bool:
        dispute = self.case.dispute
        return (
            dispute.get("end_reason") in _AGREED
            or dispute.get("status") in ("40", "60")
            or any(session.get("result") == "达成" for session in self.case.sessions)
        )

    def application(self) -> DossierPaper:
        if self.case.dispute.get("source") != _WRITTEN_REQUEST:
            return _unneeded("人民调解申请书")
        why = "" if self.case.dispute.get("claims") else "申请事项还没写"
        return _needed("人民调解申请书", why, "register", unsigned=True)

    def intake(self) -> DossierPaper:
        if self.case.dispute.get("source") == _WRITTEN_REQUEST or self._is_refused():
            return _unneeded("人民调解受理登记表")
        why = "" if self.case.dispute.get("accept_date") else "还没有受理"
        return _needed("人民调解受理登记表", why, "accept", unsigned=True)

    def refusal(self) -> DossierPaper:
        if not self._is_refused():
            return _unneeded("不予受理告知书")
        why = "" if self.case.dispute.get("refuse_told_at") else "还没有告知当事人"
        return _needed("不予受理告知书", why, "accept", unsigned=True)

    def telling(self) -> DossierPaper:
        if self._is_refused():
            return _unneeded("人民调解当事人权利义务告知书")
        untold = _names(party for party in self.case.parties if not party.get("rights_told_at"))
        why = f"{untold}还没有告知" if untold else ""
        return _needed("人民调解当事人权利义务告知书", why, "tell", unsigned=True)

    def privacy(self) -> DossierPaper:
        if any(party.get("privacy_notice_at") for party in self.case.parties):
            return replace(_needed("个人信息告知单", "", "", unsigned=True), status="按需")
        return _unneeded("个人信息告知单")

    def identity(self) -> DossierPaper:
        if self._is_refused():
            return _unneeded(ID_SLOT)
        bare = _names(p for p in self.case.parties if not p.get("id_no") and not p.get("credit_code"))
        return _needed(ID_SLOT, f"{bare}没有证件号码，也没有扫描件" if bare else "", "attach")

    def evidence(self) -> DossierPaper:
        has = bool(self.filed.scans(EVIDENCE_SLOT))
        return replace(_needed(EVIDENCE_SLOT, "", ""), status="按需") if has else _unneeded(EVIDENCE_SLOT)

    def breaking_off(self) -> DossierPaper:
        if self.case.dispute.get("end_reason") not in _BROKEN_OFF:
            return _unneeded("终止调解告知书")
        why = "" if self.case.dispute.get("end_told_at") else "还没有告知当事人还可以走哪些途径"
        return _needed("终止调解告知书", why, "end", unsigned=True)

    def proof(self) -> DossierPaper:
        duties = [d for a in self.case.agreements for d in a.get("obligations") or ()]  # type: ignore[union-attr]
        done = [duty for duty in duties if isinstance(duty, dict) and duty.get("done_date")]
        if not done:
            return _unneeded(PROOF_SLOT)
        why = "" if self.filed.scans(PROOF_SLOT) else "履行了，收条、汇款单还没有放进来"
        return replace(_needed(PROOF_SLOT, why, "attach"), status="按需")

    def reply(self) -> DossierPaper:
        dispute = self.case.dispute
        if not dispute.get("referred_by"):
            return _unneeded("委托调解结果反馈函")
        late = dispute.get("end_date") and not dispute.get("returned_on")
        why = "调解结束了，结果还没有告诉委托单位" if late else ""
        state = _needed("委托调解结果反馈函", why, "return")
        return replace(state, status="按需") if dispute.get("end_date") else _unneeded("委托调解结果反馈函")

    def closing(self) -> DossierPaper:
        why = "" if self.case.dispute.get("end_date") else "还没有办结"
        return replace(_needed("结案报告表", why, "end", unsigned=True), status="按需")

    def note(self) -> DossierPaper:
        has = bool(self.case.dispute.get("dossier_note"))
        return replace(_needed("卷宗情况说明", "", ""), status="按需") if has else _unneeded("卷宗情况说明")


_CASE_PAPERS = {
    "人民调解申请书": _Checker.application,
    "人民调解受理登记表": _Checker.intake,
    "不予受理告知书": _Checker.refusal,
    "人民调解当事人权利义务告知书": _Checker.telling,
    "个人信息告知单": _Checker.privacy,
    ID_SLOT: _Checker.identity,
    EVIDENCE_SLOT: _Checker.evidence,
    "终止调解告知书": _Checker.breaking_off,
    PROOF_SLOT: _Checker.proof,
    "委托调解结果反馈函": _Checker.reply,
    "结案报告表": _Checker.closing,
    "卷宗情况说明": _Checker.note,
}

_NEEDS: Mapping[str, str] = {
    "人民调解申请书": "书面申请的，卷里要有申请书",
    "人民调解受理登记表": "口头申请和主动调解的，卷里要有受理登记表",
    "不予受理告知书": "不受理要告诉当事人还可以走哪些途径",
    "人民调解当事人权利义务告知书": "人民调解法第二十三条、第二十四条",
    "个人信息告知单": "个人信息保护法第十七条",
    ID_SLOT: "要知道当事人是谁；申请司法确认也要交",
    "授权委托书": "有代理人的，要有委托书",
    "人民调解记录": "人民调解法第二十七条：调解情况要记录",
    "人民调解协议书": "人民调解法第二十八条、第二十九条",
    "人民调解口头协议登记表": "人民调解法第二十八条：口头协议要记录内容",
    "终止调解告知书": "人民调解法第二十六条：终止调解要告知途径",
    PROOF_SLOT: "证明协议已经履行",
    "人民调解回访记录": "人民调解法第三十一条：要了解履行情况",
    "司法确认申请书": "民事诉讼法第二百零五条：双方共同申请",
    "委托调解结果反馈函": "受委托的，结果要反馈委托单位",
    "卷宗情况说明": "缺件、补件要写明",
}


def _needed(name: str, why: str, fix: Fix, *, unsigned: bool = False) -> DossierPaper:
    state: State = "missing" if why else "present"
    return DossierPaper(name, name, name, "必须", state, why, _NEEDS.get(name, ""), fix if why else "",
                        unsigned=unsigned)  # fmt: skip


def _unneeded(name: str) -> DossierPaper:
    return DossierPaper(name, name, name, "按需", "not_needed", need=_NEEDS.get(name, ""))


def _names(parties: Iterator[Record]) -> str:
    return "、".join(str(party.get("name") or "") for party in parties)


def _telling(name: str, record: Mapping[str, Any], number: int) -> str:
    """What tells papers of one name apart: the party, the day of the visit, the session's number."""
    if name == "授权委托书":
        return str(record.get("name") or "")
    if paper_of_session(record) == name and record.get("seq"):
        return f"第 {record['seq']} 次" if name == "人民调解调查记录" or record.get("kind") == "调解" else f"{number}"
    return f"第 {number} 份" if "协议" in name or "确认" in name else f"第 {number} 次"
