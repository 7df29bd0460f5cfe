"""Invented running text of village casework, from a seed: sentences of a grammar, people who stay the same in one case.

What a compressor finds depends on how the text was made. A list of twelve sentences flatters it; here a sentence is
one of about a hundred frames, and its slots are filled from some five hundred words (common ones more often than rare
ones), from invented names of people, fields and shops, and from numbers. The figures matter side by side only.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

_FILE = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))
_FRAMES: dict[str, list[str]] = _FILE["frames"]
_WORDS: dict[str, list[str]] = {slot: words.split() for slot, words in _FILE["words"].items()}
_COMPOSED: dict[str, list[str]] = {slot: frames.split() for slot, frames in _FILE["composed"].items()}
_CHARACTERS: dict[str, str] = _FILE["characters"]
COINED = 0.65
"""How often a slot is filled with something put together anew rather than with a word of the list."""
_FIELDS = "沟 湾 坪 塬 梁 岔 坡 台 滩 嘴"
_PARTS = ("早上", "晌午", "后晌", "傍晚", "夜里", "天黑前", "一大早")
_SLOT = re.compile(r"\{(\w+)\}")


def person(random: Random) -> str:
    """An invented name of two or three characters."""
    surname: str = random.choice(_FILE["surnames"])
    return surname + "".join(random.choices(_FILE["given_characters"], k=random.choice((1, 2, 2))))


@dataclass
class Case:
    """The words of one dispute: its two people, its field and its shop come back from sentence to sentence."""

    random: Random

    def __post_init__(self) -> None:
        self.a, self.b = person(self.random), person(self.random)
        self.spot = self.coined(_FIELDS) + self.random.choice(("", "下头", "二社", "三社", "地"))
        self.shop = self.coined("超市 农资店 砖厂 合作社 养殖场 饭馆 建材部 修理铺 粮油店 汽修厂")
        self.thing = self._word("thing")

    def title(self) -> str:
        """What the case is called on a list."""
        return f"{self.a}与{self.b}{self.thing}纠纷"

    def told(self, sentences: int) -> str:
        """The course of things, as a clerk would put it."""
        return "".join(self._say("told") + "。" for _ in range(sentences))

    def heard(self, lines: int) -> str:
        """A session: who said what, with what the mediator did between."""
        minute, said = self.random.randint(500, 900), []
        for _ in range(lines):
            minute += self.random.randint(1, 6)
            who = self.random.choice((f"甲方{self.a}：", f"乙方{self.b}：", "调解员：", ""))
            words = self._say("said") if who else self._say("done")
            said.append(f"{minute // 60}:{minute % 60:02d} {who}{words}。")
        return "\n".join(said)

    def amended(self, text: str) -> str:
        """The same text edited a little, as a clerk who comes back to it does: a number, or a sentence more."""
        if self.random.random() < 0.7:
            return text + self.told(1)
        return text.replace("。", "，" + self._say("done") + "。", 1)

    def phrase(self) -> str:
        """A few words: a place."""
        return self._say("placed")

    def want(self) -> str:
        """What somebody asks for."""
        return f"{self._word('want')}，{self._word('thing')}的事{self._word('want')}"

    def job(self) -> str:
        """An occupation."""
        return self._word("job")

    def _say(self, frames: str) -> str:
        return self._filled_in(self.random.choice(_FRAMES[frames]))

    def _filled_in(self, frame: str) -> str:
        return _SLOT.sub(lambda found: self._filled(found[1]), frame)

    def _filled(self, slot: str) -> str:
        if slot in ("a", "b", "spot", "shop"):
            return str(getattr(self, slot))
        name = slot.rstrip("2")
        if slot == "thing" and self.random.random() < 0.4:
            return self.thing
        if name in _CHARACTERS:
            return self.random.choice(_CHARACTERS[name])
        made = _MADE.get(name)
        return made(self) if made else self._word(name)

    def _word(self, slot: str) -> str:
        """Common words far more often than rare ones, as in real text."""
        if slot in _COMPOSED and self.random.random() < COINED:
            return self._filled_in(self.random.choice(_COMPOSED[slot]))
        words = _WORDS[slot]
        return words[int(len(words) * self.random.random() ** 1.6)]

    def coined(self, endings: str) -> str:
        """An invented name of a field or a shop."""
        return "".join(self.random.choices(_FILE["name_characters"], k=2)) + self.random.choice(endings.split())


def _money(case: Case) -> str:
    return str(case.random.randint(2, 900) * case.random.choice((10, 50, 100, 100, 1000)))


_MADE: dict[str, Callable[[Case], str]] = {
    "n": lambda case: str(case.random.randint(2, 48)),
    "money": _money,
    "person": lambda case: person(case.random),
    "surname": lambda case: case.random.choice(_FILE["surnames"]),
    "spotted": lambda case: case.coined(_FIELDS),
    "year": lambda case: str(case.random.randint(1996, 2026)),
    "month": lambda case: str(case.random.randint(1, 12)),
    "day": lambda case: str(case.random.randint(1, 29)),
    "digit": lambda case: case.random.choice("一二三四五六七八九十"),
    "part": lambda case: case.random.choice(_PARTS),
}
