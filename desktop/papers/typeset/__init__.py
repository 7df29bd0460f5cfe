"""Laying papers out: as PDF by typst, as a Word file; no window, no store."""
