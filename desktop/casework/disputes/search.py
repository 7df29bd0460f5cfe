"""The search that is also the command bar (picture 02): people, disputes, things to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.casework.desk import Desk


@dataclass(frozen=True, slots=True)
class Line:
    """One ready line. matches: (start, end) in `title` to be set bold and underlined. phone: unmasked source for
    the view to mask. act: open_dispute, open_person, register, or a place of the navigation."""

    kind: Literal["person", "dispute", "act"]
    title: str
    aside: str
    second: str
    phone: str
    matches: tuple[tuple[int, int], ...]
    act: str
    target: str


@dataclass(frozen=True, slots=True)
class Found:
    """The groups 人, 纠纷, 做事. more: there are more disputes than shown."""

    people: tuple[Line, ...]
    disputes: tuple[Line, ...]
    acts: tuple[Line, ...]
    more: bool


def find(desk: Desk, text: str, *, limit: int = 5) -> Found:
    """What fits the text: part of a name, pinyin initials, phone tail, number, words."""
