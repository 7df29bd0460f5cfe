"""The lines of a JSON Lines file: bounded, in UTF-8, each one record or a reason why it is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from desktop.casework.errors import CaseworkError
from sync.records import RECORD_TYPES, Record, RecordType

LINE_BYTES = 1 << 20
"""The longest line that is read; the largest record of all stays well below."""
RESERVED = frozenset({"type", "id", "rev", "created_at", "updated_at"})
"""Names on a line that are no fields of the record: the last three are written on export and not read."""
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_decoder = msgspec.json.Decoder()


class FileRefused(CaseworkError):
    """The file as a whole cannot be read; nothing was changed."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record as a line tells it. A field that is absent says nothing; null clears it."""

    number: int
    kind: RecordType
    id: str
    fields: Record


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one line (counted from 1), in which field ("" for the line itself)."""

    line: int
    field: str
    reason: str
    type: str = ""
    id: str = ""


def open_lines(path: Path) -> BinaryIO:
    """The file, ready to be read. Raises FileRefused when it cannot be, or is plainly not UTF-8."""
    try:
        file = path.open("rb")
        head = file.read(3)
    except OSError as problem:
        raise FileRefused(f"“{path.name}”读不了。本机的记录没有动。看看名字对不对，U盘在不在。") from problem
    if head.startswith(_UTF_16):
        file.close()
        raise FileRefused(f"“{path.name}”存的不是 UTF-8。本机的记录没有动。另存成 UTF-8 再导入。")
    file.seek(len(_BOM) if head == _BOM else 0)
    return file


def lines(file: BinaryIO) -> Iterator[tuple[int, int, bytes | None]]:
    """Number, offset and bytes of every line from here on; None in place of one longer than LINE_BYTES."""
    number = 0
    while True:
        offset = file.tell()
        raw = file.readline(LINE_BYTES + 1)
        if not raw:
            return
        number += 1
        if len(raw) > LINE_BYTES:
            _skip_rest(file, raw)
            yield number, offset, None
        else:
            yield number, offset, raw


def _skip_rest(file: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(LINE_BYTES)


def read_line(number: int, raw: bytes | None) -> RecordLine | Trouble | None:
    """The record on a line, or what is wrong with it; None for a blank line."""
    if raw is None:
        return Trouble(number, "", f"这一行太长，超过 {LINE_BYTES >> 20} MB")
    if not raw.strip():
        return None
    try:
        value = _decoder.decode(raw)
    except UnicodeDecodeError:
        return Trouble(number, "", "这一行不是 UTF-8 编码")
    except (msgspec.MsgspecError, RecursionError):
        return Trouble(number, "", "这一行不是完整的 JSON")
    return _record(number, value)


def _record(number: int, value: Any) -> RecordLine | Trouble:
    if not isinstance(value, dict):
        return Trouble(number, "", "一行应该是一条记录，用 { } 括起来")
    name, id_ = value.get("type"), value.get("id")
    if not isinstance(name, str) or name not in RECORD_TYPES:
        return Trouble(number, "type", f"没有“{str(name)[:40]}”这种记录")
    if not isinstance(id_, str) or not id_:
        return Trouble(number, "id", "每条记录要有编号", name)
    fields = {field: content for field, content in value.items() if field not in RESERVED}
    return RecordLine(number, RECORD_TYPES[name], id_, fields)
