"""The file formats a ledger comes in, each read in bounded memory and time."""
