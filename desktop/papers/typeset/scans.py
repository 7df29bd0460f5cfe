"""Scanned pages, photos and PDFs in a dossier: each takes full pages, with the dossier's number beneath."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from io import BytesIO

import pypdfium2 as pdfium
from PIL import ExifTags, Image, ImageOps, ImageSequence, UnidentifiedImageError

from desktop.papers.pdfium import opened
from desktop.papers.refusal import PaperRefused
from desktop.papers.template.paper import Paper, Scan, ScanPage

PDF = "application/pdf"
_POINTS_PER_MM = 72 / 25.4
_FRAME_MM = (28, 32, 156, 226)
"""Where a scan stands on its page: left, bottom, width, height, in millimetres."""
_MOST_PIXELS = 3200
_QUALITY = 82
Step = Callable[[str], None]


def with_scan_pages(papers: Sequence[Paper], on_step: Step) -> list[Paper]:
    """The same papers with an empty page for each page of their scans."""
    return [_with_pages(paper, on_step) for paper in papers]


def _with_pages(paper: Paper, on_step: Step) -> Paper:
    names = [scan.name for scan in paper.scans for _ in range(page_count(scan, on_step))]
    pages = [ScanPage(name, bool(paper.parts) or number > 0) for number, name in enumerate(names)]
    return replace(paper, parts=(*paper.parts, *pages))


def page_count(scan: Scan, on_step: Step) -> int:
    """How many pages a scan takes. Raises PaperRefused when it cannot be read."""
    on_step(scan.name)
    if scan.mime != PDF:
        with _picture(scan) as picture:
            return getattr(picture, "n_frames", 1)
    with _pdf(scan) as found:
        return len(found)


def pictures(scan: Scan, dpi: int = 150) -> Iterator[bytes]:
    """Each page of a scan as JPEG, upright, no larger than A4 needs. Raises PaperRefused."""
    if scan.mime != PDF:
        with _picture(scan) as picture:
            for frame in ImageSequence.Iterator(picture):
                is_ready = picture.format == "JPEG" and picture.mode in ("L", "RGB") and _upright(picture)
                yield scan.raw if is_ready and max(picture.size) <= _MOST_PIXELS else _jpeg(frame)
        return
    for number in range(page_count(scan, lambda _: None)):
        with _pdf(scan) as found:
            picture = found[number].render(scale=dpi / 72).to_pil()
        yield _jpeg(picture)


def lay_scans(raw: bytes, papers: Sequence[Paper], on_step: Step) -> bytes:
    """The PDF with the scans laid into the last pages of their papers."""
    if not any(paper.scans for paper in papers):
        return raw
    with opened(raw) as whole:
        starts = paper_pages(whole)
        ends = [*starts[1:], len(whole)]
        for paper, end in zip(papers, ends, strict=True):
            counts = [page_count(scan, on_step) for scan in paper.scans]
            first = end - sum(counts)
            for scan, count in zip(paper.scans, counts, strict=True):
                _lay(whole, scan, range(first, first + count))
                first += count
        out = BytesIO()
        whole.save(out)
        return out.getvalue()


def paper_pages(whole: pdfium.PdfDocument) -> list[int]:
    """On which page (from 0) each paper begins: the bookmarks of the PDF."""
    return [mark.get_dest().get_index() for mark in whole.get_toc() if mark.level == 0]


def _lay(whole: pdfium.PdfDocument, scan: Scan, pages: range) -> None:
    if scan.mime == PDF:
        with _pdf(scan) as found:
            for index, number in enumerate(pages):
                width, height = found[index].get_size()
                with closing(found.page_as_xobject(index, whole)) as form:
                    _place(whole[number], form.as_pageobject(), width, height, unit=True)
        return
    for number, picture in zip(pages, pictures(scan), strict=True):
        image = pdfium.PdfImage.new(whole)
        image.load_jpeg(BytesIO(picture), inline=True)
        width, height = image.get_px_size()
        _place(whole[number], image, width, height, unit=False)


def _place(page: pdfium.PdfPage, thing: pdfium.PdfObject, width: float, height: float, *, unit: bool) -> None:
    """As large as the frame allows, in its middle. unit: measured in points, else a picture of one by one."""
    left, bottom, across, tall = (value * _POINTS_PER_MM for value in _FRAME_MM)
    share = min(across / width, tall / height)
    shown = (width * share, height * share)
    scale = (share, share) if unit else shown
    matrix = pdfium.PdfMatrix().scale(*scale)
    thing.set_matrix(matrix.translate(left + (across - shown[0]) / 2, bottom + (tall - shown[1]) / 2))
    page.insert_obj(thing)
    page.gen_content()


def _upright(picture: Image.Image) -> bool:
    return bool(picture.getexif().get(ExifTags.Base.Orientation, 1) == 1)


def _jpeg(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("L" if upright.mode in ("1", "L") else "RGB")
    plain.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
    out = BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _picture(scan: Scan) -> Image.Image:
    try:
        return Image.open(BytesIO(scan.raw))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as problem:
        raise _unreadable(scan) from problem


@contextmanager
def _pdf(scan: Scan) -> Iterator[pdfium.PdfDocument]:
    try:
        with opened(scan.raw) as found:
            yield found
    except pdfium.PdfiumError as problem:
        raise _unreadable(scan) from problem


def _unreadable(scan: Scan) -> PaperRefused:
    return PaperRefused(f"“{scan.name}”打不开，放不进卷宗。别的都在。重新扫一份，或先把它作废。")
