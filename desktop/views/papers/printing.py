"""Pages to a printer, at 300 dpi, from any lane. Always light, always A4, as they were shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from desktop.papers.pages import PagePicture, page_count, page_pictures

DPI = 300


class PrinterGone(Exception):
    """Nothing, or not everything, was printed; the words are for the person (window.md §5)."""


def no_answer(title: str) -> PrinterGone:
    """The printer did not answer at all."""
    return PrinterGone(f"打印机没反应，没打出来。{title}还在。看看打印机电源，或先存成文件。")


def ask_printer(window: QWidget, title: str, pages: int) -> QPrinter | None:
    """Which printer, which pages, how many copies; None when the person thought better of it. Raises PrinterGone."""
    if not QPrinterInfo.availablePrinterNames():
        raise PrinterGone(f"这台电脑上没有装打印机，没打出来。{title}还在。装好打印机再打，或先存成文件。")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, window)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, pages)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_pages(pdf: bytes, printer: QPrinter, title: str, on_step: Callable[[str], object]) -> int:
    """Print the chosen pages; how many. on_step is told before each, and what it raises stops the printing.

    Raises PrinterGone when the printer does not answer; pages that went out before are out.
    """
    wanted = chosen_pages(printer, page_count(pdf))
    printer.setResolution(DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise no_answer(title)
    try:
        for number, page in enumerate(wanted):
            on_step(f"第 {page + 1} 页")
            if number and not printer.newPage():
                said = f"打到第 {page} 页打印机停了，后面的没打出来。{title}还在。看看打印机，再从下一页打起。"
                raise PrinterGone(said)
            _draw(painter, next(page_pictures(pdf, dpi=DPI, first=page, last=page + 1)))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    if printer.printerState() == QPrinter.PrinterState.Error:
        raise no_answer(title)
    return len(wanted)


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """The pages (from 0) the person chose, once for each copy the printer does not make itself."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    is_part = printer.printRange() == QPrinter.PrintRange.PageRange
    pages = list(range(first - 1, min(last, count))) if is_part else list(range(count))
    return pages * (1 if printer.supportsMultipleCopies() else max(1, printer.copyCount()))


def image_of(page: PagePicture) -> QImage:
    """A page as Qt knows pictures, with a memory of its own."""
    return QImage(page.rgba, page.width, page.height, 4 * page.width, QImage.Format.Format_RGBA8888).copy()


def _draw(painter: QPainter, page: PagePicture) -> None:
    image = image_of(page)
    # Most pages are black on white: a quarter of the ink goes down the wire to an old printer.
    plain = QImage.Format.Format_Grayscale8 if image.allGray() else QImage.Format.Format_RGB32
    painter.drawImage(QRectF(painter.viewport()), image.convertToFormat(plain))
