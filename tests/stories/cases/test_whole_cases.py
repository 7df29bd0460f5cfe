"""Three whole cases through the window, from the first word to the bound dossier (issue 4). Everybody is invented."""

from __future__ import annotations

from pathlib import Path

from tests.stories.cases.bound import bind, gaps
from tests.stories.cases.conftest import Arrive
from tests.stories.cases.scans import scan

ASKED = {"flag_violence": "没有", "flag_dv": "没有", "flag_minor": "没有", "flag_elsewhere": "没有"}
TOLD = {"told_consent": "双方都同意调解", "told_form": "口头"}


def test_neighbours_settle_by_word_of_mouth_at_once(arrive: Arrive, tmp_path: Path, keep: Path | None) -> None:
    clerk = arrive()
    clerk.register(
        {"name": "周桂兰", "phone": "13900000001", "address": "花所村二社", "sex": "女", "age": "61"},
        {"name": "吴永福", "phone": "13900000002", "address": "花所村二社", "sex": "男", "age": "57"},
        source="当事人口头申请", place_code="花所村", zz_type="用水排水通行",
        summary="吴永福家新搭的棚檐朝周桂兰家院里滴水，院墙根泡湿了。", people_count="2", risk="低", difficulty="简单",
        scale="个体性", **ASKED, **TOLD,
    )  # fmt: skip
    assert clerk.record()["status"] == "30"
    clerk.scan_in("当事人身份证明", scan(tmp_path, "两人的身份证", "居民身份证复印件（样张）", "周桂兰", "吴永福"))
    clerk.record_session(
        "花所镇综治中心调解室",
        [("周桂兰", "棚檐往回收一尺就行。"), ("吴永福", "我今天就锯，锯完您来看。")],
        result="达成", closing="吴永福当天把棚檐锯短一尺，滴水落在自家院里。", with_whom=("周桂兰", "吴永福"),
    )  # fmt: skip
    clerk.agree(form="口头", items=["吴永福把棚檐锯短一尺，滴水落在自家院里。当天已经锯好。"], performance="已履行")
    assert clerk.record()["status"] == "60"
    clerk.draw_number()
    clerk.at(9, 21)
    clerk.next_step("写回访", way="上门", respondent="周桂兰", performance="已履行", satisfaction="满意",
                    left_over_risk="否", content="下过一场雨，院墙根是干的，两家见面说话。")  # fmt: skip
    clerk.choose("办结")
    clerk.fill(end_reason="达成口头协议并已履行", resolve_way="人民调解", resolve_level="乡镇")
    clerk.choose("归档")
    clerk.fill(retention="短期", checked_by="赵文博")
    assert clerk.record()["status"] == "80"
    pages = bind(clerk, "oral", keep)
    assert gaps(clerk) == []


def test_a_land_contract_is_settled_in_writing_confirmed_by_a_court_and_paid_in_two_parts(
    arrive: Arrive, tmp_path: Path, keep: Path | None
) -> None:
    clerk = arrive()
    clerk.register(
        {"name": "陈立本", "phone": "13900000003", "address": "花所村四社", "id_type": "身份证", "id_no": "629901196803020029"},
        {"name": "沈家祥", "phone": "13900000004", "address": "花所村五社", "id_type": "身份证", "id_no": "629901197505060035"},
        source="当事人书面申请", place_code="花所村", zz_type="土地承包经营",
        summary="沈家祥租种陈立本家六亩承包地，租了三年，后两年的租金一直没有给。", claims=["付清两年租金 9,600 元"],
        people_count="2", amount_cents="9600", risk="低", difficulty="复杂", scale="个体性", **ASKED, **TOLD,
    )  # fmt: skip
    clerk.draw_number()
    clerk.attach(scan(tmp_path, "租地协议", "租地协议（样张）", "六亩，三年，每亩每年 800 元"))
    clerk.at(9, 16, 14)
    clerk.record_session(
        "花所镇综治中心调解室",
        [("陈立本", "地种了三年，租金只给了头一年的，还差九千六。"),
         ("沈家祥", "钱是欠着。今年苞谷价不好，一下子拿不出来。"), ("陈立本", "分两回给也行，总要有个日子。"),
         ("沈家祥", "十月中给一半，十一月中给一半。")],
        result="达成", closing="沈家祥分两次付清 9,600 元。", with_whom=("陈立本", "沈家祥"),
    )  # fmt: skip
    clerk.agree(
        form="书面", liability="沈家祥没有按约定付租金，应当付清；陈立本同意分两次付。",
        instalments={"who": "沈家祥", "to_whom": "陈立本", "total_cents": "9600", "count": "2", "first_due": "2026-10-15"},
        party_marks=[{"party_id": "陈立本", "kind": "签名", "date": "2026-09-16"},
                     {"party_id": "沈家祥", "kind": "指印", "date": "2026-09-16"}],
        mediator_mark_date="2026-09-16", seal_date="2026-09-17",
    )  # fmt: skip
    clerk.at(9, 25)
    clerk.ask_court(confirm_state="已申请", court="平凉市崆峒区人民法院", confirm_applied_at="2026-09-25")
    clerk.at(10, 12)
    clerk.ask_court(confirm_state="裁定有效", confirm_ruled_at="2026-10-10", ruling_no="（2026）甘0802民特99号")
    for month, day, which in ((10, 15, "第一次"), (11, 13, "第二次")):
        clerk.at(month, day)
        clerk.attach(scan(tmp_path, f"{which}付款收条", f"收条（样张）{which}", "收到沈家祥租金 4,800 元", "收款人：陈立本"))
        clerk.perform("", proof_id=f"{which}付款收条")
    assert clerk.record()["status"] == "60"
    clerk.at(11, 20)
    clerk.next_step("写回访", way="电话", respondent="陈立本", performance="已履行", satisfaction="满意",
                    left_over_risk="否", content="两次都收到了，地明年还让他种，重新写了合同。")  # fmt: skip
    clerk.choose("办结")
    clerk.fill(end_reason="达成书面协议并已履行", resolve_way="人民调解", resolve_level="乡镇")
    clerk.choose("归档")
    clerk.fill(retention="长期", checked_by="赵文博")
    assert clerk.record()["status"] == "80"
    pages = bind(clerk, "written-and-confirmed", keep)
    assert gaps(clerk) == []


def test_a_wage_claim_fails_the_lawful_ways_are_told_and_it_is_handed_back(arrive: Arrive, tmp_path: Path, keep: Path | None) -> None:
    clerk = arrive()
    clerk.at(1, 5, year=2027)
    clerk.register(
        {"name": "古丽努尔·阿卜杜热合曼", "phone": "13900000005", "address": "花所村一社", "id_type": "身份证",
         "id_no": "629901198811050040"},
        {"name": "甲乙丙建筑劳务有限公司", "kind": "法人", "phone": "0933-8000000", "address": "区解放北路 9 号",
         "legal_rep": "王建国"},
        source="行政部门移送", place_code="花所村", zz_type="劳动合同、劳务派遣",
        summary="古丽努尔在工地做饭四个月，工资 14,400 元一直没有结。公司说活是转包出去的，不该由它付。",
        people_count="2", amount_cents="14400", risk="中", difficulty="复杂", scale="个体性", **ASKED, **TOLD,
    )  # fmt: skip
    clerk.choose("记谁委托来的")
    clerk.fill(referred_by="崆峒区劳动监察大队", referral_no="崆劳调〔2027〕1 号", referred_on="2027-01-04")
    clerk.at(1, 12, 15, year=2027)
    clerk.record_session(
        "花所镇综治中心调解室",
        [("古丽努尔·阿卜杜热合曼", "四个月一万四千四，打了欠条的。"), ("甲乙丙建筑劳务有限公司", "活是转包出去的，这钱我们不认，也不再谈了。")],
        result="未达成", closing="公司不认这笔工资，不愿意再谈。",
        with_whom=("古丽努尔·阿卜杜热合曼", "甲乙丙建筑劳务有限公司"),
    )  # fmt: skip
    clerk.choose("调解不成")
    clerk.fill(end_reason="一方或双方拒绝", end_told_at="2027-01-12 16:30", end_told_form="口头",
               resolve_way="人民调解", resolve_level="乡镇",
               end_note="公司不愿意再谈，已告诉双方可以申请劳动仲裁或找劳动监察。")  # fmt: skip
    clerk.choose("反馈委托单位")
    clerk.fill(returned_note="调解不成，已把终止调解告知书和记录复印件送劳动监察大队。")
    clerk.choose("归档")
    clerk.fill(retention="短期", checked_by="赵文博")
    assert clerk.record()["status"] == "80"
    pages = bind(clerk, "failed-and-handed-back", keep)
    assert gaps(clerk) == []
