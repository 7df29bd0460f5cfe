"""Told from the journal alone, without our own merge: was anybody's word overwritten without being seen?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sync.records import declared
from sync.server.reports import JournalLine


def silent_overwrites(journal: Iterable[JournalLine]) -> Iterator[str]:
    """Every value that took the place of one its author had not seen, and every group that was torn apart.

    Decisions have seen what they decide about. Lists are merged entry by entry, places follow mergers: left out.
    """
    agreed: dict[str, dict[str, Any]] = defaultdict(dict)
    for line in journal:
        kind, change, before = declared(line.type), line.change, agreed[line.record]
        for name in line.aside:
            torn = set(kind.together_with(name)) & change.set.keys() - set(line.aside)
            yield from (f"{line.no}: {name} was set aside, {mate} was not" for mate in sorted(torn))
        for name, value in change.set.items():
            if name in line.aside or name == kind.place or _is_list(line.type, name):
                continue
            seen = (change.was.get(name), value)
            if before.get(name) not in seen and not (change.settles or change.decides):
                yield f"{line.no}: {name} was {before.get(name)!r}, not {seen[0]!r}"
            before[name] = value


def _is_list(kind: str, name: str) -> bool:
    field = declared(kind).by_name.get(name)
    return field is not None and field.kind == "items"
