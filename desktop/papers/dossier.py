"""Papers, filled and in order, written as a file: PDF, Word, or pictures of the pages. Pure: works in any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from desktop.papers.outfile import replacing
from desktop.papers.pages import page_starts
from desktop.papers.template.paper import Paper
from desktop.papers.typeset.pdf import Printing, make_pdf
from desktop.papers.typeset.word import make_docx, pages_of

Format: TypeAlias = Literal["pdf", "docx"]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is to be printed: papers in their order. name: of the file, without its ending. complaints: what was
    wrong with a district's templates, or which scans are not on this PC, for the person."""

    name: str
    papers: Sequence[Paper]
    complaints: tuple[str, ...] = ()


def as_pdf(bundle: Bundle, printing: Printing) -> bytes:
    """The PDF. Raises PaperRefused, and whatever printing.on_step raises."""
    return make_pdf(bundle.papers, printing)


def as_docx(bundle: Bundle, printing: Printing) -> bytes:
    """The Word file; the page numbers in its contents are those of the PDF until Word counts anew."""
    wants_pages = len(bundle.papers) > 1
    starts, count = page_starts(make_pdf(bundle.papers, printing)) if wants_pages else ([0] * len(bundle.papers), 0)
    return make_docx(bundle.papers, printing, pages_of(bundle.papers, starts, count))


def write(bundle: Bundle, file: Path, form: Format, printing: Printing) -> None:
    """Write the file, whole or not at all. Raises PaperRefused (no font, disk full, open elsewhere)."""
    raw = as_pdf(bundle, printing) if form == "pdf" else as_docx(bundle, printing)
    printing.on_step("存盘")
    with replacing(file) as draft:
        draft.write_bytes(raw)
