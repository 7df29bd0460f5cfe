"""Taking what the hub answers: verdicts on own changes, entries of its journal, the new cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from msgspec import structs
from sqlalchemy import Connection, text

from desktop.store import agreed, clashes, clock, departure, identity, marks, outbox, own_chain, stocking
from desktop.store.agreed import Agreed, AgreedRecords
from desktop.store.logged import LoggedChanges
from desktop.store.surroundings import Surroundings
from desktop.store.views import read_change
from desktop.store.writing import Touched, reopen
from sync.client.replica import PullTooLarge
from sync.protocol.messages import Answer, Change, Entry, Verdict
from sync.protocol.stock import State
from sync.records import RECORD_TYPES

REPAIRED = "repair"
"""Reason of a departure nobody announced: a comparison with the hub showed it."""
DUPLICATE = "duplicate_id"
_UNANSWERED = ("waiting", "offered")
_ACCEPTED = ("numbered", "agreed")
LEAVING_LEAST = 50
LEAVING_SHARE = 0.2
"""A pull that takes away more than both asks a person first (DESIGN.md §4)."""

_MARKS = (
    marks.WRITER, marks.WRITERS, marks.EPOCH, marks.CURSOR, marks.AT_SEEN, marks.PULL_LEFT, marks.LARGE_PULL,
    marks.READS, marks.SENT, marks.CARRIER,
)  # fmt: skip
_SEALED = text("SELECT 1 FROM sealed WHERE record IN (:record, :parent)")
_TO_OFFER_AGAIN = text("""
    SELECT id, type, record, body FROM change
    WHERE state = 'refused' AND (received > 0 OR refused IN ('no_record', 'no_parent'))
""")
_OFFER_AGAIN = text("UPDATE change SET state = 'offered', refused = '', why = '' WHERE id = :id")
_ANY_SEALED = text("SELECT EXISTS (SELECT 1 FROM sealed)")


class Taking:
    """One answer being stored in one transaction. `fold` brings the views up to date between its parts."""

    def __init__(self, connection: Connection, around: Surroundings, fold: Callable[[Touched], None]) -> None:
        self._connection = connection
        self._random_bytes = around.random_bytes
        self._wall_ms = around.clock_ms()
        self._fold = fold
        self._is_to_chain_anew = self._is_to_read_again = False
        self._arrived: set[str] = set()
        self._touched: Touched = {}
        self._log = LoggedChanges(connection)
        self._marks = marks.Several(connection, *_MARKS)
        self._writers = frozenset(self._marks.get(marks.WRITERS).split())
        self.applied = self.refused = self.clashes = self.received = 0

    @cached_property
    def _any_sealed(self) -> bool:
        """Whether anything ever left this desk; mostly not, and then nobody need ask what."""
        return bool(self._connection.execute(_ANY_SEALED).scalar_one())

    def answer(self, answer: Answer, asked: Sequence[str]) -> None:
        """Verdicts, entries, cursor. Raises PullTooLarge before anything is taken away."""
        self._guard(answer.entries, more=answer.more)
        self._log.read(verdict.id for verdict in answer.verdicts)
        for verdict in answer.verdicts:
            self._verdict(verdict)
        self.entries(answer.entries)
        self._offer_again()
        self._chain_anew_if_needed()
        outbox.passed_on(self._connection, asked)
        cursor = self._marks.number(marks.CURSOR)
        if not self._is_to_read_again:
            cursor = max(answer.cursor, cursor)
        told = {"hub_reads": " ".join(answer.reads), "sent_through": ""}
        if answer.carrier:
            told["carrier"] = answer.carrier
        self._marks.put(epoch=answer.epoch, cursor=cursor, **told)
        self._marks.write()

    def entries(self, entries: Sequence[Entry], *, afresh: Sequence[str] = ()) -> None:
        """Lines of the feed, in order; the records of `afresh` forget their agreed state first."""
        self._log.read(entry.id for entry in entries)
        entries = [self._whole(entry) for entry in entries]
        states = AgreedRecords(self._connection, {*afresh, *(entry.record for entry in entries)})
        for record in afresh:
            if (state := states.get(record)) is not None:
                states.put(record, Agreed(state.type, address=state.address))
        for entry in entries:
            if entry.kind == "leave":
                self._settle(states)
                gone = departure.leave(self._connection, entry, self._wall_ms)
                self._log.read_again()
                self._any_sealed = True
                self._touch(gone)
                states.read_again([record for ids in gone.values() for record in ids])
            else:
                self._entry(entry, states)
        self._settle(states)
        identity.follow(self._connection, entries)

    def page(self, states: Sequence[State], entries: Sequence[Entry]) -> None:
        """What follows from a page of current state, its states being agreed already: all entries of the others."""
        self.entries(entries)
        self._arrived.update(state.record for state in states)
        self._offer_again()
        self._chain_anew_if_needed()
        self._marks.write()
        identity.follow(self._connection, [Entry(0, s.no, s.record, s.type) for s in states])

    def replace(self, records: Sequence[str], entries: Sequence[Entry]) -> None:
        """Set the agreed state of these records anew; those without entries are not this desk's.

        Raises PullTooLarge, as `answer` does.
        """
        known = {entry.record for entry in entries}
        states = AgreedRecords(self._connection, records)
        gone = [
            Entry(0, 0, record, state.type, kind="leave", reason=REPAIRED)
            for record in records
            if record not in known and (state := states.get(record)) is not None
        ]
        self._guard(gone, more=True)
        self.entries([*gone, *entries], afresh=sorted(known))
        self._chain_anew_if_needed()
        self._marks.write()
        stocking.told(self._connection, sorted(known))

    def _settle(self, states: AgreedRecords) -> None:
        self._log.write()
        states.write()
        if self._touched:
            touched, self._touched = self._touched, {}
            self._fold(touched)

    def _whole(self, entry: Entry) -> Entry:
        """The entry with its record and type; of our own changes the hub only says the id."""
        if entry.record:
            return entry
        logged = self._log.get(entry.id)
        return structs.replace(entry, record=logged.record, type=logged.type) if logged else entry

    def _entry(self, entry: Entry, states: AgreedRecords) -> None:
        logged = self._log.get(entry.id)
        if logged and logged.state not in _ACCEPTED and entry.change not in (None, read_change(logged.body)):
            self._part_from_twin(logged)
            logged = None
        change = entry.change or (read_change(logged.body) if logged else None)
        if change is None:
            # Of this writer, so the hub says only the id; but we never wrote it: a copy of this disk did.
            # Under a new writer the page is read once more, with all that was written.
            self._is_to_chain_anew = self._is_to_read_again = True
            return
        self._keep(entry, change, logged)
        state = states.get(entry.record)
        if state is None or not state.no:
            self._arrived.add(entry.record)
        if state is None and self._any_sealed:
            self._touch(departure.return_of(self._connection, [entry.record]))
        if state is None or entry.no > state.no:
            states.put(entry.record, (state or Agreed(entry.type)).after(entry.record, entry, change))
            self.received += 1
        elif entry.no == state.no and entry.address != state.address:
            states.put(entry.record, state.at(entry.address))
        if entry.aside:
            self._log.write()
        self.clashes += clashes.take_entry(self._connection, entry, change)
        self._touch({entry.type: {entry.record}})

    def _keep(self, entry: Entry, change: Change, logged: Any) -> None:
        if logged is not None:
            if entry.change not in (None, read_change(logged.body)):
                self._log.reword(entry, change)
            self._log.agree(entry)
            return
        seen = clock.latest(self._marks.number(marks.AT_SEEN), change.at, self._wall_ms)
        self._marks.put(at_seen=seen)
        # Our present writer's, and not from here: a copy of this disk is at work, and would use up our next ids.
        self._is_to_chain_anew |= self._is_of_this_writer(entry.id)
        self._log.add(entry, change, mine=entry.id.rpartition(".")[0] in self._writers)

    def _verdict(self, verdict: Verdict) -> None:
        row = self._log.get(verdict.id)
        if row is None or row.state not in _UNANSWERED:
            return
        if verdict.refused == DUPLICATE and not self._is_of_this_writer(verdict.id):
            self._part_from_twin(row)
        elif verdict.no and self._is_elsewhere(row):
            self._log.put_by(verdict, self._wall_ms)
            self.applied += 1
        elif verdict.no:
            self._log.number(verdict)
            self.applied += 1
        else:
            self._log.refuse(verdict)
            reopen(self._connection, read_change(row.body))
            self.refused += 1
        self._touch({row.type: {row.record}})

    def _part_from_twin(self, row: Any) -> None:
        """Another copy of this disk used our id for a change of its own; ours goes on under another."""
        own_chain.give_up_id(self._connection, row.id)
        self._is_to_chain_anew |= row.state in _UNANSWERED

    def _is_of_this_writer(self, change: str) -> bool:
        return change.rpartition(".")[0] == self._marks.get(marks.WRITER)

    def _is_elsewhere(self, row: Any) -> bool:
        """Whether the change was about something that has left this desk: its entry will never come back."""
        if not self._any_sealed:
            return False
        asked = {"record": row.record, "parent": _parent(row) or ""}
        return self._connection.execute(_SEALED, asked).first() is not None

    def _chain_anew_if_needed(self) -> None:
        if self._is_to_chain_anew:
            own_chain.begin_writer(self._connection, self._random_bytes)

    def _offer_again(self) -> None:
        """What was refused because something before it was missing goes out again when that has come."""
        if not self._arrived:
            return
        for row in self._connection.execute(_TO_OFFER_AGAIN).all():
            if {row.record, _parent(row)} & self._arrived:
                self._connection.execute(_OFFER_AGAIN, {"id": row.id})
                self._touch({row.type: {row.record}})
                self._is_to_chain_anew = True
        if self._touched:
            self._fold(self._touched)
            self._touched = {}

    def _guard(self, entries: Sequence[Entry], *, more: bool) -> None:
        """Count what leaves over all pages of one pull; a person's consent holds until its end."""
        left = self._marks.number(marks.PULL_LEFT)
        leaving = departure.leaving(self._connection, entries)
        if leaving and not self._marks.number(marks.LARGE_PULL):
            held = agreed.held(self._connection) + left
            if left + leaving > max(LEAVING_LEAST, LEAVING_SHARE * held):
                raise PullTooLarge(left + leaving, held)
        if more:
            self._marks.put(pull_left=left + leaving)
        else:
            self._marks.put(pull_left=0, large_pull_allowed=0)

    def _touch(self, touched: Touched) -> None:
        for name, ids in touched.items():
            self._touched.setdefault(name, set()).update(ids)


def _parent(row: Any) -> str | None:
    """The record a change says its own belongs to."""
    kind = RECORD_TYPES.get(row.type)
    return read_change(row.body).set.get(kind.parent) if kind and kind.parent else None
