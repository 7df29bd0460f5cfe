"""A dossier of thirteen papers and more, filled, laid out and written as PDF and as Word.

`python -m benchmarks dossier` prints the seconds of each beside a floor: the same typesetter on one empty A4 page.
Claim: both together in less than three seconds.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import typst

from desktop.papers.dossier import Bundle, write
from desktop.papers.pages import page_count, text_of
from desktop.papers.typeset import fonts
from desktop.papers.typeset.pdf import Printing
from desktop.papers.typeset.source import quoted
from tests.papers.a_case import DOSSIER, dossier

CLAIM_SECONDS = 3.0
RUNS = 5
_EMPTY = b'#set page(paper: "a4")\n'


def main() -> bool:
    """Print the figures; True when the claim does not hold."""
    began = time.perf_counter()
    fonts.installed()
    found = time.perf_counter() - began
    printing = Printing(datetime(2026, 11, 23, tzinfo=UTC))
    with tempfile.TemporaryDirectory(prefix="fengqiao-dossier-") as base:
        as_pdf, as_word = Path(base) / "卷宗.pdf", Path(base) / "卷宗.docx"
        first = _seconds(lambda: write(Bundle("卷宗", dossier()), as_pdf, "pdf", printing))
        floor = _middle(lambda: typst.Compiler(font_paths=fonts.installed()).compile(_EMPTY, format="pdf"))
        words = text_of(as_pdf.read_bytes())
        plain = _middle(lambda: _plain_text(words))
        pdf = _middle(lambda: write(Bundle("卷宗", dossier()), as_pdf, "pdf", printing))
        word = _middle(lambda: write(Bundle("卷宗", dossier()), as_word, "docx", printing))
        pages, sizes = page_count(as_pdf.read_bytes()), (as_pdf.stat().st_size, as_word.stat().st_size)
    print(f"dossier: {len(DOSSIER)} papers, {pages} pages, PDF {sizes[0]:,} bytes, Word {sizes[1]:,} bytes")
    print(f"  fonts of this PC looked through once: {found:.2f} s; the first PDF after that: {first:.2f} s")
    print(f"  floor (an empty A4 page): {floor:.3f} s")
    print(f"  floor (the same words as plain text, no tables, no QR): {plain:.3f} s")
    print("  again and again, with what typst remembers of the time before:")
    print(f"  PDF {pdf:.2f} s ({pdf / plain:.1f} × plain text, {pdf / pages * 1000:.0f} ms a page)")
    print(f"  Word, page numbers taken from a PDF made for it: {word:.2f} s ({word / plain:.1f} ×)")
    print(f"  both {pdf + word:.2f} s (claim: less than {CLAIM_SECONDS:.0f} s)")
    return found + first + word >= CLAIM_SECONDS


def _plain_text(pages: list[str]) -> None:
    """The words of a PDF set again as nothing but text."""
    body = "".join(f"#text({quoted(page)})\n#pagebreak(weak: true)\n" for page in pages)
    font = quoted(fonts.faces().body[0])
    source = f'#set page(paper: "a4")\n#set text(font: {font}, lang: "zh")\n{body}'
    typst.Compiler(font_paths=fonts.installed()).compile(source.encode(), format="pdf")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _middle(work: Callable[[], object]) -> float:
    return statistics.median(_seconds(work) for _ in range(RUNS))


if __name__ == "__main__":
    raise SystemExit(main())
