"""The dossier from a real desk: what a case needs, what is missing, what is bound, and what is noted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from desktop.casework import readings
from desktop.casework.attachments.attach import NewFile, attach
from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, parties
from desktop.casework.dossier import binding, checking
from desktop.casework.dossier.entries import DossierPaper
from desktop.casework.errors import Gone, NotAllowed
from desktop.papers.dossier import as_docx, as_pdf
from desktop.papers.kinds import KINDS
from desktop.papers.pages import page_count, text_of
from desktop.papers.typeset.pdf import Printing
from desktop.store import Edit
from tests.casework.conftest import COLLEAGUE, HOST, Office, only, registered

PRINTING = Printing(datetime(2026, 11, 23, tzinfo=UTC))


def photo(shade: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 400), (shade, 80, 80)).save(out, "JPEG")
    return out.getvalue()


def named(papers: tuple[DossierPaper, ...], name: str) -> DossierPaper:
    (found,) = (paper for paper in papers if paper.name == name)
    return found


def check(desk: Desk, case: str, name: str) -> DossierPaper:
    return named(checking.papers_of(desk, case), name)


def session(desk: Desk, case: str, **more: Any) -> str:
    record = {
        "dispute_id": case, "seq": 1, "kind": "调解", "start_at": desk.moment(), "place": "调解室", "rights_told": True,
        "mediators": [{"id": desk.ids(), "mediator_id": HOST, "host": True}], "body": "马秀兰：今天说说排水。",
        "result": "达成", "recorder": desk.account.id,
        "parties_present": [p["id"] for p in desk.store.children("party", case)], **more,
    }  # fmt: skip
    id_ = desk.ids()
    desk.save([Edit("session", id_, record)])
    return id_


def written(desk: Desk, case: str, **more: Any) -> str:
    agreements.save(desk, case, {
        "form": "书面", "facts": "檐口伸到界墙。", "issues": "怎么改道。", "liability": "乙方改道。", "copies": 3,
        "items": ["乙方改道排水", "乙方赔三千元"], **more,
        "obligations": [{"who": "李建军", "to_whom": "王有福", "what": "付赔偿款", "amount_cents": 300000,
                         "due_date": "2026-12-15"}],
    })  # fmt: skip
    return str(only(desk, "agreement", case)["id"])


def signed(desk: Desk, case: str) -> dict[str, Any]:
    people = desk.store.children("party", case)
    return {
        "party_marks": [{"id": desk.ids(), "party_id": p["id"], "kind": "签名", "date": "2026-11-23"} for p in people],
        "mediator_mark_date": "2026-11-23", "seal_date": "2026-11-23",
    }  # fmt: skip


def test_a_case_just_accepted_lacks_a_record_and_says_why_and_what_to_do(desk: Desk) -> None:
    case = registered(desk)
    papers = checking.papers_of(desk, case)
    record = named(papers, "人民调解记录")
    assert (record.state, record.status, record.fix) == ("missing", "必须", "session")
    assert "还没有调解记录" in record.why
    assert "第二十七条" in record.need
    assert named(papers, "人民调解受理登记表").state == "present"
    assert named(papers, "人民调解申请书").state == "not_needed"
    identity = named(papers, "当事人身份证明")
    assert identity.state == "missing"
    assert "王有福、李建军" in identity.why
    assert named(papers, "卷宗情况说明").state == "missing", "缺件要写明"


def test_papers_come_in_the_order_of_the_dossier(desk: Desk) -> None:
    names = [paper.name for paper in checking.papers_of(desk, registered(desk))]
    assert names == [name for name in KINDS if name != "结案报告表"]


def test_a_written_request_needs_its_application_instead(desk: Desk) -> None:
    case = registered(desk, source="11", claims=["改道"])
    papers = checking.papers_of(desk, case)
    assert named(papers, "人民调解申请书").state == "present"
    assert named(papers, "人民调解受理登记表").state == "not_needed"


def test_an_agreement_counts_when_all_have_signed_it(desk: Desk) -> None:
    case = registered(desk)
    session(desk, case)
    assert check(desk, case, "人民调解协议书").why == "谈成了，还没有写协议"
    agreement = written(desk, case)
    unsigned = check(desk, case, "人民调解协议书")
    assert (unsigned.state, unsigned.fix) == ("missing", "agreement")
    assert "没有生效" in unsigned.why
    agreements.change(desk, agreement, signed(desk, case))
    assert check(desk, case, "人民调解协议书").state == "present"


def test_an_oral_agreement_where_the_law_wants_it_written_is_no_agreement(desk: Desk) -> None:
    case = registered(desk, zz_type="0901")
    desk.save([Edit("agreement", desk.ids(), {"dispute_id": case, "form": "口头", "items": ["各种各的"],
                                              "agreed_on": "2026-11-23", "confirm_state": "未申请",
                                              "performance": "未到期"})])  # fmt: skip
    found = check(desk, case, "人民调解口头协议登记表")
    assert found.state == "missing"
    assert "法律规定" in found.why


def test_a_signed_page_takes_the_place_of_the_printed_paper(desk: Desk) -> None:
    case = registered(desk)
    meeting = session(desk, case)
    before = check(desk, case, "人民调解记录")
    assert before.unsigned
    scan = attach(desk, case, NewFile("签字页", photo(10), "扫描件", session_id=meeting))
    found = check(desk, case, "人民调解记录")
    assert (found.scans, found.unsigned, found.record) == ((scan,), False, meeting)
    words = text_of(as_pdf(binding.dossier(desk, case), PRINTING))
    assert not any("今天说说排水" in page for page in words)
    alone = text_of(as_pdf(binding.paper(desk, case, "人民调解记录", meeting), PRINTING))
    assert any("今天说说排水" in page for page in alone)


def test_files_find_their_slots_by_what_they_are_called_and_bound_to(desk: Desk) -> None:
    case = registered(desk)
    attach(desk, case, NewFile("王有福身份证正反面.jpg", photo(20)))
    attach(desk, case, NewFile("后墙照片.jpg", photo(30)))
    papers = checking.papers_of(desk, case)
    assert named(papers, "当事人身份证明").state == "present"
    assert len(named(papers, "当事人身份证明").scans) == 1
    assert len(named(papers, "人民调解证据材料").scans) == 1


def test_a_courts_ruling_lies_behind_the_application_and_without_one_among_the_evidence(desk: Desk) -> None:
    case = registered(desk)
    agreement = written(desk, case, **signed(desk, case))
    attach(desk, case, NewFile("民事裁定书", photo(60)))
    assert len(check(desk, case, "人民调解证据材料").scans) == 1
    asked = {"confirm_state": "已申请", "court": "崆峒区人民法院", "confirm_applied_at": "2026-11-24"}
    agreements.change(desk, agreement, asked)
    assert len(check(desk, case, "司法确认申请书").scans) == 1
    words = "".join(text_of(as_pdf(binding.dossier(desk, case), PRINTING)))
    assert "现共同向" in words.replace("\n", "").replace("\r", "")


def test_a_proof_is_wanted_when_something_was_performed(desk: Desk) -> None:
    case = registered(desk)
    session(desk, case)
    agreement = written(desk, case, **signed(desk, case))
    assert check(desk, case, "履行凭证").state == "not_needed"
    duty = only(desk, "agreement", case)["obligations"][0]["id"]  # type: ignore[index, call-overload]
    agreements.perform(desk, agreement, str(duty), done_on=date(2026, 11, 23))
    assert check(desk, case, "履行凭证").fix == "attach"
    attach(desk, case, NewFile("收条", photo(40), "扫描件", agreement_id=agreement))
    assert check(desk, case, "履行凭证").state == "present"


def test_a_failed_case_needs_the_notice_with_the_ways_that_stay_open(desk: Desk) -> None:
    case = registered(desk, zz_type="0701")
    desk.save([Edit("dispute", case, {"status": "71", "end_reason": "21", "end_date": "2026-11-23",
                                      "resolve_way": "01", "resolve_level": "乡镇"})])  # fmt: skip
    found = check(desk, case, "终止调解告知书")
    assert (found.state, found.status, found.fix) == ("missing", "必须", "end")
    words = "".join(text_of(as_pdf(binding.paper(desk, case, "终止调解告知书"), PRINTING)))
    assert "劳动人事争议仲裁委员会" in words.replace("\n", "").replace("\r", "")


def test_the_whole_dossier_is_bound_with_its_scans_as_pdf_and_as_word(desk: Desk) -> None:
    case = registered(desk)
    for party in desk.store.children("party", case):
        parties.change(desk, str(party["id"]), {"id_type": "111", "id_no": "620802196803020021"})
    session(desk, case)
    written(desk, case, **signed(desk, case))
    attach(desk, case, NewFile("后墙照片.jpg", photo(50)))
    bundle = binding.dossier(desk, case)
    raw = as_pdf(bundle, PRINTING)
    pages = text_of(raw)
    titles = [paper.title for paper in bundle.papers]
    assert titles[:2] == ["卷宗封面", "卷内目录"]
    assert titles[-1] == "封底"
    assert all(title in pages[1] for title in titles[2:-1])
    assert "（待编号）" in pages[0]
    assert page_count(raw) >= len(titles) + 1
    assert as_docx(bundle, PRINTING)[:2] == b"PK"
    assert bundle.complaints == ()


def test_printing_id_numbers_is_noted_once_for_each_person(desk: Desk) -> None:
    case = registered(desk)
    first = desk.store.children("party", case)[0]
    parties.change(desk, str(first["id"]), {"id_type": "111", "id_no": "620802196803020021"})
    binding.paper(desk, case, "人民调解受理登记表")
    assert readings.latest(desk) == []
    binding.paper(desk, case, "当事人身份证明")
    assert [(line.record, line.field) for line in readings.latest(desk)] == [(first["id"], "id_no")]


def test_nobody_prints_what_is_closed_to_him(office: Office) -> None:
    case = registered(office.sit(), closed_session=True)
    stranger = office.sit(COLLEAGUE)
    for act in (checking.papers_of, binding.dossier):
        with pytest.raises(Gone):
            act(stranger, case)


def test_a_closed_record_is_not_copied_for_others(desk: Desk) -> None:
    case = registered(desk, closed_session=True)
    meeting = session(desk, case)
    with pytest.raises(NotAllowed):
        binding.paper(desk, case, "人民调解记录", meeting, for_others=True)
    assert binding.paper(desk, case, "人民调解记录", meeting).papers


def test_a_paper_about_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        binding.paper(desk, registered(desk), "人民调解记录", "no such session")


def test_the_district_puts_its_own_text_in_and_switches_local_papers(desk: Desk) -> None:
    case = registered(desk)
    district = [
        ("结案报告表", "版式：表格\n标题：结案报告表（崆峒）\n【卷名】", True),
        ("当事人身份证明", "版式：表格\n标题：身份", False),
        ("封底", "版式：封面\n【没有的】", True),
    ]
    desk.save([Edit("paper_template", desk.ids(), {"place_code": "620802000000", "name": n, "body": b, "used": u})
               for n, b, u in district])  # fmt: skip
    names = [paper.name for paper in checking.papers_of(desk, case)]
    assert "结案报告表" in names
    assert "当事人身份证明" not in names
    assert "崆峒" in text_of(as_pdf(binding.paper(desk, case, "结案报告表"), PRINTING))[0]
    (told,) = binding.dossier(desk, case).complaints
    assert "文书样式“封底”第 2 行" in told


def test_blank_forms_carry_the_name_of_the_committee(desk: Desk) -> None:
    for name in KINDS:
        words = "".join(text_of(as_pdf(binding.blank_form(desk, name), PRINTING)))
        assert "王有福" not in words
    assert "花所镇人民调解委员会" in "".join(text_of(as_pdf(binding.blank_form(desk, "人民调解协议书"), PRINTING)))


def test_a_scan_that_is_not_on_this_pc_is_told_and_the_rest_is_bound(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = registered(desk)
    attach(desk, case, NewFile("后墙照片.jpg", photo(60)))

    def away(_: str) -> bytes:
        raise FileNotFoundError

    monkeypatch.setattr(desk.store.files, "content", away)
    bundle = binding.dossier(desk, case)
    (told,) = bundle.complaints
    assert "还没到本机" in told
    assert as_pdf(bundle, PRINTING)
