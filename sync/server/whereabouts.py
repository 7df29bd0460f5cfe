"""Who holds a record: its place, and for closed sessions the people it names (L-RMTJ 23; DESIGN.md §6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sync.protocol.addresses import SHELF, ordinary
from sync.records import RECORD_TYPES
from sync.records.field import Record
from sync.server.agreed import Stand

CLOSED = "closed_session"
STUB = ("place_code", "found_date", "status")
"""What may be shown of a dispute to those who no longer hold it."""
SHELVED = "shelved_at"
LABEL = (*STUB, "title", "matter_code", SHELVED)
"""What is shown of a shelved dispute, so that it can be found and fetched back."""


def public_address(root: Stand) -> str:
    """Where a record without parent is delivered when its sessions are open."""
    return ordinary(RECORD_TYPES[root.type], root.place)


def stub(fields: Mapping[str, Any]) -> Record:
    """What may be shown of a dispute that went elsewhere; more of one that was shelved with open doors."""
    is_listed = fields.get(SHELVED) and fields.get(CLOSED) is not True
    return {name: fields[name] for name in (LABEL if is_listed else STUB) if name in fields}


def why_left(root: Stand) -> str:
    """The reason of a departure, as `Entry.reason` says it."""
    return "shelved" if root.fields.get(SHELVED) else "closed" if root.closer else "moved"


class Whereabouts:
    """Addresses by the agreed state; `find` gives a record of a type, or None."""

    def __init__(self, find: Callable[[str, str], Stand | None]) -> None:
        self._find = find

    def addresses(self, root: Stand) -> tuple[str, ...]:
        """Where a record without parent is delivered now."""
        held = self._held(root)
        return tuple(f"{SHELF}{address}" for address in held) if root.fields.get(SHELVED) else held

    def _held(self, root: Stand) -> tuple[str, ...]:
        if not root.closer:
            return (public_address(root),)
        accounts = [self._find(person, "account") for person in self.named(root)]
        return tuple(sorted({f"={account.place}" for account in accounts if account is not None}))

    def named(self, root: Stand) -> frozenset[str]:
        """The mediators and accounts whose places decide where closed sessions are read."""
        fields: Mapping[str, Any] = root.fields
        mediators = [fields.get("host_mediator_id"), *(fields.get("co_mediator_ids") or ())]
        found = [self._find(str(m), "mediator") for m in mediators if m]
        accounts = [m.fields.get("account_id") for m in found if m is not None]
        direct = [fields.get("found_by"), fields.get("first_contact_id"), root.closer]
        return frozenset(str(i) for i in (*mediators, *accounts, *direct) if i)


def closer_after(before: Stand | None, fields: Mapping[str, Any], by: str) -> str:
    """The account that closed the sessions; "" when they are open."""
    if fields.get(CLOSED) is not True:
        return ""
    return before.closer if before is not None and before.closer else by
