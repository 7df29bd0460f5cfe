"""What makes this hub itself: its id, its district, and the epoch that changes after a restore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, insert, select, update

from sync.protocol.chain import decode, encode
from sync.records import places
from sync.server.tables import CHARTER

_ALL = select(CHARTER)
_CARRIER = "carrier"


class NotFounded(Exception):
    """There is no hub in this database yet, or already one."""


@dataclass(frozen=True, slots=True)
class Charter:
    """hub: its id, in every batch signature. epoch: random; a new one after a restore."""

    hub: str
    epoch: str
    district: str


def read_charter(connection: Connection) -> Charter:
    """The charter of the hub in this database. Raises NotFounded."""
    values = {row.name: row.value for row in connection.execute(_ALL)}
    if not values:
        raise NotFounded("no hub here")
    return Charter(values["hub"], values["epoch"], values["district"])


def found(connection: Connection, district: str, random_bytes: Callable[[int], bytes]) -> Charter:
    """Make an empty database a hub of that district. Raises NotFounded when it is one, ValueError on a bad code."""
    if not places.is_code(district):
        raise ValueError("区划代码应该是 12 位数字")
    if connection.execute(select(CHARTER)).first() is not None:
        raise NotFounded("already a hub")
    charter = Charter(random_bytes(10).hex(), random_bytes(10).hex(), district)
    values = {"hub": charter.hub, "epoch": charter.epoch, "district": district}
    rows = [{"name": name, "value": value, "district": district} for name, value in values.items()]
    connection.execute(insert(CHARTER), rows)
    return charter


def renew_epoch(connection: Connection, random_bytes: Callable[[int], bytes]) -> str:
    """A new epoch: every desk reads anew and offers its own changes again."""
    epoch = random_bytes(10).hex()
    connection.execute(update(CHARTER).where(CHARTER.c.name == "epoch").values(value=epoch))
    return epoch


def carrier_key(connection: Connection) -> X25519PrivateKey | None:
    """The key carrier files are sealed for, None before it is first wanted."""
    kept = connection.execute(select(CHARTER.c.value).where(CHARTER.c.name == _CARRIER)).scalar()
    return X25519PrivateKey.from_private_bytes(decode(kept)) if kept else None


def make_carrier_key(connection: Connection, random_bytes: Callable[[int], bytes]) -> X25519PrivateKey:
    """The same, made when there is none yet. Raises NotFounded."""
    kept = carrier_key(connection)
    if kept is None:
        kept = X25519PrivateKey.from_private_bytes(random_bytes(32))
        row = {"name": _CARRIER, "value": encode(kept.private_bytes_raw())}
        connection.execute(insert(CHARTER), {**row, "district": read_charter(connection).district})
    return kept
