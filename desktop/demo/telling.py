"""What the demonstration says: numbered parts, indented lines, the seconds each part took."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Sequence
from typing import TextIO

_NUMERALS = "一二三四五六七八九十"


class Telling:
    """Speaks line by line, so that a person can follow."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._parts = 0
        self._began = self._part_began = time.monotonic()

    def part(self, title: str) -> None:
        """Begin a part."""
        self._end_part()
        self._parts += 1
        self._part_began = time.monotonic()
        self._write(f"\n{_NUMERALS[self._parts - 1]}、{title}")

    def say(self, words: str) -> None:
        """One fact."""
        self._write(f"  {words}")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Some facts side by side; a Chinese character is two columns wide."""
        widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
        for row in rows:
            cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
            self._write("  " + "  ".join(cells).rstrip())

    def end(self, words: str) -> None:
        """The last line, with how long everything took."""
        self._end_part()
        self._parts = 0
        self._write(f"\n{words}（一共 {time.monotonic() - self._began:.0f} 秒）")

    def _end_part(self) -> None:
        if self._parts:
            self._write(f"  （这一步 {time.monotonic() - self._part_began:.1f} 秒）")

    def _write(self, line: str) -> None:
        print(line, file=self._out, flush=True)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
