"""The agreed state of the records touched in one transaction, with the tallies that follow from it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, Connection, Row, Table, bindparam, delete, insert, select

from sync.protocol import proof
from sync.protocol.messages import Proof
from sync.records.field import Record
from sync.server.tables import NAMED, STANDING, TALLY

_SEVERAL: BindParameter[str] = bindparam("several", expanding=True)
_OF = select(STANDING).where(STANDING.c.record.in_(_SEVERAL))
_IN_TREE = select(STANDING.c.record).where(STANDING.c.root == bindparam("root"))
_NAMING = select(NAMED.c.record).where(NAMED.c.person == bindparam("person"))
_TALLIES = select(TALLY).where(TALLY.c.address.in_(_SEVERAL))
_FORGET = {
    STANDING: delete(STANDING).where(STANDING.c.record.in_(_SEVERAL)),
    NAMED: delete(NAMED).where(NAMED.c.record.in_(_SEVERAL)),
    TALLY: delete(TALLY).where(TALLY.c.address.in_(_SEVERAL)),
}
_ADD = {table: insert(table) for table in _FORGET}
_NAME = re.compile(r"[0-9A-Za-z._-]{1,64}")


def is_name(text: str) -> bool:
    """Whether a stranger's text may be looked up as an id."""
    return _NAME.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Stand:
    """One record as agreed: its fields, its last journal number, its place and who holds it.

    root: the record whose place it shares, itself when it has no parent. closer: the account that
    closed its sessions, "" when they are open.
    """

    record: str
    type: str
    no: int
    fields: Record
    parent: str
    root: str
    place: str
    addresses: tuple[str, ...] = ()
    closer: str = ""

    @property
    def mark(self) -> str:
        """Its share of the proof."""
        return proof.mark(self.type, self.record, self.no, self.fields)


def stand_of(row: Row[tuple[object, ...]]) -> Stand:
    """A row of `standing`."""
    return Stand(
        row.record,
        row.type,
        row.no,
        row.fields,
        row.parent,
        row.root,
        row.place,
        tuple(row.addresses),
        row.closer,
    )


def _row_of(stand: Stand) -> dict[str, object]:
    return {name: getattr(stand, name) for name in (*Stand.__slots__, "mark")}


class Agreed:
    """Reads each record once, keeps what changes, and writes it all with `flush`."""

    def __init__(self, connection: Connection, district: str) -> None:
        self._connection = connection
        self._district = district
        self._known: dict[str, Stand | None] = {}
        self._touched: set[str] = set()
        self._named: dict[str, frozenset[str]] = {}
        self._shift: dict[str, Proof] = defaultdict(lambda: proof.NOTHING)

    def fetch(self, records: Iterable[str]) -> None:
        """Read several records with one query."""
        wanted = {r for r in records if r not in self._known}
        self._known.update(dict.fromkeys(wanted))
        names = [r for r in wanted if is_name(r)]
        for row in self._connection.execute(_OF, {"several": names}) if names else ():
            self._known[row.record] = stand_of(row)

    def get(self, record: str) -> Stand | None:
        """A record as it stands now, within this transaction."""
        if record not in self._known:
            self.fetch([record])
        return self._known[record]

    def of_type(self, record: str, kind: str) -> Stand | None:
        """The record, when it is of that type."""
        found = self.get(record)
        return found if found is not None and found.type == kind else None

    def tree(self, root: str) -> list[Stand]:
        """A record and its children."""
        rows = self._connection.execute(_IN_TREE, {"root": root})
        ids = {row.record for row in rows} | {s.record for s in self._known.values() if s and s.root == root}
        self.fetch(ids)
        return [stand for i in sorted(ids) if (stand := self.get(i)) is not None]

    def put(self, stand: Stand) -> None:
        """Set a record anew."""
        before = self.get(stand.record)
        for address in before.addresses if before else ():
            self._shift[address] = proof.remove(self._shift[address], before.mark)  # type: ignore[union-attr]
        for address in stand.addresses:
            self._shift[address] = proof.add(self._shift[address], stand.mark)
        self._known[stand.record] = stand
        self._touched.add(stand.record)

    def name(self, record: str, people: Collection[str]) -> None:
        """Say whose accounts and mediator records decide where a record is read."""
        self._named[record] = frozenset(people)

    def naming(self, person: str) -> list[str]:
        """The records that name this person."""
        rows = self._connection.execute(_NAMING, {"person": person})
        kept = {row.record for row in rows if row.record not in self._named}
        return sorted(kept | {record for record, people in self._named.items() if person in people})

    def flush(self) -> None:
        """Write what changed."""
        self._flush_standing()
        self._flush_named()
        self._flush_tallies()

    def _flush_standing(self) -> None:
        stands = [stand for record in sorted(self._touched) if (stand := self._known[record]) is not None]
        if stands:
            rows = [{**_row_of(s), "district": self._district} for s in stands]
            self._replace(STANDING, self._touched, rows)

    def _flush_named(self) -> None:
        rows = [
            {"person": person, "record": record, "district": self._district}
            for record, people in self._named.items()
            for person in sorted(people)
        ]
        self._replace(NAMED, self._named, rows)

    def _flush_tallies(self) -> None:
        if not self._shift:
            return
        found = self._connection.execute(_TALLIES, {"several": list(self._shift)})
        old = {row.address: Proof(row.records, row.digest) for row in found}
        totals = {a: proof.total([old.get(a, proof.NOTHING), shift]) for a, shift in self._shift.items()}
        rows = [
            {"address": a, "records": t.count, "digest": t.digest, "district": self._district}
            for a, t in totals.items()
        ]
        self._replace(TALLY, totals, rows)

    def _replace(self, table: Table, keys: Collection[str], rows: Sequence[Mapping[str, object]]) -> None:
        if keys:
            self._connection.execute(_FORGET[table], {"several": list(keys)})
        if rows:
            self._connection.execute(_ADD[table], rows)
