"""Papers as PDF, read back: the words, the page numbers, the scans; and what happens with too much of everything."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PIL import Image

from desktop.papers.dossier import Bundle, as_pdf, write
from desktop.papers.facts.file import CaseFile
from desktop.papers.kinds import KINDS
from desktop.papers.library import shipped
from desktop.papers.matter import Matter
from desktop.papers.pages import page_count, page_pictures, page_png, page_starts, text_of
from desktop.papers.refusal import PaperRefused
from desktop.papers.template.filling import fill
from desktop.papers.template.paper import Paper, Scan
from desktop.papers.typeset import fonts
from desktop.papers.typeset.pdf import Printing
from tests.papers import a_case
from tests.papers.a_case import (
    AGREEMENT,
    DISPUTE,
    INQUIRY,
    LONG_NAME,
    MEDIATION,
    PARTIES,
    RARE_NAME,
    UNIT,
    case,
    filled,
)

PRINTING = Printing(datetime(2026, 11, 23, 10, 42, tzinfo=UTC))
RADICALS = re.compile("[\u2e80-\u2eff\u2f00-\u2fdf]")
A4_BOTTOM_MM, A4_SIDE_MM = 35, 26


def pdf(*papers: Paper, printing: Printing = PRINTING) -> bytes:
    return as_pdf(Bundle("卷宗", papers), printing)


def said(raw: bytes) -> str:
    return "".join(re.sub(r"\s", "", page) for page in text_of(raw))


def jpeg(width: int = 600, height: int = 800) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (200, 40, 40)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("name", KINDS)
def test_the_words_of_every_paper_can_be_found_again_sign_by_sign(name: str) -> None:
    words = said(pdf(filled(name)))
    assert RADICALS.findall(words) == []
    if "当事人" in shipped(name).names or "甲方" in shipped(name).names:
        assert LONG_NAME in words
        assert RARE_NAME in words


def test_long_sentences_are_found_whole() -> None:
    words = said(pdf(filled("人民调解协议书"), filled("人民调解记录")))
    for sentence in (*AGREEMENT["items"], AGREEMENT["facts"], *MEDIATION["body"].splitlines()):
        assert re.sub(r"\s", "", sentence) in words


def test_amounts_stand_in_figures_and_capitals() -> None:
    assert "人民币3,000.00元（大写：叁仟元整）" in said(pdf(filled("人民调解协议书")))


def test_what_the_clauses_say_already_is_not_said_again_as_a_duty() -> None:
    duty = {**a_case.AGREEMENT["obligations"][1], "manner": None}
    clause = f"{duty['who']}于2026年10月15日前向{duty['to_whom']}支付赔偿款 3,000 元（大写：叁仟元整）。"
    for items, times in (([clause], 1), (["赔三千元。"], 2), ([clause.replace("15日", "25日")], 2)):
        agreement = {**a_case.AGREEMENT, "items": items, "obligations": [duty, {**duty, "due_date": "2026-11-15"}]}
        paper = a_case.filled("人民调解协议书", a_case.case(agreements=[agreement]))
        words = "".join("".join(text_of(as_pdf(Bundle("", [paper]), PRINTING))).split())
        assert words.count(f"前向{duty['to_whom']}支付赔偿款人民币") == times


def test_the_contents_name_the_pages_on_which_the_papers_stand() -> None:
    papers = a_case.dossier()
    raw = as_pdf(Bundle("卷宗", papers), PRINTING)
    starts, count = page_starts(raw)
    pages = text_of(raw)
    numbered = [n for n, paper in enumerate(papers) if paper.numbered]
    first, last = starts[numbered[0]], count - 1
    for number in numbered:
        at = starts[number] - first + 1
        until = [*starts, count][number + 1] - first
        expected = str(at) if at == until else f"{at}—{until}"
        assert re.search(rf"{papers[number].title}\s+{expected}(?!\d)", pages[1]), papers[number].title
        assert f"— {at} —" in pages[starts[number]]
    assert f"本卷共{last - first}页" in said(raw)
    assert f"{last - first}页" in pages[0].replace(" ", "")


def test_cover_contents_and_end_page_carry_no_number() -> None:
    pages = text_of(as_pdf(Bundle("卷宗", a_case.dossier()), PRINTING))
    assert all(not re.search(r"— \d+ —", page) for page in (pages[0], pages[1], pages[-1]))


def test_scans_take_full_pages_and_the_count_goes_on() -> None:
    two_pages = pdfium.PdfDocument.new()
    for _ in range(2):
        two_pages.new_page(595, 842)
    out = BytesIO()
    two_pages.save(out)
    scans = (Scan("正面", "image/jpeg", jpeg()), Scan("收条", "application/pdf", out.getvalue()))
    signed = Paper("签字页", "签字页", "文书", (), scans=(Scan("签字", "image/jpeg", jpeg(900, 500)),))
    raw = pdf(fill(shipped("当事人身份证明"), case(), scans=scans), signed, filled("人民调解回访记录"))
    assert page_count(raw) == 1 + 3 + 1 + 1
    assert "粘贴处" not in said(raw)
    assert [f"— {n} —" in page for n, page in enumerate(text_of(raw), 1)] == [True] * 6
    reds = [page.rgba.count(bytes((200, 40, 40))) for page in page_pictures(raw, dpi=20)]
    assert [count > 1000 for count in reds] == [False, True, False, False, True, False]


def test_a_scan_that_cannot_be_read_is_named() -> None:
    for mime in ("image/jpeg", "application/pdf"):
        with pytest.raises(PaperRefused) as refused:
            pdf(Paper("a", "a", "文书", (), scans=(Scan("坏了的扫描件", mime, b"nothing"),)))
        assert "坏了的扫描件" in refused.value.message


_CHECKED_DPI = 24


def nothing_is_clipped(raw: bytes) -> bool:
    """Nothing is printed left or right of the margins, nor below the page number."""
    for page in page_pictures(raw, dpi=_CHECKED_DPI):
        picture = Image.frombytes("RGBA", (page.width, page.height), page.rgba).convert("L").point(lambda v: 255 - v)
        left, _, right, bottom = picture.getbbox() or (30, 0, 0, 0)
        side, low = page.width - A4_SIDE_MM / 25.4 * _CHECKED_DPI, page.height - 20 / 25.4 * _CHECKED_DPI
        if left < 28 / 25.4 * _CHECKED_DPI - 2 or right > side + 2 or bottom > low:
            return False
    return True


def test_forty_parties_and_a_name_of_three_hundred_signs_hold_their_layout() -> None:
    many: list[dict[str, Any]] = [
        {**PARTIES[0], "id": f"p{n}", "side": "甲" if n % 2 else "乙", "name": f"张{n}号" + "长" * 296 * (n == 3)}
        for n in range(40)
    ]
    crowd = case(parties=[*many, UNIT])
    for name in KINDS:
        raw = pdf(filled(name, crowd))
        words = said(raw)
        assert nothing_is_clipped(raw), name
        assert "当事人" not in shipped(name).names or all(f"张{n}号" in words for n in range(40)), name


@pytest.mark.parametrize("body", ["字" * 60_000, "14:32 马秀兰：慢慢说。\n" * 4_600])
def test_a_record_of_sixty_thousand_signs_is_printed_whole(body: str) -> None:
    raw = pdf(filled("人民调解记录", case(sessions=[INQUIRY, {**MEDIATION, "body": body}])))
    words = said(raw)
    assert words.count("字") == (60_000 if body[0] == "字" else 0)
    assert words.count("慢慢说") == body.count("慢慢说")
    assert nothing_is_clipped(raw)


def test_a_note_of_sixty_thousand_signs_goes_on_over_the_pages_of_its_table() -> None:
    raw = pdf(filled("卷宗情况说明", case(dispute={**DISPUTE, "dossier_note": "字" * 60_000})))
    assert said(raw).count("字") > 60_000
    assert nothing_is_clipped(raw)


@pytest.mark.parametrize("name", [name for name in KINDS if name != "卷内目录"])
def test_a_case_with_nothing_in_it_prints_with_room_to_write(name: str) -> None:
    raw = pdf(fill(shipped(name), CaseFile(Matter({}))))
    assert "None" not in said(raw)
    assert nothing_is_clipped(raw)


def test_signs_that_mean_something_to_the_typesetter_are_printed_as_they_are() -> None:
    odd = '#let x = 1 $a_b$ *粗* `代码` \\ "引" <标签> @引用 // 注释 [方] {花} 【卷名】'
    raw = pdf(filled("卷宗情况说明", case(dispute={**DISPUTE, "dossier_note": odd + "\x07\x00\ud800"})))
    assert re.sub(r"\s", "", odd) in said(raw)


def test_a_pc_without_chinese_fonts_says_so() -> None:
    with pytest.raises(PaperRefused) as refused:
        fonts.faces(["Arial", "Times New Roman"])
    assert "字体" in refused.value.message
    assert "仿宋" in refused.value.message


def test_windows_fonts_come_first_and_open_ones_after() -> None:
    both = fonts.faces(["FangSong", "SimHei", "SimSun", "Noto Serif CJK SC"])
    assert both.body[0] == "FangSong"
    assert both.heading[0] == "SimHei"
    assert fonts.faces(["WenQuanYi Micro Hei"]).body == ("WenQuanYi Micro Hei",)


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "王有福 卷宗.pdf"
    target.write_bytes(b"before")
    problem = OSError(28, "No space left on device")
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(problem))
    with pytest.raises(PaperRefused) as refused:
        write(Bundle("卷宗", [filled("封底")]), target, "pdf", PRINTING)
    assert "磁盘满了" in refused.value.message
    assert target.read_bytes() == b"before"


def test_work_that_is_stopped_leaves_no_file(tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def stop(_: str) -> None:
        raise Enough

    for form in ("pdf", "docx"):
        with pytest.raises(Enough):
            write(Bundle("卷宗", a_case.dossier()), tmp_path / "卷宗", form, replace(PRINTING, on_step=stop))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_only_samples_are_marked_as_such() -> None:
    assert "样表" not in said(pdf(filled("人民调解记录")))
    assert "（样表）" in said(pdf(filled("人民调解记录"), printing=replace(PRINTING, sample=True)))


def test_copies_for_others_hide_minors_and_most_of_an_id_number() -> None:
    child = {**PARTIES[0], "name": "王小明", "is_minor": True}
    whole = case(parties=[child, PARTIES[1]], dispute={**DISPUTE, "title": "王小明与李䶮身体损害纠纷"})
    own, others = (said(pdf(filled("司法确认申请书", c))) for c in (whole, replace(whole, for_others=True)))
    assert "王小明" in own
    assert PARTIES[1]["id_no"] in own
    assert "王小明" not in others
    assert "王某某" in others
    assert PARTIES[1]["id_no"] not in others


def test_pages_become_pictures_at_the_wanted_size() -> None:
    raw = pdf(filled("人民调解申请书"))
    (page,) = page_pictures(raw, dpi=96)
    assert (page.width, page.height) == (794, 1123)
    assert len(page.rgba) == 4 * page.width * page.height
    assert Image.open(BytesIO(page_png(raw, dpi=300))).size == (2481, 3508)


def test_several_threads_lay_out_and_look_at_pages_at_once() -> None:
    """Previews are drawn while a dossier is bound: neither the fonts nor PDFium mind."""
    scan = Scan("正面", "image/jpeg", jpeg())
    paper = fill(shipped("当事人身份证明"), case(), scans=(scan,))

    def work(_: int) -> int:
        raw = pdf(paper)
        return len(raw) + sum(len(page.rgba) for page in page_pictures(raw, dpi=30))

    with ThreadPoolExecutor(4) as lanes:
        assert len(set(lanes.map(work, range(12)))) == 1
