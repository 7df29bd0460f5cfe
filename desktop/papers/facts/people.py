"""Placeholders about one party: inside 每个 当事人, and on the papers of one party."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from desktop.papers.facts import words
from desktop.papers.facts.file import CaseFile
from desktop.papers.matter import Fields
from desktop.papers.values import code_name

EntrySource: TypeAlias = Callable[[CaseFile, Any], str]


def _field(name: str, say: Callable[[Any], str] = words.text) -> EntrySource:
    return lambda _, party: say(party.get(name))


def _code(name: str, table: str) -> EntrySource:
    return lambda _, party: code_name(table, party.get(name))


def is_unit(party: Fields) -> bool:
    """Whether it is a legal person or another organisation."""
    return party.get("kind") in ("法人", "其他组织")


def side(party: Fields) -> str:
    """甲方, 乙方, 第三人; "" when nobody has said."""
    said = str(party.get("side") or "")
    return f"{said}方" if said in ("甲", "乙") else said


def age(case: CaseFile, party: Fields) -> str:
    """As told; else counted from the birth date to the day the case was accepted or registered."""
    if party.get("age") not in (None, ""):
        return str(party["age"])
    dispute = case.matter.dispute
    try:
        born = date.fromisoformat(str(party.get("birth_date")))
        on = date.fromisoformat(str(dispute.get("accept_date") or dispute.get("found_date")))
    except ValueError:
        return ""
    return str(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


PARTY: Mapping[str, EntrySource] = {
    "方": lambda _, party: side(party),
    "姓名": _field("name"),
    "性别": _code("sex", "SEX"),
    "民族": _code("ethnic", "ETHNIC"),
    "年龄": age,
    "出生日期": _field("birth_date", words.day),
    "职业或职务": _field("occupation"),
    "联系方式": _field("phone"),
    "单位或住址": _field("address"),
    "证件": _code("id_type", "ID_TYPE"),
    "证件号码": _field("id_no"),
    "统一社会信用代码": _field("credit_code"),
    "法定代表人": _field("legal_rep"),
    "单位": lambda _, party: "是" if is_unit(party) else "",
    "代理人": _field("agent_name"),
    "授权委托书": _field("agent_letter_id"),
    "监护人": lambda case, party: case.party_name(party.get("guardian_party_id")),
    "代表人数": lambda _, party: words.text(party.get("represents")) if party.get("is_representative") else "",
    "告知日期": _field("rights_told_at", words.day),
    "告知方式": _code("rights_told_form", "TOLD_FORM"),
    "告知人": lambda case, party: case.naming("account", str(party.get("rights_told_by") or "")),
    "同意日期": lambda _, party: words.day(party.get("consent_at") or "") if party.get("consent_mediation") else "",
    "个人信息告知日期": _field("privacy_notice_at", words.day),
}
"""Placeholder → what it prints, inside a list of parties."""


def _own(source: EntrySource) -> Callable[[CaseFile], str]:
    return lambda case: source(case, case.party)


OWN: Mapping[str, Callable[[CaseFile], str]] = {f"本人{name}": _own(source) for name, source in PARTY.items()}
"""The same about the one party a paper belongs to."""
