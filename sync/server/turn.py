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
from sync.records import RECORD_TYPES, places
from sync.records.codec import apply, canonical
from sync.records.field import Record
from sync.records.record_type import RecordType
from sync.server.agreed import Agreed, Stand
from sync.server.decisions import as_seen, decided
from sync.server.drawn import Drawn
from sync.server.feed import Feed
from sync.server.judge import Author, Refused, Situation, judge
from sync.server.tables import JOURNAL, REFUSAL
from sync.server.whereabouts import SHELVED, closer_after

HUB = "hub"
"""The writer and author of the hub's own records."""
_MERGERS = 5
"""How many mergers one after the other are followed."""
_LOOKED_BACK = 1000
"""How many changes of a dispute are looked through for where it was."""
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
        self.drawn = Drawn(connection, district)
        self._feed = Feed(connection, district, self.agreed)
        self._no: int = connection.execute(_LAST).scalar_one()
        self._journal: list[dict[str, Any]] = []

    def fetch(self, changes: Sequence[Change]) -> None:
        """Read what these changes are about, all at once."""
        places = {str(p) for c in changes if (k := RECORD_TYPES.get(c.type)) and k.place and (p := c.set.get(k.place))}
        self.agreed.fetch(places | {name for change in changes for name in (change.record, change.by)})
        self.agreed.fetch({p for c in changes if (p := self._parent_id(c))})

    def accept(self, change: Change, origin: Origin) -> Verdict:
        """Judge, number, merge and send out one change. Raises Refused."""
        kind = RECORD_TYPES.get(change.type)
        if kind is None:
            raise Refused("unknown_type")
        body = canonical(msgspec.to_builtins(change))
        known = decided(self.connection, self._journal, change)
        meant = change if origin.author.is_hub else self._redirected(kind, change)
        case = self._case(kind, meant, origin, list(known.aside.values()))
        meant = as_seen(meant, case.agreed, known.seen)
        merged = judge(meant, len(body), case)
        if merged.aside and self._is_out_of_turn(change, origin):
            raise Refused("no_record")
        self._no += 1
        verdict = Verdict(change.id, self._no, list(merged.aside))
        after = self._after(change, case, merged)
        self._feed.deliver(self._no, case.before, after)
        self._journal.append(self._row(change, origin, body, merged, after, known.aside))
        self.drawn.note(change, after.fields)
        if not origin.author.is_hub:
            self._take_off_shelf(after.root)
        return verdict

    def successor(self, place: str) -> str:
        """The place that has taken this one in by today; itself while it stands."""
        for _ in range(_MERGERS):
            stand = self.agreed.of_type(place, "place")
            heirs: Any = stand.fields.get("replaced_by") if stand else None
            if not heirs or not "" < str(stand.fields.get("valid_to") or "") < day_of(self.now_ms):  # type: ignore[union-attr]
                return place
            place = str(heirs[0])
        return place

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
        self.drawn.flush()

    def _is_out_of_turn(self, change: Change, origin: Origin) -> bool:
        """Whether the desk's earlier words on this record still have to come again (a restored hub lost the record).

        Without them its later ones would look as if somebody else had written in between.
        """
        refused = select(REFUSAL.c.body).where(REFUSAL.c.device == origin.device, REFUSAL.c.code == "no_record")
        changes = [msgspec.json.decode(body, type=Change) for body in self.connection.execute(refused).scalars()]
        earlier = {c.id for c in changes if c.record == change.record and c.at < change.at}
        earlier -= {row["change_id"] for row in self._journal}
        return bool(earlier - self.journaled(earlier).keys()) if earlier else False

    def _redirected(self, kind: RecordType, change: Change) -> Change:
        """The change with a place that has been merged replaced by its successor: late work still arrives."""
        if not kind.place or kind.keyed_by or kind.place not in change.set:
            return change
        new, old = (self._heir(fields, kind.place) for fields in (change.set, change.was))
        return msgspec.structs.replace(change, set=new, was=old)

    def _heir(self, fields: Record, name: str) -> Record:
        place = fields.get(name)
        return {**fields, name: self.successor(place)} if isinstance(place, str) and place else fields

    def _take_off_shelf(self, root: str) -> None:
        """A shelved matter that somebody works on belongs on the desks again."""
        stand = self.agreed.get(root)
        if stand is not None and stand.fields.get(SHELVED):
            self.write_own(stand.type, root, {SHELVED: None})

    def _once_held(self, kind: RecordType, parent: Stand | None, origin: Origin) -> bool:
        """Whether what is handed over comes from a place where the parent was before, or from who worked on it."""
        if not kind.from_former_holders or parent is None:
            return False
        of_root = select(JOURNAL.c.body, JOURNAL.c.device).where(JOURNAL.c.record == parent.root)
        rows = self.connection.execute(of_root.order_by(JOURNAL.c.no).limit(_LOOKED_BACK)).all()
        name = RECORD_TYPES[parent.type].place
        held_at = [msgspec.json.decode(row.body, type=Change).set.get(name) for row in rows]
        is_hand = any(row.device == origin.device for row in rows)
        return is_hand or any(places.contains(origin.author.place, str(p)) for p in held_at if p)

    def _case(self, kind: RecordType, change: Change, origin: Origin, settled: list[Change]) -> Situation:
        parent_id = self._parent_id(change)
        parent = self.agreed.get(parent_id) if parent_id else None
        today = day_of(self.now_ms)
        return Situation(
            kind=kind,
            author=origin.author,
            before=self.agreed.get(change.record),
            parent=parent,
            once_held=self._once_held(kind, parent, origin),
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

    def _row(
        self,
        change: Change,
        origin: Origin,
        body: bytes,
        merged: Merged,
        after: Stand,
        settled: Iterable[int],
    ) -> dict[str, Any]:
        kept = {n: v for n, v in change.set.items() if n not in merged.aside}
        return {
            "no": self._no, "writer": origin.writer, "n": origin.n, "change_id": change.id,
            "type": change.type, "record": change.record, "body": body.decode(),
            "aside": list(merged.aside),
            "merged": {n: after.fields.get(n) for n, v in kept.items() if after.fields.get(n) != v},
            "settled": sorted(settled), "author": change.by, "device": origin.device, "received": self.now_ms,
        }  # fmt: skip
