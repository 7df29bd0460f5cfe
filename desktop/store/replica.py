"""The store as the exchange sees it: the port of sync.client, every method one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection

from desktop.store import agreed, identity, marks, outbox, own_chain, stocking
from desktop.store.database import MEGABYTE, Database
from desktop.store.edit import Changes
from desktop.store.epoch import begin as begin_epoch
from desktop.store.errors import NoSpace
from desktop.store.fold import fold
from desktop.store.stocking import OpenPage
from desktop.store.summary import Summarise
from desktop.store.surroundings import Surroundings
from desktop.store.taking import Taking
from desktop.store.writing import Touched
from sync.client.replica import Doubt, Identity, Standing, Stocking, Taken
from sync.protocol.coding import Context
from sync.protocol.messages import Answer, Batch, Entry, Proof
from sync.protocol.stock import Piece, State, Stocked

ROOM_BYTES = 50 * MEGABYTE
"""Free space without which nothing is taken in."""
ATTACHMENT = "attachment"


class StoreReplica:
    """Implements sync.client.replica.Replica over one open store."""

    def __init__(
        self,
        database: Database,
        around: Surroundings,
        summarise: Summarise,
        tell: Callable[[Changes], None],
        recognise: Callable[[Connection, Sequence[str]], None],
    ) -> None:
        self._database = database
        self._around = around
        self._summarise = summarise
        self._tell = tell
        self._recognise = recognise

    def identity(self) -> Identity:
        """Who this desk is. Raises NotEnrolled, a LookupError."""
        with self._database.reading() as connection:
            return identity.identity(connection)

    def standing(self) -> Standing:
        """Epoch, cursor and writer as last committed."""
        with self._database.reading() as connection:
            return identity.standing(connection)

    def next_number(self, through: int = 0) -> int:
        """A request number larger than every one before; the links up to `through` are in doubt until the answer."""
        with self._database.writing() as connection:
            number = marks.number(connection, marks.NUMBER) + 1
            marks.put(connection, request_number=number)
            if through:
                outbox.note_sent(connection, through)
            return number

    def in_doubt(self) -> Doubt | None:
        """Unanswered links that were sent before."""
        with self._database.reading() as connection:
            return outbox.in_doubt(connection)

    def unsend(self) -> None:
        """The last request certainly did not arrive."""
        with self._database.writing() as connection:
            marks.put(connection, sent_through="")

    def context(self, before: int, size_bytes: int) -> Context | None:
        """Answered links of the present writer right before a number, as many as fit."""
        with self._database.reading() as connection:
            return outbox.context(connection, before, size_bytes)

    def next_batch(self, changes: int, size_bytes: int, after: int = 0) -> Batch | None:
        """The next unanswered links in chain order after number `after`, unsigned."""
        with self._database.reading() as connection:
            return outbox.next_batch(connection, changes, size_bytes, after)

    def asked(self) -> list[str]:
        """Refused changes to ask the district about."""
        with self._database.reading() as connection:
            return outbox.asked(connection)

    def take(self, answer: Answer, sent: Batch | None, asked: Sequence[str]) -> Taken:
        """Store an answer whole. Raises PullTooLarge, NoSpace; then nothing of it is stored."""
        return self._taken(lambda taking: taking.answer(answer, asked))

    def replace_records(self, records: Sequence[str], entries: Sequence[Entry]) -> Taken:
        """Set the agreed state of these records anew; those without entries are not ours."""
        return self._taken(lambda taking: taking.replace(records, entries))

    def stocking(self) -> Stocking | None:
        """Which pages of current state to ask for next."""
        with self._database.reading() as connection:
            return stocking.stocking(connection)

    def read_stock(self, answer: Stocked, bodies: Sequence[bytes]) -> list[OpenPage | None]:
        """Whatever can be done with these pages before they are stored."""
        return stocking.open_whole(answer, bodies, self._summarise)

    def take_stock(self, answer: Stocked, bodies: Sequence[bytes], read: Sequence[OpenPage | None]) -> Taken:
        """Store a plan and pieces of pages, each page in a transaction of its own. Raises Garbled, NoSpace."""
        self._check_space()
        with self._database.writing() as connection:
            stocking.take_plan(connection, answer)
        parts = [self._take_piece(*part) for part in zip(answer.pieces, bodies, read, strict=True)]
        changes = joined(parts)
        return Taken(changes.records, received=sum(map(len, changes.records.values())))

    def read_history(self) -> None:
        """The hub gives out no pages."""
        with self._database.writing() as connection:
            stocking.end(connection, 0)

    def untold(self, most: int) -> list[str]:
        """Records whose history is asked for."""
        with self._database.reading() as connection:
            return stocking.untold(connection, most)

    def proof(self) -> Proof:
        """Count and digest of everything agreed that is held here."""
        with self._database.reading() as connection:
            return agreed.proof(connection)

    def tallies(self) -> dict[str, Proof]:
        """The proof per address."""
        with self._database.reading() as connection:
            return agreed.tallies(connection)

    def census(self, address: str) -> dict[str, str]:
        """Record id -> mark at one address."""
        with self._database.reading() as connection:
            return agreed.census(connection, address)

    def waiting(self) -> int:
        """How many changes have no verdict yet."""
        with self._database.reading() as connection:
            return outbox.waiting(connection)

    def begin_epoch(self, epoch: str) -> None:
        """The hub was restored: read from the start, offer everything again."""
        with self._database.writing() as connection:
            touched = begin_epoch(connection, epoch, self._around.random_bytes)
            changes = fold(connection, touched, self._summarise)
        self._tell(changes)

    def take_new_writer(self) -> None:
        """Another copy of this disk used our chain."""
        with self._database.writing() as connection:
            own_chain.begin_writer(connection, self._around.random_bytes)

    def _check_space(self) -> None:
        if (free := self._database.free_bytes()) < ROOM_BYTES:
            raise NoSpace(free // MEGABYTE)

    def _take_piece(self, piece: Piece, body: bytes, read: OpenPage | None) -> Changes:
        """Keep the piece; once its page is whole, take that and cross it off, all at once."""
        with self._database.writing() as connection:
            whole = stocking.arrived(connection, piece, body)
        if whole is None:
            return Changes({})
        page = read or stocking.open_page(whole, self._summarise)
        folded = [Changes(_by_type(page.states))]
        with self._database.writing() as connection:

            def fold_now(touched: Touched) -> None:
                folded.append(self._fold(connection, touched))

            fold_now(stocking.take_states(connection, page, self._summarise, self._around.clock_ms()))
            self._recognise(connection, sorted(folded[0].of(ATTACHMENT)))
            Taking(connection, self._around, fold_now).page(page.states, page.entries)
            stocking.taken(connection, piece.name)
        changes = joined(folded)
        self._tell(changes)
        return changes

    def _fold(self, connection: Connection, touched: Touched) -> Changes:
        changes = fold(connection, touched, self._summarise)
        if arrived := changes.of(ATTACHMENT):
            self._recognise(connection, sorted(arrived))
        return changes

    def _taken(self, store: Callable[[Taking], None]) -> Taken:
        self._check_space()
        folded: list[Changes] = []
        with self._database.writing() as connection:

            def fold_now(touched: Touched) -> None:
                folded.append(self._fold(connection, touched))

            taking = Taking(connection, self._around, fold_now)
            store(taking)
        changes = joined(folded)
        if changes:
            self._tell(changes)
        return Taken(changes.records, taking.applied, taking.refused, taking.clashes, taking.received)


def joined(parts: Sequence[Changes]) -> Changes:
    """Several sets of changes as one."""
    names = {name for part in parts for name in part.records}
    return Changes({name: frozenset().union(*(part.of(name) for part in parts)) for name in names})


def _by_type(states: Iterable[State]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for state in states:
        found.setdefault(state.type, set()).add(state.record)
    return {name: frozenset(ids) for name, ids in found.items()}
