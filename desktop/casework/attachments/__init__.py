"""Photos, scans and recordings kept with a dispute: taken in, shown, saved as a copy."""
