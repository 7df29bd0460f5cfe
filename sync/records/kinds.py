"""Short constructors, so that a declaration reads like the data dictionary."""

from __future__ import annotations

from typing import Any

from sync.records.field import Field


def text(name: str, label: str, limit: int = 100, **more: Any) -> Field:
    """One line of text, at most `limit` characters."""
    return Field(name, "text", label, limit=limit, **more)


def long_text(name: str, label: str, limit: int = 2000, **more: Any) -> Field:
    """Running text with line breaks."""
    return Field(name, "long_text", label, limit=limit, **more)


def code(name: str, label: str, codes: str, **more: Any) -> Field:
    """One code of a table."""
    return Field(name, "code", label, codes=codes, **more)


def codes(name: str, label: str, table: str, **more: Any) -> Field:
    """Several codes of a table, without order."""
    return Field(name, "codes", label, codes=table, limit=20, **more)


def integer(name: str, label: str, limit: int = 999_999, **more: Any) -> Field:
    """A whole number from 0 to `limit`."""
    return Field(name, "integer", label, limit=limit, **more)


def money(name: str, label: str, **more: Any) -> Field:
    """An amount in whole 分 (cents), at most ten thousand million yuan."""
    return Field(name, "money", label, limit=10**12, **more)


def flag(name: str, label: str, **more: Any) -> Field:
    """Yes or no; unset means nobody has said."""
    return Field(name, "flag", label, **more)


def day(name: str, label: str, **more: Any) -> Field:
    """A date, YYYY-MM-DD."""
    return Field(name, "day", label, **more)


def moment(name: str, label: str, **more: Any) -> Field:
    """A point in time, ISO 8601 with offset, to the second."""
    return Field(name, "moment", label, **more)


def place(name: str, label: str, **more: Any) -> Field:
    """A 12-digit division code."""
    return Field(name, "place", label, check="division_code", **more)


def reference(name: str, label: str, refers: str, **more: Any) -> Field:
    """The id of another record."""
    return Field(name, "reference", label, refers=refers, **more)


def references(name: str, label: str, refers: str, **more: Any) -> Field:
    """Ids of other records, in order."""
    return Field(name, "references", label, refers=refers, limit=20, **more)


def texts(name: str, label: str, limit: int = 20, **more: Any) -> Field:
    """Several lines of text, in order, each at most 500 characters."""
    return Field(name, "texts", label, limit=limit, **more)


def digest(name: str, label: str, **more: Any) -> Field:
    """The SHA-256 of a file: 64 hex digits."""
    return Field(name, "digest", label, **more)


def items(name: str, label: str, *parts: Field, limit: int = 50, **more: Any) -> Field:
    """A list of small structures, each with its own "id"; merged entry by entry."""
    return Field(name, "items", label, parts=parts, limit=limit, **more)


VOID = (
    moment("void_at", "作废时间", group="void", source="domain.md §8"),
    text("void_reason", "为什么作废", 200, group="void", source="domain.md §8"),
)
"""Nothing is ever removed: a record is struck out, with a reason, and can come back."""
