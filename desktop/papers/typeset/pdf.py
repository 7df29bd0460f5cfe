"""Papers as one PDF: typst sets the text, then scanned pages are laid into the pages that were left for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import typst

from desktop.papers.refusal import PaperRefused
from desktop.papers.template.paper import Paper
from desktop.papers.typeset import fonts, source
from desktop.papers.typeset.scans import lay_scans, with_scan_pages

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Printing:
    """How to print. at: the moment noted in the file. sample: each page says （样表）. on_step: told what is done
    next; what it raises stops the work."""

    at: datetime
    sample: bool = False
    on_step: Progress = lambda step: None


def make_pdf(papers: Sequence[Paper], printing: Printing) -> bytes:
    """The PDF of these papers. Raises PaperRefused when there is no font, or a scan cannot be read."""
    printing.on_step("排版")
    counted = with_scan_pages(papers, printing.on_step)
    text = source.document(counted, fonts.faces(), sample=printing.sample)
    try:
        compiler = typst.Compiler(font_paths=fonts.installed())
        raw = compiler.compile(text.encode(), format="pdf", timestamp=_moment(printing.at), pdf_tags=False)
    except typst.TypstError as problem:
        raise PaperRefused(f"版面没有排成（{problem.message}）。填好的都在。换用自带的样式再来。") from problem
    assert isinstance(raw, bytes)
    return lay_scans(raw, papers, printing.on_step)


def _moment(at: datetime) -> int:
    """Seconds since 1970: every clock of ours has an offset, also those typst knows no name for."""
    return round(at.timestamp())
