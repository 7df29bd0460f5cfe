"""Placeholders about one session, one agreement, one follow-up (domain.md §2.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from desktop.papers.facts import words
from desktop.papers.facts.case import Source
from desktop.papers.facts.file import CaseFile
from desktop.papers.facts.people import EntrySource, age, is_unit
from desktop.papers.matter import Fields
from desktop.papers.values import code_name

_Record = Literal["session", "agreement", "follow_up"]


def _field(record: _Record, name: str, say: Callable[[Any], str] = words.text) -> Source:
    return lambda case: say(getattr(case, record).get(name))


def _code(record: _Record, name: str, table: str) -> Source:
    return lambda case: code_name(table, getattr(case, record).get(name))


def _name(record: _Record, name: str) -> Source:
    return lambda case: case.naming("account", str(getattr(case, record).get(name) or ""))


def _result(*wanted: str) -> Source:
    return lambda case: words.box(case.session.get("result") in wanted)


def _place(case: CaseFile) -> str:
    """Of the session; on a paper about something else, where the last one was."""
    last = case.matter.sessions[-1] if case.matter.sessions else {}
    return words.text((case.session or last).get("place"))


def _present(case: CaseFile) -> str:
    return words.joined(case.party_name(one) for one in case.session.get("parties_present") or ())


def _mediators(case: CaseFile) -> str:
    entries = sorted(case.session.get("mediators") or (), key=lambda one: not one.get("host"))
    return words.joined(case.naming("mediator", str(one.get("mediator_id") or "")) for one in entries)


def _attendants(case: CaseFile) -> str:
    """参加人: mediators and whoever else came, with what they are."""
    return words.joined((*_attending(case),))


def _attending(case: CaseFile) -> Iterator[str]:
    if mediators := _mediators(case):
        yield f"{mediators}（调解员）"
    for other in case.session.get("others") or ():
        relation, agreed = other.get("relation"), "双方同意到场" if other.get("consent") else ""
        said = "，".join(filter(None, (relation, agreed)))
        yield f"{other.get('name')}（{said}）" if said else str(other.get("name"))


def _respondent(name: str, table: str = "") -> Source:
    """Of the person asked: what the record says, else what is known of the party it names."""

    def say(case: CaseFile) -> str:
        party = _asked_party(case)
        value = case.session.get(f"respondent_{name}" if name != "name" else "respondent") or party.get(name)
        return code_name(table, value) if table else words.text(value)

    return say


def _asked_party(case: CaseFile) -> Fields:
    asked, name = case.session.get("respondent_party_id"), case.session.get("respondent")
    found = (p for p in case.matter.parties if (asked and p.get("id") == asked) or (name and p.get("name") == name))
    return next(found, {})


def _respondent_age(case: CaseFile) -> str:
    return words.text(case.session.get("respondent_age")) or age(case, _asked_party(case))


def _agreement_no(case: CaseFile) -> str:
    if case.blank:
        return "（　　　　）　　　　人调字第　　　　号"
    return str(case.agreement.get("agreement_no") or words.NUMBER_TO_COME)


def _bound_agreement(case: CaseFile) -> str:
    """The number of the agreement a follow-up is about; of the only one when it names none."""
    wanted, all_ = case.follow_up.get("agreement_id"), case.matter.agreements
    found = next((a for a in all_ if a.get("id") == wanted), all_[0] if len(all_) == 1 else None)
    if found is None:
        return ""
    return str(found.get("agreement_no") or words.NUMBER_TO_COME)


def _signed_on(case: CaseFile) -> str:
    agreement = case.agreement
    marks = [str(mark.get("date") or "") for mark in agreement.get("party_marks") or ()]
    return words.day(agreement.get("agreed_on") or max(filter(None, marks), default=""))


def _items_of(case: CaseFile) -> str:
    lines = [str(line) for line in case.agreement.get("items") or ()]
    return "\n".join(lines if len(lines) < 2 else (f"{n}．{line}" for n, line in enumerate(lines, 1)))


def _ways(case: CaseFile) -> str:
    """履行方式、时限 in one cell."""
    duties = list(case.agreement.get("obligations") or ())
    return "\n".join(f"{n}．{duty_sentence(case, duty)}" for n, duty in enumerate(duties, 1))


def duty_sentence(_: CaseFile, duty: Fields) -> str:
    """李建军于2026年12月15日前在村委会以现金向王有福支付补偿款人民币3,000.00元（大写：叁仟元整）。"""
    until = f"于{words.day(duty['due_date'])}前" if duty.get("due_date") else ""
    where = f"在{duty['place']}" if duty.get("place") else ""
    how = f"（{duty['manner']}）" if duty.get("manner") else ""
    whom = f"向{duty['to_whom']}" if duty.get("to_whom") else ""
    what = f"{duty.get('what') or ''}{words.both(duty.get('amount_cents'))}"
    return f"{duty.get('who') or ''}{until}{where}{whom}{what}{how}。"


def _yes(record: _Record, name: str, yes: str, no: str) -> Source:
    return lambda case: {True: yes, False: no}.get(getattr(case, record).get(name), "")


def _judgement(case: CaseFile) -> str:
    said = _yes("follow_up", "sued", "已起诉", "未起诉")(case)
    return "，".join(filter(None, (said, words.text(case.follow_up.get("sued_result")))))


def _is_between(unit: bool) -> Source:
    """Whether one side is a unit: picks the wording of the joint application (domain.md §2.1 no. 11)."""
    return lambda case: "是" if any(map(is_unit, case.matter.parties)) is unit and not case.blank else ""


MEETING: Mapping[str, Source] = {
    "第几次": _field("session", "seq"),
    "开始时间": _field("session", "start_at", words.moment),
    "结束时间": _field("session", "end_at", words.moment),
    "调解日期": _field("session", "start_at", words.day),
    "调解地点": _place,
    "到场当事人": _present,
    "参加人": _attendants,
    "到场调解员": _mediators,
    "记录": _field("session", "body"),
    "达成框": _result("达成"),
    "未达成框": _result("未达成"),
    "择日框": _result("择日"),
    "移交框": _result("移交"),
    "下次时间": _field("session", "next_at", words.moment),
    "下次地点": _field("session", "next_place"),
    "记录人": _name("session", "recorder"),
    "被调查人": _respondent("name"),
    "被调查人性别": _respondent("sex", "SEX"),
    "被调查人民族": _respondent("ethnic", "ETHNIC"),
    "被调查人年龄": _respondent_age,
    "被调查人职业或职务": _respondent("occupation"),
    "被调查人联系方式": _respondent("phone"),
    "被调查人单位或住址": _respondent("address"),
    "录音": _yes("session", "audio_consent", "各方同意录音", "不录音"),
    "协议编号": _agreement_no,
    "主要事实": _field("agreement", "facts"),
    "争议事项": _field("agreement", "issues"),
    "各方责任": _field("agreement", "liability"),
    "协议内容": _items_of,
    "履行方式时限": _ways,
    "协议金额": _field("agreement", "amount_cents", words.yuan),
    "协议金额全文": _field("agreement", "amount_cents", words.both),
    "协议金额大写": _field("agreement", "amount_cents", words.in_capitals),
    "份数": _field("agreement", "copies"),
    "协议日期": _signed_on,
    "生效日期": _field("agreement", "effective_date", words.day),
    "确认期限": _field("agreement", "confirm_deadline", words.day),
    "法院": _field("agreement", "court"),
    "协议履行情况": _code("agreement", "performance", "PERFORMANCE"),
    "协议记录人": _name("agreement", "recorder"),
    "个人之间": _is_between(False),
    "涉及单位": _is_between(True),
    "回访协议编号": _bound_agreement,
    "回访日期": _field("follow_up", "done_date", words.day),
    "回访人": _name("follow_up", "visitor_id"),
    "回访对象": _field("follow_up", "respondent"),
    "回访方式": _code("follow_up", "way", "FOLLOW_WAY"),
    "回访情况": _field("follow_up", "content"),
    "履行情况": _code("follow_up", "performance", "PERFORMANCE"),
    "满意情况": _code("follow_up", "satisfaction", "SATISFACTION"),
    "遗留风险": _yes("follow_up", "left_over_risk", "有", "没有"),
    "起诉情况": _judgement,
    "采取措施": _field("follow_up", "measures"),
}
"""Placeholder → what it prints, on the papers of one session, agreement or follow-up."""

DUTY: Mapping[str, EntrySource] = {
    "履行人": lambda _, duty: words.text(duty.get("who")),
    "权利人": lambda _, duty: words.text(duty.get("to_whom")),
    "履行内容": lambda _, duty: words.text(duty.get("what")),
    "金额": lambda _, duty: words.yuan(duty.get("amount_cents")),
    "金额大写": lambda _, duty: words.in_capitals(duty.get("amount_cents")),
    "履行方式": lambda _, duty: words.text(duty.get("manner")),
    "履行地点": lambda _, duty: words.text(duty.get("place")),
    "履行期限": lambda _, duty: words.day(duty.get("due_date") or ""),
    "履行日期": lambda _, duty: words.day(duty.get("done_date") or ""),
    "履行整句": duty_sentence,
}
"""Placeholder → what it prints, inside 每个 履行义务."""
