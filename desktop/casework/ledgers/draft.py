"""One row while it is being read: values gathered column by column, troubles noted where they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.casework.ledgers.columns import LedgerField
from desktop.casework.ledgers.entry import Extra, LedgerRow, Level, Trouble
from desktop.casework.ledgers.grid import Cell, column_letter
from desktop.casework.ledgers.parsed import Parsed
from desktop.casework.ledgers.people import Party, Wire


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: where it stands, its heading, what it holds, what its numbers count in yuan."""

    index: int
    heading: str
    field: LedgerField | None
    unit: int

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(slots=True)
class Draft:
    """A row being read, with what can only be settled once all its columns are known."""

    row: LedgerRow
    inherited: frozenset[int]
    parties: list[Party] = field(default_factory=list)
    counted: int = 0
    places: list[tuple[Column, str]] = field(default_factory=list)
    place_text: str = ""
    statuses: dict[str, str] = field(default_factory=dict)

    def note(self, column: Column | None, reason: str, level: Level = "warn") -> None:
        """Put down a trouble, at a column or for the whole row."""
        letter, heading = (column.letter, column.heading) if column else ("", "")
        self.row.troubles.append(Trouble(letter, heading, reason, level))

    def refuse(self, column: Column | None, reason: str) -> None:
        """Put down why the row cannot be used."""
        self.note(column, reason, "refuse")

    def keep(self, column: Column, text: str) -> None:
        """Keep a cell's text beside the fields."""
        if text:
            key = column.field.key if column.field else None
            self.row.extras.append(Extra(column.letter, column.heading, key, text))

    def put(self, column: Column, value: Wire) -> None:
        """Store a value where the column's field belongs; what is no dispute field stays as text too."""
        held = column.field
        if held is None:
            return
        if held.record == "dispute":
            self.row.values[held.field] = value
        elif held.record == "name":
            self.row.names[held.field] = str(value)
        else:
            self.row.beside.setdefault(held.record, {})[held.field] = value

    def take(self, column: Column, parsed: Parsed[Wire], shown: str) -> None:
        """Store what was parsed; what was not understood stays as text, with its trouble."""
        if parsed.value is not None:
            self.put(column, parsed.value)
        if parsed.reason:
            self.note(column, parsed.reason)
        outside = column.field is not None and column.field.record != "dispute"
        if shown and ((parsed.value is None and parsed.reason) or outside):
            self.keep(column, shown)

    def column_cell(self, column: Column) -> Cell:
        """The row's cell in that column."""
        return self.row.cells[column.index] if column.index < len(self.row.cells) else None
