"""Official papers and ledgers as files, from plain data: no store, no casework, no Qt."""
