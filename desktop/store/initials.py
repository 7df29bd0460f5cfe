"""Pinyin initials of a person's name: 曾祥瑞 is zxr. A surname is read as a surname, never with what follows it."""

from __future__ import annotations

from functools import lru_cache

from sync.records import codes


@lru_cache(maxsize=20_000)
def initials(name: str) -> str:
    """The first letter of each character's reading, lower-case; characters without a known one are left out."""
    surnames = codes.table("SURNAMES").items
    length = 2 if name[:2] in surnames and len(name) > 2 else 1
    surname, given = name[:length], name[length:]
    known = surnames.get(surname)
    return ("".join(part[0] for part in known.name.split()) if known else _letters(surname)) + _letters(given)


def _letters(text: str) -> str:
    # Its tables take a tenth of a second to load, which a desk that never searches by initials does not owe.
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, strict=False, errors="ignore")).lower()
