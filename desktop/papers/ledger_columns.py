"""Every column a ledger may have, by its key: heading, width, and how it is filled (domain.md §4.5 and beyond)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from desktop.papers.matter import Fields, Matter
from desktop.papers.values import Naming, code_name, day_cell, spoken_moment, yes_no
from desktop.papers.workbook import Cell, Column, Look

Fill: TypeAlias = Callable[[Matter, Naming], Cell]


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column of the catalogue. key: its name for ever, in saved views; group: where it stands when chosen."""

    key: str
    column: Column
    fill: Fill
    group: str


def _text(name: str) -> Fill:
    return lambda matter, _: matter.dispute.get(name)


def _shown(name: str) -> Fill:
    return lambda matter, _: matter.shown(matter.dispute.get(name))


def _coded(table: str, name: str) -> Fill:
    return lambda matter, _: code_name(table, matter.dispute.get(name))


def _many(table: str, name: str) -> Fill:
    return lambda matter, _: "、".join(code_name(table, value) for value in matter.dispute.get(name) or [])


def _day(name: str) -> Fill:
    return lambda matter, _: day_cell(matter.dispute.get(name))


def _named(kind: str, name: str) -> Fill:
    return lambda matter, naming: naming(kind, str(matter.dispute.get(name) or ""))


def _last(name: str) -> Fill:
    return lambda matter, _: _agreement(matter).get(name)


def _agreement(matter: Matter) -> Fields:
    return matter.agreements[-1] if matter.agreements else {}


def _place(matter: Matter, naming: Naming) -> str:
    code = str(matter.dispute.get("place_code") or "")
    return " ".join(filter(None, (naming("place", code) or code, matter.dispute.get("grid_id"))))


def _title(matter: Matter, _: Naming) -> str:
    title = matter.shown(matter.dispute.get("title"))
    others = [name for name in matter.shown_names() if name not in title]
    return f"{title}（{'、'.join(others)}）" if others else title


def _limit(matter: Matter, _: Naming) -> Cell:
    return day_cell(matter.dispute.get("extended_to") or matter.dispute.get("deadline"))


def _outcome(matter: Matter, _: Naming) -> str:
    """What came of it: the words at the end, else what was agreed."""
    lines = [line for agreement in matter.agreements for line in agreement.get("items") or []]
    return matter.shown(matter.dispute.get("end_note") or "\n".join(lines))


def _followed_up(matter: Matter, _: Naming) -> str:
    done = [visit for visit in matter.follow_ups if visit.get("done_date")]
    if not done:
        return ""
    answer = code_name("SATISFACTION", max(done, key=lambda visit: visit["done_date"]).get("satisfaction"))
    return f"已回访（{answer}）" if answer else "已回访"


def _handed_over(matter: Matter, _: Naming) -> str:
    dispute = matter.dispute
    return f"已移交{dispute.get('resp_unit') or ''}" if dispute.get("status") == "50" else ""


def _remark(matter: Matter, _: Naming) -> str:
    dispute = matter.dispute
    struck = f"作废：{dispute.get('void_reason') or ''}" if dispute.get("void_at") else ""
    closed = "不公开" if dispute.get("closed_session") else ""
    return matter.shown("；".join(filter(None, (struck, closed))))


def _helpers(matter: Matter, naming: Naming) -> str:
    ids = matter.dispute.get("co_mediator_ids") or []
    return "、".join(filter(None, (naming("mediator", str(one)) for one in ids)))


def _sessions(matter: Matter, _: Naming) -> Cell:
    return len(matter.sessions)


def _last_session(matter: Matter, _: Naming) -> Cell:
    starts = sorted(str(one["start_at"])[:10] for one in matter.sessions if one.get("start_at"))
    return day_cell(starts[-1]) if starts else None


def _referral(matter: Matter, _: Naming) -> str:
    dispute = matter.dispute
    return " ".join(str(dispute[name]) for name in ("referred_by", "referral_no") if dispute.get(name))


def _made(group: str, *rows: tuple[str, str, int, Look, Fill]) -> list[LedgerColumn]:
    return [LedgerColumn(key, Column(heading, width, look, summed=key in _SUMMED), fill, group)
            for key, heading, width, look, fill in rows]  # fmt: skip


_SUMMED = frozenset({"people_count", "amount", "agreement_amount", "prevented_people", "sessions", "subsidy"})

_ALL = (
    *_made("登记",
           ("seq", "序号", 6, "number", _text("")), ("matter_code", "案件编码", 28, "text", _text("matter_code")),
           ("found_date", "排查日期", 12, "day", _day("found_date")),
           ("happen_date", "发生日期", 12, "day", _day("happen_date")),
           ("source", "来源", 16, "text", _coded("CASE_SOURCE", "source")),
           ("place", "所属乡镇/村/网格", 22, "text", _place),
           ("place_text", "具体地点", 20, "text", _shown("place_text")),
           ("title", "纠纷名称（当事人）", 32, "wrap", _title),
           ("zz_type", "类型", 18, "text", _coded("ZZ_TYPE", "zz_type")),
           ("rmtj_type", "人民调解类别", 14, "text", _coded("RMTJ_TYPE", "rmtj_type")),
           ("scale", "事件规模", 10, "text", _coded("SCALE", "scale")),
           ("people_count", "涉及人数", 9, "number", _text("people_count")),
           ("amount", "涉及金额（元）", 14, "money", _text("amount_cents")),
           ("unit_involved", "涉及单位", 18, "text", _text("unit_involved")),
           ("summary", "简要情况", 48, "wrap", _shown("summary")),
           ("risk", "风险等级", 9, "text", _coded("RISK", "risk")),
           ("difficulty", "难易", 8, "text", _coded("DIFFICULTY", "difficulty")),
           ("special_groups", "涉特殊群体", 16, "text", _many("SPECIAL_GROUP", "special_groups")),
           ("migrant_worker", "涉农民工", 9, "text", lambda matter, _: yes_no(matter.dispute.get("migrant_worker"))),
           ("found_by", "登记人", 10, "text", _named("account", "found_by")),
           ("referral", "委托移送单位、函号", 22, "text", _referral)),
    *_made("办理",
           ("accept_date", "受理日期", 12, "day", _day("accept_date")),
           ("org", "受理组织", 22, "text", _named("mediation_org", "org_id")),
           ("host", "主持调解员", 11, "text", _named("mediator", "host_mediator_id")),
           ("helpers", "协办调解员", 14, "text", _helpers), ("resp_unit", "责任单位", 18, "text", _text("resp_unit")),
           ("resp_person", "责任人", 10, "text", _text("resp_person")),
           ("leader_in_charge", "包案领导", 10, "text", _text("leader_in_charge")),
           ("linkage", "联合调解", 12, "text", _many("LINKAGE", "linkage")),
           ("deadline", "化解时限", 12, "day", _limit), ("sessions", "调解次数", 9, "number", _sessions),
           ("last_session", "最近调解", 12, "day", _last_session),
           ("next_at", "下次调解", 17, "text", lambda matter, _: spoken_moment(matter.dispute.get("next_at"))),
           ("status", "目前进展", 16, "text", _coded("CASE_STATUS", "status"))),
    *_made("结果",
           ("resolve_way", "化解方式", 16, "text", _coded("RESOLVE_WAY", "resolve_way")),
           ("resolve_level", "化解层级", 9, "text", _coded("RESOLVE_LEVEL", "resolve_level")),
           ("resolve_situation", "化解情况", 40, "wrap", _outcome),
           ("end_date", "化解日期", 12, "day", _day("end_date")),
           ("end_reason", "怎么结束的", 20, "text", _coded("END_REASON", "end_reason")),
           ("refuse_reason", "不予受理理由", 20, "text", _coded("REFUSE_REASON", "refuse_reason")),
           ("agreement_form", "协议形式", 9, "text",
            lambda matter, _: code_name("AGREEMENT_FORM", _agreement(matter).get("form"))),
           ("agreement_no", "协议编号", 22, "text", _last("agreement_no")),
           ("agreement_amount", "协议金额（元）", 14, "money", _last("amount_cents")),
           ("effective_date", "协议生效", 12, "day",
            lambda matter, _: day_cell(_agreement(matter).get("effective_date"))),
           ("performance", "履行情况", 10, "text",
            lambda matter, _: code_name("PERFORMANCE", _agreement(matter).get("performance"))),
           ("confirm_state", "司法确认", 10, "text",
            lambda matter, _: code_name("CONFIRM_STATE", _agreement(matter).get("confirm_state"))),
           ("satisfaction", "是否回访/满意度", 18, "text", _followed_up),
           ("handed_over", "是否移交及去向", 20, "text", _handed_over),
           ("prevented", "防止了什么", 16, "text", _many("PREVENT", "prevented")),
           ("prevented_people", "防止涉及人数", 9, "number", _text("prevented_people"))),
    *_made("归档",
           ("dossier_no", "卷号", 24, "text", _text("dossier_no")),
           ("retention", "保管期限", 9, "text", _coded("RETENTION", "retention")),
           ("archived_on", "归档日期", 12, "day", _day("archived_on")),
           ("subsidy_class", "以奖代补评定", 12, "text", _text("subsidy_class")),
           ("subsidy", "补贴（元）", 12, "money", _text("subsidy_cents")),
           ("remark", "备注", 24, "wrap", _remark)),
)  # fmt: skip

CATALOGUE: Mapping[str, LedgerColumn] = {one.key: one for one in _ALL}
"""Key -> column, in the order they are offered."""

USUAL = (
    "seq", "matter_code", "found_date", "source", "place", "title", "zz_type", "people_count", "amount", "summary",
    "risk", "difficulty", "resp_unit", "resp_person", "leader_in_charge", "resolve_way", "deadline", "status",
    "resolve_situation", "end_date", "satisfaction", "handed_over", "remark",
)  # fmt: skip
"""The 23 columns of 矛盾纠纷排查调处台账 (domain.md §4.5)."""
