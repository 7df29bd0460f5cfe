"""The tab 卷宗: what is there, what is missing and what mends it, everything bound, signed pages taken in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.casework.disputes import progress
from desktop.casework.disputes.deadlines import live
from desktop.casework.dossier.entries import Fix
from desktop.papers.pages import text_of
from desktop.store import Edit
from desktop.views.disputes.agreement.page import AgreementPage
from desktop.views.disputes.forms.sheet import FormSheet
from desktop.views.disputes.page.page import DisputePage
from desktop.views.dossier import words
from desktop.views.dossier.row import PaperRow
from desktop.views.kit import Button, Heading, Label
from desktop.views.papers.blanks import BlankFormsPage
from desktop.views.papers.preview import PreviewPage
from desktop.views.session.page import SessionPage
from tests.views.disputes.stage import Enter, Stage, keyboard, press, settle
from tests.views.disputes.town import Town

ENTER, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
CONTROL = Qt.KeyboardModifier.ControlModifier
ID, RECORD = "当事人身份证明", "人民调解记录"


def at_dossier(stage: Stage, name: str) -> DisputePage:
    stage.window.show_place("disputes")
    stage.open_dispute(stage.town.disputes[name])
    settle()
    page = stage.page
    assert isinstance(page, DisputePage)
    press(Qt.Key.Key_P, held=CONTROL)
    settle()
    assert page.board.tabs.key() == "dossier"
    return page


def row(page: DisputePage, title: str) -> PaperRow:
    return next(one for one in page.board.dossier.rows() if one.paper.title.startswith(title))


def missing(page: DisputePage) -> list[str]:
    return [one.paper.title for one in page.board.dossier.rows() if one.paper.state == "missing"]


def filled(stage: Stage) -> list[str]:
    return [b.text() for b in stage.window.findChildren(Button) if b.kind == "primary" and b.isVisible()]


def said(stage: Stage) -> str:
    labels = [*stage.window.findChildren(Label), *stage.window.findChildren(Heading)]
    return "\n".join(label.text() for label in labels if label.isVisible())


def scanned(folder: Path, name: str, colour: str = "#888888") -> Path:
    out = BytesIO()
    Image.new("RGB", (620, 877), colour).save(out, "JPEG")
    file = folder / name
    file.write_bytes(out.getvalue())
    return file


def choose(monkeypatch: pytest.MonkeyPatch, *files: Path) -> None:
    chosen = ([str(file) for file in files], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: chosen)


def end(town: Town, name: str) -> None:
    """No agreement: ended, and both sides told what else they can do."""
    fields = {"end_reason": "21", "end_date": "2026-11-23", "end_note": "谈不拢", "resolve_way": "01",
              "resolve_level": "村"}  # fmt: skip
    progress.take_step(town.desk, town.disputes[name], target="71", fields=fields)
    told = {"end_told_at": "2026-11-23T10:00:00+08:00", "end_told_form": "口头"}
    progress.change(town.desk, town.disputes[name], told)


def preview(stage: Stage) -> PreviewPage:
    settle()
    assert isinstance(stage.page, PreviewPage)
    return stage.page


def words_of(page: PreviewPage) -> str:
    assert page._laid_out, [label.text() for label in page.findChildren(Label)]
    return "".join(text_of(page._laid_out.pdf)).replace("\r\n", "").replace("\n", "").replace(" ", "")


def test_the_list_and_the_card_beside_it_agree_on_what_is_missing(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = at_dossier(stage, "流转")
    lacking = missing(page)
    assert lacking == [ID, RECORD, "卷宗情况说明"]
    assert f"有 3 样，还缺 {len(lacking)} 样" in said(stage)
    assert f"卷宗还缺 {len(lacking)} 样" in said(stage)
    assert [row(page, title).button.text() for title in lacking] == ["添附件", "写情况说明", "写情况说明"]
    assert "人民调解法第二十七条" in row(page, RECORD).accessibleDescription()
    assert filled(stage) == ["记履行"]


def test_a_new_case_says_that_papers_come_by_themselves(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = at_dossier(stage, "工资")
    assert "卷里还没有东西" in said(stage)
    assert all(one.paper.state == "missing" for one in page.board.dossier.rows())


def test_arrows_walk_the_papers_enter_shows_one_and_escape_comes_back_to_it(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = at_dossier(stage, "流转")
    first, second = page.board.dossier.rows()[:2]
    assert keyboard() is first
    press(DOWN)
    assert keyboard() is second
    press(ENTER)
    assert preview(stage).head.title == second.paper.title == "人民调解当事人权利义务告知书"
    assert "陈立本" in words_of(preview(stage))
    press(ESCAPE)
    assert stage.page is page
    assert keyboard() is second


def test_each_gap_opens_what_fills_it(town: Town, enter: Enter) -> None:
    stage = enter(town)
    talks = at_dossier(stage, "承包")
    row(talks, RECORD).button.click()
    assert isinstance(stage.page, SessionPage)
    page = at_dossier(stage, "流转")
    row(page, "卷宗情况说明").button.click()
    settle()
    sheet = page.findChildren(FormSheet)[-1]
    assert sheet.fields.keys()[:2] == ("dossier_note", "filed_by")
    stage.back()
    visit = at_dossier(stage, "滴水檐")
    row(visit, "人民调解回访记录（第 2 次）").button.click()
    settle()
    assert [b.text() for b in visit.findChildren(Button) if b.kind == "primary"] == ["记下这次回访"]


def test_every_act_that_can_mend_a_gap_has_its_words(told_once: Town, enter: Enter) -> None:
    named = set(get_args(Fix)) - {""}
    assert set(words.MENDS) == named
    page = at_dossier(enter(told_once), "工资")
    assert set(page.dossier_acts.mending.ways(page.board.dossier.rows()[0].paper)) == named


def test_what_another_body_sent_is_told_back_and_its_letter_offered(town: Town, enter: Enter) -> None:
    town.at(11, 20)
    people = [{"side": side, "kind": "自然人", "name": name} for side, name in (("甲", "何秀英"), ("乙", "何建国"))]
    more = {"source": "41", "referred_by": "花所法庭", "referral_no": "委派调函 5 号", "referred_on": "2026-11-19"}
    town.register("委派", parties=people, title="何秀英与何建国赡养纠纷", **more)
    town.at(11, 23)
    end(town, "委派")
    stage = enter(town)
    page = at_dossier(stage, "委派")
    row(page, "委托调解结果反馈函").button.click()
    settle()
    sheet = page.findChildren(FormSheet)[-1]
    sheet.fields.fill({"returned_on": "2026-11-23", "returned_note": "当面交给立案庭"})
    sheet.act_button.click()
    settle()
    assert row(page, "委托调解结果反馈函").paper.state == "present"
    next(b for b in stage.window.findChildren(Button) if b.text() == "看反馈函").click()
    assert "花所法庭" in words_of(preview(stage))


def test_while_people_still_talk_the_next_talk_is_the_filled_button(
    town: Town, enter: Enter, tmp_path: Path
) -> None:
    stage = enter(town)
    page = at_dossier(stage, "排水")
    page.dossier_acts.scan_in(row(page, ID).paper, [scanned(tmp_path, "证件.jpg")])
    settle()
    assert "到现在该有的都有了" in said(stage)
    assert filled(stage) == ["开始记录"]


def test_what_is_missing_but_explained_does_not_hold_the_dossier_up(town: Town, enter: Enter) -> None:
    stage = enter(town)
    progress.change(town.desk, town.disputes["滴水檐"], {"dossier_note": "当场说和，没有另作记录。"})
    page = at_dossier(stage, "滴水檐")
    assert RECORD in missing(page)
    assert filled(stage) == ["全部订成一卷"]


def test_when_the_last_gap_of_an_ended_case_is_filled_binding_becomes_the_filled_button(
    town: Town, enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = enter(town)
    end(town, "排水")
    page = at_dossier(stage, "排水")
    assert missing(page) == [ID, "卷宗情况说明"]
    choose(monkeypatch, scanned(tmp_path, "两人的身份证.jpg"))
    row(page, ID).button.click()
    settle()
    assert page.board.tabs.key() == "attachments"
    page.show_dossier()
    settle()
    assert missing(page) == []
    assert page.board.gaps.isHidden()
    assert "齐了" in said(stage)
    assert filled(stage) == ["全部订成一卷"]
    press(ENTER, held=CONTROL)
    bound = words_of(preview(stage))
    assert "卷内目录" in bound
    assert "李建军同意改走明沟" in bound
    press(ESCAPE)
    assert row(page, "人民调解受理登记表")._pages == "第 1 页"
    page.show_tab("story")
    assert "全部订成一卷" not in filled(stage)


def test_a_signed_page_is_scanned_into_its_own_paper(
    town: Town, enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = enter(town)
    page = at_dossier(stage, "排水")
    before = [row(page, f"{RECORD}（第 {n} 次）").paper.unsigned for n in (1, 2)]
    choose(monkeypatch, scanned(tmp_path, "扫描 0001.jpg"))
    row(page, f"{RECORD}（第 2 次）").button.click()
    settle()
    assert before == [True, True]
    assert [row(page, f"{RECORD}（第 {n} 次）").paper.unsigned for n in (1, 2)] == [True, False]
    (scan,) = live({"attachment": town.desk.store.children("attachment", page.dispute_id)}, "attachment")
    assert (scan["kind"], scan["name"], scan["note"]) == ("扫描件", RECORD, "扫描 0001")


def test_scans_of_visits_and_agreements_find_their_papers(town: Town, enter: Enter, tmp_path: Path) -> None:
    stage = enter(town)
    page = at_dossier(stage, "滴水檐")
    visit = row(page, "人民调解回访记录（第 1 次）")
    page.dossier_acts.scan_in(visit.paper, [scanned(tmp_path, "回访.jpg")])
    settle()
    assert not row(page, "人民调解回访记录（第 1 次）").paper.unsigned
    page = at_dossier(stage, "流转")
    page.dossier_acts.scan_in(row(page, "人民调解协议书").paper, [scanned(tmp_path, "协议.jpg", "#777777")])
    settle()
    assert not row(page, "人民调解协议书").paper.unsigned


def test_a_number_is_shown_once_drawn_and_before_that_why_there_is_none(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dossier(stage, "流转")
    assert "卷号 （待编号）" in said(stage)
    page.board.dossier.draw.click()
    settle()
    assert "先印成（待编号），别的都不耽误" in said(stage)
    town.desk.save([Edit("dispute", page.dispute_id, {"dossier_no": "花所调〔2026〕87号"})])
    page.reload()
    settle()
    assert page.head.second.startswith("花所调〔2026〕87号 · ")
    assert page.board.dossier.draw.text() == "编协议编号"


def test_papers_are_printed_where_they_are_written(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = at_dossier(stage, "流转")
    page.show_tab("agreement")
    next(b for b in page.findChildren(Button) if b.text() == "打印协议").click()
    assert preview(stage).head.title == "人民调解协议书"
    assert "分两次付清" in words_of(preview(stage))
    stage.back()
    stage.back()
    talks = at_dossier(stage, "排水")
    talks.show_tab("sessions")
    next(b for b in talks.findChildren(Button) if b.text() == "打印记录" and b.isVisible()).click()
    assert "谁出工料钱没谈拢" in words_of(preview(stage))


def test_the_telling_of_rights_offers_its_paper_first(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dossier(stage, "承包")
    page.dispute_acts.tell_rights()
    settle()
    next(b for b in page.findChildren(Button) if b.text() == "先打印告知书").click()
    assert preview(stage).head.title == "人民调解当事人权利义务告知书"


def test_a_refusal_offers_the_paper_that_goes_with_it(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at_dossier(stage, "工资")
    page.dispute_acts.step("21")
    settle()
    sheet = page.findChildren(FormSheet)[-1]
    sheet.fields.fill({"refuse_reason": "01"})
    sheet.act_button.click()
    settle()
    next(b for b in stage.window.findChildren(Button) if b.text() == "看不予受理告知书").click()
    assert "古丽努尔" in words_of(preview(stage))


def test_a_new_agreement_offers_to_be_printed(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    stage.open_dispute(told_once.disputes["流转"], act="print_agreement")
    settle()
    assert not isinstance(stage.page, AgreementPage)
    assert preview(stage).head.title == "人民调解协议书"


def test_empty_forms_are_one_press_away_and_carry_the_committee(told_once: Town, enter: Enter) -> None:
    stage = enter(told_once)
    page = at_dossier(stage, "流转")
    page.dossier_acts.do("blank")
    settle()
    assert isinstance(stage.page, BlankFormsPage)
    press(DOWN, ENTER)
    form = preview(stage)
    assert form.head.title == "人民调解申请书（空白）"
    assert "人民调解申请书" in words_of(form)
