"""Registering a dispute (picture 03)."""
