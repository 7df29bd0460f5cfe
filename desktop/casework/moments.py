"""Stored days and moments as dates; what is no date is None, never an error."""

from __future__ import annotations

from datetime import date, datetime


def read_day(value: object) -> date | None:
    """The date of a stored day."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def read_moment(value: object) -> datetime | None:
    """The aware moment that was stored, with the offset it was stored with."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
