"""The store key, wrapped once per person and once for the recovery code: keys.json."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class StoreKey:
    """The 32 random bytes the file is encrypted with. Never shown, never logged."""

    raw: bytes

    def __repr__(self) -> str:
        return "StoreKey(…)"


@dataclass(frozen=True, slots=True)
class Keyholder:
    """A person who can open this store, and how the door stands for them (`locked_until_ms` 0: not locked)."""

    account: str
    name: str
    failures: int = 0
    locked_until_ms: int = 0
