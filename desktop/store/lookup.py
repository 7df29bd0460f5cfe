"""What can be looked up in an open store. Each call sees one moment, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.store import dispute_list, history, identity, kept, outbox, pending_lists, reading, search, shelf
from desktop.store.database import Database
from desktop.store.rows import (
    Clash,
    Desk,
    DisputePage,
    DisputeQuery,
    DisputeRow,
    Draft,
    Found,
    HistoryLine,
    RefusedChange,
    RoundLine,
    SealedRecord,
    Tab,
    WaitingRecord,
)
from sync.records import Record, Value


class Lookup:
    """The reading half of a store; its methods may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, type_name: str, record_id: str) -> Record | None:
        """A record as a person sees it: the agreed state plus what still waits; None when there is none.

        Unknown fields are there too. Its id is under "id".
        """
        with self._database.reading() as connection:
            return reading.record(connection, type_name, record_id)

    def children(self, type_name: str, dispute: str) -> list[Record]:
        """The records of that type which belong to a dispute, oldest first, each with its "id"."""
        with self._database.reading() as connection:
            return reading.children(connection, type_name, dispute)

    def records(self, type_name: str, where: Mapping[str, Value] | None = None) -> list[Record]:
        """All records of a type whose id or declared fields equal the given values, or one of a list; oldest first.
        For small types and for few: lists of disputes are paged by `disputes`."""
        with self._database.reading() as connection:
            return reading.records(connection, type_name, where or {})

    def history(self, records: Sequence[str]) -> list[HistoryLine]:
        """Every change of these records, newest first."""
        with self._database.reading() as connection:
            return history.history(connection, records)

    def clashes(self, record: str = "", *, open_only: bool = True) -> list[Clash]:
        """Clashes of one record (and of its children, when it is a dispute), or of all."""
        with self._database.reading() as connection:
            return history.clashes(connection, record, open_only)

    def may_read(self, dispute: str, account: str) -> bool:
        """Whether a closed dispute lets this account read it. True for all that are not closed."""
        with self._database.reading() as connection:
            return reading.may_read(connection, dispute, account)

    def disputes(self, query: DisputeQuery) -> DisputePage:
        """One page of a list of disputes."""
        with self._database.reading() as connection:
            return dispute_list.page(connection, query)

    def counts(self, query: DisputeQuery) -> dict[Tab, int]:
        """How many each tab holds under the query's other conditions. For the background: it reads all of them."""
        with self._database.reading() as connection:
            return dispute_list.counts(connection, query)

    def due_between(self, first: str, last: str, *, reader: str = "", limit: int = 500) -> list[DisputeRow]:
        """Disputes with something due on these days (inclusive), the nearest first, from every tab but void."""
        query = DisputeQuery(due_from=first, due_to=last, reader=reader, limit=limit)
        with self._database.reading() as connection:
            return dispute_list.due_between(connection, query)

    def search(self, words: str, *, reader: str = "", limit: int = 20) -> Found:
        """People and disputes by any part of a name, pinyin initials, phone digits, number or text."""
        with self._database.reading() as connection:
            return search.search(connection, words, reader, limit)

    def waiting_list(self, limit: int = 500) -> list[WaitingRecord]:
        """Records with changes the district has not answered, the oldest first."""
        with self._database.reading() as connection:
            return pending_lists.waiting_list(connection, limit)

    def refused_list(self) -> list[RefusedChange]:
        """Changes the district refused and nobody has dealt with, newest first."""
        with self._database.reading() as connection:
            return pending_lists.refused_list(connection)

    def sealed_list(self) -> list[SealedRecord]:
        """Records that left this desk, newest first."""
        with self._database.reading() as connection:
            return pending_lists.sealed_list(connection)

    def shelved(self, words: str = "", limit: int = 50) -> list[SealedRecord]:
        """Old disputes the district keeps, whose title, code or place hold these words."""
        with self._database.reading() as connection:
            return shelf.listed(connection, words, limit)

    def waiting(self) -> int:
        """How many changes have no answer yet."""
        with self._database.reading() as connection:
            return outbox.waiting(connection)

    def unsent(self) -> int:
        """How many own changes the district does not have: waiting and refused. Guards every destructive path."""
        with self._database.reading() as connection:
            return pending_lists.unsent(connection)

    def draft(self, key: str) -> Draft | None:
        """One draft, if there is one."""
        with self._database.reading() as connection:
            return kept.draft(connection, key)

    def drafts(self, prefix: str = "") -> list[Draft]:
        """All drafts whose key begins so, newest first."""
        with self._database.reading() as connection:
            return kept.drafts(connection, prefix)

    def setting(self, name: str) -> Value:
        """A setting of this PC, None when it was never set."""
        with self._database.reading() as connection:
            return kept.setting(connection, name)

    def desk(self) -> Desk:
        """Who this desk is. Raises NotEnrolled."""
        with self._database.reading() as connection:
            return identity.desk(connection)

    def rounds(self, limit: int = 50) -> list[RoundLine]:
        """The last exchanges, newest first."""
        with self._database.reading() as connection:
            return kept.rounds(connection, limit)
