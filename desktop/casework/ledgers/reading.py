"""Reading a whole ledger: file, tables, rows, repeats, with progress and a way to stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from desktop.casework.ledgers.columns import ColumnMapping, guess_mapping
from desktop.casework.ledgers.context import Knowledge, LedgerContext, Surroundings
from desktop.casework.ledgers.entry import LedgerRow, Trouble
from desktop.casework.ledgers.files import open_ledger
from desktop.casework.ledgers.grid import Cancelled, Ledger, Progress, Sheet
from desktop.casework.ledgers.refusal import SAFE, LedgerRefused, ReadingCancelled, Refusal
from desktop.casework.ledgers.rows import RowReader
from desktop.casework.ledgers.tables import RowKind, Table, find_tables

SORTING = "认行"
"""The step in which rows are understood; it is counted in rows."""

_EVERY = 200


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table that was found: where, under which title lines, with which headings and mapping."""

    sheet: str
    titles: tuple[str, ...]
    first_row: int
    mapping: ColumnMapping


@dataclass(slots=True)
class LedgerReading:
    """What a file holds. `rows` is every row of the used range of every sheet that was read."""

    file: str
    kind: str = ""
    tables: list[ReadTable] = field(default_factory=list)
    rows: list[LedgerRow] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    is_cancelled: bool = False

    def counts(self) -> Counter[RowKind]:
        """How many rows there are of each kind; refused rows count as data."""
        return Counter(row.kind for row in self.rows)

    def disputes(self) -> Iterator[LedgerRow]:
        """The rows that can become disputes."""
        return (row for row in self.rows if row.kind is RowKind.DATA and not row.is_refused)

    def refused(self) -> Iterator[LedgerRow]:
        """The rows a person must mend first."""
        return (row for row in self.rows if row.kind is RowKind.DATA and row.is_refused)

    def unknown_words(self) -> Counter[tuple[str, str]]:
        """Words that were not recognised, by code set, the most frequent first to ask about."""
        return Counter(pair for row in self.rows for pair in row.unknown)


def read(
    path: Path,
    context: LedgerContext,
    *,
    on_progress: Progress = lambda step, done, total: None,
    cancelled: Cancelled = lambda: False,
) -> LedgerReading:
    """Read a ledger file and understand every row of it.

    When `cancelled` answers True the reading stops and says so (`is_cancelled`), with the rows so far.
    Raises LedgerRefused for a file that cannot be read.
    """
    reading = LedgerReading(path.name)
    try:
        ledger = open_ledger(path, limits=context.limits, on_progress=on_progress, cancelled=cancelled)
        _Reading(reading, ledger, context).run(on_progress, cancelled)
    except ReadingCancelled:
        reading.is_cancelled = True
    return reading


def preview(path: Path, context: LedgerContext, *, first_rows: int = 20) -> LedgerReading:
    """The tables, their mappings and the first rows of each, for a person to look at before importing."""
    reading = LedgerReading(path.name)
    ledger = open_ledger(path, limits=context.limits)
    _Reading(reading, ledger, context, first_rows).run(lambda step, done, total: None, lambda: False)
    return reading


class _Reading:
    """One pass over the sheets of an opened file."""

    def __init__(
        self, reading: LedgerReading, ledger: Ledger, context: LedgerContext, first_rows: int | None = None
    ) -> None:
        self._reading = reading
        self._ledger = ledger
        self._context = context
        self._knowledge = Knowledge.of(context)
        self._first_rows = first_rows
        self._by_digest: dict[str, LedgerRow] = {}
        self._by_key: dict[str, LedgerRow] = {}
        reading.kind = ledger.kind

    def run(self, on_progress: Progress, cancelled: Cancelled) -> None:
        sheets = self._visible_sheets()
        total = sum(len(sheet.rows) for sheet in sheets)
        for sheet in sheets:
            for row in self._sheet_rows(sheet):
                self._note_repeat(row)
                self._reading.rows.append(row)
                if len(self._reading.rows) % _EVERY == 0:
                    on_progress(SORTING, len(self._reading.rows), total)
                    if cancelled():
                        raise ReadingCancelled
        on_progress(SORTING, total, total)
        if not self._reading.tables:
            raise _no_table()

    def _visible_sheets(self) -> list[Sheet]:
        filled = [sheet for sheet in self._ledger.sheets if sheet.rows]
        visible = [sheet for sheet in filled if not sheet.is_hidden]
        for sheet in filled if visible else ():
            if sheet.is_hidden:
                self._reading.notices.append(f"“{sheet.name}”是隐藏的表，有 {len(sheet.rows)} 行，没有导入")
        return visible or filled

    def _sheet_rows(self, sheet: Sheet) -> Iterator[LedgerRow]:
        header = self._context.header_rows.get(sheet.name)
        tables, rows = find_tables(sheet, self._context.columns, header_rows=header)
        if not tables:
            self._reading.notices.append(f"“{sheet.name}”这张表没认出表头，{len(rows)} 行都没有导入")
        streams = ((table.rows, self._table_rows(table)) for table in tables)
        owners = {row.number: stream for table_rows, stream in streams for row in table_rows}
        for row in rows:
            if row.number not in owners:
                yield LedgerRow(sheet.name, row.number, row.kind, row.cells)
            elif (read_row := next(owners[row.number], None)) is not None:
                yield read_row

    def _table_rows(self, table: Table) -> Iterator[LedgerRow]:
        mapping = self._mapping(table)
        around = Surroundings.of(table.titles, table.sheet, self._ledger.name, knowledge=self._knowledge)
        first = table.rows[0].number
        self._reading.tables.append(ReadTable(table.sheet, tuple(table.titles), first, mapping))
        rows = RowReader(table, mapping, knowledge=self._knowledge, around=around).read()
        return rows if self._first_rows is None else islice(rows, self._first_rows + 1)

    def _mapping(self, table: Table) -> ColumnMapping:
        guess = guess_mapping(table.headings, self._context.columns)
        chosen = self._context.mappings.get(guess.shape)
        return ColumnMapping(guess.headings, (*chosen, *guess.keys[len(chosen) :])) if chosen else guess

    def _note_repeat(self, row: LedgerRow) -> None:
        if row.kind is not RowKind.DATA or row.is_refused:
            return
        first = self._by_digest.setdefault(row.digest, row)
        alike = self._by_key.setdefault(row.key, row)
        if first is not row:
            row.kind = RowKind.REPEAT
            row.repeat_of = f"{first.sheet}:{first.number}"
        elif alike is not row:
            reason = f"日期、地方、当事人、经过都和“{alike.sheet}”第 {alike.number} 行一样，核对是不是同一件"
            row.troubles.append(Trouble("", "", reason, "warn"))


def _no_table() -> LedgerRefused:
    return LedgerRefused(
        f"没找到台账的表头（像“当事人”“纠纷类型”“简要情况”这样的一行）。{SAFE}看看是不是选错了文件。",
        Refusal.NO_TABLE,
    )
