"""The local store as the rest of the desk sees it: a thin façade over small modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.store.edit import Changes, Edit
from desktop.store.folder import Folder
from desktop.store.keys import StoreKey
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
from desktop.store.summary import NO_SUMMARY, Summariser
from desktop.store.surroundings import Surroundings
from sync.client.replica import Replica
from sync.protocol.messages import Enrolled
from sync.records import Record, Value


class Store:
    """One open store. Its methods may be called from any thread; each commits before it returns.

    Every write may raise NoSpace, ReadOnly or Damaged; then nothing of it happened.
    """

    changed: list[Callable[[Changes], None]]
    """Called after every commit that changed records, by save and by the exchange alike, in the writing thread."""

    @classmethod
    def open(
        cls,
        folder: Folder,
        key: StoreKey,
        around: Surroundings,
        *,
        summariser: Summariser = NO_SUMMARY,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> Self:
        """Open (or make) the store of a folder, bring it to this version, hold it alone.

        progress is told how many records of how many were folded anew after an update.
        Raises InUse, NotAStore, Damaged, NewerVersion, NoSpace, ReadOnly.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Finish what is written and let go of the file."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- writing ------------------------------------------------------------------------------------------------

    def save(self, edits: Sequence[Edit], by: str, *, draft: str = "") -> Changes:
        """Write some edits of one person (account id) as one: all or nothing.

        Fields that already have the value are left out; an edit that changes nothing writes nothing. The draft
        these edits grew from is removed with them.
        """
        raise NotImplementedError

    def drop_refused(self, change: str) -> Changes:
        """不传了，留底: the record shows the agreed state again; the change stays readable in its history."""
        raise NotImplementedError

    def resend(self, record: str, by: str) -> Changes:
        """改了再传: all refused changes of a record become one fresh change that waits."""
        raise NotImplementedError

    def ask_district(self, change: str) -> None:
        """问区里: pass a refused change on to the district with the next exchange."""
        raise NotImplementedError

    def write_draft(self, key: str, body: Mapping[str, Any]) -> None:
        """Keep something half written; quick enough for every keystroke."""
        raise NotImplementedError

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        raise NotImplementedError

    def set_setting(self, name: str, value: Value) -> None:
        """Keep a setting of this PC; None forgets it."""
        raise NotImplementedError

    def next_serial(self, series: str) -> int:
        """The next number of a series on this PC, from 1; never given twice, gaps are possible."""
        raise NotImplementedError

    # -- reading ------------------------------------------------------------------------------------------------

    def record(self, type_name: str, record_id: str) -> Record | None:
        """A record as a person sees it: the agreed state plus what still waits; None when there is none.

        Unknown fields are there too. Its id is under "id".
        """
        raise NotImplementedError

    def children(self, type_name: str, dispute: str) -> list[Record]:
        """The records of that type which belong to a dispute, oldest first, each with its "id"."""
        raise NotImplementedError

    def records(self, type_name: str, where: Mapping[str, Value] | None = None) -> list[Record]:
        """All records of a type whose declared fields equal the given values, oldest first. For small types and
        for few: lists of disputes are paged by `disputes`."""
        raise NotImplementedError

    def history(self, records: Sequence[str]) -> list[HistoryLine]:
        """Every change of these records, newest first."""
        raise NotImplementedError

    def clashes(self, record: str = "", *, open_only: bool = True) -> list[Clash]:
        """Clashes of one record (and of its children, when it is a dispute), or of all."""
        raise NotImplementedError

    def may_read(self, dispute: str, account: str) -> bool:
        """Whether a closed dispute lets this account read it. True for all that are not closed."""
        raise NotImplementedError

    def disputes(self, query: DisputeQuery) -> DisputePage:
        """One page of a list of disputes."""
        raise NotImplementedError

    def counts(self, query: DisputeQuery) -> dict[Tab, int]:
        """How many each tab holds under the query's other conditions. For the background: it reads all of them."""
        raise NotImplementedError

    def due_between(self, first: str, last: str, *, reader: str = "", limit: int = 500) -> list[DisputeRow]:
        """Disputes with something due on these days (inclusive), the nearest first, from every tab but void."""
        raise NotImplementedError

    def search(self, words: str, *, reader: str = "", limit: int = 20) -> Found:
        """People and disputes by any part of a name, pinyin initials, phone digits, number or text."""
        raise NotImplementedError

    def waiting_list(self, limit: int = 500) -> list[WaitingRecord]:
        """Records with changes the district has not answered, the oldest first."""
        raise NotImplementedError

    def refused_list(self) -> list[RefusedChange]:
        """Changes the district refused and nobody has dealt with, newest first."""
        raise NotImplementedError

    def sealed_list(self) -> list[SealedRecord]:
        """Records that left this desk, newest first."""
        raise NotImplementedError

    def waiting(self) -> int:
        """How many changes have no answer yet."""
        raise NotImplementedError

    def unsent(self) -> int:
        """How many own changes the district does not have: waiting and refused. Guards every destructive path."""
        raise NotImplementedError

    def draft(self, key: str) -> Draft | None:
        """One draft, if there is one."""
        raise NotImplementedError

    def drafts(self, prefix: str = "") -> list[Draft]:
        """All drafts whose key begins so, newest first."""
        raise NotImplementedError

    def setting(self, name: str) -> Value:
        """A setting of this PC, None when it was never set."""
        raise NotImplementedError

    def check_clock(self) -> None:
        """Raises ClockDoubt when the wall clock lies well before what was already written here."""
        raise NotImplementedError

    # -- the exchange -------------------------------------------------------------------------------------------

    def enrol(self, enrolled: Enrolled, key: Ed25519PrivateKey, hub_url: str) -> None:
        """Keep who this desk is to its hub, and take a fresh writer id."""
        raise NotImplementedError

    def desk(self) -> Desk:
        """Who this desk is. Raises NotEnrolled."""
        raise NotImplementedError

    @property
    def replica(self) -> Replica:
        """This store as the exchange sees it."""
        raise NotImplementedError

    def allow_large_pull(self) -> None:
        """A person has agreed: the next answer may take away more than the set share of the records."""
        raise NotImplementedError

    def log_round(self, outcome: str, figures: Mapping[str, Any]) -> None:
        """Keep one line about an exchange that was tried."""
        raise NotImplementedError

    def rounds(self, limit: int = 50) -> list[RoundLine]:
        """The last exchanges, newest first."""
        raise NotImplementedError

    # -- care ---------------------------------------------------------------------------------------------------

    def back_up(self) -> Path:
        """Make a backup, read it back and check it, thin out old ones. Raises NoSpace, Damaged."""
        raise NotImplementedError

    def verify(self) -> list[str]:
        """Check the whole store; what is wrong with it, for support. Takes minutes; may run beside work."""
        raise NotImplementedError
