"""Closed sessions (关起门谈): who may read, and the little a stranger sees (domain.md §6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.casework.errors import Gone
from sync.records import codes

if TYPE_CHECKING:
    from desktop.casework.desk import Desk
    from sync.records.field import Record

SENTENCE = "这件事关起门谈的，只有经办人能看"


@dataclass(frozen=True, slots=True)
class Stub:
    """What a stranger may see of a closed dispute: village, day, status."""

    id: str
    village: str
    found_date: str
    status_name: str
    sentence: str = SENTENCE


def named(dispute: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of accounts and mediators named in a closed dispute; () when it is open to all its desk."""
    if dispute.get("closed_session") is not True:
        return ()
    ids = (dispute.get(name) for name in ("found_by", "first_contact_id", "host_mediator_id"))
    return tuple(dict.fromkeys(str(i) for i in (*ids, *(dispute.get("co_mediator_ids") or ())) if i))


def may_read(desk: Desk, dispute: Mapping[str, Any]) -> bool:
    """Whether the person at this desk may read it, by account or as one of its mediators."""
    people = named(dispute)
    return not people or not set(desk.own_ids()).isdisjoint(people)


def stub(desk: Desk, dispute: Mapping[str, Any]) -> Stub:
    """What may be shown of it to a stranger."""
    return Stub(
        id=str(dispute["id"]),
        village=desk.directory.place_name(str(dispute.get("place_code", ""))),
        found_date=str(dispute.get("found_date", "")),
        status_name=codes.table("CASE_STATUS").text(str(dispute.get("status", ""))),
    )


def open_dispute(desk: Desk, dispute_id: str) -> Record:
    """The dispute, when it is here and this person may read it. Raises Gone."""
    dispute = desk.store.record("dispute", dispute_id)
    if dispute is None:
        raise Gone("这件纠纷不在这台电脑上，可能已经移到别处。别的都还在。和区里传一次，再看看。")
    if not may_read(desk, dispute):
        raise Gone(f"{SENTENCE}。")
    return dispute
