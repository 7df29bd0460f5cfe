"""The chain of a writer's changes: none can be altered, dropped or slipped in (DESIGN.md §4).

digest(n) = SHA-256(salt(n) + canonical change); head(n) = SHA-256(head(n-1) + digest(n)).
One signature over a head vouches for everything before it. The digests are salted, so that content
may be lawfully erased (together with its salt) without breaking the chain.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.protocol.errors import Garbled
from sync.protocol.messages import Batch, Change, Link, Verdict
from sync.records.codec import canonical

START = b""
"""The head of an empty chain."""
BLOCK = 64
"""Links whose salts follow from one seed, so that a batch carries a seed and not a salt per change."""
SALT_BYTES = 8


def encode(raw: bytes) -> str:
    """Bytes as URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def decode(text: str) -> bytes:
    """The reverse of `encode`. Raises ValueError when it is not base64."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def change_id(writer: str, n: int) -> str:
    """The id of the n-th change made under a writer."""
    return f"{writer}.{n}"


def block_of(n: int) -> int:
    """The block of the n-th link, counted from 0."""
    return (n - 1) // BLOCK


def salt_of(seed: str, n: int) -> str:
    """The salt of the n-th link, from the seed of its block. Raises ValueError on a malformed seed."""
    return encode(hashlib.sha256(decode(seed) + b"%d" % n).digest()[:SALT_BYTES])


def digest(salt: str, change: Change) -> bytes:
    """The salted digest of one change (with its id filled in)."""
    return hashlib.sha256(decode(salt) + canonical(msgspec.to_builtins(change))).digest()


def advance(head: bytes, salt: str, change: Change) -> bytes:
    """The head of the chain after this change."""
    return hashlib.sha256(head + digest(salt, change)).digest()


def heads(batch: Batch) -> list[bytes]:
    """The head after each link of a batch. Raises ValueError on malformed salts."""
    found, head = [], decode(batch.before)
    for change, link in zip(full_changes(batch), batch.links, strict=True):
        head = advance(head, link.salt, change)
        found.append(head)
    return found


def full_changes(batch: Batch) -> list[Change]:
    """The changes of a batch, each with its id."""
    return [
        link.change if link.change.id else msgspec.structs.replace(link.change, id=change_id(batch.writer, n))
        for n, link in enumerate(batch.links, batch.first)
    ]


def short_link(writer: str, n: int, salt: str, change: Change) -> Link:
    """The link as it travels: without the id when its place in the chain says it."""
    implied = change.id == change_id(writer, n)
    return Link(salt, msgspec.structs.replace(change, id="") if implied else change)


def named(verdicts: list[Verdict], batch: Batch | None) -> list[Verdict]:
    """The verdicts on a batch, each with the id of its change. Raises Garbled when they do not match it."""
    changes = full_changes(batch) if batch else []
    if len(verdicts) != len(changes):
        raise Garbled("verdicts")
    return [msgspec.structs.replace(v, id=c.id) for v, c in zip(verdicts, changes, strict=True)]


def sign(key: Ed25519PrivateKey, hub: str, batch: Batch) -> Batch:
    """The batch with the writer's device vouching for its last head, for this hub only."""
    return msgspec.structs.replace(batch, signature=encode(key.sign(_vouched(hub, batch))))


def is_signed(key: Ed25519PublicKey, hub: str, batch: Batch) -> bool:
    """Whether the device vouches for the batch's last head."""
    try:
        key.verify(decode(batch.signature), _vouched(hub, batch))
    except (InvalidSignature, ValueError):
        return False
    return True


def _vouched(hub: str, batch: Batch) -> bytes:
    last = batch.first + len(batch.links) - 1
    return b"\0".join((b"fengqiao-batch", hub.encode(), batch.writer.encode(), b"%d" % last, heads(batch)[-1]))


def request_bytes(path: str, body: bytes) -> bytes:
    """What a device signs for every request: the path and the digest of the body as sent."""
    return b"fengqiao-request\0" + path.encode() + b"\0" + hashlib.sha256(body).digest()


def head_of(head: bytes, links: Iterable[tuple[str, Change]]) -> bytes:
    """The head after several (salt, change) pairs."""
    for salt, change in links:
        head = advance(head, salt, change)
    return head
