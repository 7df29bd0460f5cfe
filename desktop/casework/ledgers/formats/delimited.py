"""Reading .csv and .txt ledgers: GB18030, UTF-8 or UTF-16, with commas, tabs, semicolons or bars."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from desktop.casework.ledgers.grid import Budget, Sheet, SheetBuilder
from desktop.casework.ledgers.refusal import SAFE, LedgerRefused, Limits, Refusal, cut_short, not_a_ledger, too_big

_DELIMITERS = ",\t;|，；"
_SAMPLE_LINES = 60
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_delimited(content: bytes, budget: Budget, *, name: str) -> Sheet:
    """The one sheet of a text ledger; row numbers count records, as Excel shows them.

    Raises LedgerRefused when the bytes are no text, or a quotation mark is never closed.
    """
    text = decode(content)
    delimiter = find_delimiter(text)
    builder = SheetBuilder(name, budget)
    reader = csv.reader(_lines(text, delimiter, budget.limits), delimiter=delimiter, strict=True)
    row, total, widths = -1, text.count("\n"), Counter[int]()
    try:
        for row, record in enumerate(reader):
            if row % 1024 == 0:
                budget.advance(row, total)
            widths[len(record)] += 1
            for column, cell in enumerate(record):
                _refuse_swallowed_lines(cell, delimiter, len(record), row)
                builder.put(row, column, _unquoted(cell))
    except csv.Error as error:
        raise _quotes(row + 2) from error
    if row >= 0:
        _refuse_cut_end(text, len(record), widths)
    return builder.build()


def _lines(text: str, delimiter: str, limits: Limits) -> Iterator[str]:
    """The lines of the text, refused before a reader can drown in them."""
    for number, line in enumerate(StringIO(text, newline="")):
        if number >= limits.rows * 2 or line.count(delimiter) > limits.columns * 20:
            raise too_big("行太多，或一行太长")
        yield line


def _refuse_cut_end(text: str, last: int, widths: Counter[int]) -> None:
    """A last line shorter than most and never ended: the copying broke off there."""
    usual = max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))[1]
    if 1 < last < usual and not text.endswith(("\n", "\r")):
        raise cut_short()


def decode(content: bytes) -> str:
    """The text behind the bytes: by its mark if it has one, else UTF-8, else GB18030."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding)
    if b"\x00" in content:
        raise not_a_ledger("别的文件")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise cut_short() from error
    return _strict(content, "gb18030")


def find_delimiter(text: str) -> str:
    """The sign that cuts most lines of the beginning into the same number of cells."""
    lines = [line for line in islice(StringIO(text), _SAMPLE_LINES) if line.strip()]

    def agreement(delimiter: str) -> int:
        counts = Counter(line.count(delimiter) for line in lines)
        cells, lines_alike = max(counts.items(), key=lambda item: item[0] * item[1], default=(0, 0))
        return cells * lines_alike

    return max(_DELIMITERS, key=agreement)


def _strict(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(content) - 1:
            raise cut_short() from error
        raise LedgerRefused(
            f"这个文件里的字读不出来。{SAFE}用 Excel 或 WPS 打开，另存为 .xlsx 再导入。", Refusal.ENCODING
        ) from error
    if any(ord(sign) < 32 and sign not in "\t\r\n\f\x1a" for sign in text[:4096]):
        raise not_a_ledger("别的文件")
    return text.rstrip("\x1a")


def _unquoted(cell: str) -> str:
    """Some systems write `="0933…"` so that Excel keeps the zeros."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def _refuse_swallowed_lines(cell: str, delimiter: str, cells: int, row: int) -> None:
    """A stray quotation mark makes one cell of whole lines: better to stop than to lose those rows."""
    if "\n" in cell and any(line.count(delimiter) >= max(cells - 1, 2) for line in cell.split("\n")):
        raise _quotes(row + 1)


def _quotes(row: int) -> LedgerRefused:
    return LedgerRefused(
        f"第 {row} 行前后有一个引号没有配成对，后面的行会连在一起。{SAFE}改好引号，或另存为 .xlsx 再导入。",
        Refusal.QUOTES,
    )
