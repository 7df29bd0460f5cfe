"""Everything an export holds, record by record, as far as this person may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from desktop.casework import readings
from desktop.casework.desk import Desk
from desktop.store import DisputeQuery
from sync.records import CHILDREN, RECORD_TYPES, Record, RecordType

Progress: TypeAlias = Callable[[int, int], None]

ALL = tuple(RECORD_TYPES)
"""Every record type, in the order of dependence."""
EVERYTHING = DisputeQuery(tab="all", sort="found")
_PAGE = 200


class ExportCancelled(Exception):
    """The person asked to stop; no file was left behind."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Whoever waits for an export: told how many disputes of how many are done, asked whether to stop."""

    on_progress: Progress = lambda done, total: None
    cancelled: Callable[[], bool] = lambda: False

    def step(self, done: int, total: int) -> None:
        """Tell and ask. Raises ExportCancelled."""
        if self.cancelled():
            raise ExportCancelled
        self.on_progress(done, total)


@dataclass(slots=True)
class Gathering:
    """The records of one export. kinds: the types wanted. query: which disputes, with all that belongs to them."""

    desk: Desk
    kinds: tuple[str, ...] = ALL
    query: DisputeQuery = EVERYTHING
    watch: Watch = field(default_factory=Watch)

    def __post_init__(self) -> None:
        self.query = replace(self.query, reader=self.desk.account.id, after="", limit=_PAGE)

    def offices(self) -> Iterator[tuple[RecordType, Record]]:
        """Places, people, PCs, committees: what belongs to no dispute."""
        for kind in self._wanted(RECORD_TYPES.values()):
            if kind.name != "dispute" and kind.parent_type != "dispute":
                yield from ((kind, record) for record in self.desk.store.records(kind.name))

    def families(self) -> Iterator[tuple[Record, dict[str, list[Record]]]]:
        """Every dispute with its children by type, whatever kinds are wanted."""
        total, done = self.total(), 0
        for record in self._disputes():
            self.watch.step(done, max(total, done))
            id_ = str(record["id"])
            yield record, {kind.name: self.desk.store.children(kind.name, id_) for kind in CHILDREN["dispute"]}
            done += 1
        self.watch.step(done, done)

    def matters(self) -> Iterator[tuple[RecordType, Record]]:
        """Disputes and what belongs to them, each dispute before its children."""
        dispute, children = RECORD_TYPES["dispute"], self._wanted(CHILDREN["dispute"])
        for record, family in self.families():
            if dispute.name in self.kinds:
                yield dispute, record
            for kind in children:
                yield from ((kind, child) for child in family[kind.name])

    def of(self, kind: RecordType) -> Iterator[Record]:
        """The records of one type."""
        if kind.name == "dispute":
            yield from (dispute for dispute, _ in self.families())
        elif kind.parent_type == "dispute":
            for _, family in self.families():
                yield from family[kind.name]
        else:
            yield from self.desk.store.records(kind.name)

    def total(self) -> int:
        """How many disputes there are to be gathered."""
        return self.desk.store.counts(self.query)[self.query.tab]

    def closed(self) -> int:
        """How many disputes are left out because they are closed to this person."""
        return self.desk.store.counts(replace(self.query, reader=""))[self.query.tab] - self.total()

    def note_reading(self) -> None:
        """Write down that this person took out sensitive fields (domain.md §6.6)."""
        for kind in self._wanted(RECORD_TYPES.values()):
            if any(field.privacy == "S" for field in kind.fields):
                readings.note(self.desk, kind.name, "*", "*")

    def _wanted(self, kinds: Iterable[RecordType]) -> list[RecordType]:
        return [kind for kind in kinds if kind.name in self.kinds]

    def _disputes(self) -> Iterator[Record]:
        query = self.query
        while True:
            page = self.desk.store.disputes(query)
            for row in page.rows:
                record = self.desk.store.record("dispute", row.id)
                if record is not None:
                    yield record
            if not page.after:
                return
            query = replace(query, after=page.after)
