"""台账: the ledger that goes out: which columns and which disputes, looked at first, then written or kept as a view."""
