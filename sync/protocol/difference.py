"""A text as a difference against an old one: what is kept, what is skipped, what is new. Pure.

A difference is a list: a number above 0 keeps so many characters of the old text, below 0 skips so many, a
string is put in. Together the numbers walk the old text exactly to its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from sync.protocol.errors import Garbled

Difference = list[int | str]
_SEARCHED = 3_000
"""Characters in which several edits are looked for; a longer changed stretch counts as one (time, not bytes)."""
_LEAST_KEPT = 6
"""A shorter stretch in common costs more to name than to say again."""


def difference(old: str, new: str) -> Difference:
    """What leads from the old text to the new one."""
    head = _in_common(old, new)
    tail = _in_common(old[head:][::-1], new[head:][::-1])
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    found: Difference = [head, *_middle(before, after), tail]
    return [step for step in found if step]


def patched(old: str, steps: Sequence[int | str], most: int) -> str:
    """The new text. Raises Garbled when the steps do not fit the old text, or lead beyond `most` characters."""
    parts: list[str] = []
    at = length = 0
    for step in steps:
        if isinstance(step, int):
            part, at = old[at : at + step] if step > 0 else "", at + abs(step)
        else:
            part = step
        length += len(part)
        if at > len(old) or length > most:
            raise Garbled("difference")
        parts.append(part)
    if at != len(old):
        raise Garbled("difference")
    return "".join(parts)


def _in_common(one: str, other: str) -> int:
    """How many characters both begin with."""
    most = min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    return next(i for i in range(most) if one[i] != other[i])


def _middle(before: str, after: str) -> Iterator[int | str]:
    if max(len(before), len(after)) > _SEARCHED:
        blocks = [(len(before), len(after), 0)]
    else:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        ends = (len(before), len(after), 0)
        blocks = [*(b for b in matcher.get_matching_blocks() if b.size >= _LEAST_KEPT), ends]
    at, put = 0, 0
    for old_at, new_at, size in blocks:
        yield -(old_at - at)
        yield after[put:new_at]
        yield size
        at, put = old_at + size, new_at + size
