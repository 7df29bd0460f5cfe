"""Why a whole file cannot be read, said in plain words, and the bounds every reader keeps to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SAFE = "本机的台账没有动。"


class Refusal(StrEnum):
    """The kinds of refusal, for programs; people read the message."""

    MISSING = "missing"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    LOCK_FILE = "lock_file"
    EMPTY = "empty"
    CUT_SHORT = "cut_short"
    DAMAGED = "damaged"
    PASSWORD = "password"
    NOT_A_LEDGER = "not_a_ledger"
    OLD_FORMAT = "old_format"
    WEB_PAGE = "web_page"
    TOO_BIG = "too_big"
    FAR_CELL = "far_cell"
    ENCODING = "encoding"
    QUOTES = "quotes"
    NO_TABLE = "no_table"


class LedgerRefused(Exception):
    """A file that cannot be read as a ledger; `message` is for the clerk, `code` for programs."""

    def __init__(self, message: str, code: Refusal) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class ReadingCancelled(Exception):
    """The person asked to stop while the file was still being opened."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost at most. Real ledgers stay far below; bombs do not."""

    file_bytes: int = 50 << 20
    inflated_bytes: int = 100 << 20
    zip_entries: int = 5_000
    sheets: int = 200
    rows: int = 200_000
    columns: int = 512
    cells: int = 5_000_000
    text_chars: int = 100_000_000
    cell_chars: int = 32_767


def too_big(what: str) -> LedgerRefused:
    """The refusal for a file that would cost more than the limits allow."""
    return LedgerRefused(f"这个文件太大了：{what}。{SAFE}只留要导入的表，另存一份再导入。", Refusal.TOO_BIG)


def damaged(detail: str = "里面有读不懂的内容") -> LedgerRefused:
    """The refusal for a file whose inside makes no sense."""
    return LedgerRefused(
        f"文件坏了，{detail}。{SAFE}用 Excel 或 WPS 打开，另存为 .xlsx 再导入；打不开就从原处再拷一份。",
        Refusal.DAMAGED,
    )


def cut_short() -> LedgerRefused:
    """The refusal for a file whose end is missing."""
    return LedgerRefused(f"文件不完整，像是没拷完就断了。{SAFE}从原来的地方再拷一份，再导入。", Refusal.CUT_SHORT)


def password() -> LedgerRefused:
    """The refusal for a file that opens only with a password."""
    return LedgerRefused(
        f"表格加了密码，读不了。{SAFE}用 Excel 或 WPS 打开，去掉密码，另存一份再导入。", Refusal.PASSWORD
    )


def not_a_ledger(what: str) -> LedgerRefused:
    """The refusal for a file that is something else, `what` saying what it is."""
    return LedgerRefused(f"这不是表格，是{what}。{SAFE}选 .xlsx、.xls 或 .csv 的台账文件。", Refusal.NOT_A_LEDGER)
