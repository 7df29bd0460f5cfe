"""Records as JSON Lines: any program can feed a desk and read it back field for field (issue 2, item 6)."""
