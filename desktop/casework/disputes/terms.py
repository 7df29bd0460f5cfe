"""Words to look at before an agreement is printed: hints with their place and reason, never a change (§1.6)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from desktop import resources
from desktop.casework.disputes.obligations import in_both

_AROUND = 4
_MOST_CENTS = 10**12
_AMOUNT = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?\s*(万)?\s*(?:元|块钱?)(?!/)")
_CAPITALS = "零壹贰叁肆伍陆柒捌玖拾佰仟"
_CHECKED = ("facts", "issues", "liability", "items")


@dataclass(frozen=True, slots=True)
class TermHint:
    """One hint. start, end: where in the text. words: what stands there. better: what might stand there instead.

    field, line: the field of an agreement, and which of its items (0 for a field that is one text).
    """

    start: int
    end: int
    words: str
    reason: str
    better: tuple[str, ...]
    field: str = ""
    line: int = 0


def check(text: str) -> tuple[TermHint, ...]:
    """What to look at in a text, in its order."""
    found = [*_words(text), *_amounts(text), *_dates(text)]
    kept = (one for one in found if not any(_inside(one, other) for other in found))
    return tuple(sorted(kept, key=lambda hint: (hint.start, -hint.end)))


def check_agreement(agreement: Mapping[str, Any]) -> tuple[TermHint, ...]:
    """The same for the texts of an agreement or its draft, field by field."""
    return tuple(
        TermHint(hint.start, hint.end, hint.words, hint.reason, hint.better, name, number)
        for name in _CHECKED
        for number, text in enumerate(_texts(agreement.get(name)))
        for hint in check(text)
    )


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _words(text: str) -> Iterator[TermHint]:
    for rule in _rules()["words"]:
        if "only_with" in rule and not any(word in text for word in rule["only_with"]):
            continue
        for word in rule["words"]:
            for match in re.finditer(re.escape(word), text):
                around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
                if not any(near in around for near in rule.get("unless", ())):
                    yield _hint(match, rule["reason"], _better(rule, word))


def _better(rule: Mapping[str, Any], word: str) -> tuple[str, ...]:
    """The counterpart of a word where the rule pairs them, else all that is offered."""
    better, words = rule["better"], rule["words"]
    paired = len(better) == len(words) > 2
    return (better[words.index(word)],) if paired else tuple(better)


def _amounts(text: str) -> Iterator[TermHint]:
    rule = _rules()["amounts"]
    for match in _AMOUNT.finditer(text):
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
        if not any(sign in before + after for sign in _CAPITALS):
            yield _hint(match, rule["reason"], _in_both(match))


def _in_both(match: re.Match[str]) -> tuple[str, ...]:
    yuan = Decimal(match[1].replace(",", "") + (match[2] or "")) * (10_000 if match[3] else 1)
    cents = int(yuan * 100)
    return (in_both(cents),) if cents < _MOST_CENTS else ()


def _dates(text: str) -> Iterator[TermHint]:
    for rule in _rules()["dates"]:
        for match in re.finditer(rule["pattern"], text):
            yield _hint(match, rule["reason"], tuple(rule["better"]))


def _hint(match: re.Match[str], reason: str, better: tuple[str, ...]) -> TermHint:
    return TermHint(match.start(), match.end(), match[0], reason, better)


def _inside(one: TermHint, other: TermHint) -> bool:
    """Whether a longer hint covers this one: 年底前 says it all, 年底 need not be said again."""
    return other.start <= one.start and one.end <= other.end and (other.end - other.start) > (one.end - one.start)


@cache
def _rules() -> dict[str, Any]:
    file = resources.folder() / "terms" / "terms.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
