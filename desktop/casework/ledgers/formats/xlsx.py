"""Reading .xlsx files (Excel, WPS) as a stream, so that no crafted or broken file can hurt the desk.

python-calamine reads faster, but a wrong count or one far cell makes it abort the whole process
(measured: 8 KB files; a Rust allocation failure cannot be caught), which a desk must never do.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import IO, TypeVar

from desktop.casework.ledgers.formats.xlsx_parts import Relations, SharedStrings, Styles, WorkbookPart
from desktop.casework.ledgers.formats.xlsx_sheet import SheetEvents
from desktop.casework.ledgers.formats.xml_events import Events, feed
from desktop.casework.ledgers.grid import Budget, Sheet, SheetBuilder
from desktop.casework.ledgers.refusal import (
    SAFE,
    LedgerRefused,
    Refusal,
    cut_short,
    damaged,
    not_a_ledger,
    password,
    too_big,
)

_ENTRY = b"PK\x01\x02"
_OTHER_KINDS = {"word/": "Word 文档", "ppt/": "演示文稿"}
_SMALL_PART = 20 << 20
_MOST_SHRUNK = 200
_READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

Listener = TypeVar("Listener", bound=Events)


def read_xlsx(content: bytes, budget: Budget) -> tuple[Sheet, ...]:
    """All worksheets of a workbook.

    Raises LedgerRefused for what is damaged, cut short, protected, too big or no workbook.
    """
    if content.count(_ENTRY) > budget.limits.zip_entries:
        raise too_big("里面的零件太多")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _Package(archive, budget).sheets()
    except zipfile.BadZipFile as error:
        raise (damaged() if b"PK\x05\x06" in content[-66_000:] else cut_short()) from error
    except (zlib.error, EOFError, NotImplementedError, ValueError, OverflowError) as error:
        raise damaged() from error


class _Package:
    """The zip container of one workbook."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self._archive = archive
        self._budget = budget
        self._parts = {_clean(info.filename): info for info in archive.infolist()}
        budget.expected = sum(info.file_size for info in archive.infolist())

    def sheets(self) -> tuple[Sheet, ...]:
        workbook_path = self._workbook_path()
        workbook = self._listen(workbook_path, WorkbookPart())
        relations = self._listen(_relations_of(workbook_path), Relations())
        if len(workbook.sheets) > self._budget.limits.sheets:
            raise too_big("表太多")
        folder = posixpath.dirname(workbook_path)
        dates = self._side(folder, relations, "styles", Styles).dates
        shared = self._side(folder, relations, "sharedStrings", lambda: SharedStrings(self._budget)).items
        found = []
        for name, relation, hidden in workbook.sheets:
            path = _join(folder, relations.targets.get(relation, ""))
            if path.startswith(_join(folder, "chartsheets")):
                continue
            builder = SheetBuilder(name, self._budget)
            self._listen(path, SheetEvents(builder, shared=shared, dates=dates, since_1904=workbook.since_1904))
            found.append(builder.build(is_hidden=hidden))
        return tuple(found)

    def _workbook_path(self) -> str:
        root = self._listen("_rels/.rels", Relations()) if "_rels/.rels" in self._parts else Relations()
        path = _join("", root.kinds.get("officeDocument", "xl/workbook.xml"))
        if path in self._parts and not path.endswith(".bin") and not self._other_kind():
            return path
        raise self._wrong_kind(path)

    def _other_kind(self) -> str:
        return next((what for start, what in _OTHER_KINDS.items() if self._has(start)), "")

    def _has(self, start: str) -> bool:
        return any(name.startswith(start) for name in self._parts)

    def _wrong_kind(self, path: str) -> LedgerRefused:
        if path.endswith(".bin") or "content.xml" in self._parts:
            return LedgerRefused(
                f"这种格式的表格读不了。{SAFE}用 Excel 或 WPS 打开，另存为 .xlsx 再导入。", Refusal.OLD_FORMAT
            )
        return not_a_ledger(self._other_kind() or "压缩包或别的文件")

    def _side(self, folder: str, relations: Relations, kind: str, make: Callable[[], Listener]) -> Listener:
        path = _join(folder, relations.kinds.get(kind, f"{kind}.xml"))
        return self._listen(path, make()) if path in self._parts else make()

    def _listen(self, path: str, listener: Listener) -> Listener:
        with self._open(path) as stream:
            feed(stream, listener, self._budget)
        return listener

    def _open(self, path: str) -> IO[bytes]:
        info = self._parts.get(path)
        if info is None:
            raise damaged("里面缺了零件")
        if info.flag_bits & 1:
            raise password()
        if info.file_size > self._budget.limits.inflated_bytes or _is_hollow(info):
            raise too_big("里面的内容展开以后超过能读的大小")
        if info.compress_type not in _READABLE:
            raise damaged("压缩方式不认识")
        return self._archive.open(info)


def _is_hollow(info: zipfile.ZipInfo) -> bool:
    """Whether a part is almost nothing blown up: real sheets shrink ten to forty times, bombs hundreds."""
    return info.file_size > _SMALL_PART and info.file_size > info.compress_size * _MOST_SHRUNK


def _clean(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _join(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join(folder, target)
    return _clean(posixpath.normpath(joined.replace("\\", "/")))


def _relations_of(path: str) -> str:
    folder, name = posixpath.split(path)
    return _join(folder, f"_rels/{name}.rels")
