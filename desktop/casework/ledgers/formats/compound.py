"""OLE compound files, the container of old .xls files and of password-protected .xlsx files.

Layout after the public [MS-CFB] specification. Every chain of sectors is walked at most once through
the file, so a chain that bites its own tail ends in a refusal, never in an endless loop.
"""

from __future__ import annotations

import struct

from desktop.casework.ledgers.refusal import cut_short, damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFE
_LAST_SECTOR = 0xFFFFFFFA
_HEADER_CHAINS = 109
_ENTRY_SIZE = 128
_STREAM, _ROOT = 2, 5


class CompoundFile:
    """A compound file held in memory; streams are found by name."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512:
            raise cut_short()
        self._content = content
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in (9, 12):
            raise damaged()
        self._size = 1 << shift
        self._fat = self._read_fat()
        first_directory, self._cutoff = struct.unpack_from("<I4xI", content, 48)
        self._entries = self._read_directory(self._chain(first_directory))
        self._mini_fat = _numbers(self._chain(struct.unpack_from("<I", content, 60)[0]))
        root = next((entry for entry in self._entries if entry[1] == _ROOT), None)
        self._mini = self._chain(root[2]) if root else b""

    def __contains__(self, name: str) -> bool:
        return any(entry[0] == name.lower() for entry in self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises KeyError when there is none of that name."""
        for entry, kind, start, length in self._entries:
            if entry == name.lower() and kind == _STREAM:
                return self._stream(start, length)
        raise KeyError(name)

    def _stream(self, start: int, length: int) -> bytes:
        content = self._chain(start) if length >= self._cutoff else self._mini_chain(start)
        if len(content) < length:
            raise cut_short()
        return content[:length]

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        if begin >= len(self._content):
            raise cut_short()
        return self._content[begin : begin + self._size]

    def _read_fat(self) -> list[int]:
        header = struct.unpack_from(f"<{_HEADER_CHAINS}I", self._content, 76)
        sectors = [number for number in header if number < _LAST_SECTOR]
        following = struct.unpack_from("<I", self._content, 68)[0]
        seen: set[int] = set()
        while following < _LAST_SECTOR and following not in seen:
            seen.add(following)
            *more, following = _numbers(self._sector(following))
            sectors.extend(number for number in more if number < _LAST_SECTOR)
        if len(sectors) * self._size > len(self._content):
            raise damaged()
        return _numbers(b"".join(self._sector(number) for number in sectors))

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _walk(start, self._fat))

    def _mini_chain(self, start: int) -> bytes:
        return b"".join(self._mini[number * 64 : number * 64 + 64] for number in _walk(start, self._mini_fat))

    @staticmethod
    def _read_directory(content: bytes) -> list[tuple[str, int, int, int]]:
        entries = []
        for begin in range(0, len(content) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
            name_bytes, kind = struct.unpack_from("<HB", content, begin + 64)
            start, length = struct.unpack_from("<II", content, begin + 116)
            name = content[begin : begin + max(0, min(name_bytes, 64) - 2)].decode("utf-16-le", "replace")
            if kind:
                entries.append((name.lower(), kind, start, length))
        return entries


def _walk(start: int, table: list[int]) -> list[int]:
    chain: list[int] = []
    seen = bytearray(len(table))
    while start < _LAST_SECTOR:
        if start >= len(table):
            raise cut_short()
        if seen[start]:
            raise damaged()
        seen[start] = 1
        chain.append(start)
        start = table[start]
    return chain


def _numbers(content: bytes) -> list[int]:
    count = len(content) // 4
    return list(struct.unpack_from(f"<{count}I", content))
