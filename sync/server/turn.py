"""One write transaction: changes become journal, agreed state, feed and tallies together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select

from sync.protocol.merge import Merged
from sync.protocol.messages import Change, Verdict
from sync.records import RECORD_TYPES
from sync.records.codec import apply, canonical
from sync.records.field import Record
from sync.records.record_type import RecordType
from sync.server.agreed import Agreed, Stand
from sync.server.feed import Feed
from sync.server.judge import Author, Refused, Situation, judge
from sync.server.tables import JOURNAL
from sync.server.whereabouts import closer_after

HUB = "hub"
"""The writer and author of the hub's own records."""
_LAST = select(func.coalesce(func.max(JOURNAL.c.no), 0))
_JOURNALED = select(JOURNAL.c.change_id, JOURNAL.c.body, JOURNAL.c.no, JOURNAL.c.aside).where(
    JOURNAL.c.change_id.in_(bindparam("ids", expanding=True))
)
_insert = cache(insert)
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a change comes from: its place in its writer's chain, and the desk that sent it."""

    writer: str
    n: int
    device: str
    author: Author


def day_of(ms: int) -> str:
    """The day in China, "YYYY-MM-DD", of a clock in ms; times no calendar knows count as the first day."""
    try:
        return datetime.fromtimestamp(ms / 1000, UTC).astimezone(CHINA).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return "0001-01-01"


def moment_of(ms: int) -> str:
    """The moment in China, to the second, of the hub's clock in ms."""
    return datetime.fromtimestamp(ms // 1000, UTC).astimezone(CHINA).isoformat()


class Turn:
    """The hub's one writer while it has the floor."""

    def __init__(self, connection: Connection, district: str, now_ms: int) -> None:
        self.connection = connection
        self.district = district
        self.now_ms = now_ms
        self.agreed = Agreed(connection, district)
        self._feed = Feed(connection, district, self.agreed)
        self._no: int = connection.execute(_LAST).scalar_one()
        self._journal: list[dict[str, Any]] = []

    def fetch(self, changes: Sequence[Change]) -> None:
        """Read what these changes are about, all at once."""
        self.agreed.fetch({name for change in changes for name in (change.record, change.by)})
        self.agreed.fetch({p for c in changes if (p := self._parent_id(c))})

    def accept(self, change: Change, origin: Origin) -> Verdict:
        """Judge, number, merge and send out one change. Raises Refused."""
        kind = RECORD_TYPES.get(change.type)
        if kind is None:
            raise Refused("unknown_type")
        body = canonical(msgspec.to_builtins(change))
        decided = self._decided(change)
        case = self._case(kind, change, origin.author, list(decided.values()))
        merged = judge(change, len(body), case)
        self._no += 1
        after = self._after(change, case, merged)
        self._feed.deliver(self._no, case.before, after)
        self._journal.append(self._row(change, origin, body, merged, after, decided))
        return Verdict(change.id, self._no, list(merged.aside))

    def write_own(self, kind: str, record: str, fields: Record) -> Verdict:
        """A change of the hub's own making: places, accounts, devices, offices. Raises Refused."""
        before = self.agreed.get(record)
        was = {name: before.fields[name] for name in fields if name in before.fields} if before else {}
        n = self._no + 1
        change = Change(kind, record, fields, HUB, self.now_ms, f"{HUB}.{n}", before.no if before else 0, was)
        return self.accept(change, Origin(HUB, n, "", Author(self.district, is_hub=True)))

    def journaled(self, ids: Iterable[str]) -> dict[str, tuple[bytes, Verdict]]:
        """Bodies and verdicts of accepted changes by change id."""
        rows = self.connection.execute(_JOURNALED, {"ids": list(ids)})
        return {r.change_id: (r.body.encode(), Verdict(r.change_id, r.no, r.aside)) for r in rows}

    def insert(self, table: Any, rows: Sequence[dict[str, Any]]) -> None:
        """Add rows to a table of this district."""
        if rows:
            self.connection.execute(_insert(table), [{**row, "district": self.district} for row in rows])

    def flush(self) -> None:
        """Write everything; to be called once, before the commit."""
        self.insert(JOURNAL, self._journal)
        self._feed.flush()
        self.agreed.flush()

    def _case(self, kind: RecordType, change: Change, author: Author, settled: list[Change]) -> Situation:
        parent = self._parent_id(change)
        today = day_of(self.now_ms)
        return Situation(
            kind=kind,
            author=author,
            before=self.agreed.get(change.record),
            parent=self.agreed.get(parent) if parent else None,
            settled=settled,
            today=today,
            worked_on=min(day_of(change.at), today),
        )

    def _parent_id(self, change: Change) -> str:
        """The record it belongs to: as agreed, else as the change itself says."""
        kind = RECORD_TYPES.get(change.type)
        if kind is None or not kind.parent:
            return ""
        before = self.agreed.get(change.record)
        return before.parent if before is not None else str(change.set.get(kind.parent) or "")

    def _after(self, change: Change, case: Situation, merged: Merged) -> Stand:
        fields = apply(case.agreed, merged.apply)
        if case.parent is not None:
            parent = case.parent
            return Stand(
                change.record, change.type, self._no, fields, parent.record, parent.root, parent.place
            )
        closer = closer_after(case.before, fields, change.by)
        place = str(fields.get(case.kind.place, ""))
        return Stand(change.record, change.type, self._no, fields, "", change.record, place, (), closer)

    def _decided(self, change: Change) -> dict[int, Change]:
        """The set-aside changes of this very record that the change decides about."""
        if not change.settles:
            return {}
        numbers = [no for no in change.settles[:50] if 0 < no < 1 << 62]
        query = select(JOURNAL.c.no, JOURNAL.c.body, JOURNAL.c.aside).where(
            JOURNAL.c.no.in_(numbers), JOURNAL.c.record == change.record
        )
        found = [(r.no, r.body, r.aside) for r in self.connection.execute(query)]
        found += [(r["no"], r["body"], r["aside"]) for r in self._journal if _is_one_of(r, change, numbers)]
        return {
            no: _only(msgspec.json.decode(body, type=Change), aside) for no, body, aside in found if aside
        }

    def _row(
        self,
        change: Change,
        origin: Origin,
        body: bytes,
        merged: Merged,
        after: Stand,
        decided: dict[int, Change],
    ) -> dict[str, Any]:
        kept = {n: v for n, v in change.set.items() if n not in merged.aside}
        return {
            "no": self._no, "writer": origin.writer, "n": origin.n, "change_id": change.id,
            "type": change.type, "record": change.record, "body": body.decode(),
            "aside": list(merged.aside),
            "merged": {n: after.fields.get(n) for n, v in kept.items() if after.fields.get(n) != v},
            "settled": sorted(decided), "author": change.by, "device": origin.device, "received": self.now_ms,
        }  # fmt: skip


def _is_one_of(row: dict[str, Any], change: Change, numbers: list[int]) -> bool:
    return row["no"] in numbers and row["record"] == change.record


def _only(change: Change, names: list[str]) -> Change:
    """The change reduced to the fields that were set aside."""
    return msgspec.structs.replace(change, set={name: change.set[name] for name in names})
