"""Reading the ledgers offices really keep: .xlsx, .xls and .csv, whatever their shape."""

from desktop.casework.ledgers.columns import ColumnMapping, LedgerColumns, LedgerField, guess_mapping
from desktop.casework.ledgers.context import LedgerContext
from desktop.casework.ledgers.entry import Extra, LedgerRow, Trouble, with_extras
from desktop.casework.ledgers.files import open_ledger
from desktop.casework.ledgers.reading import LedgerReading, ReadTable, preview, read
from desktop.casework.ledgers.refusal import LedgerRefused, Limits, Refusal
from desktop.casework.ledgers.tables import RowKind
from desktop.casework.ledgers.vocabulary import LedgerWords

__all__ = [
    "ColumnMapping", "Extra", "LedgerColumns", "LedgerContext", "LedgerField", "LedgerReading", "LedgerRefused",
    "LedgerRow", "LedgerWords", "Limits", "ReadTable", "Refusal", "RowKind", "Trouble", "guess_mapping",
    "open_ledger", "preview", "read", "with_extras",
]  # fmt: skip
