"""Who sits here, where, and with what: everything an act of casework needs, handed in once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from desktop.casework import lasting, readings
from desktop.casework.calendar import Calendar
from desktop.casework.directory import Directory
from desktop.casework.disputes.deadlines import Deadlines
from desktop.settings import Settings
from desktop.store import Changes, Edit, Store
from sync.records.field import Value


@dataclass(frozen=True, slots=True)
class Account:
    """The person who has unlocked the desk."""

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    place: str = ""
    post: str = ""

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Account:
        """The account of a record with its "id"."""
        return cls(
            id=record["id"],
            name=record["name"],
            roles=frozenset(record.get("roles") or ()),
            place=record.get("place_code") or "",
            post=record.get("post") or "",
        )


@dataclass(frozen=True)
class Desk:
    """One desk with one person at it. `now` is aware and local; `ids` makes UUIDv7."""

    store: Store
    account: Account
    place: str
    device_number: int
    now: Callable[[], datetime]
    ids: Callable[[], str]
    calendar: Calendar
    settings: Settings
    directory: Directory
    clock: Deadlines = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "clock", Deadlines(self.calendar, self.settings))

    @property
    def today(self) -> date:
        """The day on this desk's clock."""
        return self.now().date()

    def own_ids(self) -> tuple[str, ...]:
        """Under which ids this person handles disputes: the account, and its mediators."""
        return (self.account.id, *sorted(self.directory.mediator_ids(self.account.id)))

    def moment(self) -> str:
        """Now, as it is stored: to the second, with its offset."""
        return self.now().isoformat(timespec="seconds")

    def save(self, edits: Sequence[Edit], *, draft: str = "") -> Changes:
        """Write edits as this person's, all or nothing; the draft they grew from goes with them.

        Raises NotAllowed when a number that was drawn would become another.
        """
        lasting.check(self.store, edits)
        return self.store.save(edits, by=self.account.id, draft=draft)

    def reveal(self, kind: str, record_id: str, name: str) -> Value:
        """A field that is shown only on a person's wish (class S, or masked); the reading is noted (§6.6)."""
        record = self.store.record(kind, record_id) or {}
        readings.note(self, kind, record_id, name)
        return record.get(name)
