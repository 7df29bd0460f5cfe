"""Papers as one Word file, from the same parts as the PDF. Fonts by the names Word knows on a Chinese Windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from io import BytesIO
from itertools import groupby
from typing import Any

import docx
import segno
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from desktop.papers.template.paper import Mark, Paper
from desktop.papers.typeset.fonts import WORD
from desktop.papers.typeset.pdf import Printing
from desktop.papers.typeset.scans import pictures
from desktop.papers.typeset.word_parts import Pages, centred, part_xml, run_xml, text_xml

_MARGINS_MM = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_SCAN_MM = (156, 218)
_TWIPS_PER_MM = 1440 / 25.4
_TINY = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def make_docx(papers: Sequence[Paper], printing: Printing, pages: Pages) -> bytes:
    """The Word file of these papers. pages: where the PDF has them, shown until Word counts for itself.

    Raises PaperRefused when a scan cannot be read.
    """
    document = docx.Document()
    _set_up(document, papers, printing)
    body = document.element.body
    last = body[-1]
    for xml in _body(document, papers, printing, pages):
        last.addprevious(parse_xml(xml))
    body.replace(last, body[-2].xpath(".//w:sectPr")[0])
    body.remove(body[-2])
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Document, papers: Sequence[Paper], printing: Printing) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = WORD["body"], Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), WORD["body"])
    about = document.core_properties
    about.author, about.title, about.comments = "", papers[0].title, ""
    about.created = about.modified = printing.at.astimezone(UTC).replace(tzinfo=None)
    for paragraph in list(document.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)


def _body(document: Document, papers: Sequence[Paper], printing: Printing, pages: Pages) -> Iterator[str]:
    """All papers, a section for those with page numbers and one for those before and after."""
    serial, begun = 0, False
    for (numbered, bare), group in groupby(papers, lambda paper: (paper.numbered, paper.layout == "封面")):
        members = list(group)
        for place, paper in enumerate(members):
            printing.on_step(paper.title)
            yield _tiny(_bookmark(serial, f"a{serial}"), "<w:pageBreakBefore/>" if place else "")
            for part in paper.parts:
                yield from _mark(document, part) if isinstance(part, Mark) else part_xml(part, paper.layout, pages)
            yield from _scans(document, paper, printing)
            yield _tiny(_bookmark(serial + 1, f"z{serial}"))
            serial += 2
        yield _tiny("", _section(document, "" if bare else members[0].code, printing, numbered, numbered and not begun))
        begun = begun or numbered


def _tiny(mark: str, settings: str = "") -> str:
    """A paragraph that takes no room: it carries a bookmark, a page break, the end of a section."""
    before, after = (settings, "") if "pageBreak" in settings else ("", settings)
    return f"<w:p {nsdecls('w', 'r')}><w:pPr>{before}{_TINY}{after}</w:pPr>{mark}</w:p>"


def _bookmark(number: int, name: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def _section(document: Document, code: str, printing: Printing, numbered: bool, first: bool) -> str:
    """The section that ends here: margins of GB/T 9704, the number below, the QR above."""
    margins = " ".join(f'w:{side}="{round(mm * _TWIPS_PER_MM)}"' for side, mm in _MARGINS_MM.items())
    whole: Any = document.part
    header, header_id = whole.add_header_part()
    footer, footer_id = whole.add_footer_part()
    _fill(header.element, _header(header, code, printing))
    _fill(footer.element, centred(f"{text_xml('— ')}{_page_field()}{text_xml(' —')}") if numbered else "")
    restart = '<w:pgNumType w:start="1"/>' if first else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header_id}"/>'
        f'<w:footerReference w:type="default" r:id="{footer_id}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar {margins} w:header="680" w:footer="1020" w:gutter="0"/>{restart}</w:sectPr>'
    )


def _page_field() -> str:
    return f'<w:fldSimple w:instr=" PAGE ">{text_xml("1")}</w:fldSimple>'


def _fill(element: Any, xml: str) -> None:
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(xml or f"<w:p {nsdecls('w')}/>"))


def _header(part: Any, code: str, printing: Printing) -> str:
    sample = text_xml("（样表）") if printing.sample else ""
    if not code:
        return f"<w:p {nsdecls('w')}>{sample}</w:p>"
    picture = _picture(part, _qr(code), (12, 12))
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="right"/></w:pPr>{sample}'
        f"{picture}<w:r><w:br/></w:r>{run_xml(code, size=5.5)}</w:p>"
    )


def _mark(document: Document, mark: Mark) -> Iterator[str]:
    if mark.code:
        yield centred(_picture(document.part, _qr(mark.code), (24, 24)))
        yield centred(run_xml(mark.code, size=7))


def _scans(document: Document, paper: Paper, printing: Printing) -> Iterator[str]:
    for scan in paper.scans:
        printing.on_step(scan.name)
        for picture in pictures(scan):
            yield centred(_picture(document.part, picture, _SCAN_MM))


def _picture(part: Any, raw: bytes, frame_mm: tuple[float, float]) -> str:
    """A picture as large as the frame allows."""
    inline = part.new_pic_inline(BytesIO(raw), width=Mm(frame_mm[0]))
    if inline.extent.cy > Mm(frame_mm[1]):
        inline = part.new_pic_inline(BytesIO(raw), height=Mm(frame_mm[1]))
    return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"


def _qr(code: str) -> bytes:
    out = BytesIO()
    segno.make_qr(code, error="m").save(out, kind="png", scale=6, border=0)
    return out.getvalue()


def pages_of(papers: Sequence[Paper], first_pages: Sequence[int], count: int) -> Pages:
    """Where the PDF has the papers: (first, last) numbered page and Word's bookmark number, by key."""
    numbered = [n for n, paper in enumerate(papers) if paper.numbered]
    if not numbered:
        return Pages({}, 0)
    ends = [*first_pages[1:], count]
    before = first_pages[numbered[0]]
    found = {papers[n].key: (first_pages[n] - before + 1, ends[n] - before, n * 2) for n in numbered}
    return Pages(found, ends[numbered[-1]] - before)
