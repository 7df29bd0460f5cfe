"""A sheet as PDF for the printer: A4 on its side, the headings on every page, however many rows.

The rows are set in portions, so that progress can be told and the work stopped. A portion ends on a full page: the
rows of its last page are set again at the head of the next one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

import typst

from desktop.papers import pdfium
from desktop.papers.outfile import replacing
from desktop.papers.refusal import PaperRefused
from desktop.papers.typeset import fonts
from desktop.papers.workbook import Cell, Column, Look, OnRows, Sheet, Totals

PORTION = 400
"""Rows set at a time."""
_WIDTH_PT, _LEAST_PT, _MOST_PT = 796, 6, 10
_LONG_LINES = 30
"""A row of more lines than this may break across pages; all others stay whole."""
_AT_LEAST = 4
_FIXED_EM: Mapping[Look, float] = {"day": 5.4, "money": 6.4}
"""Columns whose cells must not be broken have the width of their cells; the others share what is left."""
_LONG_NUMBER = re.compile(r"[!-~]{12,}")
_LATIN_PER_LETTER = 1.8
"""How many digits stand in the room of one Chinese letter, with a little to spare."""
_RIGHT: frozenset[Look] = frozenset({"number", "money"})
Row = Sequence[Cell]


def write_pdf(
    file: Path, sheet: Sheet, *, at: datetime, on_rows: OnRows = lambda count: None, portion: int = PORTION
) -> int:
    """Write the sheet to `file` as PDF and return how many rows it holds. at: the (aware) moment noted in it.

    portion: rows set at a time. `on_rows` is told the count after each; what it raises stops the work and leaves no
    file behind. Raises PaperRefused when the file cannot be written or no Chinese font is there.
    """
    with replacing(file) as draft:
        source = draft.with_name("portion.typ")
        setter = _Setter(source, sheet.columns, at)
        totals = Totals(sheet.columns)
        portions = []
        for pages, done in _portions(setter, totals, sheet, portion):
            portions.append(pages)
            on_rows(done)
        _bind(portions, draft)
    return totals.count


def _bind(portions: Sequence[_Pages], file: Path) -> None:
    """One file of all portions; PDFium is nobody else's meanwhile, so it is not held while rows are set."""
    with pdfium.new() as book:
        for pages in portions:
            with pdfium.opened(pages.raw) as part:
                book.import_pages(part, list(range(pages.count)))
        book.save(file)


@dataclass(frozen=True, slots=True)
class _Pages:
    """A portion that was set: the PDF, how many of its pages are taken, how many rows stand on them."""

    raw: bytes
    count: int
    rows: int


def _portions(setter: _Setter, totals: Totals, sheet: Sheet, portion: int) -> Iterator[tuple[_Pages, int]]:
    coming: Iterator[Row] = totals.passing(sheet.rows)
    held: list[Row] = []
    before, done, is_last = 0, 0, False
    while not is_last:
        fresh = list(islice(coming, portion))
        is_last = len(fresh) < portion
        tail = [totals.row()] if is_last and sheet.totals else []
        rows = [*held, *fresh]
        pages = setter.set([*rows, *tail], sheet if before == 0 else None, before, is_last=is_last)
        held, before = rows[pages.rows :], before + pages.count
        done = totals.count - len(held)
        yield pages, done


class _Setter:
    """Sets rows as pages with typst."""

    def __init__(self, source: Path, columns: Sequence[Column], at: datetime) -> None:
        self._source, self._columns, self._at = source, columns, at.replace(microsecond=0)
        self._faces = fonts.faces()
        shares = [0 if column.look in _FIXED_EM else max(column.width, _AT_LEAST) for column in columns]
        ems = sum(_FIXED_EM.get(column.look, 0) for column in columns)
        self._size = max(_LEAST_PT, min(_MOST_PT, _WIDTH_PT * 1.6 / (sum(shares) * 0.5 + ems)))
        room = _WIDTH_PT / self._size - ems
        self._signs = [
            _FIXED_EM.get(column.look) or max(1.0, room * share / (sum(shares) or 1))
            for column, share in zip(columns, shares, strict=True)
        ]
        """How many Chinese letters stand on a line of each column."""

    def set(self, rows: Sequence[Row], head: Sheet | None, pages_before: int, *, is_last: bool) -> _Pages:
        """The pages of these rows; all of them when they are the last, else those that are full."""
        self._source.write_text(self._document(rows, head, pages_before), encoding="utf-8")
        try:
            compiler = typst.Compiler(str(self._source), font_paths=fonts.installed())
            raw = compiler.compile(format="pdf", timestamp=self._at, pdf_tags=False)
            starts: list[int] = json.loads(compiler.query("<pages>", field="value", one=True))
        except (typst.TypstError, RuntimeError) as problem:
            raise PaperRefused("版面没有排成。原来的文件没有动。少选几列再来，或者存成表格。") from problem
        assert isinstance(raw, bytes)
        kept, taken = (len(rows), starts[-1]) if is_last else self._full(rows, starts)
        return _Pages(raw, taken, kept)

    def _full(self, rows: Sequence[Row], starts: Sequence[int]) -> tuple[int, int]:
        """How many rows stand on full pages, and how many pages those are; everything when none is full."""
        last = starts[-1]
        kept = next((n for n, page in enumerate(starts[:-1]) if page >= last), len(rows))
        while kept and self._lines(rows[kept - 1]) > _LONG_LINES:
            last = starts[kept - 1]
            kept = next(n for n, page in enumerate(starts[:-1]) if page >= last)
        return (kept, last - 1) if kept else (len(rows), starts[-1])

    def _lines(self, row: Row) -> float:
        """About how many lines the row takes."""
        return max((_letters(cell) / signs for cell, signs in zip(row, self._signs, strict=True)), default=0)

    def _document(self, rows: Sequence[Row], head: Sheet | None, pages_before: int) -> str:
        widths = ", ".join(_width(column) for column in self._columns)
        aligned = ", ".join("right" if column.look in _RIGHT else "left" for column in self._columns)
        headings = ", ".join(f"strong({_literal(column.heading)})" for column in self._columns)
        title = _title(head) if head else ""
        body = "\n".join(chain.from_iterable(self._row(row) for row in rows))
        return _PAGE.format(
            body_faces=_families(self._faces.body), head_faces=_families(self._faces.heading), size=self._size,
            pages_before=pages_before, printed=f"{self._at:%Y-%m-%d}", title=title, widths=widths, aligned=aligned,
            headings=headings, body=body,
        )  # fmt: skip

    def _row(self, row: Row) -> Iterator[str]:
        is_long = self._lines(row) > _LONG_LINES
        for number, (cell, column) in enumerate(zip(row, self._columns, strict=True)):
            text = _said(cell, column.look)
            said = _literal(text if column.look in _FIXED_EM else _broken(text, self._signs[number]))
            mark = f"[#metadata(0)<row>#{said}]" if number == 0 else said
            yield f"table.cell(breakable: true, {mark})," if is_long else f"{mark},"


_PAGE = """#set page(paper: "a4", flipped: true, margin: (x: 8mm, top: 12mm, bottom: 13mm),
  footer: context align(center, text(7pt)[第 #(counter(page).get().first() + {pages_before}) 页 #h(2em) {printed}]))
#set text(font: {body_faces}, size: {size:.2f}pt, lang: "zh", region: "cn", hyphenate: false)
#set par(leading: .35em, spacing: .35em)
#show strong: it => text(font: {head_faces}, it.body)
#set table.cell(breakable: false)
{title}
#table(columns: ({widths},), align: ({aligned},), inset: (x: 1.5pt, y: 1.8pt), stroke: .3pt,
table.header({headings}),
{body}
)
#context [#metadata((..query(<row>).map(it => it.location().page()), here().page()))<pages>]
"""


def _title(sheet: Sheet) -> str:
    note = f"#align(center, text(8pt, {_literal(sheet.note)}))\n" if sheet.note else ""
    return f"#align(center, text(15pt, strong({_literal(sheet.title)})))\n{note}#v(2mm)" if sheet.title else note


def _families(names: Sequence[str]) -> str:
    return "(" + ", ".join(_literal(name) for name in names) + ",)"


def _width(column: Column) -> str:
    fixed = _FIXED_EM.get(column.look)
    return f"{fixed}em" if fixed else f"{max(column.width, _AT_LEAST)}fr"


def _broken(text: str, letters: float) -> str:
    """The text with long numbers broken where the line ends: nothing else would break them."""
    digits = max(4, int(letters * _LATIN_PER_LETTER))
    return _LONG_NUMBER.sub(lambda run: "\n".join(_cut(run[0], digits)), text)


def _cut(text: str, length: int) -> Iterator[str]:
    return (text[start : start + length] for start in range(0, len(text), length))


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n").replace("\x00", "")
    return f'"{escaped}"'


def _said(cell: Cell, look: Look) -> str:
    if isinstance(cell, int):
        return f"{cell / 100:,.2f}" if look == "money" else f"{cell:,}"
    return cell.isoformat() if isinstance(cell, date) else str(cell or "")


def _letters(cell: Any) -> int:
    text = str(cell or "")
    return len(text) + text.count("\n") * 8
