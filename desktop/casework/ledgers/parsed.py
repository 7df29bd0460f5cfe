"""What every reader of a cell answers: a value, a doubt, or neither."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Parsed(NamedTuple, Generic[Value]):
    """A value alone is sure; a value with a reason is a doubt the clerk should look at; a reason alone
    says in Chinese why nothing could be read; neither means the cell is blank."""

    value: Value | None
    reason: str = ""
