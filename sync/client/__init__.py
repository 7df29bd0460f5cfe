"""One round of exchange, from the desk's side."""
