"""One part of a paper as WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from desktop.papers.template.blocks import Layout, Style
from desktop.papers.template.paper import (
    Cell,
    Gap,
    Grid,
    Height,
    PageCount,
    Paragraphs,
    Part,
    PastePlace,
    Run,
    Runs,
    SignaturePlaces,
)
from desktop.papers.typeset.fonts import WORD
from desktop.papers.typeset.source import CROWDED, SMALL_PT, UNPRINTED

_W = nsdecls("w")
_WIDTH_TWIPS = 8844
"""156 mm: A4 less the margins."""
_TWIPS_PER_MM = 1440 / 25.4
_SIZES: Mapping[Layout, float] = {"公文": 16, "文书": 14, "表格": 12, "封面": 16}
_PITCH_PT: Mapping[Layout, float] = {"公文": 28, "文书": 26, "表格": 21, "封面": 28}
_PASTE_MM = 130
_UNDERLINE = '<w:u w:val="single"/>'


@dataclass(frozen=True, slots=True)
class Pages:
    """Where papers stand: key to (first page, last page, number of the bookmark); count of numbered pages."""

    of: Mapping[str, tuple[int, int, int]]
    count: int


@dataclass(frozen=True, slots=True)
class _Look:
    """How a paragraph of a style is set. font: a key of WORD; size in points, 0 as the layout has it."""

    where: str = "both"
    indent: bool = False
    font: str = "body"
    size: float = 0
    bold: bool = False
    before: float = 0
    after: float = 0
    keep: bool = False
    right_chars: int = 0


_LOOKS: Mapping[Style, _Look] = {
    "段": _Look(indent=True),
    "顶格": _Look(),
    "居中": _Look("center"),
    "靠右": _Look("right", before=6, right_chars=200, keep=True),
    "小字": _Look(size=10.5, before=6),
    "小标题": _Look(font="heading", before=6, after=3, keep=True),
    "上题": _Look("center", font="title", size=18, bold=True, after=4, keep=True),
    "标题": _Look("center", font="title", size=22, bold=True, after=12, keep=True),
    "编号": _Look("right", after=6, keep=True),
    "记录": _Look(indent=True),
    "大字": _Look("center", font="title", size=26, bold=True),
}


def part_xml(part: Part, layout: Layout, pages: Pages) -> Iterator[str]:
    """The paragraphs and tables of one part."""
    if isinstance(part, Paragraphs):
        for runs in part.paragraphs:
            yield _paragraph(runs, _LOOKS[part.style], layout, pages)
    elif isinstance(part, Grid):
        yield _table(part, layout, pages)
    elif isinstance(part, SignaturePlaces):
        for label in part.labels:
            yield _signature(label, layout, pages)
    elif isinstance(part, PastePlace):
        yield _paste(part, pages)
    elif isinstance(part, Height):
        yield f"<w:p {_W}><w:pPr>{_exactly(part.height_mm * _TWIPS_PER_MM)}</w:pPr></w:p>"


def text_xml(words: str) -> str:
    """A run of words as the paragraph has it."""
    return f'<w:r><w:t xml:space="preserve">{_clean(words)}</w:t></w:r>'


def run_xml(words: str, *, size: float, font: str = "body", bold: bool = False) -> str:
    """A run of words in a font (a key of WORD) and size in points."""
    return f'<w:r>{_rpr(font, size, bold)}<w:t xml:space="preserve">{_clean(words)}</w:t></w:r>'


def centred(inner: str) -> str:
    """A centred paragraph of these runs."""
    return f'<w:p {_W}><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr>{inner}</w:p>'


def _paragraph(runs: Runs, look: _Look, layout: Layout, pages: Pages) -> str:
    size = look.size or _SIZES[layout]
    if runs == (Gap(0),):
        return _ruled(layout)
    pitch = max(_PITCH_PT[layout], size * 1.4)
    settings = (
        f"{'<w:keepNext/>' if look.keep else ''}"
        f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}" '
        f'w:line="{round(pitch * 20)}" w:lineRule="exact"/>'
        f'{_indent(look)}<w:jc w:val="{look.where}"/>'
    )
    return f"<w:p {_W}><w:pPr>{settings}</w:pPr>{_runs(runs, look.font, size, look.bold, pages)}</w:p>"


def _indent(look: _Look) -> str:
    if look.indent:
        return '<w:ind w:firstLineChars="200" w:firstLine="480"/>'
    return f'<w:ind w:rightChars="{look.right_chars}" w:right="480"/>' if look.right_chars else ""


def _ruled(layout: Layout) -> str:
    """A line to write on."""
    line = 'w:val="single" w:sz="4" w:space="1" w:color="auto"'
    border = f"<w:pBdr><w:bottom {line}/><w:between {line}/></w:pBdr>"
    return f"<w:p {_W}><w:pPr>{border}{_exactly(_PITCH_PT[layout] * 20)}</w:pPr></w:p>"


def _exactly(twips: float) -> str:
    return f'<w:spacing w:line="{round(twips)}" w:lineRule="exact"/>'


def _signature(label: Runs, layout: Layout, pages: Pages) -> str:
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{_WIDTH_TWIPS}"/></w:tabs>'
    words = _runs((*label, "："), "body", _SIZES[layout], False, pages)
    return (
        f'<w:p {_W}><w:pPr><w:keepNext/><w:keepLines/>{tabs}<w:spacing w:before="240" w:after="60"/></w:pPr>'
        f"{words}<w:r><w:tab/></w:r></w:p>"
    )


def _paste(part: PastePlace, pages: Pages) -> str:
    sides = "".join(f'<w:{s} w:val="dashed" w:sz="4" w:color="808080"/>' for s in ("top", "left", "bottom", "right"))
    words = _runs(part.words, "body", 12, False, pages)
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{_WIDTH_TWIPS}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{_WIDTH_TWIPS}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="{round(_PASTE_MM * _TWIPS_PER_MM)}" w:hRule="atLeast"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{_WIDTH_TWIPS}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{words}</w:p></w:tc></w:tr></w:tbl>'
    )


def _table(grid: Grid, layout: Layout, pages: Pages) -> str:
    total = sum(grid.widths)
    widths = [round(width / total * _WIDTH_TWIPS) for width in grid.widths]
    at = {(cell.row, cell.column): cell for cell in grid.cells}
    hung = {(cell.row + below, cell.column): cell for cell in grid.cells for below in range(1, cell.down)}
    rows = "".join(_row(number, height, widths, at, hung, 14 if layout == "封面" else 12, pages)
                   for number, height in enumerate(grid.heights))  # fmt: skip
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="5" w:space="0" w:color="auto"/>' for side in sides)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{_WIDTH_TWIPS}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(
    number: int, height_mm: float, widths: list[int], at: Mapping[tuple[int, int], Cell],
    hung: Mapping[tuple[int, int], Cell], size: float, pages: Pages,
) -> str:  # fmt: skip
    cells, column = "", 0
    while column < len(widths):
        cell = at.get((number, column))
        above = hung.get((number, column))
        across = cell.across if cell else above.across if above else 1
        width = sum(widths[column : column + across])
        merge = '<w:vMerge w:val="restart"/>' if cell and cell.down > 1 else "<w:vMerge/>" if above else ""
        cells += _cell_xml(cell, width, across, merge, size, pages)
        column += across
    low = height_mm and height_mm < 20
    height = f'<w:trHeight w:val="{round(height_mm * _TWIPS_PER_MM)}" w:hRule="atLeast"/>' if height_mm else ""
    return f"<w:tr><w:trPr>{'<w:cantSplit/>' if low else ''}{height}</w:trPr>{cells}</w:tr>"


def _cell_xml(cell: Cell | None, width: int, across: int, merge: str, size: float, pages: Pages) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    where = cell.where if cell else "left"
    aligned = f'<w:vAlign w:val="{"top" if where == "top" else "center"}"/>'
    jc = f'<w:spacing w:before="20" w:after="20"/><w:jc w:val="{"center" if where == "centre" else "left"}"/>'
    paragraphs = cell.paragraphs if cell else ()
    size = SMALL_PT if cell and where == "centre" and cell.letters() > CROWDED else size
    words = "".join(f"<w:p><w:pPr>{jc}</w:pPr>{_runs(runs, 'body', size, False, pages)}</w:p>"
                    for runs in paragraphs or ((),))  # fmt: skip
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{aligned}</w:tcPr>{words}</w:tc>'


def _runs(runs: Iterable[Run], font: str, size: float, bold: bool, pages: Pages) -> str:
    return "".join(_run(run, font, size, bold, pages) for run in runs)


def _run(run: Run, font: str, size: float, bold: bool, pages: Pages) -> str:
    if isinstance(run, str):
        return run_xml(run, size=size, font=font, bold=bold)
    if isinstance(run, Gap):
        blank = "　" * max(1, (run.room + 1) // 2)
        return f'<w:r>{_rpr(font, size, bold, _UNDERLINE)}<w:t xml:space="preserve">{blank}</w:t></w:r>'
    if isinstance(run, PageCount):
        return run_xml(str(pages.count or "　　"), size=size, font=font, bold=bold)
    return _page_fields(run.key, size, pages)


def _page_fields(key: str, size: float, pages: Pages) -> str:
    """The pages of a paper as fields that Word can count anew; what is shown first is what the PDF has."""
    if key not in pages.of:
        return ""
    first, last, number = pages.of[key]
    start = f'<w:fldSimple w:instr=" PAGEREF a{number} ">{run_xml(str(first), size=size)}</w:fldSimple>'
    end = f'<w:fldSimple w:instr=" PAGEREF z{number} ">{run_xml(str(last), size=size)}</w:fldSimple>'
    return start if first == last else f"{start}{run_xml('—', size=size)}{end}"


def _rpr(font: str, size: float, bold: bool, more: str = "") -> str:
    name = WORD[font]
    fonts = f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:hint="eastAsia"/>'
    return f'<w:rPr>{fonts}{"<w:b/>" if bold else ""}<w:sz w:val="{round(size * 2)}"/>{more}</w:rPr>'


def _clean(words: str) -> str:
    return escape(UNPRINTED.sub("", words))
