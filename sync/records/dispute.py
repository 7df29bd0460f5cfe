"""A dispute (矛盾纠纷), from the day it is registered to the day it is archived: domain.md §8.1."""

from __future__ import annotations

from sync.records import numbering
from sync.records.kinds import (
    VOID,
    code,
    codes,
    day,
    flag,
    integer,
    items,
    long_text,
    moment,
    money,
    place,
    reference,
    references,
    text,
    texts,
)
from sync.records.record_type import RecordType, Step
from sync.records.rule import ALWAYS, unless, when

ENTERED = unless("origin_file")
"""Required of what a person registers; a ledger row is taken with what it holds."""

ACCEPTED = frozenset({"30", "31", "40"})
CLOSED = frozenset({"70", "71", "80"})
OPEN = frozenset({"10", "20", "30", "31", "40", "60"})

_accepted = when("status", *ACCEPTED, unless_filled="origin_file")
_closed = when("status", *CLOSED, unless_filled="origin_file")
_refused = when("status", "21")

MEDIATION = frozenset({"village", "mediator", "township", "justice", "district"})
UPPER = frozenset({"township", "justice", "district"})

_ACCEPT = ("accept_date", "org_id", "host_mediator_id", "deadline")
_TOLD = ("rights_told_at", "rights_told_form", "consent_mediation")
_END = ("end_reason", "end_date", "resolve_way", "resolve_level")
_TOLD_END = ("end_told_at", "end_told_form")
_FILING = ("filed_by", "filed_on", "checked_by", "archived_on", "dossier_note")

STEPS = (
    Step("交去受理", ("10",), "20", MEDIATION),
    Step("受理", ("10", "20"), "30", MEDIATION, _ACCEPT, _TOLD),
    Step("不予受理", ("10", "20"), "21", MEDIATION, ("refuse_reason", "refuse_told_at")),
    Step("移交", ("10", "20", "30"), "50", MEDIATION, ("resp_unit",), wishes=("resp_person",)),
    Step("中止", ("30",), "31", MEDIATION, ("end_note",)),
    Step("接着调解", ("31",), "30", MEDIATION),
    Step("达成协议，等履行", ("30",), "40", MEDIATION),
    Step("已化解，等回访", ("30", "40", "50"), "60", MEDIATION),
    Step("办结", ("60", "50"), "70", MEDIATION, _END),
    Step("自行和解", ("10", "20", "30"), "70", MEDIATION, _END),
    Step("调解不成", ("30", "31", "40"), "71", MEDIATION, ("end_reason", "end_date"), wishes=_TOLD_END),
    Step("收回来接着办", ("50",), "30", MEDIATION, _ACCEPT),
    Step("重新调解", ("40", "60", "70", "71"), "30", MEDIATION, desk_needs=("reopened_because",)),
    Step("又没履行", ("60",), "40", MEDIATION),
    Step("归档", ("70", "71", "21"), "80", MEDIATION, ("retention",), wishes=_FILING),
    Step("作废", ("10", "20", "21", "30", "31", "40", "50", "60", "70", "71"), "90", MEDIATION,
         ("void_at", "void_reason")),
    Step("恢复", ("90",), "10", MEDIATION),
)  # fmt: skip

DISPUTE = RecordType(
    name="dispute",
    label="纠纷",
    place="place_code",
    writers=MEDIATION,
    status="status",
    steps=STEPS,
    starts=frozenset({"10", "20", "30"}),
    title="title",
    source="domain.md §8.1",
    fields=(
        text("matter_code", "案件编码", 40, required=ALWAYS, automatic=True, source="Z-2024 一案一码"),
        text("title", "纠纷名称", 100, required=ALWAYS, privacy="P", source="G-EVE, G-CCM"),
        day("found_date", "登记日期", required=ALWAYS, source="ledger §4.5"),
        day("happen_date", "发生日期", source="G-EVE"),
        place("place_code", "村（社区）", required=ALWAYS, source="G-CODE"),
        text("place_text", "具体地点", 100, privacy="P", source="G-CCM"),
        text("grid_id", "网格", 40, source="G-EVE"),
        code("source", "怎么来的", "CASE_SOURCE", required=ENTERED, source="L-RMTJ 17-18, F-YNL"),
        reference("found_by", "谁登记的", "account", required=ENTERED, automatic=True, source="SEED 首问责任"),
        reference("first_contact_id", "首问责任人", "account", required=ENTERED, automatic=True, source="SEED"),
        moment("first_contact_at", "首问时间", required=ENTERED, automatic=True, source="SEED"),
        code("zz_type", "属于哪一类", "ZZ_TYPE", required=ALWAYS, group="type", source="G-TYPE §3.2"),
        code("rmtj_type", "人民调解类别", "RMTJ_TYPE", automatic=True, group="type", source="F-HS §2.4"),
        code("month_row", "月报行次", "MONTH_ROW", automatic=True, group="type", source="G-SC §4.6"),
        code("scale", "事件规模", "SCALE", required=ENTERED, source="G-SCALE"),
        integer("people_count", "牵涉几个人", required=ALWAYS, unit="人", source="G-CCM"),
        money("amount_cents", "争的金额", unit="元", source="F-HS"),
        text("unit_involved", "涉及单位", 100, source="G-EVE"),
        long_text("summary", "简单说说经过", 2000, required=ALWAYS, privacy="P", source="G-EVE, forms"),
        texts("claims", "申请事项", privacy="P", required=when("source", "11", unless_filled="origin_file"),
              source="F-BDX"),
        code("difficulty", "难易", "DIFFICULTY", required=ENTERED, source="Z-LZ"),
        code("risk", "风险", "RISK", required=ENTERED, source="Z-DZ"),
        flag("flag_violence", "动过手、有凶器或说要寻短见", required=ENTERED, privacy="S", source="L-RMTJ 25"),
        flag("flag_dv", "家庭暴力", required=ENTERED, privacy="S", source="L-FJB 5, 14"),
        flag("flag_minor", "牵涉未成年人", required=ENTERED, privacy="S", source="L-WB 11"),
        flag("flag_elsewhere", "已在法院、派出所或信访", required=ENTERED, privacy="S", source="§1.2"),
        flag("closed_session", "关起门谈（不公开）", required=ALWAYS, source="L-RMTJ 23"),
        code("status", "办到哪一步", "CASE_STATUS", required=ALWAYS, automatic=True, group="state",
             source="§8.1 CASE_STATUS"),
        day("accept_date", "受理日期", required=_accepted, group="accept", source="§1.2"),
        code("refuse_reason", "不予受理理由", "REFUSE_REASON", required=_refused, source="§1.2"),
        moment("refuse_told_at", "告知时间", required=_refused, source="§1.2"),
        reference("org_id", "受理组织", "mediation_org", required=_accepted, group="accept", source="F-ZHE"),
        reference("host_mediator_id", "主持调解员", "mediator", required=_accepted, source="F-ZHE"),
        references("co_mediator_ids", "协办调解员", "mediator", source="F-ZHE"),
        day("deadline", "调解期限", required=_accepted, group="deadline", source="§1.5"),
        day("extended_to", "延到哪天", group="deadline", source="§1.5"),
        day("extension_consent_at", "双方哪天同意延期", required=when("extended_to"), group="deadline",
            source="L-NMG 36"),
        moment("next_at", "下次调解", group="appointment", source="design: an appointment can be moved"),
        text("next_place", "下次在哪里", 100, group="appointment", source="design"),
        text("resp_unit", "责任单位", 100, source="Z-BA"),
        text("resp_person", "责任人", 50, source="Z-BA"),
        text("leader_in_charge", "包案领导", 50, source="Z-BA"),
        code("resolve_way", "化解方式", "RESOLVE_WAY", required=_closed, group="state", source="G-EVE"),
        code("resolve_level", "化解层级", "RESOLVE_LEVEL", required=_closed, group="state", source="SEED"),
        code("end_reason", "怎么结束的", "END_REASON", required=_closed, group="state", source="§1.8"),
        day("end_date", "结束日期", required=_closed, group="state", source="§1.8"),
        long_text("end_note", "结束说明", 500, group="state", privacy="P", source="§1.8"),
        flag("is_success", "化解成功", automatic=True, group="state", source="G-EVE"),
        codes("prevented", "防止了什么", "PREVENT", source="F-HS; 司法所复核"),
        integer("prevented_people", "防止涉及人数", unit="人", source="F-HS"),
        codes("special_groups", "涉特殊群体", "SPECIAL_GROUP", privacy="P", source="F-ZHE"),
        flag("migrant_worker", "涉农民工", privacy="P", source="F-ZHE"),
        text("dossier_no", "卷号", 60, lasting=numbering.FORM, source="F-BDX §2.3: once drawn, never changed"),
        code("retention", "保管期限", "RETENTION", required=when("status", "80"), source="F-ARCH"),
        moment("shelved_at", "什么时候收到区里的", automatic=True, hub_fills=True, source="§1.10"),
        text("referred_by", "委托、移送的单位", 100, group="referral", source="L-RMTJ 18, L-NB 19"),
        text("referral_no", "委托调解函号", 60, group="referral", source="L-NB 19"),
        day("referred_on", "哪天委托、移送来的", group="referral", source="L-NB 19"),
        day("returned_on", "哪天把结果告诉委托单位的", group="returned", source="L-NB 19"),
        long_text("returned_note", "怎么告诉的", 500, privacy="P", group="returned", source="L-NB 19"),
        codes("linkage", "联合调解", "LINKAGE", source="公调、诉调、访调对接，三调联动"),
        items("joint_bodies", "一起调解的单位", text("name", "单位", 100, required=ALWAYS),
              text("person", "来的人", 50, privacy="P"), text("duty", "做什么", 100), source="若干规定 21"),
        items("suspensions", "中止", day("from_day", "哪天中止", required=ALWAYS), day("to_day", "哪天接着调"),
              text("reason", "为什么", 200, required=ALWAYS), source="§1.5: 鉴定期间不算"),
        items("replacements", "更换调解员", reference("former_id", "原来的调解员", "mediator", required=ALWAYS),
              reference("next_id", "换成谁", "mediator", required=ALWAYS), day("on", "哪天", required=ALWAYS),
              text("asked_by", "谁要求的", 80, privacy="P"), text("reason", "为什么", 200, required=ALWAYS),
              source="§1.4 回避"),
        moment("end_told_at", "什么时候告知终止的", group="end_told", source="L-RMTJ 26"),
        code("end_told_form", "怎么告知的", "TOLD_FORM", group="end_told", source="L-RMTJ 26"),
        text("reopened_because", "为什么重新调解", 200, privacy="P", source="design"),
        text("filed_by", "立卷人", 50, group="filing", source="F-BDX"),
        day("filed_on", "立卷日期", group="filing", source="F-BDX"),
        text("checked_by", "检查人", 50, group="filing", source="卷宗情况说明、封底"),
        day("archived_on", "归档日期", group="filing", source="封底"),
        long_text("dossier_note", "卷宗情况说明", 1000, privacy="P", source="§2.2"),
        text("subsidy_class", "一案一补哪一档", 40, group="subsidy", source="F-SUB, F-ZHE"),
        money("subsidy_cents", "补贴金额", unit="元", group="subsidy", source="F-SUB"),
        text("subsidy_checked_by", "谁审定的", 50, group="subsidy", source="F-SUB"),
        day("subsidy_checked_on", "哪天审定的", group="subsidy", source="F-SUB"),
        reference("merged_into", "并到哪一件", "dispute", source="design"),
        text("origin_file", "从哪个文件来", 200, group="origin", automatic=True, source="issue: real ledgers"),
        text("origin_sheet", "哪张表", 100, group="origin", automatic=True, source="issue: real ledgers"),
        integer("origin_row", "第几行", 2_000_000, group="origin", automatic=True, source="issue: real ledgers"),
        text("origin_key", "原行指纹", 64, group="origin", automatic=True, source="issue: real ledgers"),
        *VOID,
    ),
)  # fmt: skip
