"""What another body sent for mediation: by whom, by which letter, and what goes back (domain.md §1.2, L-NB 19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.errors import Lack, NotAllowed, NotYet
from desktop.store import Changes, Edit
from sync.records import codes

FIELDS = ("referred_by", "referral_no", "referred_on")
"""What a registration asks for when the matter was sent by another body."""
_LETTER = "宁波市人民调解条例第十九条（外地规定，供参考）"
_HAS_RESULT = frozenset({"21", "40", "60", "70", "71"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to think of because a body sent the matter. field: what it is about, "" for the whole."""

    field: str
    title: str
    sentence: str
    source: str


def asked_fields(source: str) -> tuple[str, ...]:
    """The fields to show for a source (CASE_SOURCE); () when nobody sent it."""
    known = _source(source)
    if not known.get("referred"):
        return ()
    return FIELDS if known.get("letter") else tuple(name for name in FIELDS if name != "referral_no")


def likely_linkage(source: str) -> str:
    """The code of LINKAGE that mostly goes with a source, to offer beside the field; "" when none does."""
    return str(_source(source).get("linkage") or "")


def prompts(dispute: Mapping[str, Any]) -> tuple[Prompt, ...]:
    """What to think of for a dispute or a draft that was sent by another body, in the order it comes up."""
    known = _source(str(dispute.get("source") or ""))
    if not known.get("referred"):
        return ()
    found = [Prompt("consent_mediation", "先问双方同不同意", "别处委托、移送来的，也要双方都愿意才受理。",
                    "人民调解法第十一条、第十七条")]  # fmt: skip
    if not dispute.get("referred_by"):
        found.append(Prompt("referred_by", "记下谁委托的", "写上委托、移送的单位和日期。", "人民调解法第十八条"))
    if known.get("letter") and not dispute.get("referral_no"):
        said = "一般要有委托调解函；没有的，问委托单位补一份。"
        found.append(Prompt("referral_no", "要委托调解函", said, _LETTER))
    if to_return(dispute):
        said = f"把结果告诉{dispute.get('referred_by') or '委托、移送的单位'}，记下哪天、怎么告诉的。"
        found.append(Prompt("returned_on", "把结果告诉委托单位", said, _LETTER))
    return tuple(found)


def to_return(dispute: Mapping[str, Any]) -> bool:
    """Whether there is a result the sending body has not been told."""
    is_sent = bool(_source(str(dispute.get("source") or "")).get("referred"))
    return is_sent and dispute.get("status") in _HAS_RESULT and not dispute.get("returned_on")


def give_back(desk: Desk, dispute_id: str, *, on: date, note: str) -> Changes:
    """Note that the sending body was told the result. Raises NotYet, NotAllowed when nobody sent it, Gone."""
    case = cases.load(desk, dispute_id)
    if not asked_fields(str(case.dispute.get("source") or "")):
        raise NotAllowed("这件不是别处委托、移送来的。什么也没有动。来源写错了就先改来源。")
    if not note.strip():
        raise NotYet((Lack("returned_note", "怎么告诉的", "写一句怎么告诉委托单位的"),))
    if on > desk.today:
        raise NotYet((Lack("returned_on", "哪天告诉的", "这一天还没到，核对一下"),))
    return desk.save([Edit("dispute", case.id, {"returned_on": on.isoformat(), "returned_note": note.strip()})])


def _source(code: str) -> Mapping[str, Any]:
    known = codes.table("CASE_SOURCE").items.get(code)
    return known.more if known else {}
