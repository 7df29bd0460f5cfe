"""Which fonts of this PC print which kind of text: the Windows ones by name, open ones where those are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import typst

from desktop.papers.refusal import PaperRefused

_RARE = ("SimSun", "Microsoft YaHei", "SimSun-ExtB", "Noto Serif CJK SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei")
_CHOICES = {
    "body": ("FangSong", "STFangsong", "Noto Serif CJK SC", "SimSun", "Noto Sans CJK SC", "WenQuanYi Micro Hei"),
    "heading": ("SimHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "Microsoft YaHei", "SimSun"),
    "title": ("FZXiaoBiaoSong-B05S", "STZhongsong", "Noto Serif CJK SC", "SimSun", "SimHei", "WenQuanYi Micro Hei"),
}
_UNBOLD = frozenset({"SimSun"})
"""Families without a bold cut: the letters are thickened by a hairline."""

WORD = {"body": "仿宋", "heading": "黑体", "title": "宋体"}
"""The same by the names Word knows on a Chinese Windows; Word itself falls back."""


@dataclass(frozen=True, slots=True)
class Faces:
    """Families in the order they are tried, per kind of text. thick: the title needs a hairline."""

    body: tuple[str, ...]
    heading: tuple[str, ...]
    title: tuple[str, ...]
    thick: bool


@cache
def installed() -> typst.Fonts:
    """The fonts of this PC, looked for once."""
    return typst.Fonts()


def faces(families: Sequence[str] | None = None) -> Faces:
    """The faces among these families, those of this PC when none are given.

    Raises PaperRefused when no Chinese font is there at all.
    """
    known = set(installed().families() if families is None else families)
    found = {kind: tuple(name for name in (*names, *_RARE) if name in known) for kind, names in _CHOICES.items()}
    if not all(found.values()):
        raise PaperRefused(
            "这台电脑上没有能印中文的字体，PDF 没有做成。填好的都在。装上“仿宋”或“宋体”再来，或先存成 Word。"
        )
    chosen = {kind: tuple(dict.fromkeys(names)) for kind, names in found.items()}
    return Faces(**chosen, thick=chosen["title"][0] in _UNBOLD)
