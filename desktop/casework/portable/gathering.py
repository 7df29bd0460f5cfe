"""Everything an export holds, record by record, as far as this person may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from desktop.casework import readings
from desktop.casework.desk import Desk
from desktop.casework.disputes.case import Case
from desktop.store import DisputeQuery
from sync.records import CHILDREN, RECORD_TYPES, Record, RecordType, Value

Progress: TypeAlias = Callable[[int, int], None]
Group: TypeAlias = list[tuple[RecordType, Record]]

ALL = tuple(RECORD_TYPES)
"""Every record type, in the order of dependence."""
EVERYTHING = DisputeQuery(tab="all", sort="found")
_PAGE = 200


class ExportCancelled(Exception):
    """The person asked to stop; no file was left behind."""


@dataclass(slots=True)
class Watch:
    """Whoever waits for an export: told how many steps of how many are done, asked whether to stop."""

    on_progress: Progress = lambda done, total: None
    cancelled: Callable[[], bool] = lambda: False
    total: int = 0
    done: int = 0

    def ask(self, _: int = 0) -> None:
        """Ask whether to stop, between two portions of a long work. Raises ExportCancelled."""
        if self.cancelled():
            raise ExportCancelled

    def step(self) -> None:
        """Tell and ask. Raises ExportCancelled."""
        self.ask()
        self.done += 1
        self.on_progress(self.done, max(self.total, self.done))


@dataclass(slots=True)
class Gathering:
    """The records of one export. kinds: the types wanted. query: which disputes, each with its family."""

    desk: Desk
    kinds: tuple[str, ...] = ALL
    query: DisputeQuery = EVERYTHING
    watch: Watch = field(default_factory=Watch)

    def __post_init__(self) -> None:
        self.query = replace(self.query, reader=self.desk.account.id, after="", limit=_PAGE)

    def wanted(self) -> list[RecordType]:
        """The types to be taken out, in the order of dependence."""
        return [kind for kind in RECORD_TYPES.values() if kind.name in self.kinds]

    def groups(self) -> Iterator[Group]:
        """Everything in handy portions, parents before children."""
        for kind in self.wanted():
            if not is_matter(kind):
                records = self.desk.store.records(kind.name)
                for start in range(0, len(records), _PAGE):
                    yield [(kind, record) for record in records[start : start + _PAGE]]
        for case in self.cases():
            family = {"dispute": [case.dispute], **case.children}
            yield [(kind, record) for kind in self.wanted() for record in family.get(kind.name, ())]

    def cases(self) -> Iterator[Case]:
        """Every dispute with all that belongs to it."""
        for ids in self._pages():
            disputes = {str(one["id"]): one for one in self.desk.store.records("dispute", {"id": ids})}
            families = {kind.name: self._children(kind, ids) for kind in CHILDREN["dispute"]}
            for id_ in ids:
                self.watch.step()
                if id_ in disputes:
                    yield Case(id_, disputes[id_], {kind: found.get(id_, []) for kind, found in families.items()})

    def of(self, kind: RecordType) -> Iterator[Record]:
        """The records of one type."""
        if not is_matter(kind):
            yield from self.desk.store.records(kind.name)
            return
        link = "id" if kind.name == "dispute" else kind.parent
        for ids in self._pages():
            for _ in ids:
                self.watch.step()
            yield from self.desk.store.records(kind.name, {link: ids})

    def expect(self, passes: int) -> None:
        """Say how often the disputes will be gone through, so that progress can be told."""
        self.watch.total = passes * self._count(self.query)

    def closed(self) -> int:
        """How many disputes are left out because they are closed to this person."""
        return self._count(replace(self.query, reader="")) - self._count(self.query)

    def note_reading(self) -> None:
        """Write down that this person took out sensitive fields (domain.md §6.6)."""
        for kind in self.wanted():
            if any(declared.privacy == "S" for declared in kind.fields):
                readings.note(self.desk, kind.name, "*", "*")

    def _count(self, query: DisputeQuery) -> int:
        return self.desk.store.counts(query)[query.tab]

    def _children(self, kind: RecordType, disputes: list[Value]) -> dict[Value, list[Record]]:
        """The children of one type by the dispute they belong to."""
        found: dict[Value, list[Record]] = {}
        for child in self.desk.store.records(kind.name, {kind.parent: disputes}):
            found.setdefault(child[kind.parent], []).append(child)
        return found

    def _pages(self) -> Iterator[list[Value]]:
        """Ids of the disputes, a page at a time."""
        query = self.query
        while True:
            page = self.desk.store.disputes(query)
            if page.rows:
                yield [row.id for row in page.rows]
            if not page.after:
                return
            query = replace(query, after=page.after)


def is_matter(kind: RecordType) -> bool:
    """Whether records of this type are disputes or belong to one."""
    return "dispute" in (kind.name, kind.parent_type)
