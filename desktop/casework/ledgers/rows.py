"""From the rows of a table to disputes: each row read by its columns, then settled as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from desktop.casework.ledgers.cells import CellReader
from desktop.casework.ledgers.columns import ADDED, ColumnMapping, heading_unit
from desktop.casework.ledgers.context import Knowledge, Surroundings
from desktop.casework.ledgers.draft import Column, Draft
from desktop.casework.ledgers.entry import LedgerRow
from desktop.casework.ledgers.grid import cell_text
from desktop.casework.ledgers.party_columns import PARTY_PARTS, read_party_part
from desktop.casework.ledgers.settling import Settlement
from desktop.casework.ledgers.tables import RowKind, Table, TableRow
from desktop.casework.ledgers.width import squeeze

_ANCHORS = ("found_date", "title", "summary", "zz_type", "accept_date")
_NOT_CONTENT = ADDED | {"seq"}
CODE_CHARS = 12
"""A shorter "案件编码" is a number of that book alone, used again next month; it does not tell matters apart."""


class RowReader:
    """Interprets the data rows of one table."""

    def __init__(self, table: Table, mapping: ColumnMapping, *, knowledge: Knowledge, around: Surroundings) -> None:
        self._table = table
        self._knowledge = knowledge
        self._cells = CellReader(knowledge, around)
        self._columns = _columns(mapping, knowledge)
        self._by_key = {column.field.key: column for column in self._columns if column.field}
        self._settlement = Settlement(self._by_key, knowledge=knowledge, around=around)
        self._plan = sorted(self._columns, key=_after_names)
        self._shape = mapping.shape
        self._content = [
            column.index for column in self._columns if not (column.field and column.field.key in _NOT_CONTENT)
        ]
        self._anchors = [self._by_key[key].index for key in _ANCHORS if key in self._by_key]

    def read(self) -> Iterator[LedgerRow]:
        """Every row of the table, in order; a row that continues the one above is merged into it."""
        main: Draft | None = None
        waiting: list[LedgerRow] = []
        for row in self._table.rows:
            if row.kind is not RowKind.DATA:
                waiting.append(LedgerRow(self._table.sheet, row.number, row.kind, row.cells))
            elif main is not None and self._continues(row, main):
                waiting.append(self._join(main, row))
            else:
                yield from self._finish(main, waiting)
                main = self._draft(row)
                waiting = [main.row]
        yield from self._finish(main, waiting)

    def _finish(self, main: Draft | None, waiting: list[LedgerRow]) -> list[LedgerRow]:
        if main is not None:
            self._settlement.settle(main)
            main.row.key, main.row.digest = _key(main.row), self._digest(main.row)
        return waiting

    def _draft(self, row: TableRow) -> Draft:
        draft = Draft(LedgerRow(self._table.sheet, row.number, RowKind.DATA, row.cells), row.inherited)
        for column in self._plan:
            self._take(draft, column)
        return draft

    def _take(self, draft: Draft, column: Column) -> None:
        if column.field and column.field.field in PARTY_PARTS and column.field.record == "party":
            read_party_part(draft, column, self._knowledge.vocabulary)
        else:
            self._cells.read(draft, column)

    def _continues(self, row: TableRow, main: Draft) -> bool:
        """Whether a row is a further line of the dispute above: its number and all its main facts are
        merged with the row above, or it holds nothing but parties and stands right below."""
        seq = self._by_key.get("seq")
        own = [index for index in self._anchors if row.cells[index] is not None and index not in row.inherited]
        merged = [index for index in self._anchors if index in row.inherited]
        if own:
            return False
        if seq.index in row.inherited if seq else len(merged) > 1:
            return True
        return row.number == (main.row.parts or [main.row.number])[-1] + 1 and self._holds_only_parties(row)

    def _holds_only_parties(self, row: TableRow) -> bool:
        told = [column for column in self._columns if row.cells[column.index] is not None]
        own = [column.field for column in told if column.index not in row.inherited]
        return bool(own) and all(held is not None and held.record == "party" for held in own)

    def _join(self, main: Draft, row: TableRow) -> LedgerRow:
        """Take the parties and other own cells of a continuing row into its dispute."""
        part = Draft(replace(main.row, number=row.number, cells=row.cells), frozenset(), places=[])
        part.row.kind = RowKind.PART
        for column in self._plan:
            if row.cells[column.index : column.index + 1] == [None] or column.index in row.inherited:
                continue
            if column.field and column.field.record == "party":
                self._take(part, column)
            else:
                main.keep(column, cell_text(row.cells[column.index]))
        main.parties += part.parties
        main.counted += part.counted
        main.row.parts.append(row.number)
        if not row.inherited:
            main.note(None, f"第 {row.number} 行只有当事人，并到这一件里了，核对一下")
        return LedgerRow(self._table.sheet, row.number, RowKind.PART, row.cells)

    def _digest(self, row: LedgerRow) -> str:
        """The same only for rows of one shape whose every cell reads the same."""
        texts = [cell_text(row.cells[index]) for index in self._content if index < len(row.cells)]
        return _hash(self._shape, *("".join(text.split()) for text in texts))


def _columns(mapping: ColumnMapping, knowledge: Knowledge) -> list[Column]:
    fields = knowledge.context.columns.fields
    return [
        Column(index, heading, fields.get(key) if key else None, heading_unit(heading))
        for index, (heading, key) in enumerate(zip(mapping.headings, mapping.keys, strict=True))
    ]


def _after_names(column: Column) -> bool:
    """Names are read first, so that phones find their owners."""
    return not (column.field and column.field.reader == "parties")


def _key(row: LedgerRow) -> str:
    """The same for the same dispute in any file: its own code, or day, place, people and story."""
    values = row.values
    if len(str(values.get("matter_code", ""))) >= CODE_CHARS:
        return _hash("code", str(values["matter_code"]))
    names = sorted(str(party["name"]) for party in row.parties) or [squeeze(str(values.get("title", "")))]
    story = squeeze(str(values.get("summary", "")))
    return _hash(str(values.get("found_date")), str(values["place_code"]), *names, story)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
