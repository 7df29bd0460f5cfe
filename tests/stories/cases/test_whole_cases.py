"""Three whole cases through the window, from the first word to the bound dossier (issue 4). Everybody is invented.

Everything is typed, pressed or chosen in the program's own widgets; only the system's file chooser is answered for it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.stories.cases.bound import bind, check, gaps, ledger_line, province_line
from tests.stories.cases.conftest import Arrive
from tests.stories.cases.scans import scan

ASKED = {"flag_violence": "没有", "flag_dv": "没有", "flag_minor": "没有", "flag_elsewhere": "没有"}
TOLD = {"told_consent": "双方都同意调解", "told_form": "口头"}
ROOM, COURT = "花所镇综治中心调解室", "平凉市崆峒区人民法院"
NUMBER = "（2026）花所人调字第1号"
MOST_GIVEN, MOST_TYPED = 75, 33
"""Fields answered for a written case with a court and two instalments, and those of them that were typed as words."""


def test_neighbours_settle_by_word_of_mouth_at_once(arrive: Arrive, tmp_path: Path, keep: Path | None) -> None:
    clerk, people = arrive(), ("周桂兰", "吴永福")
    clerk.register(
        {"name": "周桂兰", "phone": "13900000001", "address": "花所村二社", "sex": "女", "age": "61", "ethnic": "汉",
         "occupation": "务农"},
        {"name": "吴永福", "phone": "13900000002", "address": "花所村二社", "sex": "男", "age": "57", "ethnic": "汉",
         "occupation": "木匠"},
        source="当事人口头申请", place_code="花所村", zz_type="用水排水通行",
        summary="吴永福家新搭的棚檐朝周桂兰家院里滴水，院墙根泡湿了。", people_count="2", risk="低", difficulty="简单",
        scale="个体性", **ASKED, **TOLD,
    )  # fmt: skip
    clerk.scan_in("当事人身份证明", scan(tmp_path, "两人的身份证", "居民身份证复印件（样张）", *people))
    said = [("周桂兰", "棚檐往回收一尺就行。"), ("吴永福", "我今天就锯，锯完您来看。")]
    clerk.record_session(
        ROOM, said, result="达成", closing="吴永福当天把棚檐锯短一尺，滴水落在自家院里。", with_whom=people
    )
    clerk.agree(form="口头", items=["吴永福把棚檐锯短一尺，滴水落在自家院里。当天已经锯好。"], performance="已履行")
    assert clerk.record()["status"] == "60"
    clerk.draw_number()
    clerk.at(9, 21)
    clerk.next_step("写回访", way="上门", respondent="周桂兰", performance="已履行", satisfaction="满意",
                    left_over_risk="否", sued="否", content="下过一场雨，院墙根是干的，两家见面说话。")  # fmt: skip
    clerk.choose("办结")
    clerk.fill(end_reason="达成口头协议并已履行", resolve_way="人民调解", resolve_level="乡镇")
    clerk.choose("归档")
    clerk.fill(retention="短期", checked_by="赵文博")

    assert gaps(clerk) == []
    dossier = bind(clerk, "oral", keep)
    check(dossier, *people)
    assert dossier.names == (
        "卷宗封面", "卷内目录", "人民调解受理登记表", "人民调解当事人权利义务告知书", "当事人身份证明", "人民调解记录",
        "人民调解口头协议登记表", "人民调解回访记录", "封底",
    )  # fmt: skip
    assert NUMBER in dossier.of["卷宗封面"]
    assert NUMBER in dossier.of["人民调解口头协议登记表"]
    line = ledger_line(clerk)
    assert (line["目前进展"], line["化解方式"], line["化解日期"]) == ("已归档", "人民调解", date(2026, 9, 21))
    assert (line["涉及人数"], line["是否回访/满意度"]) == (2, "已回访（满意）")
    row = province_line(clerk)
    assert (row["案件来源"], row["协议形式"], row["协议履行情况"], row["调解结果"]) == (
        "当事人口头申请", "口头", "已履行", "调解成功",
    )  # fmt: skip
    assert (row["主办调解员"], row["调解时间"], row["当事人"]) == ("马秀兰", date(2026, 9, 7), "周桂兰、吴永福")


def test_a_land_contract_is_settled_in_writing_confirmed_by_a_court_and_paid_in_two_parts(
    arrive: Arrive, tmp_path: Path, keep: Path | None
) -> None:
    clerk, people = arrive(), ("陈立本", "沈家祥")
    clerk.register(
        {"name": "陈立本", "phone": "13900000003", "address": "花所村四社", "ethnic": "汉", "id_type": "身份证",
         "id_no": "629901196803020010", "occupation": "务农"},
        {"name": "沈家祥", "phone": "13900000004", "address": "花所村五社", "ethnic": "回", "id_type": "身份证",
         "id_no": "629901197505060035", "occupation": "务农"},
        source="当事人书面申请", place_code="花所村", zz_type="土地承包经营",
        summary="沈家祥租种陈立本家六亩承包地，租了三年，后两年的租金一直没有给。", claims=["付清两年租金 9,600 元"],
        people_count="2", amount_cents="9600", risk="低", difficulty="复杂", scale="个体性", **ASKED, **TOLD,
    )  # fmt: skip
    clerk.attach(scan(tmp_path, "租地协议", "租地协议（样张）", "六亩，三年，每亩每年 800 元"))
    clerk.at(9, 16, 14)
    said = [("陈立本", "地种了三年，租金只给了头一年的，还差九千六。"),
            ("沈家祥", "钱是欠着，今年苞谷价不好，一下子拿不出来。"),
            ("陈立本", "分两回给也行，总要有个日子。"), ("沈家祥", "十月中给一半，十一月中给一半。")]  # fmt: skip
    clerk.record_session(ROOM, said, result="达成", closing="沈家祥分两次付清 9,600 元。", with_whom=people)
    clerk.agree(
        form="书面", liability="沈家祥没有按约定付租金，应当付清；陈立本同意分两次付。",
        instalments={"who": "沈家祥", "to_whom": "陈立本", "total_cents": "9600", "count": "2",
                     "first_due": "2026-10-15"},
        party_marks=[{"party_id": "陈立本", "kind": "签名", "date": "16"},
                     {"party_id": "沈家祥", "kind": "指印", "date": "16"}],
        mediator_mark_date="16", seal_date="17",
    )  # fmt: skip
    clerk.draw_number()
    agreement = clerk.only("agreement")
    assert agreement["effective_date"] == "2026-09-17"
    assert agreement["confirm_deadline"] == "2026-10-19"  # the 17th is a Saturday
    clerk.at(9, 25)
    clerk.ask_court(confirm_state="已申请", court=COURT, confirm_applied_at="25")
    clerk.at(10, 12)
    clerk.ask_court(confirm_state="裁定有效", confirm_ruled_at="10", ruling_no="（2026）甘0802民特99号")
    clerk.attach(scan(tmp_path, "民事裁定书", "民事裁定书（样张）", "调解协议有效"))
    for month, day, which in ((10, 15, "第一次"), (11, 13, "第二次")):
        clerk.at(month, day)
        receipt = f"{which}付款收条"
        clerk.attach(scan(tmp_path, receipt, f"收条（样张）{which}", "收到沈家祥租金 4,800 元", "收款人：陈立本"))
        clerk.perform(proof_id=receipt)
    assert clerk.record()["status"] == "60"
    clerk.at(11, 20)
    clerk.next_step("写回访", way="电话", respondent="陈立本", performance="已履行", satisfaction="满意",
                    left_over_risk="否", sued="否", content="两次都收到了，地明年还让他种，重新写了合同。")  # fmt: skip
    clerk.choose("办结")
    clerk.fill(end_reason="达成书面协议并已履行", resolve_way="人民调解", resolve_level="乡镇")
    clerk.choose("归档")
    clerk.fill(retention="长期", checked_by="赵文博")

    print(f"书面一件：人填 {len(clerk.hands.given)} 项，其中打字 {len(clerk.hands.typed)} 项")
    assert len(clerk.hands.given) <= MOST_GIVEN
    assert len(clerk.hands.typed) <= MOST_TYPED
    assert gaps(clerk) == []
    dossier = bind(clerk, "written-and-confirmed", keep)
    check(dossier, *people)
    assert dossier.names == (
        "卷宗封面", "卷内目录", "人民调解申请书", "人民调解当事人权利义务告知书", "当事人身份证明", "人民调解证据材料",
        "人民调解记录", "人民调解协议书", "履行凭证", "人民调解回访记录", "司法确认申请书", "封底",
    )  # fmt: skip
    for paper in ("卷宗封面", "人民调解协议书", "人民调解回访记录", "司法确认申请书"):
        assert NUMBER in dossier.of[paper]
    assert dossier.of["人民调解协议书"].count("肆仟捌佰元整") == 2
    assert "司法确认申请书13—15有扫描件" in dossier.of["卷内目录"]
    line = ledger_line(clerk)
    assert (line["目前进展"], line["涉及金额（元）"], line["化解日期"]) == ("已归档", 9600, date(2026, 11, 20))
    row = province_line(clerk)
    assert (row["调解书编号"], row["调解协议金(元)"], row["协议形式"]) == (NUMBER, 9600, "书面")
    assert (row["案件来源"], row["案件难度级别"], row["协议履行情况"]) == ("当事人书面申请", "复杂", "已履行")


def test_a_wage_claim_fails_the_lawful_ways_are_told_and_the_sender_gets_the_result(
    arrive: Arrive, tmp_path: Path, keep: Path | None
) -> None:
    clerk, people = arrive(), ("古丽努尔·阿卜杜热合曼", "甲乙丙建筑劳务有限公司")
    clerk.at(1, 5, year=2027)  # nobody has exchanged since autumn: there is no number of the new year here
    clerk.register(
        {"name": people[0], "phone": "13900000005", "address": "花所村一社", "ethnic": "维吾尔", "id_type": "身份证",
         "id_no": "629901198811050040", "occupation": "做饭"},
        {"name": people[1], "kind": "法人", "phone": "0933-8000000", "address": "区解放北路 9 号",
         "credit_code": "91629901MA0000000K", "legal_rep": "王建国"},
        source="行政部门移送", place_code="花所村", zz_type="劳动合同、劳务派遣",
        referred_by="崆峒区劳动监察大队", referral_no="崆劳调〔2027〕1 号", referred_on="2027-01-04",
        summary="古丽努尔在工地做饭四个月，工资 14,400 元一直没有结。公司说活是转包出去的，不该由它付。",
        people_count="2", amount_cents="14400", risk="中", difficulty="复杂", scale="个体性", **ASKED, **TOLD,
    )  # fmt: skip
    clerk.scan_in("当事人身份证明", scan(tmp_path, "公司的营业执照", "营业执照复印件（样张）", people[1]))
    clerk.draw_number()
    clerk.at(1, 12, 15, year=2027)
    said = [(people[0], "四个月一万四千四，打了欠条的。"), (people[1], "活是转包出去的，这钱我们不认，也不再谈了。")]
    clerk.record_session(ROOM, said, result="未达成", closing="公司不认这笔工资，不愿意再谈。", with_whom=people)
    clerk.choose("调解不成")
    clerk.fill(end_reason="一方或双方拒绝", resolve_way="人民调解", resolve_level="乡镇", end_told_at="12 1630",
               end_told_form="口头", end_note="公司不愿意再谈，已告诉双方可以申请劳动仲裁、找劳动监察。")  # fmt: skip
    clerk.choose("反馈委托单位")
    clerk.fill(returned_note="已把终止调解告知书和记录复印件送到劳动监察大队。")
    clerk.choose("归档")
    clerk.fill(retention="短期", checked_by="赵文博")

    assert gaps(clerk) == []
    dossier = bind(clerk, "failed-and-handed-back", keep)
    check(dossier, *people)
    assert dossier.names == (
        "卷宗封面", "卷内目录", "人民调解受理登记表", "人民调解当事人权利义务告知书", "当事人身份证明", "人民调解记录",
        "终止调解告知书", "委托调解结果反馈函", "封底",
    )  # fmt: skip
    assert "（待编号）" in dossier.of["卷宗封面"]
    assert "仲裁" in dossier.of["终止调解告知书"]
    assert "崆峒区劳动监察大队" in dossier.of["委托调解结果反馈函"]
    assert "调解不成，一方或双方拒绝" in dossier.of["委托调解结果反馈函"]
    line = ledger_line(clerk)
    assert (line["目前进展"], line["化解日期"], line["涉及金额（元）"]) == ("已归档", date(2027, 1, 12), 14400)
    row = province_line(clerk)
    assert (row["调解结果"], row["调解书编号"], row["协议形式"]) == ("调解不成功", "", "")
    assert row["案件来源"] == "行政部门移送"
