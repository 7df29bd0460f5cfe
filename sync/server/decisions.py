"""What a person decided about clashing changes: which ones she settles, and what she had seen of them.

A decision names the changes by id. Journal numbers, as desks named them before, hold only until the hub is restored
from a backup and gives them out anew; ids stay, and with them a matter that is settled stays settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select

from sync.protocol.messages import Change
from sync.server.agreed import is_name
from sync.server.tables import JOURNAL

_MOST = 50
_FOUND = select(JOURNAL.c.no, JOURNAL.c.body, JOURNAL.c.aside).where(JOURNAL.c.record == bindparam("record"))
_BY_ID = _FOUND.where(JOURNAL.c.change_id.in_(bindparam("named", expanding=True)))
_BY_NUMBER = _FOUND.where(JOURNAL.c.no.in_(bindparam("named", expanding=True)))


@dataclass(frozen=True, slots=True)
class Decided:
    """What the hub knows of the changes a decision names, all of the same record.

    aside: journal number -> the change, reduced to the fields that were set aside. seen: all of them, whole.
    """

    aside: Mapping[int, Change]
    seen: Sequence[Change]


def decided(connection: Connection, written: Iterable[Mapping[str, Any]], change: Change) -> Decided:
    """What `change` decides about, in the journal and among the lines written in this very transaction."""
    ids = [i for i in change.decides[:_MOST] if is_name(i)]
    numbers = [] if ids else [no for no in change.settles[:_MOST] if 0 < no < 1 << 62]
    if not ids and not numbers:
        return Decided({}, ())
    query, key, named = (_BY_ID, "change_id", ids) if ids else (_BY_NUMBER, "no", numbers)
    found = [(r.no, r.body, r.aside) for r in connection.execute(query, {"record": change.record, "named": named})]
    found += [
        (r["no"], r["body"], r["aside"]) for r in written if r[key] in named and r["record"] == change.record
    ]
    changes = {no: (msgspec.json.decode(body, type=Change), aside) for no, body, aside in found}
    return Decided(
        {no: _only(other, aside) for no, (other, aside) in changes.items() if aside},
        [other for other, _ in changes.values()],
    )


def as_seen(change: Change, agreed: Mapping[str, Any], seen: Sequence[Change]) -> Change:
    """The decision with what its author saw: besides the value she replaced, all those she decided about."""
    known = {
        name: agreed[name]
        for name in change.set
        if name in agreed and any(name in other.set and other.set[name] == agreed[name] for other in seen)
    }
    return msgspec.structs.replace(change, was={**change.was, **known}) if known else change


def _only(change: Change, names: list[str]) -> Change:
    return msgspec.structs.replace(change, set={name: change.set[name] for name in names})
