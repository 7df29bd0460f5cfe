"""Text cut into overlapping pieces, so that any part of two characters or more is found.

"张建国" becomes "张建 建国 国": a part is then a phrase of neighbouring pairs, and the single last character keeps
a phrase from running over into the next word. Letters are cut alike, so pinyin initials are parts too. Digits are
cut into threes besides: half of all records hold any given pair of digits, few hold a given three. FTS5's own
trigrams find nothing for two characters (tech.md §5).
"""

from __future__ import annotations

import re
import unicodedata
from array import array

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s-]+(?=\d)")
_DIGITS = re.compile(r"[0-9]{3,}")
_BETWEEN_WORDS = re.compile(r"   . ")
"""What pairing makes of the blank between two words: the last character's blank, and the next word's first alone."""
_BLANK = ord(" ")
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
    """The pieces of a text as the index keeps them: pairs, last characters of words, digits in threes."""
    plain = " ".join(words(text)) + " "
    pieces, start = [], 0
    for digits in _DIGITS.finditer(plain):
        end = plain.index(" ", digits.end())
        pieces.append(_pairs(plain[start : end + 1]) if start <= digits.start() else "")
        pieces.append(_cut(digits[0], 3))
        start = end + 1
    return " ".join(filter(None, (*pieces, _pairs(plain[start:]))))


def phrase(word: str) -> str:
    """The FTS5 phrase that finds a word of `words` as a part of anything."""
    if len(word) == 1:
        return f'"{word}" *'
    return f'"{_cut(word, 3 if _DIGITS.fullmatch(word) else 2)}"'


def _pairs(words: str) -> str:
    """Pairs and last characters of words that each end with a blank.

    Done to all characters at once, as numbers: this is most of what it costs to save a long text.
    """
    points = array("I", words.encode("utf-32-le"))
    pairs = array("I", [_BLANK]) * (3 * len(points))
    pairs[0::3], pairs[1::3] = points, points[1:] + points[:1]
    return _BETWEEN_WORDS.sub(" ", pairs.tobytes().decode("utf-32-le")[:-3]).rstrip()


def _cut(word: str, size: int) -> str:
    return " ".join(map("".join, zip(*(word[start:] for start in range(size)), strict=False)))
