"""Pages of a PDF as pictures, for the preview (96 dpi) and for the printer (300 dpi); where papers begin in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from desktop.papers.pdfium import opened
from desktop.papers.typeset.scans import paper_pages


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: pixels as RGBA rows of 4 × width bytes."""

    width: int
    height: int
    rgba: bytes


def page_count(pdf: bytes) -> int:
    """How many pages it has."""
    with opened(pdf) as found:
        return len(found)


def page_pictures(pdf: bytes, *, dpi: float = 96, first: int = 0, last: int | None = None) -> Iterator[PagePicture]:
    """Pages from first (from 0) up to, not with, last, one after the other."""
    count = page_count(pdf)
    for number in range(first, count if last is None else min(last, count)):
        with opened(pdf) as found:
            picture = found[number].render(scale=dpi / 72).to_pil().convert("RGBA")
        yield PagePicture(picture.width, picture.height, picture.tobytes())


def page_png(pdf: bytes, number: int = 0, *, dpi: int = 96) -> bytes:
    """One page (from 0) as PNG."""
    with opened(pdf) as found:
        out = BytesIO()
        found[number].render(scale=dpi / 72).to_pil().save(out, "PNG")
        return out.getvalue()


def text_of(pdf: bytes) -> list[str]:
    """The words of each page, as a search in the PDF finds them."""
    with opened(pdf) as found:
        return [page.get_textpage().get_text_bounded() for page in found]


def page_starts(pdf: bytes) -> tuple[list[int], int]:
    """On which page (from 0) each paper begins, by its bookmark, and how many pages there are."""
    with opened(pdf) as found:
        return paper_pages(found), len(found)
