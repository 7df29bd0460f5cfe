"""An invented case with everything in it, as plain data. Nobody here is real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop.papers.facts.file import CaseFile, Listed
from desktop.papers.kinds import KINDS
from desktop.papers.library import shipped
from desktop.papers.matter import Matter
from desktop.papers.template.filling import fill
from desktop.papers.template.paper import Paper

LONG_NAME, RARE_NAME = "古丽努尔·阿卜杜热合曼", "李䶮"
NAMES = {
    "m1": "马秀兰", "m2": "赵文博", "a1": "马秀兰", "a2": "李玉梅", "o1": "花所镇人民调解委员会",
}  # fmt: skip

PARTIES: list[dict[str, Any]] = [
    {
        "id": "p1", "seq": 1, "side": "甲", "kind": "自然人", "name": LONG_NAME, "sex": "2", "ethnic": "05",
        "birth_date": "1968-03-02", "occupation": "务农", "phone": "13909330001",
        "address": "花所镇花所村三社 17 号", "id_type": "111", "id_no": "620802196803020021",
        "rights_told_at": "2026-09-07T09:20:00+08:00", "rights_told_by": "a1", "rights_told_form": "口头",
        "consent_mediation": True, "consent_at": "2026-09-07T09:20:00+08:00",
        "agent_name": "马保平",
    },
    {
        "id": "p2", "seq": 2, "side": "乙", "kind": "自然人", "name": RARE_NAME, "sex": "1", "ethnic": "01",
        "age": 51, "occupation": "泥瓦工", "phone": "13909330002", "address": "花所镇花所村三社 18 号",
        "id_type": "111", "id_no": "620802197505060033", "rights_told_at": "2026-09-07T09:25:00+08:00",
        "rights_told_by": "a1", "rights_told_form": "口头", "consent_mediation": True,
        "consent_at": "2026-09-07T09:25:00+08:00",
    },
]  # fmt: skip
UNIT: dict[str, Any] = {
    "id": "p3", "seq": 3, "side": "乙", "kind": "法人", "name": "平凉市顺达建筑劳务有限公司",
    "credit_code": "91620802MA0000000X", "legal_rep": "王建国", "phone": "0933-8000000",
    "address": "平凉市崆峒区解放北路 9 号", "rights_told_at": "2026-09-07T09:25:00+08:00",
}  # fmt: skip

DISPUTE: dict[str, Any] = {
    "id": "d1", "matter_code": "620802107204-20260905-007-012", "title": f"{LONG_NAME}与{RARE_NAME}宅基地排水纠纷",
    "found_date": "2026-09-05", "accept_date": "2026-09-07", "deadline": "2026-10-09", "place_code": "620802107204",
    "source": "11", "rmtj_type": "03", "zz_type": "0902", "people_count": 2, "amount_cents": 460000,
    "summary": "乙方翻建东房时把檐口伸到界墙上，下雨时雨水顺檐口流到甲方后墙，墙面返潮、粮食发霉。"
               "甲方多次找乙方说，乙方认为自家滴水从来就在这里。八月二十日大雨后双方在巷道里吵起来。",
    "claims": ["把檐口收回界墙以内，改道排水", "赔偿粮食和墙面损失 4,600 元", "今后不再往甲方院内排水"],
    "org_id": "o1", "host_mediator_id": "m1", "co_mediator_ids": ["m2"], "found_by": "a2", "status": "80",
    "dossier_no": "（2026）花所人调字第 012 号", "end_reason": "11", "is_success": True, "end_date": "2026-10-16",
    "end_note": "双方达成书面协议，檐口已改道，3,000 元已付清。", "resolve_way": "01", "retention": "长期",
    "filed_by": "李玉梅", "filed_on": "2026-10-20", "checked_by": "赵文博", "archived_on": "2026-10-21",
    "dossier_note": "身份证复印件两张附在身份证明页后。其余文书齐全。",
    "referred_by": "花所派出所", "referral_no": "花公委调〔2026〕3 号", "referred_on": "2026-09-04",
    "returned_on": "2026-10-17", "returned_note": "双方达成书面协议并已履行。",
    "refuse_reason": "01", "refuse_told_at": "2026-09-06T10:00:00+08:00",
    "end_told_at": "2026-10-16T10:00:00+08:00",
}  # fmt: skip

INQUIRY: dict[str, Any] = {
    "id": "s1", "seq": 1, "kind": "调查", "start_at": "2026-09-08T15:10:00+08:00",
    "end_at": "2026-09-08T15:50:00+08:00", "place": "花所村委会", "recorder": "a2", "result": "择日",
    "mediators": [{"mediator_id": "m1", "host": True}], "respondent": "杨占奎", "respondent_sex": "1",
    "respondent_ethnic": "01", "respondent_age": 66, "respondent_occupation": "务农",
    "respondent_phone": "13909330009", "respondent_address": "花所镇花所村三社 15 号", "rights_told": True,
    "body": "问：我们是花所镇人民调解委员会的，想问问两家排水的事，你照实说就行。\n答：好。\n"
            "问：李家的檐口原来在哪里？\n答：老房子的时候，滴水在他自家院里，离界墙有一尺来宽。\n"
            "问：什么时候伸出来的？\n答：今年四月翻建的时候。墙是靠着界墙起的，檐口就到界墙上了。\n"
            "问：下雨的时候水往哪里流？\n答：我看见过，八月二十那天雨大，水直接打在她家后墙上。",
}  # fmt: skip
MEDIATION: dict[str, Any] = {
    "id": "s2", "seq": 2, "kind": "调解", "start_at": "2026-09-12T14:30:00+08:00",
    "end_at": "2026-09-12T16:45:00+08:00", "place": "花所镇综治中心调解室", "recorder": "a2", "result": "达成",
    "mediators": [{"mediator_id": "m1", "host": True}, {"mediator_id": "m2"}], "parties_present": ["p1", "p2"],
    "others": [{"name": "杨占奎", "relation": "邻居", "consent": True}], "rights_told": True,
    "body": "14:32 马秀兰：今天把两家请来，把排水的事说清楚。调解不收钱，不愿意谈随时可以说。\n"
            f"14:35 {LONG_NAME}：我就两条，檐口收回去，粮食坏了的赔给我。\n"
            f"14:38 {RARE_NAME}：房子已经盖好了，收檐口要花钱，粮食坏了多少也没个数。\n"
            "14:50 杨占奎：老界墙我认得，滴水从前在李家院里。\n"
            "15:40 赵文博：檐口加一道天沟，水引到李家自己院里，花不了多少，房子也不用动。\n"
            f"15:55 {RARE_NAME}：天沟我做，赔钱三千我认。\n"
            f"16:20 {LONG_NAME}：三千就三千，十月中旬以前给就行。\n"
            "谈成的：乙方加装天沟改道排水，赔偿 3,000 元，十月十五日前付清。",
}  # fmt: skip
AGREEMENT: dict[str, Any] = {
    "id": "g1", "form": "书面", "agreement_no": "（2026）花所人调字第 012 号",
    "facts": "2026 年 4 月乙方翻建东房，檐口伸至界墙。8 月 20 日大雨，雨水冲到甲方后墙，墙面返潮，存粮发霉。",
    "issues": "檐口排水如何改道，墙面和粮食损失由谁承担、承担多少。",
    "liability": "乙方未按相邻关系处理排水，承担主要责任；甲方粮食堆放靠墙，自行承担部分损失。",
    "items": ["乙方在东房檐口加装天沟，把雨水引入自家院内，今后不再向甲方院内排水。",
              "乙方赔偿甲方墙面、粮食损失 3,000 元。", "双方今后互不追究此前口角。"],
    "obligations": [
        {"id": "b1", "who": RARE_NAME, "what": "加装天沟，改道排水", "due_date": "2026-09-30",
         "place": "东房檐口", "done_date": "2026-09-28"},
        {"id": "b2", "who": RARE_NAME, "to_whom": LONG_NAME, "what": "支付赔偿款", "amount_cents": 300000,
         "manner": "现金", "due_date": "2026-10-15", "done_date": "2026-10-14"},
    ],
    "amount_cents": 300000, "copies": 3, "recorder": "a2", "mediator_mark_date": "2026-09-12",
    "seal_date": "2026-09-12", "effective_date": "2026-09-12", "confirm_deadline": "2026-10-12",
    "party_marks": [{"party_id": "p1", "kind": "指印", "date": "2026-09-12"},
                    {"party_id": "p2", "kind": "签名", "date": "2026-09-12"}],
    "confirm_state": "已申请", "court": "平凉市崆峒区人民法院", "confirm_applied_at": "2026-09-20",
    "performance": "已履行",
}  # fmt: skip
ORAL: dict[str, Any] = {**AGREEMENT, "id": "g2", "form": "口头", "agreed_on": "2026-09-12"}
VISIT: dict[str, Any] = {
    "id": "f1", "agreement_id": "g1", "kind": "回访", "planned_date": "2026-10-20", "done_date": "2026-10-20",
    "way": "上门", "visitor_id": "a2", "respondent": LONG_NAME, "performance": "已履行", "satisfaction": "满意",
    "left_over_risk": False, "sued": False, "content": "天沟已装好，雨后看过，水不再过来。3,000 元已收到。",
    "measures": "请两家今后修房先打招呼。",
}  # fmt: skip


def naming(_: str, record_id: str) -> str:
    """Names of the invented staff."""
    return NAMES.get(record_id, "")


def case(**more: Any) -> CaseFile:
    """The whole case."""
    given: dict[str, Any] = {"dispute": DISPUTE, "parties": PARTIES, "sessions": [INQUIRY, MEDIATION],
                             "agreements": [AGREEMENT], "follow_ups": [VISIT], **more}  # fmt: skip
    org = {"full_name": NAMES["o1"], "short_name": "花所", "host_unit": "花所镇人民政府"}
    return CaseFile(Matter(**given), naming, org, "花所镇 花所村")


def about(whole: CaseFile, name: str) -> CaseFile:
    """The case for a paper of that name."""
    matter = whole.matter
    records = {"人民调解调查记录": (INQUIRY,), "人民调解口头协议登记表": (ORAL,)}.get(name) or {
        "session": matter.sessions[1:], "agreement": matter.agreements, "follow_up": matter.follow_ups,
        "party": matter.parties, "case": ({},),
    }[KINDS[name].scope]  # fmt: skip
    return whole.about(KINDS[name].scope, records[0] if records else {})


def filled(name: str, whole: CaseFile | None = None) -> Paper:
    """The shipped paper of that name, filled from the case."""
    return fill(shipped(name), about(whole or case(), name), numbered=KINDS[name].numbered)


DOSSIER = tuple(name for name in KINDS if name not in (
    "不予受理告知书", "个人信息告知单", "人民调解受理登记表", "人民调解口头协议登记表", "终止调解告知书",
    "委托调解结果反馈函", "结案报告表",
))  # fmt: skip
"""The papers of a written case that was confirmed by a court."""


def dossier(whole: CaseFile | None = None, names: Sequence[str] = DOSSIER) -> list[Paper]:
    """A whole dossier, in its order."""
    listed = [Listed(name, name) for name in names if KINDS[name].numbered]
    whole = replace(whole or case(), contents=listed)
    return [filled(name, whole) for name in names]
