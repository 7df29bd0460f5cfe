"""Text cut into overlapping pieces, so that any part of two characters or more is found.

"张建国" becomes "张建 建国 国": a part is then a phrase of neighbouring pairs, and the single last character keeps
a phrase from running over into the next word. Letters are cut alike, so pinyin initials are parts too. Digits are
cut into threes besides: half of all records hold any given pair of digits, few hold a given three. FTS5's own
trigrams find nothing for two characters (tech.md §5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s-]+(?=\d)")
_DIGITS = re.compile(r"[0-9]{3,}")
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
    """The pieces of a text as the index keeps them."""
    return " ".join(piece for word in words(text) for piece in _pieces(word))


def phrase(word: str) -> str:
    """The FTS5 phrase that finds a word of `words` as a part of anything."""
    if len(word) == 1:
        return f'"{word}" *'
    return f'"{_cut(word, 3 if _DIGITS.fullmatch(word) else 2)}"'


def _pieces(word: str) -> Iterator[str]:
    if len(word) > 1:
        yield _cut(word, 2)
    yield word[-1]
    for digits in _DIGITS.findall(word):
        yield _cut(digits, 3)


def _cut(word: str, size: int) -> str:
    return " ".join(map("".join, zip(*(word[start:] for start in range(size)), strict=False)))
