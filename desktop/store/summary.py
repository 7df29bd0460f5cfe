"""What casework makes of a dispute, so that lists can sort and filter by it: a pure function handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sync.records import Record, Value


@dataclass(frozen=True, slots=True)
class Summary:
    """A dispute at a glance.

    due_date: the next day something must be done ("YYYY-MM-DD", "" for none); due_kind: what, as a code of
    casework. readers: account ids that alone may read it here; empty means everybody at this desk.
    words: further text it shall be found by.
    """

    due_date: str = ""
    due_kind: str = ""
    readers: tuple[str, ...] = ()
    words: str = ""


Summarise: TypeAlias = Callable[[Record, Mapping[str, Sequence[Record]]], Summary]
"""(the dispute, its children by type name) -> its summary. Records carry their id under "id"."""


ReadSetting: TypeAlias = Callable[[str], Value]
"""(name) -> a setting of this PC, None when it was never set."""


def _by_nothing_else(_: ReadSetting) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Summariser:
    """The function and its version: when the version differs from the stored one, all is summarised anew.

    learn: takes in the settings the function goes by, which lie in the file itself, and says them; they are
    part of the version.
    """

    summarise: Summarise
    version: str
    learn: Callable[[ReadSetting], str] = _by_nothing_else


def _nothing(_: Record, __: Mapping[str, Sequence[Record]]) -> Summary:
    return Summary()


NO_SUMMARY = Summariser(_nothing, "0")
"""For tests that need no deadlines."""
