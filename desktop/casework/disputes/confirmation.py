"""司法确认: what a joint application to the court is filled with and what it still lacks (§1.7, L-MSJS 354)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.casework import spoken
from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.case import Case
from desktop.casework.errors import Lack
from desktop.casework.moments import read_day
from sync.records import codes

MATERIALS = (
    "双方签名、盖章的司法确认申请书",
    "人民调解协议书",
    "人民调解委员会主持调解的证明",
    "与协议有关的财产权利证明",
    "双方的身份证明、住所和联系方式",
)
"""What is handed in with it (民事诉讼法解释第三百五十四条)."""
_PERSON = "自然人"


@dataclass(frozen=True, slots=True)
class Applicant:
    """One of the two who apply together, as the court wants him. Empty where nobody has told it."""

    name: str
    side: str
    kind: str
    sex: str
    ethnic: str
    birth_date: date | None
    id_type: str
    id_no: str
    phone: str
    address: str
    legal_rep: str
    credit_code: str
    agent: str


@dataclass(frozen=True, slots=True)
class Application:
    """The data of the application. last_day: until when both may ask; lacks: what to look at, nothing bars it."""

    agreement_id: str
    court: str
    applicants: tuple[Applicant, ...]
    org: str
    mediators: tuple[str, ...]
    agreement_no: str
    effective_date: date | None
    last_day: date | None
    items: tuple[str, ...]
    materials: tuple[str, ...]
    lacks: tuple[Lack, ...]


def application(desk: Desk, agreement_id: str) -> Application:
    """The application for an agreement. ID numbers are read for it, and the reading is noted. Raises Gone."""
    case, agreement = cases.load_child(desk, "agreement", agreement_id)
    bound = [party for party in case.parties if party.get("side") in ("甲", "乙")]
    numbers = {str(p["id"]): str(desk.reveal("party", str(p["id"]), "id_no") or "") for p in bound if p.get("id_no")}
    leads = [case.dispute.get("host_mediator_id"), *_helpers(case)]
    return Application(
        agreement_id=agreement_id,
        court=str(agreement.get("court") or ""),
        applicants=tuple(_applicant(party, numbers.get(str(party["id"]), "")) for party in bound),
        org=desk.directory.org_name(str(case.dispute.get("org_id") or "")),
        mediators=tuple(desk.directory.mediator_name(str(one)) for one in leads if one),
        agreement_no=str(agreement.get("agreement_no") or ""),
        effective_date=read_day(agreement.get("effective_date")),
        last_day=read_day(agreement.get("confirm_deadline")),
        items=tuple(map(str, _listed(agreement.get("items")))),
        materials=MATERIALS,
        lacks=(*_of_agreement(desk, case, agreement), *(lack for party in bound for lack in _of_party(party))),
    )


def _applicant(party: Mapping[str, Any], number: str) -> Applicant:
    return Applicant(
        name=str(party.get("name") or ""),
        side=str(party.get("side") or ""),
        kind=str(party.get("kind") or ""),
        sex=codes.table("SEX").text(str(party.get("sex") or "")),
        ethnic=codes.table("ETHNIC").text(str(party.get("ethnic") or "")),
        birth_date=read_day(party.get("birth_date")),
        id_type=codes.table("ID_TYPE").text(str(party.get("id_type") or "")),
        id_no=number,
        phone=str(party.get("phone") or ""),
        address=str(party.get("address") or ""),
        legal_rep=str(party.get("legal_rep") or ""),
        credit_code=str(party.get("credit_code") or ""),
        agent=str(party.get("agent_name") or ""),
    )


def _of_agreement(desk: Desk, case: Case, agreement: Mapping[str, Any]) -> Iterator[Lack]:
    last = read_day(agreement.get("confirm_deadline"))
    if agreement.get("form") != agreements.WRITTEN:
        yield _look("form", "协议形式", "申请司法确认要交书面的调解协议书")
    elif not agreement.get("effective_date"):
        yield _look("effective_date", "生效日期", "协议还没有生效：签名、盖章的日子没有记全")
    if last and last < desk.today:
        yield _look("confirm_deadline", "司法确认期限", f"{spoken.day(last, desk.today)}已过，法院一般不再受理")
    if sentence := agreements.rules(case.dispute).bar_sentence:
        yield _look("confirm_bar", "可能不予确认", sentence)


def _of_party(party: Mapping[str, Any]) -> Iterator[Lack]:
    is_person, who = party.get("kind") == _PERSON, str(party.get("name") or "")
    wanted = {"id_no": "证件号码"} if is_person else {"credit_code": "统一社会信用代码", "legal_rep": "法定代表人"}
    for name, label in {**wanted, "address": "住址", "phone": "联系方式"}.items():
        if not party.get(name):
            yield _look(f"{party['id']}.{name}", f"{who}{label}", f"{who}的{label}还没有，法院要")


def _look(target: str, label: str, message: str) -> Lack:
    return Lack(target, label, message, "warning")


def _helpers(case: Case) -> list[Any]:
    return _listed(case.dispute.get("co_mediator_ids"))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else []
