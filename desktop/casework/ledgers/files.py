"""Opening a ledger file by what it is, not by what its name says, or refusing it in plain words."""

from __future__ import annotations

import re
from pathlib import Path

from desktop.casework.ledgers.formats.compound import MAGIC as OLE
from desktop.casework.ledgers.formats.delimited import read_delimited
from desktop.casework.ledgers.formats.xls import read_xls
from desktop.casework.ledgers.formats.xlsx import read_xlsx
from desktop.casework.ledgers.grid import READING, Budget, Cancelled, Ledger, Progress
from desktop.casework.ledgers.refusal import (
    SAFE,
    LedgerRefused,
    Limits,
    Refusal,
    not_a_ledger,
    too_big,
)

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OTHERS = (
    (b"\x89PNG", "一张图片"), (b"\xff\xd8\xff", "一张照片"), (b"GIF8", "一张图片"), (b"BM", "一张图片"),
    (b"%PDF", "PDF 文件"), (b"Rar!", "压缩包"), (b"7z\xbc\xaf", "压缩包"), (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "Word 文档"), (b"MZ", "程序"), (b"\x7fELF", "程序"), (b"SQLite format 3", "数据库文件"),
)  # fmt: skip
_WEB_PAGE = re.compile(rb"<(!doctype|html|head|meta|table|style|script|body|div|\?xml)", re.IGNORECASE)


def open_ledger(
    path: Path,
    *,
    limits: Limits | None = None,
    on_progress: Progress = lambda step, done, total: None,
    cancelled: Cancelled = lambda: False,
) -> Ledger:
    """Read a ledger file whole.

    Raises LedgerRefused for every file that cannot be read, ReadingCancelled when `cancelled` says so.
    """
    budget = Budget(limits or Limits(), on_progress, cancelled)
    content = _content(path, budget.limits)
    ledger = _read(content, budget, path)
    if not any(sheet.rows for sheet in ledger.sheets):
        raise _empty()
    on_progress(READING, budget.total, budget.total)
    return ledger


def _read(content: bytes, budget: Budget, path: Path) -> Ledger:
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        return Ledger(path.name, "xlsx", read_xlsx(content, budget))
    if content.startswith(OLE):
        return Ledger(path.name, "xls", read_xls(content, budget))
    for start, what in _OTHERS:
        if content.startswith(start):
            raise not_a_ledger(what)
    if _WEB_PAGE.match(content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")):
        raise _web_page()
    return Ledger(path.name, "csv", (read_delimited(content, budget, name=path.stem),))


def _content(path: Path, limits: Limits) -> bytes:
    if path.name.startswith("~$"):
        raise LedgerRefused(
            f"这是表格打开时留下的临时文件，不是台账。{SAFE}选同一个文件夹里没有 ~$ 的那个。",
            Refusal.LOCK_FILE,
        )
    try:
        with path.open("rb") as stream:
            content = stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise _cannot_open(error, path) from error
    if len(content) > limits.file_bytes:
        raise too_big(f"超过 {limits.file_bytes >> 20} MB")
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise _empty()
    return content


def _cannot_open(error: OSError, path: Path) -> LedgerRefused:
    if isinstance(error, FileNotFoundError):
        return LedgerRefused(f"找不到这个文件了，可能改了名字，或U盘拔了。{SAFE}重新选一次。", Refusal.MISSING)
    if isinstance(error, PermissionError) and not path.is_dir():
        return LedgerRefused(
            f"文件打不开，多半正在 Excel 或 WPS 里开着，或不许您看。{SAFE}关掉那边，再导入一次。",
            Refusal.LOCKED,
        )
    return LedgerRefused(f"文件读到一半读不下去了。{SAFE}把文件拷到这台电脑上，再导入一次。", Refusal.UNREADABLE)


def _empty() -> LedgerRefused:
    return LedgerRefused(f"这个文件是空的，里面没有一行。{SAFE}看看是不是选错了文件。", Refusal.EMPTY)


def _web_page() -> LedgerRefused:
    return LedgerRefused(
        f"这是网页格式的表，有的平台导出就是这样。{SAFE}用 Excel 或 WPS 打开，另存为 .xlsx 再导入。",
        Refusal.WEB_PAGE,
    )
