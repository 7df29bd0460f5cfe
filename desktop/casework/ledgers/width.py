"""Full-width signs made half-width, blanks made plain: the form in which texts are compared and read."""

from __future__ import annotations

import re
from functools import lru_cache

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20, 0xA0: 0x20, 0x200B: None, 0x200E: None, 0x200F: None, 0xFEFF: None, 0x00AD: None,
    0x3002: 0x2E, 0x3010: 0x28, 0x3011: 0x29, 0x3014: 0x28, 0x3015: 0x29, 0x2010: 0x2D, 0x2013: 0x2D,
    0x2014: 0x2D, 0x2212: 0x2D, 0xFFE5: 0xA5,
}  # fmt: skip
_BLANKS = re.compile(r"\s+")
_BLANK_WORDS = frozenset({"", "/", "\\", "-", "--", "---", "无", "无.", "暂无", "空", "//", "n/a", "none", "null"})
_DITTO = frozenset({"同上", "〃", "″", "同前"})


def half_width(text: str) -> str:
    """Full-width digits, letters and punctuation as half-width; Chinese characters untouched."""
    return text.translate(_HALF)


@lru_cache(maxsize=65_536)
def squeeze(text: str) -> str:
    """The text for comparing: half-width, lower case, without any blank."""
    return _BLANKS.sub("", half_width(text)).lower()


def says_nothing(text: str) -> bool:
    """Whether a cell holds only a sign for "nothing" (/, —, 无)."""
    return len(text) < 6 and squeeze(text) in _BLANK_WORDS


def is_ditto(text: str) -> bool:
    """Whether a cell says "as above" (同上)."""
    return len(text) < 4 and squeeze(text) in _DITTO
