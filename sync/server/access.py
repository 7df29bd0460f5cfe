"""Who is asking: every request is signed by an enrolled device and carries a number that grows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, bindparam, insert, select, update

from sync.protocol.chain import decode, request_bytes
from sync.protocol.errors import Garbled
from sync.server.agreed import is_name, stand_of
from sync.server.tables import STANDING, WRITER
from sync.server.turn import HUB

HEADER = "fengqiao-desk"
_LARGEST = 1 << 62
_DEVICE_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_DEVICE = select(STANDING).where(STANDING.c.record == bindparam("device"), STANDING.c.type == "device")
_WRITER = select(WRITER).where(WRITER.c.writer == bindparam("known"))
_SPEND = (
    update(WRITER)
    .where(WRITER.c.writer == bindparam("known"), WRITER.c.number < bindparam("spent"))
    .values(number=bindparam("spent"))
)


@dataclass(frozen=True, slots=True)
class Desk:
    """An enrolled device and where it stands."""

    device: str
    place: str
    key: Ed25519PublicKey
    is_revoked: bool


class Halt(Exception):
    """No exchange with this desk as it is; `code` is one of `Answer.halt`, `unknown` as there."""

    def __init__(self, code: str, why: str = "", unknown: Sequence[int] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.why = why
        self.unknown = list(unknown)


def desk_of(connection: Connection, path: str, body: bytes, headers: Mapping[str, str]) -> Desk:
    """The desk that signed this request. Raises Garbled when none of ours did.

    Raises Halt "unknown" for what looks like a device: a hub restored from a backup may have forgotten it.
    """
    value = next((v for k, v in headers.items() if k.lower() == HEADER), "")
    device, _, signature = value.partition(".")
    if not signature:
        raise Garbled("signature")
    desk = known_desk(connection, device)
    try:
        desk.key.verify(decode(signature), request_bytes(path, body))
    except (InvalidSignature, ValueError) as problem:
        raise Garbled("signature") from problem
    return desk


def known_desk(connection: Connection, device: str) -> Desk:
    """An enrolled desk by its id. Raises Garbled, and Halt "unknown" for what looks like a device."""
    row = None
    if is_name(device):
        row = connection.execute(_DEVICE, {"device": device}).one_or_none()
    if row is None:
        raise Halt("unknown") if _DEVICE_ID.fullmatch(device) else Garbled("device")
    fields = stand_of(row).fields
    key = public_key(str(fields["public_key"]))
    return Desk(device, str(fields["place_code"]), key, bool(fields.get("revoked_at")))


def public_key(text: str) -> Ed25519PublicKey:
    """An Ed25519 key from base64. Raises ValueError when it is none."""
    return Ed25519PublicKey.from_public_bytes(decode(text))


def is_number(number: int) -> bool:
    """Whether a stranger's number fits where numbers are kept."""
    return 0 <= number < _LARGEST


def spend_number(connection: Connection, district: str, desk: Desk, *, writer: str, number: int) -> None:
    """Use up a request number, and bind a new writer to the device that first used it.

    Raises Halt "replayed" for a number not above the last, and as `bind_writer` does.
    """
    if bind_writer(connection, district, desk, writer=writer, number=number):
        return
    if connection.execute(_SPEND, {"known": writer, "spent": number}).rowcount != 1:
        raise Halt("replayed")


def bind_writer(connection: Connection, district: str, desk: Desk, *, writer: str, number: int = 0) -> bool:
    """Whether the writer is new; from now on it is this device's. What a pouch brings spends no number.

    Raises Halt "forked" for another device's writer, and Garbled for what is neither a writer nor a number.
    """
    if not is_name(writer) or "." in writer or writer == HUB or not is_number(number):
        raise Garbled("writer")
    row = connection.execute(_WRITER, {"known": writer}).one_or_none()
    if row is None:
        fresh = {"writer": writer, "district": district, "device": desk.device, "number": number, "last": 0}
        connection.execute(insert(WRITER), {**fresh, "head": ""})
        return True
    if row.device != desk.device:
        raise Halt("forked")
    return False
