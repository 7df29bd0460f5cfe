"""The file for the road without a line: a clear label, content sealed for one reader, a digest over the whole.

magic, version (1 byte), lengths of label and sealed part, label (JSON), sealed part, SHA-256 of all before it.
Sealed: X25519 with a key of this file alone, HKDF-SHA256, ChaCha20-Poly1305 with everything before it as
associated data. A receipt also mixes in the hub's own key, so that only the hub can have written it.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from typing import Literal, TypeAlias, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

from sync.protocol.chain import decode, encode, request_bytes

SUFFIX = ".fqd"
MAGIC = b"FQDESK\r\n"
VERSION = 1
PATH = "/carrier"
"""What a device signs a pouch under, so that no part of it is a request of the other road."""
SIGNATURE_BYTES = 64
_HEAD = struct.Struct(">8sBHI")
_DIGEST_BYTES = 32
KEY_BYTES = 32
_NONCE = bytes(12)
"""Each key seals one file only, so its nonce may be constant."""

T = TypeVar("T", bound=Struct)
Reason: TypeAlias = Literal["foreign", "torn", "newer", "sealed", "stranger", "garbled", "hub", "receipt"]


class Unfit(Exception):
    """A file that cannot be taken.

    reason: "foreign" not one of ours; "torn" damaged or cut short; "newer" of a newer program; "hub" of
    another district; "sealed" not for this reader; "stranger" of no desk known here; "receipt" one, where
    a pouch was wanted; "garbled" whole, but its content makes no sense.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Label(Struct, frozen=True, omit_defaults=True):
    """What anybody may read on the outside.

    kind "pouch": what a desk sends, sealed for the hub. "receipt": the hub's answer, sealed for that desk.
    device: the desk that wrote the pouch, in both kinds. serial: that desk's number of it. place, name, day
    are words for people. key: X25519 public key of this file (base64).
    """

    kind: Literal["pouch", "receipt"]
    hub: str
    device: str
    serial: int
    place: str = ""
    name: str = ""
    day: str = ""
    key: str = ""


class Pouch(Struct, frozen=True):
    """What a desk sends: each `Ask` packed as it would be posted. receipt_key: X25519, of this pouch alone."""

    hub: str
    device: str
    serial: int
    receipt_key: bytes
    asks: list[bytes]


class Receipt(Struct, frozen=True):
    """What the hub answers: each `Answer` packed, its verdicts with their ids, its entries in full."""

    hub: str
    device: str
    serial: int
    answers: list[bytes]


class Parcel(Struct, frozen=True):
    """Another desk's pouch, passed on unopened over the line of the desk that asks.

    room: bytes of entries (before compression) that desk will take in the receipt.
    """

    writer: str
    number: int
    file: bytes
    room: int


class Passed(Struct, frozen=True, omit_defaults=True):
    """The receipt for a parcel, or why there is none: a `Reason`, or `Answer.halt` of the desk that asks."""

    receipt: bytes = b""
    unfit: str = ""
    halt: str = ""


def seal(
    content: bytes,
    label: Label,
    reader: X25519PublicKey,
    *,
    random_bytes: Callable[[int], bytes],
    writer: X25519PrivateKey | None = None,
) -> bytes:
    """The whole file. `writer` vouches for a receipt. Raises ValueError when the reader's key is no key."""
    own = X25519PrivateKey.from_private_bytes(random_bytes(KEY_BYTES))
    named = msgspec.json.encode(msgspec.structs.replace(label, key=encode(own.public_key().public_bytes_raw())))
    shared = own.exchange(reader) + (writer.exchange(reader) if writer else b"")
    head = _HEAD.pack(MAGIC, VERSION, len(named), len(content) + 16) + named
    whole = head + ChaCha20Poly1305(_key(shared, head)).encrypt(_NONCE, content, head)
    return whole + hashlib.sha256(whole).digest()


def unseal(raw: bytes, reader: X25519PrivateKey, *, writer: X25519PublicKey | None = None) -> bytes:
    """The content, for the right reader. Raises Unfit."""
    head, sealed = _parts(raw)
    try:
        key = X25519PublicKey.from_public_bytes(decode(read_label(raw).key))
        shared = reader.exchange(key) + (reader.exchange(writer) if writer else b"")
        return ChaCha20Poly1305(_key(shared, head)).decrypt(_NONCE, sealed, head)
    except (InvalidTag, ValueError) as problem:
        raise Unfit("sealed") from problem


def read_label(raw: bytes) -> Label:
    """The label of a file that arrived whole. Raises Unfit "foreign", "newer", "torn"."""
    head, _ = _parts(raw)
    try:
        return msgspec.json.decode(head[_HEAD.size :], type=Label)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
        raise Unfit("garbled") from problem


def sign_pouch(key: Ed25519PrivateKey, pouch: Pouch) -> bytes:
    """A pouch's content with the device's signature before it."""
    body = msgspec.msgpack.encode(pouch)
    return key.sign(request_bytes(PATH, body)) + body


def open_pouch(content: bytes, key: Ed25519PublicKey) -> Pouch:
    """The pouch, when that device signed it. Raises InvalidSignature, and Unfit "garbled"."""
    signature, body = content[:SIGNATURE_BYTES], content[SIGNATURE_BYTES:]
    key.verify(signature, request_bytes(PATH, body))
    return unpacked(body, Pouch)


def unpacked(body: bytes, kind: type[T]) -> T:
    """A pouch or receipt from its bytes. Raises Unfit "garbled"."""
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
        raise Unfit("garbled") from problem


def public_key(text: str) -> X25519PublicKey:
    """An X25519 key from base64. Raises ValueError when it is none."""
    return X25519PublicKey.from_public_bytes(decode(text))


def _parts(raw: bytes) -> tuple[bytes, bytes]:
    """Everything before the sealed part, and the sealed part. Raises Unfit."""
    if raw[: len(MAGIC)] != MAGIC[: len(raw)] or not raw:
        raise Unfit("foreign")
    if len(raw) < _HEAD.size:
        raise Unfit("torn")
    _, version, label_bytes, sealed_bytes = _HEAD.unpack_from(raw)
    if version > VERSION:
        raise Unfit("newer")
    start = _HEAD.size + label_bytes
    whole = start + sealed_bytes
    if len(raw) != whole + _DIGEST_BYTES or hashlib.sha256(raw[:whole]).digest() != raw[whole:]:
        raise Unfit("torn")
    return raw[:start], raw[start:whole]


def _key(shared: bytes, head: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=hashlib.sha256(head).digest(), info=b"fengqiao-carrier").derive(shared)
