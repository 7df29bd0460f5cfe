"""What makes this hub itself: its id, its district, and the epoch that changes after a restore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, delete, func, insert, select, update

from sync.protocol.chain import decode, encode
from sync.records import places
from sync.server.tables import CHARTER, JOURNAL

_ALL = select(CHARTER)
_CARRIER = "carrier"
_RENEWED, _LOST = "renewed", "lost_days"
_DAY_MS = 24 * 3600 * 1000
_MOST_LOST = 366
"""No series of numbers runs longer; a clock that was wrong for a while must not use them up."""
BLOCK = 20
"""Dossier numbers lent at a time (domain.md §2.3)."""
BLOCKS_A_DAY = 6
"""Most blocks of one committee and year lent in a day."""


class NotFounded(Exception):
    """There is no hub in this database yet, or already one."""


@dataclass(frozen=True, slots=True)
class Charter:
    """hub: its id, in every batch signature. epoch: random; a new one after a restore.

    renewed_on: the day of the last restore, "" for none. lost_days: from the backup's last change until then.
    """

    hub: str
    epoch: str
    district: str
    renewed_on: str = ""
    lost_days: int = 0

    def skip(self, year: int) -> int:
        """How many numbers of a year to pass over, since a hub that was restored may have lent them and forgotten it.

        Twice the most that could be lent since the backup: so that it also clears what a former restore of the same
        backup passed over and lent.
        """
        if not self.renewed_on or year > int(self.renewed_on[:4]) + 1:
            return 0
        return 2 * BLOCK * BLOCKS_A_DAY * (self.lost_days + 2)


def read_charter(connection: Connection) -> Charter:
    """The charter of the hub in this database. Raises NotFounded."""
    values = {row.name: row.value for row in connection.execute(_ALL)}
    if not values:
        raise NotFounded("no hub here")
    renewed = (values.get(_RENEWED, ""), int(values.get(_LOST, 0)))
    return Charter(values["hub"], values["epoch"], values["district"], *renewed)


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


def renew_epoch(connection: Connection, random_bytes: Callable[[int], bytes], now_ms: int, today: str) -> str:
    """A new epoch: every desk reads anew and offers its own changes again. today: the day in China."""
    own, epoch = read_charter(connection), random_bytes(10).hex()
    last = connection.execute(select(func.max(JOURNAL.c.received))).scalar() or now_ms
    lost = max(0, now_ms - last) // _DAY_MS
    if own.renewed_on and int(own.renewed_on[:4]) >= int(today[:4]) - 1:
        # A committee that was lent nothing since the former restore still has that one's numbers to pass over.
        lost += own.lost_days + 2
    connection.execute(delete(CHARTER).where(CHARTER.c.name.in_((_RENEWED, _LOST))))
    connection.execute(update(CHARTER).where(CHARTER.c.name == "epoch").values(value=epoch))
    rows = {_RENEWED: today, _LOST: str(min(lost, _MOST_LOST))}
    connection.execute(insert(CHARTER), [
        {"name": name, "value": value, "district": own.district} for name, value in rows.items()
    ])  # fmt: skip
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
