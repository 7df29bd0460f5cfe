"""One page of current state: made from what stands now, checked before it is given out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from sync.protocol.stock import State, press
from sync.server.pages import entries_heard
from sync.server.parts import Part
from sync.server.tables import JOURNAL, STANDING

_AT_ONCE = 500


class _Told(msgspec.Struct):
    at: int


@dataclass(frozen=True, slots=True)
class Made:
    """A page, and the records without parent that are on it."""

    body: bytes
    roots: list[str]


@dataclass(slots=True)
class _Story:
    """When a record was first and last changed (hybrid clock, ms), and whether anything of it was ever set aside."""

    times: list[int] = field(default_factory=list)
    had_clash: bool = False


def still_holds(connection: Connection, part: Part, roots: Sequence[str]) -> bool:
    """Whether all these records are still where the part says."""
    query = select(STANDING.c.addresses)
    return all(
        any(map(part.holds, addresses))
        for some in _few(roots)
        for addresses in connection.execute(query.where(STANDING.c.record.in_(some))).scalars()
    )


def make_body(connection: Connection, part: Part, roots: Sequence[str]) -> Made:
    """A page of those of the roots that are in the part, with everything that belongs to them.

    A tree in which something was ever set aside comes with its whole history, so that its clashes are seen at once.
    """
    families: dict[str, list[Row[Any]]] = {}
    for some in _few(roots):
        for row in connection.execute(select(STANDING).where(STANDING.c.root.in_(some)).order_by(STANDING.c.no)):
            if any(map(part.holds, row.addresses)):
                families.setdefault(row.root, []).append(row)
    stories = _stories(connection, [row.record for family in families.values() for row in family])
    states, told = [], []
    for root in filter(families.__contains__, roots):
        if any(stories[row.record].had_clash for row in families[root]):
            told += [row.record for row in families[root]]
        else:
            states += [_state(row, part, stories[row.record]) for row in families[root]]
    entries = [entry for some in _few(told) for entry in entries_heard(connection, part.holds, some)]
    return Made(press(states, sorted(entries, key=lambda entry: entry.no)), list(families))


def _stories(connection: Connection, records: Sequence[str]) -> dict[str, _Story]:
    found = {record: _Story() for record in records}
    query = select(JOURNAL.c.record, JOURNAL.c.body, JOURNAL.c.aside).order_by(JOURNAL.c.no)
    decode = msgspec.json.Decoder(_Told).decode
    for some in _few(records):
        for row in connection.execute(query.where(JOURNAL.c.record.in_(some))):
            story = found[row.record]
            story.times = [*story.times[:1], decode(row.body).at]
            story.had_clash |= bool(row.aside)
    return found


def _state(row: Row[Any], part: Part, story: _Story) -> State:
    address = next(filter(part.holds, row.addresses))
    return State(row.type, row.record, row.no, address, story.times[0], story.times[-1], row.fields)


def _few(ids: Sequence[str]) -> Iterator[list[str]]:
    return (list(ids[start : start + _AT_ONCE]) for start in range(0, len(ids), _AT_ONCE))
