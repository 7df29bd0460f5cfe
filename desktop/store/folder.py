"""The store's folder: desk.db, keys.json, hub-ca.pem, backups/, the lock."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop.store.argon import Argon
from desktop.store.keys import Keyholder, StoreKey
from desktop.store.protector import Protector


@dataclass(frozen=True, slots=True)
class Folder:
    """Where everything of one PC lies, and who may open it.

    argon: the cost of one try, cheaper in tests. protector: binds the keys to this PC's user (DPAPI).
    """

    path: Path
    argon: Argon = field(default_factory=Argon)
    protector: Protector | None = None

    def holds_store(self) -> bool:
        """Whether somebody has already set up this folder."""
        raise NotImplementedError

    def set_up(self, account: str, name: str, secret: str) -> tuple[StoreKey, str]:
        """Make the keys of a new store for its first person; the store key and the recovery code to print.

        Raises InUse when the folder already holds one, ReadOnly, NoSpace.
        """
        raise NotImplementedError

    def people(self) -> list[Keyholder]:
        """Who can open this store. Raises NotAStore."""
        raise NotImplementedError

    def unlock(self, account: str, secret: str, *, now_ms: int) -> StoreKey:
        """The store key, for the right secret. Raises WrongSecret, LockedOut, OtherComputer, NotAStore."""
        raise NotImplementedError

    def recover(self, code: str) -> StoreKey:
        """The store key, for the printed recovery code. Raises WrongRecoveryCode, NotAStore."""
        raise NotImplementedError

    def set_secret(self, key: StoreKey, account: str, name: str, secret: str) -> None:
        """Let a person in, or give one a new secret. Needs the unlocked key."""
        raise NotImplementedError

    def remove_person(self, key: StoreKey, account: str) -> None:
        """Shut the door for a person. The last one cannot be removed: raises ValueError."""
        raise NotImplementedError

    def new_recovery_code(self, key: StoreKey) -> str:
        """A new recovery code to print; the old one opens nothing any more."""
        raise NotImplementedError
