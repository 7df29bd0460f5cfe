"""Text cut into overlapping pairs of characters, so that any part of two characters or more is found.

"张建国" becomes "张建 建国 国": a part is then a phrase of neighbouring pairs, and the single last character keeps a
phrase from running over into the next word. Digits and letters are cut alike, so the tail of a phone number and
pinyin initials are parts too. FTS5's own trigrams find nothing for two characters (tech.md §5).
"""

from __future__ import annotations

import re
import unicodedata

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s-]+(?=\d)")
_SEPARATING = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})


def words(text: str) -> list[str]:
    """The unbroken runs of letters, digits and characters in a text, normalised and lower-case.

    Characters newer than this Python's Unicode tables, and private-use ones, count as characters.
    """
    plain = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c if _is_word(c) else " " for c in plain).split()


def grams(text: str) -> str:
    """The pairs of a text as the index keeps them."""
    return " ".join(f"{_pairs(word)} {word[-1]}" if len(word) > 1 else word for word in words(text))


def phrase(word: str) -> str:
    """The FTS5 phrase that finds a word of `words` as a part of anything."""
    return f'"{_pairs(word)}"' if len(word) > 1 else f'"{word}" *'


def _pairs(word: str) -> str:
    return " ".join(word[i : i + 2] for i in range(len(word) - 1))


def _is_word(character: str) -> bool:
    if character.isalnum():
        return True
    category = unicodedata.category(character)
    return category not in _SEPARATING and category[0] not in "PS"
