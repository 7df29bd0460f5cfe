"""Too many disputes struck out from one desk within a day are not taken until the district has been asked."""

from __future__ import annotations

import msgspec
from sqlalchemy import func, select

from sync.protocol.messages import Change
from sync.records import Value, places
from sync.server.access import Desk
from sync.server.tables import JOURNAL, STANDING
from sync.server.turn import Turn, moment_of

LEAST, SHARE = 50, 0.2
"""A desk strikes out this many disputes a day, or this share of what is at its place, without being asked."""
_DAY_MS = 24 * 3600 * 1000
_LATE_MS = 7 * _DAY_MS
_LOOKED_BACK = 5000
"""Changes of the desk that are looked at."""
_VOID = "90"


def strikes(change: Change, before: Value, now_ms: int) -> bool:
    """Whether it takes a dispute of that status out of what is counted, and is of late.

    A restored hub is offered old ones again; and who decides that a dispute stays struck out strikes out nothing.
    """
    is_struck = change.type == "dispute" and change.set.get("status") == _VOID != before
    return is_struck and change.at > now_ms - _LATE_MS


class StrikeLimit:
    """How many more a desk may strike out today; nothing is looked up before the first one."""

    def __init__(self, turn: Turn, desk: Desk) -> None:
        self._turn = turn
        self._desk = desk
        self._left: int | None = None

    def allows(self, change: Change) -> bool:
        """Count a change that strikes out; False when there are no more such."""
        before = self._turn.agreed.of_type(change.record, "dispute")
        if not strikes(change, before.fields.get("status") if before else None, self._turn.now_ms):
            return True
        if self._left is None:
            self._left = self._allowed() - self._struck()
        self._left -= 1
        return self._left >= 0

    def _allowed(self) -> int:
        device = self._turn.agreed.of_type(self._desk.device, "device")
        if device and str(device.fields.get("many_until") or "") > moment_of(self._turn.now_ms):
            return _LOOKED_BACK * 2
        low, high = places.bounds(self._desk.place)
        here = (STANDING.c.type == "dispute") & STANDING.c.place.between(low, high)
        held = self._turn.connection.execute(select(func.count()).where(here)).scalar_one()
        return max(LEAST, int(SHARE * held))

    def _struck(self) -> int:
        own = (JOURNAL.c.device == self._desk.device) & (JOURNAL.c.type == "dispute")
        of_desk = select(JOURNAL.c.body, JOURNAL.c.received).where(own).order_by(JOURNAL.c.no.desc())
        since = self._turn.now_ms - _DAY_MS
        rows = self._turn.connection.execute(of_desk.limit(_LOOKED_BACK))
        changes = [msgspec.json.decode(r.body, type=Change) for r in rows if r.received > since and _VOID in r.body]
        return sum(strikes(change, change.was.get("status"), self._turn.now_ms) for change in changes)
