"""The door: five wrong tries in a row lock it for a quarter of an hour, also over a restart (domain.md §6.6)."""

from __future__ import annotations

from msgspec.structs import replace

from desktop.store.keyring import Person

TRIES = 5
LOCKED_MS = 15 * 60 * 1000


def locked_until(person: Person, now_ms: int) -> int:
    """Until when the door is locked, in ms of this clock; 0 when it is open.

    A clock set back to before the last failure gains nothing: the lock counts anew from now. It loses no more
    than that either, so a clock that had run far ahead does not lock for years.
    """
    if person.locked_until_ms == 0:
        return 0
    if now_ms < person.failed_ms:
        return now_ms + LOCKED_MS
    return person.locked_until_ms if now_ms < person.locked_until_ms else 0


def re_anchored(person: Person, now_ms: int) -> Person:
    """The person as the clock now stands: a lock that ended is taken off, one from the future begins now."""
    until = locked_until(person, now_ms)
    if until == 0:
        return replace(person, locked_until_ms=0, failures=0) if person.locked_until_ms else person
    return replace(person, failed_ms=now_ms, locked_until_ms=until) if now_ms < person.failed_ms else person


def failed(person: Person, now_ms: int) -> Person:
    """The person after one more wrong try."""
    failures = person.failures + 1
    until = now_ms + LOCKED_MS if failures >= TRIES else 0
    return replace(person, failures=failures, failed_ms=now_ms, locked_until_ms=until)


def opened(person: Person) -> Person:
    """The person after the right secret."""
    return replace(person, failures=0, failed_ms=0, locked_until_ms=0)
