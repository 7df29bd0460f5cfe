"""What the reader must be told: the desk's place, the divisions and codes it knows, earlier choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desktop.casework.ledgers.columns import LedgerColumns
from desktop.casework.ledgers.gazetteer import Gazetteer
from desktop.casework.ledgers.numerals import chinese_number
from desktop.casework.ledgers.people import PartyReader
from desktop.casework.ledgers.refusal import Limits
from desktop.casework.ledgers.vocabulary import CodeTables, LedgerWords, Vocabulary
from desktop.casework.ledgers.width import half_width

_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)(?=\D|$)|(二[〇○零一二三四五六七八九]{3})年")


@dataclass(frozen=True, slots=True)
class LedgerContext:
    """Everything handed in for reading a ledger; nothing is looked up elsewhere.

    `home` is the desk's own 12-digit place, taken where the ledger names none. `divisions` are
    (code, name) pairs, villages with or without 村委会. `tables` are the code sets as {code: name}.
    `year` is the last resort for days without one. `word_choices` answers (set, text) pairs that were
    not recognised before; `mappings` gives column keys by the shape of the headings
    (`ColumnMapping.shape`); `header_rows` gives a sheet's header lines, as Excel numbers them.
    """

    home: str
    divisions: Sequence[tuple[str, str]]
    tables: CodeTables
    columns: LedgerColumns
    words: LedgerWords
    today: date
    year: int | None = None
    word_choices: Mapping[tuple[str, str], str] = field(default_factory=dict)
    mappings: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    header_rows: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The context made ready for use on one file."""

    context: LedgerContext
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    party_reader: PartyReader

    @classmethod
    def of(cls, context: LedgerContext) -> Knowledge:
        """Build the indexes once for a file."""
        vocabulary = Vocabulary(context.words, context.tables, context.word_choices)
        gazetteer = Gazetteer(context.divisions, context.home)
        return cls(context, vocabulary, gazetteer, PartyReader(vocabulary))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the title, the sheet's name and the file's name say for all rows of a table."""

    year: int | None
    place_code: str

    @classmethod
    def of(cls, titles: Sequence[str], sheet: str, file: str, *, knowledge: Knowledge) -> Surroundings:
        """The year and place of a table, or what the context gives."""
        gazetteer, context = knowledge.gazetteer, knowledge.context
        names = [*titles, sheet, Path(file).stem]
        place = next(filter(None, map(gazetteer.find_inside, names)), "") or gazetteer.find(sheet).code
        return cls(next(filter(None, map(year_in, names)), context.year), place or context.home)


def year_in(text: str) -> int | None:
    """The one year a text speaks of (2026年…台账), or None when it names none or several."""
    return _only(int(found[1]) if found[1] else chinese_number(found[2]) for found in _YEAR.finditer(half_width(text)))


def _only(years: Iterable[int | None]) -> int | None:
    different = set(years)
    return different.pop() if len(different) == 1 else None
