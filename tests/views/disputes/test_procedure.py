"""The procedure on the page of a dispute: what to think of, another mediator, the sending body, a breach, the court."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.casework import readings
from desktop.casework.disputes import progress
from desktop.store import Edit
from desktop.views.disputes.page.page import DisputePage
from desktop.views.disputes.page.people import PersonCard
from desktop.views.kit import Button, Label, Paragraph
from tests.casework.conftest import CLERK
from tests.views.disputes.stage import Enter, Stage, press, settle
from tests.views.disputes.town import Town

CTRL, ENTER = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return
CHILD = [
    {"side": "甲", "kind": "自然人", "name": "马梅", "row": "a"},
    {"side": "乙", "kind": "自然人", "name": "田大川"},
    {"side": "甲", "kind": "自然人", "name": "马晓", "age": 12},
]


def at(stage: Stage, name: str) -> DisputePage:
    stage.window.show_place("disputes")
    stage.open_dispute(stage.town.disputes[name])
    settle()
    assert isinstance(stage.page, DisputePage)
    return stage.page


def act(page: DisputePage, words: str) -> None:
    next(one for one in page.acts() if one.words == words).act()
    settle()


def said_on(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(Label) if label.isVisible()]
    return "\n".join([*labels, *(p.words() for p in widget.findChildren(Paragraph) if p.isVisible())])


def record(town: Town, name: str) -> dict[str, Any]:
    return dict(town.desk.store.record("dispute", town.disputes[name]) or {})


def fill(page: DisputePage, **values: Any) -> None:
    assert page._sheet is not None
    page._sheet.fields.fill(values)
    page._sheet.fields.settled.emit(next(iter(values)))
    settle()


def go(page: DisputePage) -> None:
    assert page.filled is not None
    page.filled.click()
    settle()


def sent(town: Town, *, accept: bool = True, **more: Any) -> None:
    title = "马梅与田大川借款纠纷"
    town.register("委托", accept=accept, parties=CHILD, source="41", title=title, zz_type="0602", **more)


def failed(town: Town) -> None:
    sent(town, referred_by="花所区人民法院", referral_no="（2026）委 3 号")
    fields = {"end_reason": "21", "end_date": "2026-11-20", "resolve_way": "01", "resolve_level": "村"}
    progress.take_step(town.desk, town.disputes["委托"], target="71", fields=fields)


def test_what_another_body_sent_says_what_to_think_of_and_each_line_leads_there(town: Town, enter: Enter) -> None:
    sent(town, accept=False)
    page = at(enter(town), "委托")
    said = said_on(page.board.prompts)
    assert "**要委托调解函**" in said
    assert "**先问双方同不同意**" in said
    assert "马某未成年" in said
    next(b for b in page.board.prompts.findChildren(Button) if b.text() == "去记").click()
    settle()
    fill(page, referred_by="花所区人民法院", referral_no="（2026）委 3 号", referred_on="2026-11-20")
    go(page)
    assert record(town, "委托")["referral_no"] == "（2026）委 3 号"
    assert "要委托调解函" not in said_on(page.board.prompts)


def test_an_ordinary_dispute_has_nothing_to_think_of(told_once: Town, enter: Enter) -> None:
    page = at(enter(told_once), "排水")
    assert not page.board.prompts.isVisible()


def test_a_narrow_window_opens_what_to_think_of_from_the_strip(town: Town, enter: Enter) -> None:
    sent(town, accept=False)
    page = at(enter(town, size="150"), "委托")
    (link,) = [b for b in page.board.next_step.findChildren(Button) if b.text().startswith("要想到的")]
    assert link.isVisible()
    link.click()
    settle()
    assert page.board.is_sheet_open()
    assert "要委托调解函" in said_on(page.board)


def test_a_deadline_says_where_it_comes_from(told_once: Town, enter: Enter) -> None:
    page = at(enter(told_once), "排水")
    assert "依据：受理后 30 天，人民调解工作若干规定第三十三条" in said_on(page.board.dues)


def test_a_deadline_in_a_year_without_announced_holidays_is_marked(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at(stage, "排水")
    assert "暂定" not in said_on(page.board.dues)
    today = town.desk.today
    progress.extend(town.desk, town.disputes["排水"], until=today.replace(year=2031), consent_on=today)
    page.reload()
    settle()
    assert "暂定：那一年的放假安排还没公布" in said_on(page.board.dues)


def test_the_guardian_and_the_representative_stand_in_the_card_and_looking_is_noted(town: Town, enter: Enter) -> None:
    sent(town)
    child, mother = (p for p in town.desk.store.children("party", town.disputes["委托"]) if p["side"] == "甲")
    if child.get("name") == "马梅":
        child, mother = mother, child
    more = Edit("party", str(mother["id"]), {"is_representative": True, "represents": 9})
    town.office.store.save([Edit("party", str(child["id"]), {"guardian_party_id": mother["id"]}), more], by=CLERK)
    page = at(enter(town), "委托")
    cards = {card.party.name: card for card in page.findChildren(PersonCard)}
    assert "推选的代表，代表 9 人" in said_on(cards["马梅"])
    assert "马梅" not in said_on(cards["马晓"])
    before = len(readings.latest(town.desk))
    next(b for b in cards["马晓"].findChildren(Button) if b.text() == "看是谁").click()
    assert "监护人：马梅" in said_on(cards["马晓"])
    assert len(readings.latest(town.desk)) == before + 1


def test_a_childs_guardian_is_chosen_among_the_grown_ups(town: Town, enter: Enter) -> None:
    sent(town)
    page = at(enter(town), "委托")
    (child,) = (p for p in page.reading.case.parties if p["name"] == "马晓")
    next(b for b in page.board.prompts.findChildren(Button) if b.text() == "写监护人").click()
    settle()
    offered = page._sheet._facts.choices["guardian_party_id"]
    assert [one.words for one in offered] == ["马梅", "田大川"]
    fill(page, guardian_party_id=offered[0].value)
    go(page)
    assert town.desk.store.record("party", str(child["id"]))["guardian_party_id"] == offered[0].value


def test_refusing_shows_the_ways_for_the_ground_that_is_chosen(town: Town, enter: Enter) -> None:
    page = at(enter(town), "工资")
    act(page, "不予受理")
    assert page._sheet.said() == ("选了理由，这里就有该告诉当事人的话。",)
    page._sheet.fields.jump("refuse_reason")
    press("拒绝", ENTER)
    settle()
    assert any(one.startswith("**申请劳动争议仲裁**") for one in page._sheet.said())
    go(page)
    assert "**申请劳动争议仲裁**" in said_on(page.board.prompts)


def test_failing_shows_the_ways_and_the_telling_can_be_noted_later(town: Town, enter: Enter) -> None:
    failed(town)
    page = at(enter(town), "委托")
    assert "还没记告知双方" in said_on(page.board.prompts)
    assert "**向人民法院起诉**" in said_on(page.board.prompts)
    next(b for b in page.board.prompts.findChildren(Button) if b.text() == "记告知").click()
    settle()
    fill(page, end_told_at="2026-11-21T09:00:00+08:00", end_told_form="书面")
    go(page)
    assert record(town, "委托")["end_told_form"] == "书面"
    assert "还没记告知双方" not in said_on(page.board.prompts)


def test_the_sending_body_is_told_the_result(town: Town, enter: Enter) -> None:
    failed(town)
    page = at(enter(town), "委托")
    act(page, "反馈委托单位")
    go(page)
    assert page._sheet.fields.frame("returned_note").trouble == "error"
    fill(page, returned_note="函复，寄出")
    go(page)
    assert record(town, "委托")["returned_on"] == "2026-11-23"
    assert "把结果告诉" not in said_on(page.board.prompts)


def test_another_mediator_comes_with_who_asked_and_why(town: Town, enter: Enter) -> None:
    page = at(enter(town), "排水")
    former = record(town, "排水")["host_mediator_id"]
    act(page, "换调解员")
    assert page._sheet.values()["former_id"] == former
    go(page)
    assert page._sheet.fields.frame("reason").note() == "写一句为什么换"
    other = page._sheet._facts.choices["next_id"][0]
    fill(page, next_id=other.value, asked_by="王有福", reason="是李建军的表亲，回避")
    go(page)
    assert record(town, "排水")["host_mediator_id"] == other.value
    assert record(town, "排水")["replacements"][0]["asked_by"] == "王有福"


def test_bodies_that_mediate_together_are_written_down(town: Town, enter: Enter) -> None:
    page = at(enter(town), "排水")
    act(page, "联合调解")
    linkage = page._sheet.fields.control("linkage")
    assert linkage.values() == []
    fill(page, linkage=["公调对接"], joint_bodies=[{"id": "b1", "name": "花所派出所", "person": "魏警官"}])
    go(page)
    assert record(town, "排水")["linkage"] == ["公调对接"]
    assert record(town, "排水")["joint_bodies"][0]["name"] == "花所派出所"


def test_pausing_going_on_and_extending_say_where_the_deadline_goes(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at(stage, "排水")
    act(page, "延期")
    fill(page, extended_to="2026-12-20")
    assert page._sheet.said() == ("现在的期限是 11月30日 周一，延到 **12月20日 周日**，多 20 天。",)
    act(page, "中止")
    assert "从今天起停着不算" in page._sheet.said()[0]
    page = at(stage, "分家")
    act(page, "接着调解")
    before = record(town, "分家")["deadline"]
    assert "中止的 15 天不算" in page._sheet.said()[0]
    go(page)
    assert record(town, "分家")["deadline"] > before


def test_mediating_anew_asks_why_and_says_the_new_deadline(town: Town, enter: Enter) -> None:
    page = at(enter(town), "滴水檐")
    act(page, "重新调解")
    assert page._sheet.said() == ("调解期限从今天重新算，到 **12月23日 周三**。",)
    go(page)
    assert record(town, "滴水檐")["status"] == "70"
    fill(page, reopened_because="雨季又漏了")
    go(page)
    assert record(town, "滴水檐")["reopened_because"] == "雨季又漏了"


def test_filing_knows_who_files_and_lets_the_person_say_how_long_it_is_kept(town: Town, enter: Enter) -> None:
    page = at(enter(town), "滴水檐")
    act(page, "归档")
    values = page._sheet.values()
    assert (values["filed_by"], values["filed_on"], values["retention"]) == ("马秀兰", "2026-11-23", None)
    page._sheet.fields.jump("retention")
    press("2")
    go(page)
    assert (record(town, "滴水檐")["status"], record(town, "滴水檐")["filed_by"]) == ("80", "马秀兰")


def test_the_dossier_number_is_never_typed(town: Town, enter: Enter) -> None:
    page = at(enter(town), "排水")
    act(page, "改登记内容")
    assert "dossier_no" not in page._sheet.fields


def test_a_class_is_chosen_from_the_districts_table(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at(stage, "滴水檐")
    act(page, "一案一补")
    assert stage.notices.said[-1].text == "区里还没有一案一补的标准"
    rate = {"name": "简单", "amount_cents": 5000, "terms": "口头调成的", "valid_from": "2026-01-01"}
    town.office.store.save([Edit("subsidy_rate", "rate-1", rate)], by=CLERK)
    act(page, "一案一补")
    assert page._sheet.values()["subsidy_class"] is None
    fill(page, subsidy_class="简单")
    assert page._sheet.said() == ("**简单** 口头调成的",)
    go(page)
    assert record(town, "滴水檐")["subsidy_cents"] == 5000


def agreement(town: Town, name: str) -> dict[str, Any]:
    return dict(town.desk.store.children("agreement", town.disputes[name])[0])


def test_what_was_not_kept_is_noted_with_the_way_that_is_open(town: Town, enter: Enter) -> None:
    page = at(enter(town), "流转")
    page.show_tab("agreement")
    settle()
    next(b for b in page.board.agreements.findChildren(Button) if b.text() == "没履行").click()
    settle()
    assert any("申请强制执行" in one for one in page._sheet.said()) is False
    assert any("**督促履行**" in one for one in page._sheet.said())
    go(page)
    assert page._sheet.fields.frame("breached_on").trouble == "error"
    fill(page, performance="不履行", breached_on="2026-11-22", breach_way="督促履行")
    assert [one.split("**")[1] for one in page._sheet.said()] == ["督促履行"]
    go(page)
    assert agreement(town, "流转")["breach_way"] == "督促履行"


def test_asking_the_court_says_what_is_lacking_and_the_last_day(town: Town, enter: Enter) -> None:
    page = at(enter(town), "流转")
    page.show_tab("agreement")
    settle()
    next(b for b in page.board.agreements.findChildren(Button) if b.text() == "司法确认").click()
    settle()
    said = said_on(page._sheet)
    assert "最后一天 11月26日 周四（剩 3 天）" in said
    assert "陈立本证件号码" in said
    fill(page, confirm_state="已申请", court="花所区人民法院", confirm_applied_at="2026-11-23")
    go(page)
    assert agreement(town, "流转")["court"] == "花所区人民法院"


@pytest.mark.parametrize("has_proof", [False, True])
def test_the_proof_of_a_performance_is_one_of_the_attachments(town: Town, enter: Enter, has_proof: bool) -> None:
    if has_proof:
        paper = {"dispute_id": town.disputes["流转"], "name": "转账凭证.jpg", "kind": "照片"}
        town.office.store.save([Edit("attachment", "proof-1", paper)], by=CLERK)
    page = at(enter(town), "流转")
    one = agreement(town, "流转")
    page.dispute_acts.perform(str(one["id"]), one["obligations"][0]["id"])
    settle()
    assert ("proof_id" in page._sheet.fields) is has_proof
    if has_proof:
        fill(page, proof_id="proof-1")
    go(page)
    assert agreement(town, "流转")["obligations"][0].get("proof_id") == ("proof-1" if has_proof else None)
