"""Which column of a ledger holds what: guessed from the headings, changed by the person."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop.casework.ledgers.width import squeeze

_BRACKET = re.compile(r"\([^()]*\)")
_TRIM = re.compile(r"[*:.,、;!?★\s]+")
_UNIT = re.compile(r"\(?(?:单位:)?(万元|千元|元|万)\)?$")
_YUAN = {"万元": 10_000, "万": 10_000, "千元": 1_000, "元": 1}
_SHORTEST_PART = 2

ADDED = frozenset({"import_reason", "import_origin"})
"""Columns a file of refused rows has beside its own."""

_Known = tuple[dict[str, "LedgerField"], dict[str, str]]


@dataclass(frozen=True, slots=True)
class LedgerField:
    """What a column may hold: where it goes (record and field of domain.md §8) and how it is read."""

    key: str
    label: str
    record: str
    reader: str
    field: str = ""
    set_name: str = ""
    limit: int = 0
    side: str = ""


@dataclass(frozen=True, slots=True)
class LedgerColumns:
    """The data of ledger_columns.json: fields by key, and every known heading."""

    fields: Mapping[str, LedgerField]
    headings: Mapping[str, str]
    sub_headings: Mapping[str, str]

    @classmethod
    def load(cls, folder: Path) -> LedgerColumns:
        """Read ledger_columns.json from the folder of code tables."""
        raw = json.loads((folder / "ledger_columns.json").read_text(encoding="utf-8"))
        fields: dict[str, LedgerField] = {}
        headings: dict[str, str] = {}
        for entry in raw["fields"]:
            fields[entry["key"]] = _field(entry["key"], entry)
            headings.update({squeeze(alias): entry["key"] for alias in entry["aliases"]})
        sub_headings: dict[str, str] = {}
        for part, entry in raw["party_fields"].items():
            sub_headings.update({squeeze(alias): part for alias in entry["aliases"] if alias})
            for who, side in raw["sides"].items():
                _add_party_field(part, entry, who=who, side=side, known=(fields, headings))
        return cls(fields, headings, sub_headings)

    def is_heading(self, text: str) -> bool:
        """Whether a cell is word for word a known heading."""
        bare = plain_heading(text)
        return bare in self.headings or bare in self.sub_headings

    def choices(self) -> list[tuple[str, str]]:
        """Every key a person may give a column, with its label, in the order of the data."""
        return [(key, field.label) for key, field in self.fields.items()]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The headings of a table and, for each column, the key of what it holds (None: kept as extra)."""

    headings: tuple[str, ...]
    keys: tuple[str | None, ...]

    def column_of(self, key: str) -> int | None:
        """The column that holds this, or None."""
        return self.keys.index(key) if key in self.keys else None

    def with_choice(self, column: int, key: str | None) -> ColumnMapping:
        """The same mapping with one column set by the person; another column with that key loses it."""
        keys = [None if held == key else held for held in self.keys]
        keys[column] = key
        return replace(self, keys=tuple(keys))

    @property
    def shape(self) -> str:
        """The headings in one line: the same for next month's file of the same make, and for its refused rows."""
        told = (plain_heading(name) for name, key in zip(self.headings, self.keys, strict=True) if key not in ADDED)
        return "|".join(told)


def guess_mapping(headings: Sequence[str], columns: LedgerColumns) -> ColumnMapping:
    """What each column holds as far as its heading says; every key is given at most once."""
    guess = _Guess(columns, list(headings))
    return ColumnMapping(tuple(headings), tuple(guess.keys()))


def heading_unit(heading: str) -> int:
    """How many yuan a bare number under this heading counts: 10,000 under 涉及金额（万元）."""
    found = _UNIT.search(_TRIM.sub("", squeeze(heading)))
    return _YUAN[found[1]] if found else 1


def plain_heading(text: str) -> str:
    """A heading for comparing: no blanks, no brackets, no stars and stops."""
    bare = squeeze(text)
    return _TRIM.sub("", _BRACKET.sub("", bare)) or _TRIM.sub("", bare)


@dataclass(slots=True)
class _Guess:
    """Finds the best key for each heading: exact names first, then sub-headings, then parts of names."""

    columns: LedgerColumns
    headings: list[str]
    taken: dict[str, int] = field(default_factory=dict)

    def keys(self) -> list[str | None]:
        found: list[str | None] = [None] * len(self.headings)
        self._pass(found, self._exact)
        self._neighbours(found)
        self._pass(found, self._part)
        return found

    def _pass(self, found: list[str | None], look_up: Callable[[str], str | None]) -> None:
        for column, heading in enumerate(self.headings):
            key = look_up(heading) if found[column] is None else None
            if key is not None and key not in self.taken:
                found[column] = key
                self.taken[key] = column

    def _exact(self, heading: str) -> str | None:
        for form in _forms(heading):
            if form in self.columns.headings:
                return self.columns.headings[form]
        return None

    def _neighbours(self, found: list[str | None]) -> None:
        """A bare 电话 or 住址 belongs to the person in the column before it."""
        owner: str | None = None
        for column, heading in enumerate(self.headings):
            key = found[column]
            who = next((side for side in ("party_a", "party_b", "parties") if (key or "").startswith(side)), None)
            part = self.columns.sub_headings.get(plain_heading(heading))
            if who:
                owner = who
            elif owner and part and part != "name" and self._claim(f"{owner}_{part}", column, key):
                found[column] = f"{owner}_{part}"
            else:
                owner = None

    def _claim(self, key: str, column: int, held: str | None) -> bool:
        if key in self.taken:
            return False
        if held is not None:
            self.taken.pop(held, None)
        self.taken[key] = column
        return True

    def _part(self, heading: str) -> str | None:
        bare = plain_heading(heading)
        parts = [alias for alias in self.columns.headings if len(alias) >= _SHORTEST_PART and alias in bare]
        free = [alias for alias in parts if self.columns.headings[alias] not in self.taken]
        return self.columns.headings[max(free, key=len)] if free else None


def _forms(heading: str) -> list[str]:
    """A heading whole, without brackets, its last line alone, and what stands in the brackets."""
    bare = squeeze(heading)
    inside = [part.strip("()") for part in _BRACKET.findall(bare)]
    whole = bare.replace("/", "")
    return [bare, plain_heading(heading), plain_heading(whole), plain_heading(heading.split("/")[-1]), *inside]


def _field(key: str, entry: Mapping[str, Any], *, label: str = "", part: str = "", side: str = "") -> LedgerField:
    return LedgerField(
        key,
        label or entry["label"],
        entry.get("record", "party"),
        entry["reader"],
        part or entry.get("field", ""),
        entry.get("set", ""),
        entry.get("limit", 0),
        side,
    )


def _add_party_field(part: str, entry: Mapping[str, Any], *, who: str, side: Mapping[str, Any], known: _Known) -> None:
    """甲方 with 姓名, 电话, … makes party_a_name, party_a_phone, … and all their headings."""
    fields, headings = known
    key = who if part == "name" and who == "parties" else f"{who}_{part}"
    label = f"{side['aliases'][0]}{entry['label']}"
    fields.setdefault(key, _field(key, entry, label=label, part=part, side=side["side"]))
    for owner in side["aliases"]:
        for alias in entry["aliases"]:
            headings.setdefault(squeeze(owner + alias), key)
