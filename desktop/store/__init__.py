"""The encrypted local store: no Qt, no HTTP."""
