"""The agreed state as the hub numbers it, with the tally of each address kept in step."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, text

from desktop.store.views import json_list, read_json, write_json
from sync.protocol.messages import Change, Entry, Proof
from sync.protocol.proof import NOTHING, add, mark, remove, total
from sync.records import Record
from sync.records.codec import apply

_READ = text("""
    SELECT record, type, no, body, address, mark, created_at, updated_at FROM agreed
    WHERE record IN (SELECT value FROM json_each(:ids))
""")
_WRITE = text("""
    INSERT INTO agreed (record, type, no, body, address, mark, created_at, updated_at)
    VALUES (:record, :type, :no, :body, :address, :mark, :created_at, :updated_at)
    ON CONFLICT (record) DO UPDATE SET no = excluded.no, body = excluded.body, address = excluded.address,
        mark = excluded.mark, created_at = excluded.created_at, updated_at = excluded.updated_at
""")
_DELETE = text("DELETE FROM agreed WHERE record = :record")
_TALLIES = text("SELECT address, count AS n, digest FROM tally")
_WRITE_TALLY = text("""
    INSERT INTO tally (address, count, digest) VALUES (:address, :count, :digest)
    ON CONFLICT DO UPDATE SET count = excluded.count, digest = excluded.digest
""")
_CENSUS = text("SELECT record, mark FROM agreed WHERE mark <> '' AND address LIKE :inside")


@dataclass(slots=True)
class Agreed:
    """One record's agreed state. no 0: told by a former epoch of the hub, not yet by this one; in no tally."""

    type: str
    no: int = 0
    fields: Record = field(default_factory=dict)
    address: list[str] = field(default_factory=list)
    mark: str = ""
    created_ms: int = 0
    updated_ms: int = 0

    def after(self, record: str, entry: Entry, change: Change) -> Agreed:
        """The state after one more entry of the journal."""
        values = {name: value for name, value in change.set.items() if name not in entry.aside}
        fields = apply(self.fields if self.no else {}, {**values, **entry.merged})
        marks = mark(self.type, record, entry.no, fields)
        created = self.created_ms if self.no else change.at
        return Agreed(self.type, entry.no, fields, list(entry.address), marks, created, change.at)

    def at(self, address: list[str]) -> Agreed:
        """The same state, held by others."""
        return replace(self, address=list(address))


class AgreedRecords:
    """The agreed states one transaction works on: read together, written together, tallies with them."""

    def __init__(self, connection: Connection, records: Iterable[str]) -> None:
        self._connection = connection
        self._before = _read(connection, records)
        self._now: dict[str, Agreed | None] = dict(self._before)

    def get(self, record: str) -> Agreed | None:
        """The state as it stands in this transaction."""
        return self._now.get(record)

    def put(self, record: str, state: Agreed | None) -> None:
        """Set the state; None takes the record away."""
        self._now[record] = state

    def read_again(self, records: Collection[str]) -> None:
        """Forget what is known of some records: something else has written them."""
        fresh = _read(self._connection, records)
        for record in records:
            self._before[record] = self._now[record] = fresh.get(record)

    def write(self) -> None:
        """Bring file and tallies up to what was put."""
        changed = {r: s for r, s in self._now.items() if s is not self._before.get(r)}
        if not changed:
            return
        rows = [_row(record, state) for record, state in changed.items() if state is not None]
        gone = [{"record": record} for record, state in changed.items() if state is None]
        if rows:
            self._connection.execute(_WRITE, rows)
        if gone:
            self._connection.execute(_DELETE, gone)
        _count(self._connection, [(self._before.get(record), state) for record, state in changed.items()])
        self._before = dict(self._now)


def tallies(connection: Connection) -> dict[str, Proof]:
    """The proof of each address that holds anything."""
    return {row.address: Proof(row.n, row.digest) for row in connection.execute(_TALLIES) if row.n}


def proof(connection: Connection) -> Proof:
    """The proof of everything held here; what a former place of this desk has left behind shows up in it."""
    return total([*tallies(connection).values()])


def census(connection: Connection, address: str) -> dict[str, str]:
    """Record id -> mark at one address."""
    return {row.record: row.mark for row in connection.execute(_CENSUS, {"inside": f'%"{address}"%'})}


def count_in(connection: Connection, marks: Iterable[tuple[str, str]]) -> None:
    """Add the marks of records that were held nowhere before, each at its one address."""
    standing, touched = tallies(connection), set()
    for address, marked in marks:
        standing[address] = add(standing.get(address, NOTHING), marked)
        touched.add(address)
    _write_tallies(connection, standing, touched)


def held(connection: Connection) -> int:
    """How many records are held."""
    return int(connection.execute(text("SELECT count(*) FROM agreed")).scalar_one())


def _read(connection: Connection, records: Iterable[str]) -> dict[str, Agreed | None]:
    wanted = list(records)
    if not wanted:
        return {}
    return {
        row.record: Agreed(
            row.type,
            row.no,
            read_json(row.body),
            read_json(row.address),
            row.mark,
            row.created_at,
            row.updated_at,
        )
        for row in connection.execute(_READ, {"ids": json_list(wanted)})
    }


def _row(record: str, state: Agreed) -> dict[str, object]:
    return {
        "record": record, "type": state.type, "no": state.no, "body": write_json(state.fields).decode(),
        "address": write_json(state.address).decode(), "mark": state.mark, "created_at": state.created_ms,
        "updated_at": state.updated_ms,
    }  # fmt: skip


def _count(connection: Connection, moves: list[tuple[Agreed | None, Agreed | None]]) -> None:
    """Move marks between tallies: out of where each record was, into where it is."""
    standing, touched = tallies(connection), set()
    for before, now in moves:
        for state, step in ((before, remove), (now, add)):
            if state is None or not state.mark:
                continue
            for address in state.address:
                standing[address] = step(standing.get(address, NOTHING), state.mark)
                touched.add(address)
    _write_tallies(connection, standing, touched)


def _write_tallies(connection: Connection, standing: dict[str, Proof], touched: Collection[str]) -> None:
    if touched:
        rows = [{"address": a, "count": standing[a].count, "digest": standing[a].digest} for a in sorted(touched)]
        connection.execute(_WRITE_TALLY, rows)
