"""Papers as Word files: the words of the PDF, official margins and fonts, page numbers Word can count anew."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from desktop.papers.dossier import Bundle, as_docx
from desktop.papers.kinds import KINDS
from desktop.papers.template.paper import Paper, Scan
from tests.papers import a_case
from tests.papers.a_case import LONG_NAME, RARE_NAME, filled
from tests.papers.reading import words_of
from tests.papers.test_papers_as_pdf import PRINTING, jpeg


def word(*papers: Paper) -> Document:
    return docx.Document(BytesIO(as_docx(Bundle("卷宗", papers), PRINTING)))


def words(document: Document) -> str:
    return "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


@pytest.mark.parametrize("name", KINDS)
def test_the_word_file_says_what_the_filled_paper_says(name: str) -> None:
    paper = filled(name)
    found = words(word(paper)).replace("　", "")
    for line in words_of(paper).splitlines():
        for piece in line.replace("　", "").replace("（页）", "＿").split("＿"):
            assert piece in found


def test_margins_and_fonts_are_the_official_ones() -> None:
    document = word(filled("人民调解协议书"))
    (section,) = document.sections
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert all(
        found is not None and abs(found - Mm(wanted)) < Mm(0.1)
        for found, wanted in zip(margins, (37, 35, 28, 26), strict=True)
    )
    fonts = {node.get(qn("w:eastAsia")) for node in document.element.body.iter(qn("w:rFonts"))}
    assert fonts == {"仿宋", "黑体", "宋体"}


def test_names_are_whole() -> None:
    assert LONG_NAME in words(word(filled("人民调解协议书")))
    assert RARE_NAME in words(word(filled("人民调解协议书")))


def test_the_contents_are_fields_that_show_what_the_pdf_has() -> None:
    document = word(*a_case.dossier())
    fields = [node.get(qn("w:instr")) for node in document.element.body.iter(qn("w:fldSimple"))]
    marks = {node.get(qn("w:name")) for node in document.element.body.iter(qn("w:bookmarkStart"))}
    wanted = [field.split()[1] for field in fields if field.startswith(" PAGEREF")]
    assert len(wanted) >= sum(KINDS[name].numbered for name in a_case.DOSSIER)
    assert set(wanted) <= marks
    starts = list(document.element.body.iter(qn("w:pgNumType")))
    assert len(starts) == 1
    assert len(document.sections) == 4


def test_scans_are_in_the_word_file_too() -> None:
    paper = replace(filled("当事人身份证明"), scans=(Scan("身份证", "image/jpeg", jpeg()),))
    assert len(word(paper).inline_shapes) == 1


def test_every_table_row_fills_all_columns() -> None:
    for name in KINDS:
        for table in word(filled(name)).element.body.iter(qn("w:tbl")):
            columns = len(table.findall(qn("w:tblGrid") + "/" + qn("w:gridCol")))
            for row in table.iter(qn("w:tr")):
                spans = [cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell in row.iter(qn("w:tc"))]
                assert sum(1 if s is None else int(s.get(qn("w:val"))) for s in spans) == columns, name


def test_the_order_inside_every_paragraph_is_what_word_wants() -> None:
    """Word refuses a file whose settings stand in another order than the schema's."""
    order = ["keepNext", "keepLines", "pageBreakBefore", "pBdr", "tabs", "spacing", "ind", "jc", "sectPr"]
    for name in KINDS:
        for settings in word(filled(name)).element.body.iter(qn("w:pPr")):
            found = [etree.QName(child).localname for child in settings]
            assert found == sorted(found, key=order.index), name
