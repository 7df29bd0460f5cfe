"""Text cut into overlapping pairs of characters, so that any part of two characters or more is found.

"张建国" becomes "张建 建国 国": a part is then a phrase of neighbouring pairs, and the single last character keeps
a phrase from running over into the next word. Digits and letters are cut alike, so the tail of a phone number and
pinyin initials are parts too. FTS5's own trigrams find nothing for two characters (tech.md §5).
"""

from __future__ import annotations

import operator
import re
import unicodedata

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s-]+(?=\d)")
_SEPARATING = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})


class _Characters(dict[int, str]):
    """For str.translate: characters stay, everything between words becomes a blank.

    Characters newer than this Python's Unicode tables, and private-use ones, count as characters.
    """

    def __missing__(self, point: int) -> str:
        character = chr(point)
        category = unicodedata.category(character)
        between = not character.isalnum() and (category in _SEPARATING or category[0] in "PS")
        self[point] = " " if between else character
        return self[point]


_CHARACTERS = _Characters()


def words(text: str) -> list[str]:
    """The unbroken runs of letters, digits and characters in a text, normalised and lower-case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN_DIGITS.sub("", plain).translate(_CHARACTERS).split()


def grams(text: str) -> str:
    """The pairs of a text as the index keeps them."""
    return " ".join(f"{_pairs(word)} {word[-1]}" if len(word) > 1 else word for word in words(text))


def phrase(word: str) -> str:
    """The FTS5 phrase that finds a word of `words` as a part of anything."""
    return f'"{_pairs(word)}"' if len(word) > 1 else f'"{word}" *'


def _pairs(word: str) -> str:
    return " ".join(map(operator.add, word, word[1:]))
