"""Taking records one by one: what differs is checked like any change, and saved in batches, whole or not."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.casework.desk import Desk
from desktop.casework.disputes import closed
from desktop.casework.disputes.deadlines import live
from desktop.casework.portable.admission import Author, Proposal, Reason, differences, reasons_against
from desktop.casework.portable.derived import Derived
from desktop.casework.portable.lines import RecordLine, Trouble
from desktop.casework.portable.report import ImportReport
from desktop.store import Edit
from sync.protocol.refusals import REFUSALS
from sync.records import RECORD_TYPES, Record, RecordType

BATCH = 200
"""Records saved in one transaction."""


class Intake:
    """One import into one desk; `keep` false only checks."""

    def __init__(self, desk: Desk, report: ImportReport, *, keep: bool) -> None:
        self._desk = desk
        self._report = report
        self._keep = keep
        self._author = Author(desk.place, desk.account.roles)
        self._derived = Derived(desk)
        self._sealed = {line.record for line in desk.store.sealed_list()}
        self._unsaved = Unsaved(desk)

    def offer(self, line: RecordLine, *, may_wait: bool = True) -> bool:
        """Take one line and count it; False when it may yet pass once everything else is in.

        A step of a dispute can need something of parties that stand further down in the file.
        """
        proposal = self._proposal(line)
        if proposal.before is not None and not proposal.set:
            self._report.same += 1
            return True
        reasons = [*self._out_of_reach(proposal), *reasons_against(proposal, self._author)]
        if may_wait and reasons and all(name == line.kind.status for name, _ in reasons):
            return False
        if reasons:
            at = (line.kind.name, line.id)
            self._report.refuse(Trouble(line.number, name, why, *at) for name, why in reasons)
            return True
        self._take(proposal)
        return True

    def flush(self) -> None:
        """Save what was taken so far. Raises as `Store.save` does; then nothing of this batch is in."""
        if self._keep:
            self._unsaved.save()

    def _proposal(self, line: RecordLine) -> Proposal:
        kind, unsaved = line.kind, self._unsaved
        before = unsaved.state(kind, line.id)
        told = differences(before, line.fields)
        parent_id = str(line.fields.get(kind.parent) or (before or {}).get(kind.parent) or "")
        if before is None or told:
            siblings = len(unsaved.children(kind, parent_id)) if "seq" in kind.by_name else 0
            told |= self._derived.fields(kind, before, line.fields, siblings)
        parent = unsaved.state(RECORD_TYPES[kind.parent_type], parent_id) if parent_id else None
        parties = live({"party": unsaved.parties(line.id)}, "party") if kind.status in told else []
        return Proposal(kind, line.id, before, told, parent, parties)

    def _out_of_reach(self, proposal: Proposal) -> Iterator[Reason]:
        """What this desk or this person must not touch, whatever is on the line."""
        dispute = proposal.parent if proposal.kind.parent else proposal.before
        if proposal.id in self._sealed:
            yield "", "这一条已经移到别处，这台电脑不再改它"
        elif proposal.before is None and self._unsaved.is_other_type(proposal.kind, proposal.id):
            yield "id", REFUSALS["duplicate_id"]
        elif dispute is not None and not closed.may_read(self._desk, dispute):
            yield "", closed.SENTENCE

    def _take(self, proposal: Proposal) -> None:
        if proposal.before is None:
            self._report.created += 1
        else:
            self._report.changed += 1
        self._unsaved.add(proposal)
        if len(self._unsaved) >= BATCH:
            self.flush()


class Unsaved:
    """Records as they will be once what was taken is saved."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._edits: list[Edit] = []
        self._states: dict[str, tuple[RecordType, Record]] = {}
        self._families: dict[tuple[str, str], dict[str, Record]] = {}

    def __len__(self) -> int:
        return len(self._edits)

    def add(self, proposal: Proposal) -> None:
        """Note a change that was found good."""
        after = {**proposal.after, "id": proposal.id}
        self._edits.append(Edit(proposal.kind.name, proposal.id, proposal.set))
        self._states[proposal.id] = (proposal.kind, after)
        if proposal.kind.parent:
            family = self._families.setdefault((proposal.kind.name, str(after[proposal.kind.parent])), {})
            family[proposal.id] = after

    def save(self) -> None:
        """Write everything noted, in one transaction."""
        if self._edits:
            self._desk.save(self._edits)
        self._edits, self._states, self._families = [], {}, {}

    def state(self, kind: RecordType, record: str) -> Record | None:
        """The record, None when there is none of that type."""
        if record in self._states:
            found, after = self._states[record]
            return after if found is kind else None
        return self._desk.store.record(kind.name, record)

    def children(self, kind: RecordType, parent: str) -> dict[str, Record]:
        """The records of that type under a parent, by id."""
        kept = {str(child["id"]): child for child in self._desk.store.children(kind.name, parent)}
        return {**kept, **self._families.get((kind.name, parent), {})}

    def parties(self, dispute: str) -> list[Record]:
        """The parties of a dispute."""
        return list(self.children(RECORD_TYPES["party"], dispute).values())

    def is_other_type(self, kind: RecordType, record: str) -> bool:
        """Whether the id already belongs to a record of another type."""
        taken = self._states.get(record)
        if taken is not None:
            return taken[0] is not kind
        return any(line.type != kind.name for line in self._desk.store.history([record]))
