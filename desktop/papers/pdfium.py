"""PDFium, one thread at a time: the library itself may not be used by two at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import RLock

import pypdfium2 as pdfium

_TURN = RLock()


@contextmanager
def new() -> Iterator[pdfium.PdfDocument]:
    """An empty PDF, while nobody else uses PDFium."""
    with _TURN, closing(pdfium.PdfDocument.new()) as made:
        yield made


@contextmanager
def opened(raw: bytes) -> Iterator[pdfium.PdfDocument]:
    """The PDF, while nobody else uses PDFium. Raises pdfium.PdfiumError for what is none."""
    with _TURN, closing(pdfium.PdfDocument(raw)) as found:
        yield found
