"""Where the header of a table is, also when it has two lines or merged cells."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.casework.ledgers.columns import LedgerColumns, plain_heading
from desktop.casework.ledgers.grid import Cell, Sheet, cell_text

_LONGEST_HEADING = 30
_FEWEST = 3
_SEARCHED_ROWS = 60
_TALLEST = 4


def find_headers(sheet: Sheet, columns: LedgerColumns) -> list[tuple[int, int]]:
    """First and last row (from 0) of each header, in order; a repeat of the same header is not listed."""
    found: list[tuple[int, int]] = []
    seen: set[tuple[str, ...]] = set()
    for index, cells in enumerate(sheet.rows):
        if (found and index <= found[-1][1]) or not _is_known(cells, columns):
            continue
        span = _span(sheet, index, columns)
        shape = tuple(plain_heading(heading) for heading in flat_headings(sheet, *span))
        if shape in seen or (found and _is_repeat(shape, seen)):
            continue
        seen.add(shape)
        found.append(span)
    return found or _guess(sheet)


def flat_headings(sheet: Sheet, first: int, last: int) -> tuple[str, ...]:
    """One heading for each column: the lines over it joined by "/", merged cells counted everywhere."""
    lines = [_line(sheet, row, spread=row < last) for row in range(first, last + 1)]
    width = max(len(line) for line in lines)
    headings = []
    for column in range(width):
        parts = (line[column] if column < len(line) else "" for line in lines)
        headings.append("/".join(dict.fromkeys(part for part in parts if part)))
    while headings and not headings[-1]:
        headings.pop()
    return tuple(headings)


def _line(sheet: Sheet, row: int, *, spread: bool) -> list[str]:
    """The texts of a header line; merged cells, and group names over blanks, reach to the right."""
    line = [cell_text(cell).replace("\n", "") for cell in sheet.rows[row]]
    covered: set[int] = set()
    for merge in sheet.merges:
        if merge.top <= row <= merge.bottom and merge.right - merge.left < 200:
            top = sheet.rows[merge.top]
            text = cell_text(top[merge.left]).replace("\n", "") if merge.left < len(top) else ""
            line += [""] * (merge.right + 1 - len(line))
            line[merge.left : merge.right + 1] = [text] * (merge.right + 1 - merge.left)
            covered.update(range(merge.left, merge.right + 1))
    if spread and not covered:
        _spread(line, sheet.rows[row + 1])
    return line


def _spread(line: list[str], below: Sequence[Cell]) -> None:
    """Without merges (.csv), a group name stands over the first of its columns only."""
    line += [""] * (len(below) - len(line))
    for column in range(1, len(line)):
        has_sub = column < len(below) and below[column] is not None
        if not line[column] and has_sub and below[column - 1] is not None:
            line[column] = line[column - 1]


def _is_known(cells: Sequence[Cell], columns: LedgerColumns) -> bool:
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) < _FEWEST:
        return False
    known = sum(len(text) <= _LONGEST_HEADING and columns.is_heading(text) for text in texts)
    return known >= _FEWEST and known * 5 >= len(texts) * 2


def _span(sheet: Sheet, index: int, columns: LedgerColumns) -> tuple[int, int]:
    """The header's first and last line around the line that was recognised."""
    first = last = index
    for merge in sheet.merges:
        if merge.top <= index <= merge.bottom and merge.top < merge.bottom < merge.top + _TALLEST:
            first, last = min(first, merge.top), max(last, merge.bottom)
    if first == last and index and _is_group_line(sheet, index - 1):
        first = index - 1
    if first == last and index + 1 < len(sheet.rows) and _is_sub_line(sheet, index, columns):
        last = index + 1
    return first, last


def _is_group_line(sheet: Sheet, row: int) -> bool:
    """Whether a line names groups of columns (基本情况, 化解情况) over the headings below it."""
    groups = [merge for merge in sheet.merges if merge.top == merge.bottom == row and merge.left < merge.right]
    widest = max((merge.right - merge.left + 1 for merge in groups), default=0)
    return len(groups) >= 2 and widest <= _width(sheet, row + 1) * 0.7


def _is_sub_line(sheet: Sheet, row: int, columns: LedgerColumns) -> bool:
    """Whether the next line splits headings (甲方: 姓名, 电话) and holds nothing else."""
    above, below = sheet.rows[row], sheet.rows[row + 1]
    texts = [plain_heading(cell) if isinstance(cell, str) else "" for cell in below if cell is not None]
    first_blank = bool(below) and below[0] is None and bool(above) and above[0] is not None
    return len(texts) >= 2 and first_blank and all(text in columns.sub_headings for text in texts)


def _width(sheet: Sheet, row: int) -> int:
    return sum(cell is not None for cell in sheet.rows[row]) if row < len(sheet.rows) else 0


def _is_repeat(shape: tuple[str, ...], seen: set[tuple[str, ...]]) -> bool:
    """A header that repeats all but a few headings of a former one, column by column."""
    return any(
        len(former) == len(shape) and sum(a == b for a, b in zip(former, shape, strict=True)) * 5 >= len(shape) * 4
        for former in seen
    )


def _guess(sheet: Sheet) -> list[tuple[int, int]]:
    """For headings nobody knows: the first line of several short, different texts over filled rows."""
    for index, cells in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        texts = [cell for cell in cells if cell is not None]
        short = [text for text in texts if isinstance(text, str) and len(text) <= _LONGEST_HEADING]
        plain = {text for text in short if not any(sign.isdecimal() for sign in text)}
        below = next((row for row in sheet.rows[index + 1 :] if any(cell is not None for cell in row)), [])
        enough = len(texts) >= _FEWEST and len(plain) == len(texts)
        if enough and sum(cell is not None for cell in below) * 2 >= len(texts):
            return [(index, index)]
    return []
