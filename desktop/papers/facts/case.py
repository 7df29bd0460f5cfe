"""Placeholders about the dispute itself, its committee and its dossier (domain.md §2.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from desktop.papers.facts import words
from desktop.papers.facts.file import CaseFile
from desktop.papers.values import code_name
from sync.records import codes

Source: TypeAlias = Callable[[CaseFile], str]

_OFFERED = ("21", "31", "32")


def _field(name: str, say: Callable[[Any], str] = words.text) -> Source:
    return lambda case: say(case.matter.dispute.get(name))


def _code(name: str, table: str) -> Source:
    return lambda case: code_name(table, case.matter.dispute.get(name))


def _name(name: str, kind: str) -> Source:
    return lambda case: case.naming(kind, str(case.matter.dispute.get(name) or ""))


def _kind_of(case: CaseFile) -> str:
    dispute = case.matter.dispute
    said = code_name("RMTJ_TYPE", dispute.get("rmtj_type")) or code_name("ZZ_TYPE", dispute.get("zz_type"))
    return said if said[-2:] in ("纠纷", "争议", "") else f"{said}纠纷" if said else ""


def _mediators(case: CaseFile) -> str:
    dispute = case.matter.dispute
    ids = [dispute.get("host_mediator_id"), *(dispute.get("co_mediator_ids") or ())]
    return words.joined(case.naming("mediator", str(one)) for one in ids if one)


def _helpers(case: CaseFile) -> str:
    return words.joined(case.naming("mediator", str(one)) for one in case.matter.dispute.get("co_mediator_ids") or ())


def _dossier_no(case: CaseFile) -> str:
    if case.blank:
        return "（　　　　）　　　　人调字第　　　　号"
    return str(case.matter.dispute.get("dossier_no") or words.NUMBER_TO_COME)


def _from_justice(*kinds: str) -> Source:
    """A box ticked when the case came by one of these ways (the three of the national form)."""

    def say(case: CaseFile) -> str:
        code = codes.table("CASE_SOURCE").items.get(str(case.matter.dispute.get("source") or ""))
        return words.box(code is not None and code.more.get("justice") in kinds)

    return say


def _from_codes(*wanted: str) -> Source:
    return lambda case: words.box(str(case.matter.dispute.get("source") or "") in wanted)


def _oral(case: CaseFile) -> str:
    """How the parties applied; "" where somebody else brought the matter."""
    return {"11": "书面", "12": "口头"}.get(str(case.matter.dispute.get("source") or ""), "")


def _success(case: CaseFile) -> str:
    return {True: "调解成功", False: "调解不成"}.get(case.matter.dispute.get("is_success"), "")  # type: ignore[arg-type]


def _by_request(case: CaseFile) -> str:
    """依当事人申请, 主动, or 受委托（移送）: the words of the printed sentence."""
    code = codes.table("CASE_SOURCE").items.get(str(case.matter.dispute.get("source") or ""))
    said = {"依申请": "依当事人申请", "主动": "主动", "接受委托移送": "接受委托、移送"}
    known = said.get(str(code.more.get("justice"))) if code else None
    return known or ("" if code else "依当事人申请（主动、接受委托移送）")


def _begun(case: CaseFile) -> str:
    return words.day(min(_days(case), default="") or case.matter.dispute.get("accept_date") or "")


def _ended(case: CaseFile) -> str:
    return words.day(case.matter.dispute.get("end_date") or max(_days(case), default=""))


def _days(case: CaseFile) -> Iterable[str]:
    return [str(session["start_at"])[:10] for session in case.matter.sessions if session.get("start_at")]


def _names(*sides: str) -> Source:
    return lambda case: words.joined(p.get("name") for p in case.matter.parties if p.get("side") in sides)


def _all_names(case: CaseFile) -> str:
    return words.joined(party.get("name") for party in case.matter.parties)


def _claims(case: CaseFile) -> str:
    lines = list(case.matter.dispute.get("claims") or ()) or ([""] * 3 if case.blank else [])
    return "\n".join(f"{n}．{line}" for n, line in enumerate(lines, 1))


def _settled(case: CaseFile) -> str:
    """When all that was agreed had been done, else the day the matter ended (F-YNL 结案时间)."""
    done = [str(duty.get("done_date") or "") for a in case.matter.agreements for duty in a.get("obligations") or ()]
    return words.day(max(done) if done and all(done) else case.matter.dispute.get("end_date") or "")


def _route(case: CaseFile) -> str:
    """The lawful ways that stay open, by type (domain.md §1.2, §1.8, §1.11)."""
    zz_type = str(case.matter.dispute.get("zz_type") or "")
    if zz_type.startswith("07"):
        return "向劳动人事争议仲裁委员会申请仲裁（一年内），或者依法通过行政、司法途径维护自己的权利"
    if zz_type == "0901":
        return "向农村土地承包仲裁委员会申请仲裁（二年内），或者向人民法院提起诉讼"
    return "依法通过仲裁、行政、司法等途径维护自己的权利"


def _refused_because(case: CaseFile) -> str:
    dispute = case.matter.dispute
    reason = code_name("REFUSE_REASON", dispute.get("refuse_reason"))
    return words.text(dispute.get("end_note") or reason) if dispute.get("refuse_reason") == "99" else reason


def _org(name: str) -> Source:
    return lambda case: words.text(case.org.get(name))


CASE: Mapping[str, Source] = {
    "案件编码": _field("matter_code"),
    "卷名": _field("title"),
    "卷号": _dossier_no,
    "调委会": lambda case: words.text(case.org.get("full_name")),
    "调委会设立单位": _org("host_unit"),
    "村社区": lambda case: case.place,
    "地点": _field("place_text"),
    "纠纷类型": _kind_of,
    "综治类别": _code("zz_type", "ZZ_TYPE"),
    "案件来源": _code("source", "CASE_SOURCE"),
    "申请形式": _oral,
    "依据": _by_request,
    "申请框": _from_justice("依申请"),
    "主动框": _from_justice("主动"),
    "委托框": _from_justice("接受委托移送"),
    "公安框": _from_codes("42"),
    "法院框": _from_codes("41", "44"),
    "部门框": _from_codes("43", "45", "46", "47"),
    "纠纷简要情况": _field("summary"),
    "申请事项全文": _claims,
    "涉及人数": _field("people_count"),
    "争议金额": _field("amount_cents", words.yuan),
    "发生日期": _field("happen_date", words.day),
    "登记日期": _field("found_date", words.day),
    "登记人": _name("found_by", "account"),
    "受理日期": _field("accept_date", words.day),
    "调解期限": _field("deadline", words.day),
    "延期至": _field("extended_to", words.day),
    "延期同意日期": _field("extension_consent_at", words.day),
    "主持调解员": _name("host_mediator_id", "mediator"),
    "协办调解员": _helpers,
    "调解员": _mediators,
    "调解起": _begun,
    "调解止": _ended,
    "当事人名单": _all_names,
    "甲方名单": _names("甲"),
    "乙方名单": _names("乙"),
    "第三人名单": _names("第三人"),
    "不予受理理由": _refused_because,
    "不予受理告知日期": _field("refuse_told_at", words.day),
    "其他途径": _route,
    "结束方式": _code("end_reason", "END_REASON"),
    "调解成否": _success,
    "结束日期": _field("end_date", words.day),
    "结束说明": _field("end_note"),
    "化解方式": _code("resolve_way", "RESOLVE_WAY"),
    "结案日期": _settled,
    "终止告知日期": _field("end_told_at", words.day),
    "终止告知方式": _code("end_told_form", "TOLD_FORM"),
    "委托单位": _field("referred_by"),
    "委托函号": _field("referral_no"),
    "委托日期": _field("referred_on", words.day),
    "反馈日期": _field("returned_on", words.day),
    "反馈情况": _field("returned_note"),
    "保管期限": _code("retention", "RETENTION"),
    "立卷人": _field("filed_by"),
    "立卷日期": _field("filed_on", words.day),
    "检查人": _field("checked_by"),
    "归档日期": _field("archived_on", words.day),
    "卷宗情况说明": _field("dossier_note"),
}
"""Placeholder → what it prints."""
