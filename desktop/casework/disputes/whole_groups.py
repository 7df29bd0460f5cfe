"""A clash about one field of a group, made a clash about the whole group (DESIGN.md §4).

Somebody ends a dispute while somebody else, who has not seen it, moves it on: only the step was written twice, but
the reason and the day of the end belong to it. A side is taken with what it left empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop.casework.desk import Desk
from desktop.store import Clash, HistoryLine
from sync.records import declared
from sync.records.field import Record


def whole(desk: Desk, clash: Clash) -> Clash:
    """The clash with those mates of its fields in which its two sides differ."""
    kind = declared(clash.type)
    mates = {mate for name in clash.fields for mate in kind.together_with(name)} - set(clash.fields)
    if not mates:
        return clash
    now, lines = desk.store.record(clash.type, clash.record) or {}, desk.store.history([clash.record])
    seen = {name: _seen(name, clash, lines, now) for name in mates}
    apart: Record = {name: value for name, value in seen.items() if value != now.get(name)}
    return replace(
        clash,
        fields=(*clash.fields, *sorted(apart)),
        base={**clash.base, **apart},
        agreed=replace(clash.agreed, values={**clash.agreed.values, **{name: now.get(name) for name in apart}}),
        aside=replace(clash.aside, values={**clash.aside.values, **apart}),
    )


def _seen(name: str, clash: Clash, lines: Sequence[HistoryLine], now: Record) -> Any:
    """What the author of the set-aside change had before the eyes in a field she did not touch.

    Told from the first change she had not seen, not from the beginning: a restored desk has no beginning.
    """
    written = next((line for line in lines if line.no == clash.no), None)
    if written is None:
        return now.get(name)
    later = sorted((line for line in lines if line.no > written.base and name in line.set), key=lambda line: line.no)
    own = [line for line in later if line.no < clash.no and _writer(line) == _writer(written)]
    unseen = [line for line in later if name not in line.aside and line.no != clash.no]
    if own:
        return own[-1].set[name]
    return unseen[0].was.get(name) if unseen else now.get(name)


def _writer(line: HistoryLine) -> str:
    return line.id.rpartition(".")[0]
