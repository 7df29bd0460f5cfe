"""keys.json: what it holds, and how the store key is wrapped in it."""

from __future__ import annotations

from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from desktop.store import atomic_file
from desktop.store.argon import Argon
from desktop.store.errors import NotAStore
from desktop.store.keys import StoreKey
from sync.protocol.chain import decode, encode

SALT_BYTES = 16
NONCE_BYTES = 12


class Wrap(Struct, frozen=True):
    """The store key under a secret: AES-256-GCM by a key that Argon2id makes of the secret."""

    salt: str
    memory_kib: int
    passes: int
    lanes: int
    nonce: str
    wrapped: str


class Person(Struct, frozen=True):
    """One person's way in. `failures` in a row, the time of the last, and until when the door is locked."""

    account: str
    name: str
    wrap: Wrap
    failures: int = 0
    failed_ms: int = 0
    locked_until_ms: int = 0


class Keyring(Struct, frozen=True):
    """Everything in keys.json. begun: desk.db has been made. bound: wraps of people are bound to this PC's user."""

    people: list[Person]
    recovery: Wrap
    begun: bool = False
    bound: bool = False
    version: int = 1

    def person(self, account: str) -> Person | None:
        """The person of that account."""
        return next((person for person in self.people if person.account == account), None)

    def with_person(self, person: Person) -> Keyring:
        """With a person added, or put in place of the one of that account; the order stays."""
        if self.person(person.account) is None:
            return msgspec.structs.replace(self, people=[*self.people, person])
        people = [person if known.account == person.account else known for known in self.people]
        return msgspec.structs.replace(self, people=people)


def read(path: Path) -> Keyring:
    """The keyring in a file. Raises NotAStore."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Keyring)
    except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError) as problem:
        raise NotAStore(type(problem).__name__) from problem


def write(path: Path, keyring: Keyring) -> None:
    """Replace the file whole. Raises OSError."""
    atomic_file.write(path, msgspec.json.format(msgspec.json.encode(keyring), indent=1))


def wrap(key: StoreKey, secret: str, whose: str, *, argon: Argon, random: bytes) -> Wrap:
    """The key under a secret; `random` is a salt and a nonce. `whose` is bound in, so wraps cannot be swapped."""
    salt, nonce = random[:SALT_BYTES], random[SALT_BYTES : SALT_BYTES + NONCE_BYTES]
    sealed = AESGCM(argon.derive(secret, salt)).encrypt(nonce, key.raw, whose.encode("utf-8"))
    return Wrap(encode(salt), argon.memory_kib, argon.passes, argon.lanes, encode(nonce), encode(sealed))


def unwrap(found: Wrap, secret: str, whose: str) -> StoreKey | None:
    """The key, or None when the secret does not fit."""
    derived = Argon(found.memory_kib, found.passes, found.lanes).derive(secret, decode(found.salt))
    try:
        return StoreKey(AESGCM(derived).decrypt(decode(found.nonce), decode(found.wrapped), whose.encode("utf-8")))
    except InvalidTag:
        return None
