"""附件: the photos, scans and recordings of a dispute, added, seen, fetched, saved."""
