"""Pinyin initials of a person's name: 曾祥瑞 is zxr. Surnames have readings of their own."""

from __future__ import annotations

import json
from functools import cache, lru_cache

from sync.records import codes

_LONGEST_SURNAME = 2


@cache
def _surnames() -> dict[str, str]:
    """Surname -> its reading, for the ones that read otherwise than the character does alone."""
    raw = json.loads((codes.folder() / "surnames.json").read_text(encoding="utf-8"))
    return {item["code"]: item["name"] for item in raw["items"]}


@lru_cache(maxsize=20_000)
def initials(name: str) -> str:
    """The first letter of each character's reading, lower-case; characters without one are left out."""
    from pypinyin import Style, lazy_pinyin

    known = _surnames()
    for length in range(_LONGEST_SURNAME, 0, -1):
        if name[:length] in known:
            head = "".join(part[0] for part in known[name[:length]].split())
            return head + initials_of_given(name[length:])
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, strict=False, errors="ignore")).lower()


def initials_of_given(name: str) -> str:
    """The same for what follows a surname."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, strict=False, errors="ignore")).lower()
