"""A dispute with everything that belongs to it, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.casework.desk import Desk
from desktop.casework.disputes import closed
from desktop.casework.disputes.deadlines import Due, live
from desktop.casework.errors import Gone
from sync.records import CHILDREN
from sync.records.field import Record


@dataclass(frozen=True, slots=True)
class Case:
    """A dispute and its children by type, struck-out ones included; the properties leave those out."""

    id: str
    dispute: Record
    children: Mapping[str, list[Record]]

    @property
    def title(self) -> str:
        """王有福与李建军宅基地排水纠纷."""
        return str(self.dispute.get("title", ""))

    @property
    def status(self) -> str:
        """A code of CASE_STATUS."""
        return str(self.dispute.get("status", ""))

    @property
    def parties(self) -> list[Record]:
        """The parties, in their order."""
        return sorted(live(self.children, "party"), key=lambda p: int(str(p.get("seq") or 0)))

    @property
    def sessions(self) -> list[Record]:
        """The sessions, the first one first."""
        return sorted(live(self.children, "session"), key=lambda s: int(str(s.get("seq") or 0)))

    @property
    def agreements(self) -> list[Record]:
        """The agreements, in the order they were made."""
        return live(self.children, "agreement")

    @property
    def follow_ups(self) -> list[Record]:
        """Visits planned and done."""
        return live(self.children, "follow_up")

    @property
    def supplements(self) -> list[Record]:
        """What former holders handed over."""
        return live(self.children, "supplement")

    def dues(self, desk: Desk) -> tuple[Due, ...]:
        """Everything due and not lapsed, earliest first."""
        return tuple(d for d in desk.clock.dues(self.dispute, self.children) if not d.has_lapsed(desk.today))


def load(desk: Desk, dispute_id: str) -> Case:
    """The case. Raises Gone when it is not here or closed to this person."""
    dispute = closed.open_dispute(desk, dispute_id)
    kinds = [kind.name for kind in CHILDREN["dispute"]]
    return Case(dispute_id, dispute, {kind: desk.store.children(kind, dispute_id) for kind in kinds})


def load_child(desk: Desk, kind: str, record_id: str) -> tuple[Case, Record]:
    """A child record with the case it belongs to. Raises Gone."""
    record = desk.store.record(kind, record_id)
    if record is None:
        raise Gone("这一条不在这台电脑上了。别的都还在。回到那件纠纷再看看。")
    return load(desk, str(record["dispute_id"])), record
