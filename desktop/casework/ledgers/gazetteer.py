"""Which place a text names, among the divisions the desk knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from desktop.casework.ledgers.width import squeeze

_COMMITTEE = re.compile(r"(村民委员会|居民委员会|村委会|居委会|委员会|委会)$")
_KIND = re.compile(r"(社区|街道办事处|街道|自治县|村|镇|乡|区|县|市)$")
_LARGER = re.compile(r".{2,6}?[省市区县](?=.)")
_SEPARATORS = "/-,.;、，>·|和"
_SHORTEST_BARE = 2


class Place(NamedTuple):
    """A recognised place: its code ("" when none), what of the text is left over, and any doubt."""

    code: str
    rest: str = ""
    reason: str = ""


class Gazetteer:
    """Divisions by every form of their names; the desk's own surroundings win among namesakes."""

    def __init__(self, divisions: Iterable[tuple[str, str]], home: str) -> None:
        self._home = home
        self._forms: dict[str, list[str]] = {}
        for code, name in divisions:
            for form in _forms(name):
                self._forms.setdefault(form, []).append(code)
        self._lengths = sorted({len(form) for form in self._forms}, reverse=True)
        self._found: dict[str, Place] = {}

    def find(self, text: str) -> Place:
        """The deepest place the text begins with: 崆峒区花所镇花所村三社 is 花所村, with 三社 left over."""
        if text not in self._found:
            self._found[text] = self._walk(squeeze(text))
        return self._found[text]

    def find_inside(self, text: str) -> str:
        """The code of a place named with its kind (花所村, 花所镇) anywhere in a title, or ""."""
        bare = squeeze(text)
        for start in range(len(bare)):
            step = self._step(bare[start:], "", full_names_only=True)
            if step is not None and step.code:
                return self._walk(bare[start:]).code or step.code
        return ""

    def _walk(self, text: str) -> Place:
        code, rest = "", text.strip(_SEPARATORS)
        while rest:
            step = self._step(rest, code)
            if step is None and not code and (larger := _LARGER.match(rest)):
                rest = rest[larger.end() :]
                continue
            if step is None:
                break
            if not step.code:
                return step if not code else Place(code, rest, step.reason)
            code, rest = step.code, step.rest.strip(_SEPARATORS)
        return Place(code, rest)

    def _step(self, text: str, within: str, *, full_names_only: bool = False) -> Place | None:
        """The longest name the text begins with, inside the division walked into so far."""
        for length in self._lengths:
            form = text[:length]
            if len(form) < length or form not in self._forms:
                continue
            if full_names_only and not (_KIND.search(form) or _COMMITTEE.search(form)):
                continue
            codes = [code for code in self._forms[form] if is_within(code, within) and code != within]
            whole = length == len(text) or _KIND.search(form) or _COMMITTEE.search(form) or within
            if codes and whole:
                return self._choose(form, codes, text[length:])
        return None

    def _choose(self, form: str, codes: list[str], rest: str) -> Place:
        """Among namesakes: a village before its township when no kind is written, and the nearest to home."""
        villages = [code for code in codes if not code.endswith("000")]
        if villages and not _KIND.search(form):
            codes = villages
        for near in (self._home, self._home[:9], self._home[:6], ""):
            close = [code for code in codes if code.startswith(near)]
            if len(close) == 1:
                return Place(close[0], rest)
            if close:
                break
        return Place("", reason=f"“{form}”不止一个，看不出是哪个")


def is_within(code: str, division: str) -> bool:
    """Whether a 12-digit code lies in a division; "" holds everything."""
    digits = next((size for size in (2, 4, 6, 9) if division[size:] == "0" * (12 - size)), 12)
    return code.startswith(division[:digits])


def _forms(name: str) -> set[str]:
    """The ways a division is written: 花所村委会, 花所村民委员会, 花所村, 花所."""
    whole = squeeze(name)
    plain = _COMMITTEE.sub("", whole)
    if plain != whole and not _KIND.search(plain):
        plain += "社区" if "居" in whole[len(plain) :] else "村"
    forms = {whole, plain}
    bare = _KIND.sub("", plain)
    if len(bare) >= _SHORTEST_BARE:
        forms.add(bare)
    if plain.endswith("村"):
        forms |= {f"{plain}民委员会", f"{plain}委会", f"{plain}委员会"}
    if plain.endswith("社区"):
        forms |= {f"{plain}居委会", f"{plain}居民委员会"}
    return forms
