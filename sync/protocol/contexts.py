"""Texts both sides hold before a word is said: versioned dictionaries in resources/contexts.

A dictionary is never edited once it was released, since a body names it by its number: a better one gets the next
number. `python -m benchmarks.dictionary` made them, from invented casework.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import zstandard

NEWEST = 1


def file(number: int) -> Path:
    """Where a dictionary lies, in a checkout and in a frozen desk."""
    return Path(__file__).resolve().parents[2] / "resources" / "contexts" / f"{number}.jsonl"


@cache
def text(number: int) -> bytes:
    """The dictionary of that number; 0 is none. Raises KeyError when this program has no such dictionary."""
    if number == 0:
        return b""
    if not 0 < number <= NEWEST:
        raise KeyError(number)
    return file(number).read_bytes()


@cache
def for_zstd(number: int) -> zstandard.ZstdCompressionDict:
    """The same as zstd takes it. Raises KeyError."""
    return zstandard.ZstdCompressionDict(text(number), dict_type=zstandard.DICT_TYPE_RAWCONTENT)


@cache
def for_zstd_at(number: int, level: int) -> zstandard.ZstdCompressionDict:
    """The same digested for compressing at a level: 2.5 ms once instead of with every message. Raises KeyError."""
    prepared = zstandard.ZstdCompressionDict(text(number), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    prepared.precompute_compress(level=level)
    return prepared
