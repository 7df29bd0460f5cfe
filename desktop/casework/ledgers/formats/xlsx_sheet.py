"""The cells of one .xlsx sheet, taken from the event stream."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from desktop.casework.ledgers.formats.number_formats import from_serial
from desktop.casework.ledgers.formats.xlsx_parts import unescape
from desktop.casework.ledgers.grid import Cell, Merge, SheetBuilder
from desktop.casework.ledgers.refusal import damaged

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_DIGITS = "0123456789"


class SheetEvents:
    """Listens to a worksheet part and puts its valued cells into the builder."""

    def __init__(
        self, builder: SheetBuilder, *, shared: Sequence[str], dates: Sequence[bool], since_1904: bool
    ) -> None:
        self._builder = builder
        self._shared = shared
        self._dates = dates
        self._since_1904 = since_1904
        self._row = -1
        self._column = -1
        self._type = ""
        self._style = ""
        self._pieces: list[str] = []
        self._listening = False
        self._hint = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens: a row or cell says where it is, a value starts being collected."""
        if name == "c":
            self._open_cell(attributes)
        elif name in {"v", "t"}:
            self._listening = not self._hint
        elif name == "row":
            number = attributes.get("r")
            self._row = int(number) - 1 if number and number.isdecimal() else self._row + 1
            self._column = -1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "rPh":
            self._hint = True

    def end(self, name: str) -> None:
        """A tag closes: a finished cell goes to the builder."""
        if name in {"v", "t"}:
            self._listening = False
        elif name == "c" and self._pieces:
            self._builder.put(self._row, self._column, self._value("".join(self._pieces)))
        elif name == "rPh":
            self._hint = False

    def text(self, text: str) -> None:
        """Text of a value."""
        if self._listening:
            self._pieces.append(text)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        letters = reference.rstrip(_DIGITS)
        self._column = column_index(letters) if letters else self._column + 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._pieces.clear()

    def _value(self, text: str) -> Cell:
        kind = self._type
        if kind == "s":
            return self._shared_text(text)
        if kind == "b":
            return "是" if text.strip() in {"1", "true"} else "否"
        if kind == "d":
            return _iso_day(text)
        return self._number(text) if kind == "n" else unescape(text)

    def _shared_text(self, text: str) -> str:
        try:
            index = int(text)
            if index < 0:
                raise IndexError(index)
            return self._shared[index]
        except (ValueError, IndexError):
            raise damaged("有的格子找不到自己的文字") from None

    def _number(self, text: str) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return unescape(text)
        if number != number or abs(number) == float("inf"):
            return unescape(text)
        if self._style.isdecimal() and int(self._style) < len(self._dates) and self._dates[int(self._style)]:
            return from_serial(number, since_1904=self._since_1904)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _merge(self, reference: str) -> None:
        found = _RANGE.fullmatch(reference.strip())
        if found is None:
            return
        left, top, right, bottom = found[1], found[2], found[3] or found[1], found[4] or found[2]
        self._builder.merge(Merge(int(top) - 1, column_index(left), int(bottom) - 1, column_index(right)))


def column_index(letters: str) -> int:
    """The column, counted from 0, behind its letters; -1 when they are no letters."""
    index = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or index > 100_000:
            return -1
        index = index * 26 + ord(letter) - 64
    return index - 1


def _iso_day(text: str) -> Cell:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return moment.replace(tzinfo=None) if moment.hour or moment.minute else date(*moment.timetuple()[:3])
