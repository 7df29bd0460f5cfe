"""Lending blocks of dossier numbers (卷号号段) to the desks of a committee. domain.md §2.3, decision 0017.

A desk numbers from the blocks of its present writer alone, so what is lent to one writer is drawn by nobody else. The
hub lends whenever it answers a desk: asked again it finds enough there, so nothing is lent twice for one need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from sync.records import numbering
from sync.records.numbering import Gap
from sync.server import charter, drawn
from sync.server.access import Desk
from sync.server.agreed import Stand, stand_of
from sync.server.charter import BLOCK, BLOCKS_A_DAY
from sync.server.reports import standing
from sync.server.tables import STANDING
from sync.server.turn import Turn, day_of, moment_of

LEAST = 10
"""With fewer unused numbers than this a desk is lent the next block."""
REACH = 1000
"""What somebody typed further above the lent numbers is a slip of the pen; it shall not use up the series."""
_DECEMBER = "12-01"
"""From this day on desks are given numbers of the coming year too: they may have no line on New Year's Day."""
_GONE = "已撤销"


@dataclass(frozen=True, slots=True)
class Need:
    """A committee of the desk's own place that lacks numbers for a year."""

    org: Stand
    year: int


def needs(connection: Connection, desk: Desk, writer: str, now_ms: int) -> list[Need]:
    """What should be lent to this writer of this desk now."""
    orgs = [org for org in _at(connection, "mediation_org", desk.place) if _works(org)]
    if not orgs:
        return []
    leases, today = _at(connection, "number_lease", desk.place), day_of(now_ms)
    return [
        Need(org, year)
        for org in orgs
        for year in _years(today)
        if _lacks(connection, [lease for lease in leases if _is_of(lease, org.record, year)], writer, today)
    ]


def lend(turn: Turn, desk: Desk, writer: str, new_id: Callable[[], str]) -> None:
    """Lend the next block for each need. To be called while no other writer of the hub is at work."""
    for need in needs(turn.connection, desk, writer, turn.now_ms):
        first = _next(turn.connection, need)
        turn.write_own("number_lease", new_id(), {
            "place_code": desk.place, "org_id": need.org.record, "year": need.year,
            "first": first, "last": first + BLOCK - 1, "writer": writer, "device_id": desk.device,
            "epoch": charter.read_charter(turn.connection).epoch, "lent_at": moment_of(turn.now_ms),
        })  # fmt: skip


def gaps(connection: Connection, org: str, year: int, today: str) -> tuple[Gap, ...]:
    """The numbers of a committee and year that no live dossier bears, and why."""
    leases = [lease.fields for lease in standing(connection, "number_lease") if lease.fields["org_id"] == org]
    devices = {device.record: device.fields for device in standing(connection, "device")}
    dead = {record for record, fields in devices.items() if fields.get("revoked_at")}
    names = {record: f"{fields['number']} 号电脑（{fields['name']}）" for record, fields in devices.items()}
    lent = numbering.blocks(leases, year, dead=dead, epoch=charter.read_charter(connection).epoch)
    return numbering.gaps(lent, drawn.uses(connection, org, year), names, is_over=str(year) < today[:4])


def _years(today: str) -> Iterator[int]:
    yield int(today[:4])
    if today[5:] >= _DECEMBER:
        yield int(today[:4]) + 1


def _lacks(connection: Connection, leases: list[Stand], writer: str, today: str) -> bool:
    """Whether fewer than enough are left to this writer, and the day's most is not reached: lost blocks are bounded."""
    if sum(str(lease.fields["lent_at"]).startswith(today) for lease in leases) >= BLOCKS_A_DAY:
        return False
    return sum(_left(connection, lease) for lease in leases if lease.fields["writer"] == writer) < LEAST


def _left(connection: Connection, lease: Stand) -> int:
    org, year, first, last = _block(lease)
    return last - first + 1 - drawn.used(connection, org, year, first, last)


def _next(connection: Connection, need: Need) -> int:
    """The first number above all that were lent or seen; after a restore also above what may have been lent since."""
    org, year = need.org.record, need.year
    leases = [lease for lease in _of_org(connection, org) if lease.fields["year"] == year]
    lent = max((_block(lease)[3] for lease in leases), default=0)
    top = max(lent, drawn.highest(connection, org, year, lent + REACH))
    if not leases:
        top = max(top, drawn.highest_standing(connection, need.org, year, REACH))
    own = charter.read_charter(connection)
    is_first_since = all(lease.fields["epoch"] != own.epoch for lease in leases)
    return top + 1 + (own.skip(year) if is_first_since else 0)


def _of_org(connection: Connection, org: str) -> list[Stand]:
    """All its leases, wherever the committee was when they were lent."""
    return [lease for lease in standing(connection, "number_lease") if lease.fields["org_id"] == org]


def _block(lease: Stand) -> tuple[str, int, int, int]:
    fields = lease.fields
    return str(fields["org_id"]), int(str(fields["year"])), int(str(fields["first"])), int(str(fields["last"]))


def _is_of(lease: Stand, org: str, year: int) -> bool:
    return (lease.fields["org_id"], lease.fields["year"]) == (org, year)


def _works(org: Stand) -> bool:
    return not org.fields.get("void_at") and org.fields.get("status") != _GONE


def _at(connection: Connection, kind: str, place: str) -> list[Stand]:
    rows: Iterable[object] = connection.execute(
        select(STANDING).where(STANDING.c.type == kind, STANDING.c.place == place).order_by(STANDING.c.record)
    )
    return [stand_of(row) for row in rows]  # type: ignore[arg-type]
