"""Cutting a cell of names into single names, with what stands beside each kept apart."""

from __future__ import annotations

import re

ID_NUMBER = re.compile(r"(?:居民身份证|公民身份|身份证|证件)?(?:号码?)?[:\s]*(?<!\d)(\d{17}[\dXx])(?![\dA-Za-z])")
PHONE = re.compile(
    r"(?:联系电话|联系方式|手机号码|手机号|电话|手机|tel|Tel|TEL)?[:\s]*"
    r"(?<!\d)(1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[-\s]?\d{7,8})(?!\d)"
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_LIST = re.compile(r"[、,;/\n|]+|(?<=[\u4e00-\u9fff])(?:以及|及)(?=[\u4e00-\u9fff]{2})")
_SIDES = ("诉", "与", "vs", "VS", "--", "-", "和")
_FIRST_MARK, _MOST_MARKS = 0x10F000, 0xF00
"""Marks for what was taken out: the last private plane, since rare names use the first private area."""

_HELD = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_FIRST_MARK + _MOST_MARKS)}]")


class NameCutter:
    """The text of one cell, half-width, with ID numbers, phones and brackets taken out and marked."""

    def __init__(self, text: str) -> None:
        self._held: list[str] = []
        text = _HELD.sub("", text)
        for pattern in (_BRACKET, ID_NUMBER, PHONE):
            text = pattern.sub(self._hold, text)
        self.text = text

    def _hold(self, match: re.Match[str]) -> str:
        if len(self._held) >= _MOST_MARKS:
            return match[0]
        self._held.append(match[0].strip("(): "))
        return chr(_FIRST_MARK + len(self._held) - 1)

    def name_and_details(self, token: str) -> tuple[str, list[str]]:
        """A token's name, and what was taken out beside it."""
        details = [self._held[ord(mark) - _FIRST_MARK] for mark in _HELD.findall(token)]
        return _bare(token).strip(" .:-"), details


def split_sides(text: str) -> list[str]:
    """Two sides around 诉, 与, 和 and the like; the sign is part of a name when a side would be too short."""
    for sign in _SIDES:
        left, found, right = text.partition(sign)
        if found and _is_named(left) and _is_named(right):
            return [left, right]
    return [text]


def tokens(text: str) -> list[str]:
    """Names cut at list signs and blanks; 张　三 with a blank inside stays one name."""
    found: list[str] = []
    for part in _LIST.split(text):
        found.extend(_joined(part.split()))
    return found


def _joined(words: list[str]) -> list[str]:
    """Words with single characters joined to the next, and marks to the name before them."""
    joined: list[str] = []
    for word in words:
        previous = _bare(joined[-1]) if joined else ""
        if joined and (not _bare(word) or (len(previous) == 1 and len(_bare(word)) <= 2)):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _is_named(side: str) -> bool:
    return len("".join(_bare(side).split())) >= 2


def _bare(text: str) -> str:
    return _HELD.sub("", text)
