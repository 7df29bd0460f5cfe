"""A paper as typst source. Every word from a record goes in as a string literal, never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import groupby, pairwise

import segno

from desktop.papers.template.blocks import Style
from desktop.papers.template.paper import (
    Cell,
    Gap,
    Grid,
    Height,
    Mark,
    PageCount,
    PagesOf,
    Paper,
    Paragraphs,
    Part,
    PastePlace,
    Run,
    Runs,
    ScanPage,
    SignaturePlaces,
)
from desktop.papers.typeset.fonts import Faces

_FUNCTIONS: dict[Style, str] = {
    "段": "para", "顶格": "flush", "居中": "middle", "靠右": "right-line", "小字": "small", "小标题": "sub",
    "上题": "above", "标题": "headline", "编号": "number-line", "记录": "spoken", "大字": "big",
}  # fmt: skip

_CELLS = {"centre": "centre", "left": "left-cell", "top": "top-cell"}
_INSET_MM = 2.8
_LONG_LABEL = 24
CROWDED = 40
SMALL_PT = 7
"""More letters than that in a narrow cell are set small, so that a row never outgrows its page."""
_SHORT_CELL = 200
"""Letters a cell may have and still keep its row from being broken over two pages."""
_FEW = 8
_LEADING = ("顶格", "小标题")
UNPRINTED = re.compile("[\x00-\x08\x0a-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs no paper can print: control signs and halves of characters."""

PRELUDE = """
#let leading-of = (公文: 28pt, 文书: 26pt, 表格: 21pt, 封面: 28pt)
#let size-of = (公文: 16pt, 文书: 14pt, 表格: 12pt, 封面: 16pt)
#let gap(n) = if n == 0 { box(width: 1fr, height: 1em, stroke: (bottom: .4pt)) } else {
  box(width: n * .5em + .5em, height: .9em, outset: (bottom: .12em), stroke: (bottom: .4pt)) }
#let pages-of(key) = context { let a = counter(page).at(label("a-" + key)).first()
  let z = counter(page).at(label("z-" + key)).first(); if a == z [#a] else [#a—#z] }
#let page-total = context { let all = query(<numbered-end>)
  if all.len() == 0 [　　] else { counter(page).at(all.last().location()).first() } }
#let para(..ps) = for p in ps.pos() { par(first-line-indent: (amount: 2em, all: true), p) }
#let last-para(..ps) = { para(..ps.pos().slice(0, -1)); block(sticky: true, para(ps.pos().last())) }
#let flush(..ps) = for p in ps.pos() { par(first-line-indent: 0em, p) }
#let middle(..ps) = for p in ps.pos() { align(center, p) }
#let right-line(..ps) = for p in ps.pos() { block(width: 100%, breakable: false, sticky: false, above: .9em,
  align(right, pad(right: 2em, p))) }
#let together(it) = block(width: 100%, breakable: false, above: 1.5em, it)
#let small(..ps) = { set text(size: 10.5pt); set par(leading: .6em); v(.6em)
  for p in ps.pos() { par(first-line-indent: 0em, p) } }
#let sub(..ps) = for p in ps.pos() { block(sticky: true, above: 1.1em, below: .9em,
  text(font: faces.heading, p)) }
#let above(..ps) = for p in ps.pos() { align(center, text(font: faces.title, size: 18pt, weight: "bold", p)); v(2mm) }
#let title-text(p) = text(font: faces.title, size: 22pt, weight: "bold",
  stroke: if faces.thick { .35pt + black } else { none }, p)
#let headline(..ps) = { for p in ps.pos() {
  block(width: 100%, align(center, par(leading: .6em, title-text(p)))) }; v(4mm) }
#let number-line(..ps) = for p in ps.pos() { align(right, p); v(2mm) }
#let big(..ps) = for p in ps.pos() { align(center, text(font: faces.title, size: 26pt, weight: "bold", p)) }
#let spoken(..ps) = for p in ps.pos() { par(first-line-indent: (amount: 2em, all: true), p) }
#let lined(n) = { for i in range(n) { block(width: 100%, height: 1em, above: 1em, below: 0em, stroke: (bottom: .4pt)) }
  v(.7em) }
#let sign(it) = block(width: 100%, breakable: false, above: 1.5em, below: 1.1em,
  grid(columns: (auto, 1fr), align: (left + bottom, bottom), column-gutter: .3em, it + [：],
    box(width: 100%, height: 1em, stroke: (bottom: .5pt))))
#let sign-under(it) = block(width: 100%, breakable: false, above: 1.5em, below: 1.1em,
  { set par(leading: .5em); it + [：] + block(width: 100%, height: 1.6em, above: 0pt, stroke: (bottom: .5pt)) })
#let paste(it) = { v(4mm); block(width: 100%, height: 1fr, stroke: (paint: gray, thickness: .5pt, dash: "dashed"),
  align(center + horizon, text(fill: gray.darken(30%), it))) }
#let form(cols, size, ..cells) = { set par(leading: .55em, spacing: .55em, justify: false); set text(size: size)
  table(columns: cols, stroke: .6pt, inset: (x: 1.6mm, y: 1.4mm), align: left + horizon, ..cells) }
#let strut(h, where, it) = grid(columns: (0pt, 1fr), align: where + horizon, block(height: h), it)
#let centre(it, ..at) = table.cell(align: center + horizon, ..at, it)
#let left-cell(it, ..at) = table.cell(align: left + horizon, ..at, it)
#let top-cell(it, ..at) = table.cell(align: left + top, inset: (y: 2.4mm), ..at, it)
#let qr-mark(svg, code, size) = stack(dir: ttb, spacing: 1mm, image(bytes(svg), format: "svg", width: size),
  text(size: 5.5pt, font: faces.heading, code))
"""


def document(papers: Sequence[Paper], faces: Faces, *, sample: bool = False) -> str:
    """The source of all papers in one document, each on a page of its own."""
    return "".join(_document(papers, faces, sample))


def _document(papers: Sequence[Paper], faces: Faces, sample: bool) -> Iterator[str]:
    yield f"#let faces = (body: {_list(faces.body)}, heading: {_list(faces.heading)}, title: {_list(faces.title)}, "
    yield f"thick: {'true' if faces.thick else 'false'})\n"
    yield PRELUDE
    yield '#set text(lang: "zh", region: "cn", font: faces.body, cjk-latin-spacing: none, top-edge: .88em)\n'
    yield "#set par(justify: true, spacing: 0pt)\n"
    last = max((n for n, paper in enumerate(papers) if paper.numbered), default=-1)
    begun = False
    for number, paper in enumerate(papers):
        starts, begun = paper.numbered and not begun, begun or paper.numbered
        yield from _paper(paper, starts=starts, sample=sample, ends=number == last)


def _paper(paper: Paper, *, starts: bool, sample: bool, ends: bool) -> Iterator[str]:
    yield f"#page({_page(paper, sample)})[\n"
    yield "#counter(page).update(1)\n" if starts else ""
    yield f"#set text(size: size-of.{paper.layout}); #set par(leading: leading-of.{paper.layout} - .88em)\n"
    yield f"#set par(spacing: leading-of.{paper.layout} - .88em)\n"
    yield f"#metadata(none)#label({quoted('a-' + paper.key)})\n"
    yield f"#place(hide(heading(outlined: true, {quoted(paper.title)})))\n"
    yield from _parts(paper)
    yield f"#metadata(none)#label({quoted('z-' + paper.key)})\n" + ("#metadata(none)<numbered-end>\n" if ends else "")
    yield "]\n"


def _page(paper: Paper, sample: bool) -> str:
    footer = 'context align(center, text(size: 14pt, [— #counter(page).display("1") —]))' if paper.numbered else "none"
    code = paper.code if paper.layout != "封面" else ""
    left = "（样表）" if sample else ""
    qr = f"qr-mark({quoted(qr_svg(code))}, {quoted(code)}, 12mm)" if code else "[]"
    header = f"grid(columns: (1fr, auto), align: (left + top, right + top), {quoted(left)}, {qr})"
    return (
        'paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), '
        f"header-ascent: 4mm, footer-descent: 8mm, header: {header if code or left else 'none'}, footer: {footer}"
    )


def _parts(paper: Paper) -> Iterator[str]:
    """The parts; a few signatures and the date under them stay on one page with the words before them."""
    big = paper.layout == "封面"
    groups = _with_what_leads_there([(closes, list(group)) for closes, group in groupby(paper.parts, _closes)])
    for (closes, parts), (next_closes, _) in pairwise([*groups, (False, [])]):
        few = closes and sum(len(part.labels) for part in parts if isinstance(part, SignaturePlaces)) <= _FEW
        yield "#together[\n" if few else ""
        yield from (_part(part, big) for part in parts[:-1])
        last = _part(parts[-1], big)
        is_words = last.startswith(("#para(", "#spoken(")) and _last_letters(parts[-1]) <= _SHORT_CELL
        yield f"#last-para({last.split('(', 1)[1]}" if next_closes and is_words else last
        yield "]\n" if few else ""


def _last_letters(part: Part) -> int:
    runs = part.paragraphs[-1] if isinstance(part, Paragraphs) else ()
    return sum(len(run) for run in runs if isinstance(run, str))


def _with_what_leads_there(groups: list[tuple[bool, list[Part]]]) -> list[tuple[bool, list[Part]]]:
    """The result and its heading, directly before the signatures, belong to them."""
    for (_, before), (closes, parts) in pairwise(groups):
        while closes and len(before) > 1 and isinstance(before[-1], Paragraphs) and before[-1].style in _LEADING:
            parts.insert(0, before.pop())
    return groups


def _closes(part: Part) -> bool:
    return isinstance(part, SignaturePlaces) or (isinstance(part, Paragraphs) and part.style == "靠右")


def _part(part: Part, big: bool) -> str:
    if isinstance(part, Paragraphs):
        if part.style == "记录" and all(runs == (Gap(0),) for runs in part.paragraphs):
            return f"#lined({len(part.paragraphs)})\n"
        return f"#{_FUNCTIONS[part.style]}({_arguments(part.paragraphs)})\n"
    if isinstance(part, Grid):
        return _grid(part, big)
    if isinstance(part, SignaturePlaces):
        return "".join(f"#{_sign(label)}({_runs(label)})\n" for label in part.labels)
    if isinstance(part, PastePlace):
        return f"#paste({_runs(part.words)})\n"
    if isinstance(part, Height):
        return f"#v({part.height_mm}mm)\n"
    if isinstance(part, ScanPage):
        return ("#pagebreak()\n" if part.breaks else "") + "#block(height: 1pt)\n"
    return _mark(part)


def _sign(label: Runs) -> str:
    """A long label leaves no room beside it: its line stands beneath."""
    return "sign-under" if sum(len(run) for run in label if isinstance(run, str)) > _LONG_LABEL else "sign"


def _mark(part: Mark) -> str:
    return f"#align(center, qr-mark({quoted(qr_svg(part.code))}, {quoted(part.code)}, 24mm))\n" if part.code else ""


def _grid(grid: Grid, big: bool) -> str:
    widths = ", ".join(f"{width}fr" for width in grid.widths)
    long = {cell.row for cell in grid.cells if cell.letters() > _SHORT_CELL}
    struts = {row: _strut_bearer(grid, row) for row, height in enumerate(grid.heights) if height and row not in long}
    cells = "".join(
        _table_cell(
            cell,
            grid.heights[cell.row] if struts.get(cell.row) is cell else 0,
            breaks=not long.isdisjoint(range(cell.row, cell.row + cell.down)),
        )
        for cell in grid.cells
    )
    return f"#form(({widths},), {'14pt' if big else '12pt'},\n{cells})\n"


def _strut_bearer(grid: Grid, row: int) -> Cell | None:
    """The cell that keeps its row from being lower than asked: of that row alone, a label if there is one."""
    own = [cell for cell in grid.cells if cell.row == row and cell.down == 1]
    return max(own, key=lambda cell: cell.label, default=None)


def _table_cell(cell: Cell, height_mm: float, *, breaks: bool) -> str:
    words = _cell(cell.paragraphs)
    if cell.letters() > CROWDED and cell.where == "centre":
        words, breaks = f"text(size: {SMALL_PT}pt, {words})", False
    if height_mm:
        words = f"strut({height_mm - _INSET_MM}mm, {'center' if cell.where == 'centre' else 'left'}, {words})"
    return f"  {_CELLS[cell.where]}({words}, {_place(cell)}, breakable: {'true' if breaks else 'false'}),\n"


def _place(cell: object) -> str:
    return ", ".join(f"{name}: {getattr(cell, own)}" for name, own in
                     (("x", "column"), ("y", "row"), ("colspan", "across"), ("rowspan", "down")))  # fmt: skip


def _cell(paragraphs: Iterable[Runs]) -> str:
    return " + linebreak() + ".join(_runs(runs) for runs in paragraphs) or "[]"


def _arguments(paragraphs: Iterable[Runs]) -> str:
    return ", ".join(_runs(runs) for runs in paragraphs)


def _runs(runs: Runs) -> str:
    return " + ".join(map(_run, runs)) or "[]"


def _run(run: Run) -> str:
    if isinstance(run, str):
        return f"text({quoted(run)})"
    if isinstance(run, Gap):
        return f"gap({run.room})"
    return f"pages-of({quoted(run.key)})" if isinstance(run, PagesOf) else _total(run)


def _total(_: PageCount) -> str:
    return "page-total"


def _list(names: Iterable[str]) -> str:
    return f"({', '.join(map(quoted, names))},)"


def quoted(words: str) -> str:
    """The words as a typst string literal; signs that print nothing and could break the page are dropped."""
    clean = UNPRINTED.sub("", words)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def qr_svg(code: str) -> str:
    """The matter's code as a QR picture."""
    out = BytesIO()
    segno.make_qr(code, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=True, unit="mm")
    return out.getvalue().decode("ascii").strip()
