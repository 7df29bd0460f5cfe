"""The records of a BIFF8 stream (.xls) and the texts in them, after the public [MS-XLS] specification."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from desktop.casework.ledgers.grid import Budget
from desktop.casework.ledgers.refusal import cut_short, damaged

CONTINUE = 0x3C


def records(stream: bytes, start: int = 0) -> Iterator[tuple[int, int, int]]:
    """Each record from `start` on: its number, and where its body begins and ends in the stream."""
    position = start
    while position + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, position)
        begin = position + 4
        position = begin + size
        if position > len(stream):
            raise cut_short()
        yield number, begin, position


def short_text(body: bytes, offset: int, *, length_bytes: int = 2) -> str:
    """A text that fits one record: length, flags, characters."""
    length = int.from_bytes(body[offset : offset + length_bytes], "little")
    flags = body[offset + length_bytes] if offset + length_bytes < len(body) else 0
    begin = offset + length_bytes + 1 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
    if flags & 1:
        return body[begin : begin + length * 2].decode("utf-16-le", "replace")
    return body[begin : begin + length].decode("latin-1")


class SharedTexts:
    """The shared text table, which may run over many CONTINUE records, cut inside a text too."""

    def __init__(self, pieces: list[bytes], budget: Budget) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 8
        self._budget = budget
        self.items = self._read_all()

    def _read_all(self) -> list[str]:
        count = struct.unpack_from("<I", self._take_first(), 4)[0]
        items: list[str] = []
        while len(items) < count and self._more():
            text = self._text()
            self._budget.spend_text(text)
            self._budget.spend_cells(1)
            items.append(text)
        return items

    def _take_first(self) -> bytes:
        if not self._pieces or len(self._pieces[0]) < 8:
            raise damaged()
        return self._pieces[0]

    def _more(self) -> bool:
        while self._piece < len(self._pieces) and self._at >= len(self._pieces[self._piece]):
            self._piece += 1
            self._at = 0
        return self._piece < len(self._pieces)

    def _raw(self, count: int) -> bytes:
        """That many bytes, running on into the next pieces."""
        taken = b""
        while len(taken) < count:
            if not self._more():
                raise damaged()
            part = self._pieces[self._piece][self._at : self._at + count - len(taken)]
            self._at += len(part)
            taken += part
        return taken

    def _text(self) -> str:
        length, flags = struct.unpack("<HB", self._raw(3))
        runs = int.from_bytes(self._raw(2), "little") if flags & 8 else 0
        extension = int.from_bytes(self._raw(4), "little") if flags & 4 else 0
        text = self._characters(length, wide=bool(flags & 1))
        self._skip(runs * 4 + extension)
        return text

    def _characters(self, length: int, *, wide: bool) -> str:
        """Characters; where a text is cut by a record's end, the next piece begins with its own flag."""
        parts: list[str] = []
        while length > 0:
            if self._at >= len(self._pieces[self._piece]):
                if not self._more():
                    raise damaged()
                wide = bool(self._raw(1)[0] & 1)
            width = 2 if wide else 1
            room = (len(self._pieces[self._piece]) - self._at) // width
            take = min(length, room)
            if take == 0:
                raise damaged()
            parts.append(self._raw(take * width).decode("utf-16-le" if wide else "latin-1", "replace"))
            length -= take
        return "".join(parts)

    def _skip(self, count: int) -> None:
        while count > 0:
            if not self._more():
                raise damaged()
            step = min(count, len(self._pieces[self._piece]) - self._at)
            self._at += step
            count -= step
