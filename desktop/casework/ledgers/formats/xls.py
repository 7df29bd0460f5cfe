"""Reading old .xls files (Excel 97-2003, WPS .et) without trusting one number in them.

Why not python-calamine: see `xlsx.py`; a far cell or a wrong DIMENSIONS record aborts the process.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from desktop.casework.ledgers.formats.compound import CompoundFile
from desktop.casework.ledgers.formats.number_formats import BUILT_IN_DATES, from_serial, is_date_format
from desktop.casework.ledgers.formats.xls_records import CONTINUE, SharedTexts, records, short_text
from desktop.casework.ledgers.grid import Budget, Cell, Merge, Sheet, SheetBuilder
from desktop.casework.ledgers.refusal import (
    SAFE,
    LedgerRefused,
    Refusal,
    damaged,
    not_a_ledger,
    password,
    too_big,
)

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SST = 0x809, 0x0A, 0x2F, 0x85, 0xFC
_FORMAT, _XF, _DATEMODE = 0x41E, 0xE0, 0x22
_BIFF8 = 0x0600
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_xls(content: bytes, budget: Budget) -> tuple[Sheet, ...]:
    """All worksheets of an .xls workbook.

    Raises LedgerRefused for what is damaged, cut short, protected, too old or no workbook.
    """
    try:
        container = CompoundFile(content)
        if "EncryptedPackage" in container:
            raise password()
        if "Workbook" not in container:
            raise _old_format() if "Book" in container else not_a_ledger("Word 文档或别的文件")
        return _Workbook(container.stream("Workbook"), budget).sheets()
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise damaged() from error


def _old_format() -> LedgerRefused:
    return LedgerRefused(
        f"这个 .xls 的格式太老，读不了。{SAFE}用 Excel 或 WPS 打开，另存为 .xlsx 再导入。", Refusal.OLD_FORMAT
    )


class _Workbook:
    """The globals of the stream: texts, formats, where each sheet begins."""

    def __init__(self, stream: bytes, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._bounds: list[tuple[str, int, bool]] = []
        self._formats: dict[int, str] = {}
        self.dates: list[bool] = []
        self.since_1904 = False
        self.texts: list[str] = []
        self._walked = 0
        self._read_globals()

    def _read_globals(self) -> None:
        pieces: list[bytes] = []
        last = 0
        for number, begin, end in records(self._stream):
            body = self._stream[begin:end]
            if number == _FILEPASS:
                raise password()
            if number == _BOF and struct.unpack_from("<H", body)[0] != _BIFF8:
                raise _old_format()
            if number == _EOF:
                break
            if number == _SST or (number == CONTINUE and last == _SST):
                pieces.append(body)
            last = last if number == CONTINUE else number
            self._take_global(number, body)
        if pieces:
            self.texts = SharedTexts(pieces, self._budget).items

    def _take_global(self, number: int, body: bytes) -> None:
        if number == _BOUNDSHEET and body[5] == 0:
            position = struct.unpack_from("<I", body)[0]
            self._bounds.append((short_text(body, 6, length_bytes=1), position, bool(body[4] & 3)))
        elif number == _FORMAT:
            self._formats[struct.unpack_from("<H", body)[0]] = short_text(body, 2)
        elif number == _XF:
            self.dates.append(self._is_date(struct.unpack_from("<H", body, 2)[0]))
        elif number == _DATEMODE:
            self.since_1904 = body[0] == 1

    def _is_date(self, number: int) -> bool:
        return is_date_format(self._formats[number]) if number in self._formats else number in BUILT_IN_DATES

    def sheets(self) -> tuple[Sheet, ...]:
        if len(self._bounds) > self._budget.limits.sheets:
            raise too_big("表太多")
        return tuple(self._sheet(*bounds) for bounds in self._bounds)

    def _sheet(self, name: str, position: int, hidden: bool) -> Sheet:
        builder = SheetBuilder(name, self._budget)
        cells = _SheetRecords(self, builder)
        for count, (number, begin, end) in enumerate(records(self._stream, position)):
            if number == _EOF:
                break
            self._walk(end - begin + 4)
            if count % 4096 == 0:
                self._budget.advance(self._walked, len(self._stream))
            cells.take(number, self._stream[begin:end])
        return builder.build(is_hidden=hidden)

    def _walk(self, size: int) -> None:
        """Each record belongs to one sheet; sheets that share records are a trick to read for ever."""
        self._walked += size
        if self._walked > len(self._stream):
            raise damaged()


class _SheetRecords:
    """Turns the cell records of one sheet into cells."""

    def __init__(self, workbook: _Workbook, builder: SheetBuilder) -> None:
        self._workbook = workbook
        self._builder = builder
        self._formula: tuple[int, int] | None = None
        self._readers: dict[int, Callable[[bytes], None]] = {
            0xFD: self._shared, 0x203: self._number, 0x27E: self._rk, 0xBD: self._many_rk, 0x204: self._label,
            0x06: self._formula_result, 0x207: self._formula_text, 0x205: self._bool_or_error,
            0xE5: self._merges,
        }  # fmt: skip

    def take(self, number: int, body: bytes) -> None:
        reader = self._readers.get(number)
        if reader is not None:
            reader(body)

    def _put(self, body: bytes, cell: Cell) -> None:
        row, column = struct.unpack_from("<HH", body)
        self._builder.put(row, column, cell)

    def _shared(self, body: bytes) -> None:
        self._put(body, self._workbook.texts[struct.unpack_from("<I", body, 6)[0]])

    def _label(self, body: bytes) -> None:
        self._put(body, short_text(body, 6))

    def _number(self, body: bytes) -> None:
        style, number = struct.unpack_from("<Hd", body, 4)
        self._put(body, self._valued(number, style))

    def _rk(self, body: bytes) -> None:
        style, packed = struct.unpack_from("<HI", body, 4)
        self._put(body, self._valued(_unpack_rk(packed), style))

    def _many_rk(self, body: bytes) -> None:
        row, first = struct.unpack_from("<HH", body)
        for index in range((len(body) - 6) // 6):
            style, packed = struct.unpack_from("<HI", body, 4 + index * 6)
            self._builder.put(row, first + index, self._valued(_unpack_rk(packed), style))

    def _formula_result(self, body: bytes) -> None:
        style = struct.unpack_from("<H", body, 4)[0]
        if body[12:14] != b"\xff\xff":
            self._put(body, self._valued(struct.unpack_from("<d", body, 6)[0], style))
            return
        kind, value = body[6], body[8]
        if kind == 0:
            row, column = struct.unpack_from("<HH", body)
            self._formula = (row, column)
        elif kind in (1, 2):
            self._put(body, _ERRORS.get(value, "#N/A") if kind == 2 else "是" if value else "否")

    def _formula_text(self, body: bytes) -> None:
        if self._formula is not None:
            self._builder.put(*self._formula, short_text(body, 0))
            self._formula = None

    def _bool_or_error(self, body: bytes) -> None:
        value, is_error = body[6], body[7]
        self._put(body, _ERRORS.get(value, "#N/A") if is_error else "是" if value else "否")

    def _merges(self, body: bytes) -> None:
        count = struct.unpack_from("<H", body)[0]
        for index in range(min(count, (len(body) - 2) // 8)):
            top, bottom, left, right = struct.unpack_from("<4H", body, 2 + index * 8)
            self._builder.merge(Merge(top, left, bottom, right))

    def _valued(self, number: float, style: int) -> Cell:
        if number != number or abs(number) == float("inf"):
            return None
        if style < len(self._workbook.dates) and self._workbook.dates[style]:
            return from_serial(number, since_1904=self._workbook.since_1904)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _unpack_rk(packed: int) -> float:
    """A number packed into 30 bits: an integer or the high half of a double, maybe in hundredths."""
    if packed & 2:
        number = float((packed >> 2) - (1 << 30) if packed & 0x80000000 else packed >> 2)
    else:
        number = float(struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0])
    return number / 100 if packed & 1 else number
