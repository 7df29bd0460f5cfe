"""One field of a record type: its kind, limits, code table, requiredness, privacy and source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sync.records.rule import ALWAYS, NEVER, Rule

Value: TypeAlias = str | int | bool | list[Any] | dict[str, Any] | None
"""A field value in wire form: JSON without floats. None means "not filled"."""

Record: TypeAlias = dict[str, Value]
"""Field name -> value. Unknown names are kept: an old desk never erases what it does not know."""

Kind: TypeAlias = Literal[
    "text", "long_text", "code", "codes", "integer", "money", "flag", "day", "moment",
    "place", "reference", "references", "texts", "items", "digest",
]  # fmt: skip
Privacy: TypeAlias = Literal["N", "P", "S"]
Check: TypeAlias = Literal["id_number", "phone", "credit_code", "division_code"]


@dataclass(frozen=True, slots=True)
class Field:
    """A declared field.

    name: its name on the wire, for ever. label: the words on screen.
    limit: characters for text, largest value for numbers, entries for lists.
    codes: the code table; refers: the record type a reference points to.
    group: fields that only mean something together merge and clash together (DESIGN.md §4).
    check: an outside rule whose failure only warns (domain.md §3.7: a doubtful ID number never blocks).
    parts: what one entry of an `items` list holds; entries are told apart by their "id".
    lasting: a regular expression; a value of that form, once agreed, changes only when a person decides a clash.
    hub_fills: only the hub may fill it; who may write the record may clear it.
    retired: kept readable, never written again.
    """

    name: str
    kind: Kind
    label: str
    required: Rule = NEVER
    limit: int = 0
    codes: str = ""
    refers: str = ""
    privacy: Privacy = "N"
    group: str = ""
    check: Check | None = None
    automatic: bool = False
    parts: tuple[Field, ...] = ()
    source: str = ""
    help: str = ""
    unit: str = ""
    lasting: str = ""
    hub_fills: bool = False
    retired: bool = False

    def lasts(self, value: Value) -> bool:
        """Whether this value, once agreed, stays."""
        return bool(self.lasting) and isinstance(value, str) and re.fullmatch(self.lasting, value) is not None

    @property
    def is_optional(self) -> bool:
        """Whether the field may always stay empty."""
        return self.required is NEVER


def required(field: Field, rule: Rule = ALWAYS) -> Field:
    """The same field, required when `rule` holds."""
    from dataclasses import replace

    return replace(field, required=rule)
