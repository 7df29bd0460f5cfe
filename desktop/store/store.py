"""The local store as the rest of the desk sees it: a thin façade over small modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from desktop.store import (
    backup,
    clock,
    epoch,
    identity,
    kept,
    marks,
    numbers,
    outbox,
    own_chain,
    quarantine,
    shelf,
    stocking,
    verification,
    writing,
)
from desktop.store.database import Database
from desktop.store.edit import Changes, Edit
from desktop.store.files import Files
from desktop.store.fold import fold
from desktop.store.folder import Folder
from desktop.store.keys import StoreKey
from desktop.store.lock import FolderLock
from desktop.store.lookup import Lookup
from desktop.store.opening import Opening, open_database
from desktop.store.refold import resummarise
from desktop.store.replica import StoreReplica
from desktop.store.sticks import Sticks
from desktop.store.summary import NO_SUMMARY, Summariser
from desktop.store.writing import Touched
from sync.protocol.messages import Change, Enrolled
from sync.records import Record, Value


class Store(Lookup):
    """One open store. Its methods may be called from any thread; each commits before it returns.

    Every write may raise NoSpace, ReadOnly or Damaged; then nothing of it happened.
    """

    changed: list[Callable[[Changes], None]]
    """Called after every commit that changed records, by save and by the exchange alike, in the writing thread."""
    files: Files
    """Photos, scans and recordings: the vault, and their lane."""
    replica: StoreReplica
    """This store as the exchange sees it."""
    sticks: Sticks
    """The road without a line: sticks written here, parcels carried for others."""

    def __init__(self, lock: FolderLock, database: Database, folder: Folder, summariser: Summariser) -> None:
        super().__init__(database)
        self._lock = lock
        self._folder = folder
        self._key = database.key
        self._around = folder.around
        self._summariser, self._summarise = summariser, summariser.summarise
        self.changed = []
        self.files = Files(database, folder, self._tell)
        self.replica = StoreReplica(database, folder.around, summariser.summarise, self._tell, self.files.recognise)
        self.sticks = Sticks(database, folder.around, self.replica)

    @classmethod
    def open(
        cls,
        folder: Folder,
        key: StoreKey,
        *,
        summariser: Summariser = NO_SUMMARY,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> Self:
        """Open (or make) the store of a folder, bring it to this version, hold it alone.

        progress is told how many records of how many were folded anew after an update.
        Raises InUse, NotAStore, Damaged, NewerVersion, NoSpace, ReadOnly.
        """
        lock = folder.lock()
        try:
            database = open_database(folder, key, Opening(summariser, progress, lock.was_cut))
            return cls(lock, database, folder, summariser)
        except BaseException:
            lock.release(clean=not lock.was_cut)
            raise

    def close(self) -> None:
        """Finish what is written and let go of the file."""
        self._database.close()
        self._lock.release()

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

        def write(connection: Connection) -> Touched:
            if draft:
                kept.drop_draft(connection, draft)
            return writing.save(connection, edits, by, self._around)

        return self._written(write)

    def draw_number(self, dispute: str, series: tuple[str, int], write: Callable[[int], str], by: str) -> str:
        """The dossier number a dispute bears, or one drawn for it now from this desk's blocks; "" when there is none.

        series: committee and year. write: how a number is written.
        """
        drawn = ""

        def give(connection: Connection) -> Touched:
            nonlocal drawn
            drawn, touched = numbers.draw(connection, dispute, series, write, by, self._around)
            return touched

        self._written(give)
        return drawn

    def drop_refused(self, change: str) -> Changes:
        """不传了，留底: the record shows the agreed state again; the change stays readable in its history."""
        return self._written(lambda connection: quarantine.drop(connection, change))

    def resend(self, record: str, by: str) -> Changes:
        """改了再传: all refused changes of a record become one fresh change that waits."""
        return self._written(lambda connection: quarantine.resend(connection, record, by, self._around))

    def hand_over(self, change: str, fields: Record, *, record: str, by: str) -> Changes:
        """交给现在管的单位: what was refused because its matter moved goes there as a supplement of these fields."""
        given = Change("supplement", record, dict(fields), by, 0)
        return self._written(lambda connection: quarantine.hand_over(connection, change, given, self._around))

    def fetch_back(self, record: str, by: str) -> bool:
        """调回来: ask for a dispute that was shelved at the district; False when it is none. It comes by exchange."""
        with self._database.writing() as connection:
            return shelf.fetch_back(connection, record, by, self._around)

    def ask_district(self, change: str) -> None:
        """问区里: pass a refused change on to the district with the next exchange."""
        with self._database.writing() as connection:
            quarantine.ask(connection, change)

    def write_draft(self, key: str, body: Mapping[str, Any]) -> None:
        """Keep something half written; quick enough for every keystroke."""
        with self._database.writing() as connection:
            kept.write_draft(connection, key, body, self._around.clock_ms())

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        with self._database.writing() as connection:
            kept.drop_draft(connection, key)

    def set_setting(self, name: str, value: Value) -> None:
        """Keep a setting of this PC; None forgets it."""
        with self._database.writing() as connection:
            kept.set_setting(connection, name, value)

    def resummarise(self) -> Changes:
        """Summarise every dispute anew when a setting the summary goes by was changed; long on a large store."""
        changes = resummarise(self._database, self._summariser)
        if changes:
            self._tell(changes)
        return changes

    def next_serial(self, series: str) -> int:
        """The next number of a series on this PC, from 1; never given twice, gaps are possible."""
        with self._database.writing() as connection:
            return kept.next_serial(connection, series)

    def check_clock(self) -> None:
        """Raises ClockDoubt when the wall clock lies well before what was already written here."""
        with self._database.reading() as connection:
            clock.check(connection, self._around.clock_ms())

    # -- the exchange -------------------------------------------------------------------------------------------

    def enrol(self, enrolled: Enrolled, key: Ed25519PrivateKey, hub_url: str) -> None:
        """Keep who this desk is to its hub, and take a fresh writer id.

        A desk that joins again, because a restored hub has forgotten it, offers all its own changes again.
        """

        def write(connection: Connection) -> Touched:
            former = marks.get(connection, marks.EPOCH)
            identity.keep(connection, enrolled, key, hub_url)
            if former and former != enrolled.epoch:
                return epoch.begin(connection, enrolled.epoch, self._around.random_bytes)
            own_chain.begin_writer(connection, self._around.random_bytes)
            return {}

        self._written(write)

    def ask_history(self, records: Sequence[str]) -> bool:
        """Whether the former changes of some of these records are not here; then the next round brings them."""
        with self._database.writing() as connection:
            return stocking.ask(connection, records)

    def allow_large_pull(self) -> None:
        """A person has agreed: the next answer may take away more than the set share of the records."""
        with self._database.writing() as connection:
            marks.put(connection, large_pull_allowed=1)

    def check_struck(self) -> None:
        """Raises ManyStruck when much of what is here waits to be struck out and nobody has agreed to it."""
        with self._database.reading() as connection:
            outbox.check_struck(connection)

    def allow_struck(self) -> None:
        """A person has agreed: what is struck out now may go."""
        with self._database.writing() as connection:
            outbox.allow_struck(connection)

    def log_round(self, outcome: str, figures: Mapping[str, Any]) -> None:
        """Keep one line about an exchange that was tried."""
        with self._database.writing() as connection:
            kept.log_round(connection, outcome, figures, self._around.clock_ms())

    # -- care ---------------------------------------------------------------------------------------------------

    def back_up(self) -> Path:
        """Make a backup, unsent files beside it, read it back and check it, thin out old ones.

        Raises NoSpace, Damaged.
        """
        made = backup.back_up(self._folder, self._key)
        self.files.copy_unsent()
        return made

    def verify(self) -> list[str]:
        """Check the whole store; what is wrong with it, for support. Takes minutes; may run beside work."""
        with self._database.reading() as connection:
            return [*verification.verify(connection, self._summarise), *self.files.faults()]

    def _written(self, write: Callable[[Connection], Touched]) -> Changes:
        with self._database.writing() as connection:
            changes = fold(connection, write(connection), self._summarise)
        if changes:
            self._tell(changes)
        return changes

    def _tell(self, changes: Changes) -> None:
        for listener in list(self.changed):
            listener(changes)
