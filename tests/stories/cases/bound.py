"""The dossier a story ends with: bound and saved with the window's own buttons, then read back page by page."""

from __future__ import annotations

from pathlib import Path

from desktop.casework.dossier import binding, checking
from desktop.papers.pages import page_starts, text_of
from tests.samples.write import write_sample
from tests.stories.cases.clerk import Clerk

KEEP: list[Path] = []


def bind(clerk: Clerk, name: str, keep: Path | None) -> list[str]:
    """The words of each page. keep: a folder to write the sample dossier of that name into."""
    clerk.bind()
    pdf = clerk.save_pdf(clerk.files / f"{name}.pdf")
    bundle = binding.dossier(clerk.desk, clerk.dispute_id)
    assert bundle.complaints == ()
    starts, count = page_starts(pdf)
    assert len(starts) == len(bundle.papers)
    if keep:
        write_sample(name, bundle, keep)
    pages = [_plain(words) for words in text_of(pdf)]
    assert len(pages) == count
    return pages


def gaps(clerk: Clerk) -> list[str]:
    """What is missing, by title."""
    papers = checking.papers_of(clerk.desk, clerk.dispute_id)
    return [paper.title for paper in checking.lacking(papers)]


def _plain(words: str) -> str:
    return "".join(words.split())
