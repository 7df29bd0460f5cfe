"""The store's folder: desk.db, keys.json, hub-ca.pem, files/, backups/, the lock; and who may open it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from desktop.store import door, keyring, recovery
from desktop.store.argon import KEY_BYTES, Argon
from desktop.store.database import MEGABYTE, in_plain_words
from desktop.store.errors import LockedOut, NoSpace, OtherComputer, WrongRecoveryCode, WrongSecret
from desktop.store.keyring import NONCE_BYTES, SALT_BYTES, Keyring, Person, Wrap
from desktop.store.keys import Keyholder, StoreKey
from desktop.store.lock import FolderLock
from desktop.store.protector import Protector
from desktop.store.surroundings import Surroundings
from sync.protocol.chain import decode, encode

_RECOVERY = "recovery code"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where everything of one PC lies, and who may open it.

    argon: the cost of one try, cheaper in tests. protector: binds people's keys to this PC's user (DPAPI); a
    copied keys.json can then not be tried elsewhere, and only the recovery code opens it there.
    """

    path: Path
    around: Surroundings
    argon: Argon = field(default_factory=Argon)
    protector: Protector | None = None

    @property
    def file(self) -> Path:
        """The encrypted file."""
        return self.path / "desk.db"

    @property
    def keys_file(self) -> Path:
        """The wrapped keys."""
        return self.path / "keys.json"

    @property
    def ca_file(self) -> Path:
        """The hub's certificate, pinned at enrolment."""
        return self.path / "hub-ca.pem"

    @property
    def backups(self) -> Path:
        """Where backups lie."""
        return self.path / "backups"

    @property
    def files(self) -> Path:
        """Where the encrypted files lie."""
        return self.path / "files"

    def holds_store(self) -> bool:
        """Whether somebody has already set up this folder."""
        return self.keys_file.exists()

    def set_up(self, account: str, name: str, secret: str) -> tuple[StoreKey, str]:
        """Make the keys of a new store for its first person; the store key and the recovery code to print.

        Raises FileExistsError when the folder already holds a store, ReadOnly, NoSpace.
        """
        if self.keys_file.exists() or self.file.exists():
            raise FileExistsError(self.path)
        key = StoreKey(self.around.random_bytes(KEY_BYTES))
        code, wrap = self._recovery(key)
        people = [Person(account, name, self._wrap(key, secret, account, bound=self.protector is not None))]
        with in_plain_words(self.free_bytes):
            self.path.mkdir(parents=True, exist_ok=True)
            self._write(Keyring(people, wrap, bound=self.protector is not None))
        return key, code

    def people(self) -> list[Keyholder]:
        """Who can open this store. Raises NotAStore."""
        return [
            Keyholder(person.account, person.name, person.failures, person.locked_until_ms)
            for person in self.read_keys().people
        ]

    def unlock(self, account: str, secret: str, *, now_ms: int) -> StoreKey:
        """The store key, for the right secret.

        The try is counted before it is made, so that cutting the program short gains no tries.
        Raises WrongSecret, LockedOut, OtherComputer, NotAStore, ReadOnly; KeyError for an unknown account.
        """
        keys = self.read_keys()
        person = door.re_anchored(_known(keys, account), now_ms)
        self._write(keys.with_person(person))
        if person.locked_until_ms:
            raise LockedOut(person.locked_until_ms, now_ms)
        wrap, tried = self._unbound(person.wrap, keys), door.failed(person, now_ms)
        self._write(keys.with_person(tried))
        key = keyring.unwrap(wrap, secret, account)
        if key is None:
            if tried.locked_until_ms:
                raise LockedOut(tried.locked_until_ms, now_ms)
            raise WrongSecret(door.TRIES - tried.failures)
        self._write(keys.with_person(door.opened(person)))
        return key

    def recover(self, code: str) -> StoreKey:
        """The store key, for the printed recovery code. Raises WrongRecoveryCode, NotAStore."""
        raw, keys = recovery.read(code), self.read_keys()
        key = keyring.unwrap(keys.recovery, raw.hex(), _RECOVERY) if raw else None
        if key is None:
            raise WrongRecoveryCode
        return key

    def set_secret(self, key: StoreKey, account: str, name: str, secret: str) -> None:
        """Let a person in, or give one a new secret. Needs the unlocked key."""
        keys = self.read_keys()
        self._write(keys.with_person(Person(account, name, self._wrap(key, secret, account, bound=keys.bound))))

    def remove_person(self, key: StoreKey, account: str) -> None:
        """Shut the door for a person; only who has opened it may. The last one stays: raises ValueError."""
        keys = self.read_keys()
        people = [person for person in keys.people if person.account != account]
        if not people:
            raise ValueError("the last person")
        self._write(replace(keys, people=people))

    def new_recovery_code(self, key: StoreKey) -> str:
        """A new recovery code to print; the old one opens nothing any more."""
        code, wrap = self._recovery(key)
        self._write(replace(self.read_keys(), recovery=wrap))
        return code

    def read_keys(self) -> Keyring:
        """What keys.json holds. Raises NotAStore."""
        return keyring.read(self.keys_file)

    def begin(self) -> None:
        """Note that desk.db has been made: from now on a missing one is a loss, not a beginning."""
        if self.holds_store() and not self.has_begun():
            self._write(replace(self.read_keys(), begun=True))

    def has_begun(self) -> bool:
        """Whether desk.db has been made in this folder."""
        return self.holds_store() and self.read_keys().begun

    def lock(self) -> FolderLock:
        """Hold the folder alone. Raises InUse, ReadOnly, NoSpace."""
        with in_plain_words(self.free_bytes):
            self.path.mkdir(parents=True, exist_ok=True)
            return FolderLock(self.path / "desk.lock")

    def free_bytes(self) -> int:
        """Free space where the store lies."""
        return self.around.free_bytes(self.path)

    def require_space(self, needed_bytes: int) -> None:
        """Raises NoSpace when less than that is free."""
        free = self.free_bytes()
        if free < needed_bytes:
            raise NoSpace(free // MEGABYTE)

    def _write(self, keys: Keyring) -> None:
        with in_plain_words(self.free_bytes):
            keyring.write(self.keys_file, keys)

    def _wrap(self, key: StoreKey, secret: str, account: str, *, bound: bool) -> Wrap:
        random = self.around.random_bytes(SALT_BYTES + NONCE_BYTES)
        found = keyring.wrap(key, secret, account, argon=self.argon, random=random)
        if not bound:
            return found
        if self.protector is None:
            raise OtherComputer
        return replace(found, wrapped=encode(self.protector.protect(decode(found.wrapped))))

    def _unbound(self, wrap: Wrap, keys: Keyring) -> Wrap:
        if not keys.bound:
            return wrap
        if self.protector is None:
            raise OtherComputer
        try:
            return replace(wrap, wrapped=encode(self.protector.unprotect(decode(wrap.wrapped))))
        except ValueError as problem:
            raise OtherComputer from problem

    def _recovery(self, key: StoreKey) -> tuple[str, Wrap]:
        raw = self.around.random_bytes(recovery.CODE_BYTES)
        random = self.around.random_bytes(SALT_BYTES + NONCE_BYTES)
        return recovery.write(raw), keyring.wrap(key, raw.hex(), _RECOVERY, argon=self.argon, random=random)


def _known(keys: Keyring, account: str) -> Person:
    person = keys.person(account)
    if person is None:
        raise KeyError(account)
    return person
