"""Arithmetic of 12-digit division codes (domain.md §3.4): levels, areas, who is inside whom."""

from __future__ import annotations

LENGTHS = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}
"""Level (1 province ... 5 village) -> significant digits."""


def is_code(code: str) -> bool:
    """Whether this is a 12-digit division code of a real level."""
    return len(code) == 12 and code.isascii() and code.isdigit() and code[:2] != "00"


def level(code: str) -> int:
    """1 province, 2 city, 3 county, 4 township, 5 village."""
    return next(n for n, digits in LENGTHS.items() if code[digits:].strip("0") == "")


def stem(code: str) -> str:
    """The significant digits: every place inside begins with them."""
    return code[: LENGTHS[level(code)]]


def contains(area: str, code: str) -> bool:
    """Whether `code` is `area` or lies inside it."""
    return code.startswith(stem(area))


def line(code: str) -> tuple[str, ...]:
    """The place and everything above it, nearest first."""
    own = level(code)
    return tuple(code[: LENGTHS[n]].ljust(12, "0") for n in range(own, 0, -1))


def bounds(area: str) -> tuple[str, str]:
    """The lowest and highest code inside an area, for a range query."""
    head = stem(area)
    return head.ljust(12, "0"), head.ljust(12, "9")
