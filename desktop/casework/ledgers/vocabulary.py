"""From free text to codes by names and word lists; what is not found is said, never guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.casework.ledgers.width import squeeze

CodeTables = Mapping[str, Mapping[str, str]]
"""Code sets by name, each {code: name}."""

_LEADING_CODE = re.compile(r"(\d{2,4})[.、:_-]*(.*)")


@dataclass(frozen=True, slots=True)
class WordRule:
    """One line of a word list: any of the words in the text, or one of `equals` as the whole text."""

    code: str
    words: tuple[str, ...]
    equals: tuple[str, ...]

    def fits(self, text: str) -> bool:
        return text in self.equals or any(word in text for word in self.words)


@dataclass(frozen=True, slots=True)
class WordList:
    """The rules of one code set, tried from top to bottom after dropping what means nothing."""

    drop: tuple[str, ...] = ()
    rules: tuple[WordRule, ...] = ()

    def bare(self, text: str) -> str:
        for noise in self.drop:
            text = text.replace(noise, "")
        return text


@dataclass(frozen=True, slots=True)
class PartyWords:
    """How parties are labelled, what the names of organisations end in, what ends a name in a title."""

    labels: Mapping[str, tuple[str, ...]]
    organisations: Mapping[str, tuple[str, ...]]
    title_ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerWords:
    """The data of ledger_words.json."""

    lists: Mapping[str, WordList]
    parties: PartyWords

    @classmethod
    def load(cls, folder: Path) -> LedgerWords:
        """Read ledger_words.json from the folder of code tables."""
        raw = json.loads((folder / "ledger_words.json").read_text(encoding="utf-8"))
        parties = raw["parties"]
        return cls(
            {name: _word_list(entry) for name, entry in raw["sets"].items()},
            PartyWords(
                {side: tuple(map(squeeze, words)) for side, words in parties["labels"].items()},
                {kind: tuple(words) for kind, words in parties["organisations"].items()},
                tuple(parties["title_ends"]),
            ),
        )


class Vocabulary:
    """The code tables handed in, the word lists, and what the person chose for single words before."""

    def __init__(
        self, words: LedgerWords, tables: CodeTables, choices: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        self.words = words
        self._tables = tables
        self._choices = {(name, squeeze(text)): code for (name, text), code in (choices or {}).items()}
        self._names = {name: self._squeezed_names(name) for name in tables}
        self._found: dict[tuple[str, str], str | None] = {}
        self._any_word = {name: _any_word(held) for name, held in words.lists.items()}

    def code(self, set_name: str, text: str) -> str | None:
        """The code the text stands for, or None when it is not recognised (没认出)."""
        key = set_name, text
        if key not in self._found:
            self._found[key] = self._find(set_name, squeeze(text))
        return self._found[key]

    def codes(self, set_name: str, text: str) -> list[str]:
        """Every code of the set whose words stand in the text, in the order of the list."""
        bare = squeeze(text)
        rules = self._list(set_name).rules
        return list(dict.fromkeys(rule.code for rule in rules if rule.fits(bare)))

    def by_name(self, set_name: str, name: str) -> str | None:
        """The code whose name is exactly this."""
        return self._names.get(set_name, {}).get(self._list(set_name).bare(squeeze(name)))

    def name(self, set_name: str, code: str) -> str:
        """The name of a code; the code itself when the table does not know it."""
        return self._tables.get(set_name, {}).get(code, code)

    def first_word(self, set_name: str, text: str) -> int:
        """Where in the text the first word of any rule of the set stands; its length when there is none."""
        found = self._any_word[set_name].search(text) if set_name in self._any_word else None
        return found.start() if found else len(text)

    def _find(self, set_name: str, text: str) -> str | None:
        if not text:
            return None
        if (set_name, text) in self._choices:
            return self._choices[set_name, text]
        table = self._tables.get(set_name, {})
        if text in table:
            return text
        bare = self._list(set_name).bare(text)
        return (
            self._names.get(set_name, {}).get(bare)
            or self._leading_code(set_name, text)
            or next((self._held(table, rule.code) for rule in self._list(set_name).rules if rule.fits(bare)), None)
        )

    def _leading_code(self, set_name: str, text: str) -> str | None:
        match = _LEADING_CODE.fullmatch(text)
        names = self._names.get(set_name, {})
        if match and match[1] in self._tables.get(set_name, {}):
            rest = self._list(set_name).bare(match[2])
            return match[1] if not rest or names.get(rest) == match[1] else None
        return None

    @staticmethod
    def _held(table: Mapping[str, str], code: str) -> str | None:
        """The code, or its "other" below or the class above, whichever the handed-in table holds."""
        return next((held for held in (code, f"{code}99", code[:2]) if held in table), None)

    def _squeezed_names(self, set_name: str) -> dict[str, str]:
        bare = self._list(set_name).bare
        names = {bare(squeeze(name)): code for code, name in self._tables[set_name].items()}
        names.pop("", None)
        return names

    def _list(self, set_name: str) -> WordList:
        return self.words.lists.get(set_name) or WordList()


def _any_word(held: WordList) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for rule in held.rules for word in rule.words))


def _word_list(entry: Mapping[str, Any]) -> WordList:
    rules = tuple(
        WordRule(
            item["code"],
            tuple(map(squeeze, item.get("words", ()))),
            tuple(map(squeeze, item.get("equals", ()))),
        )
        for item in entry["items"]
    )
    return WordList(tuple(map(squeeze, entry.get("drop", ()))), rules)
