"""Writing the feed: which accepted change goes where, and what follows when a record changes hands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from sync.server.agreed import Agreed, Stand
from sync.server.tables import FEED, JOURNAL
from sync.server.whereabouts import Whereabouts, public_address, stub, why_left

_END = select(func.coalesce(func.max(FEED.c.pos), 0))
_ACCEPTED = select(JOURNAL.c.no, JOURNAL.c.record).where(
    JOURNAL.c.record.in_(bindparam("records", expanding=True))
)
_SEND = insert(FEED)
_MOVERS = {"mediator": "account_id", "account": "place_code"}
"""Records whose change of this field moves the closed sessions that name them."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A numbered change of one record, just made agreed."""

    no: int
    record: str


class Feed:
    """Appends rows in order; written with `flush`."""

    def __init__(self, connection: Connection, district: str, agreed: Agreed) -> None:
        self._connection = connection
        self._district = district
        self._agreed = agreed
        self._where = Whereabouts(agreed.of_type)
        self._pos: int = connection.execute(_END).scalar_one()
        self._rows: list[dict[str, Any]] = []
        self._fresh: list[Accepted] = []

    def deliver(self, no: int, before: Stand | None, after: Stand) -> None:
        """Put the new state in place and send change `no` to all who hold the record, were or are."""
        self._fresh.append(Accepted(no, after.record))
        if after.root != after.record:
            root = self._agreed.get(after.root)
            after = replace(after, addresses=root.addresses if root else ())
            self._agreed.put(after)
            self._send(after.addresses, no, after.record)
            return
        self._deliver_root(no, before, after)
        mover = _MOVERS.get(after.type)
        if mover and (before is None or before.fields.get(mover) != after.fields.get(mover)):
            for record in self._agreed.naming(after.record):
                self._rehouse(no, record)

    def flush(self) -> None:
        """Write the rows."""
        if self._rows:
            self._connection.execute(_SEND, self._rows)

    def _deliver_root(self, no: int, before: Stand | None, after: Stand) -> None:
        after = replace(after, addresses=self._where.addresses(after))
        self._agreed.put(after)
        if after.closer or (before is not None and before.closer):
            self._agreed.name(after.record, self._where.named(after) if after.closer else ())
        held = before.addresses if before else after.addresses
        self._send(set(held) & set(after.addresses), no, after.record)
        self._settle_in(no, before, after)

    def _rehouse(self, no: int, record: str) -> None:
        """A person named in closed sessions works elsewhere now."""
        before = self._agreed.get(record)
        if before is None:
            return
        self._agreed.name(record, self._where.named(before))
        after = replace(before, addresses=self._where.addresses(before))
        self._agreed.put(after)
        self._settle_in(no, before, after)

    def _settle_in(self, no: int, before: Stand | None, after: Stand) -> None:
        """What follows for all who hold the record, when it came, moved, or was closed or opened."""
        if before is not None and (before.place, before.addresses) != (after.place, after.addresses):
            tree = self._take_along(after)
            gained = set(after.addresses) - set(before.addresses)
            for entry in self._entries([stand.record for stand in tree]) if gained else ():
                self._send(gained, entry.no, entry.record, kind="again")
        lost = set(before.addresses) if before else set()
        is_news = before is None or not before.closer or stub(before.fields) != stub(after.fields)
        if after.closer and is_news:
            lost |= {public_address(root) for root in (before, after) if root is not None}
        gone = lost - set(after.addresses)
        self._send(gone, no, after.record, kind="leave", reason=why_left(after), shown=stub(after.fields))

    def _take_along(self, root: Stand) -> list[Stand]:
        """The record with its children, which share its place."""
        tree = self._agreed.tree(root.record)
        for child in tree:
            if child.record != root.record:
                self._agreed.put(replace(child, addresses=root.addresses, place=root.place))
        return tree

    def _entries(self, records: list[str]) -> list[Accepted]:
        """Every accepted change of these records, this transaction's included, in order."""
        rows = self._connection.execute(_ACCEPTED, {"records": records})
        found = [Accepted(row.no, row.record) for row in rows]
        return sorted([*found, *(e for e in self._fresh if e.record in records)], key=lambda e: e.no)

    def _send(
        self,
        addresses: Iterable[str],
        no: int,
        record: str,
        *,
        kind: str = "change",
        reason: str = "",
        shown: dict[str, Any] | None = None,
    ) -> None:
        for address in sorted(addresses):
            self._pos += 1
            self._rows.append({
                "pos": self._pos, "district": self._district, "address": address, "no": no, "record": record,
                "kind": kind, "reason": reason, "stub": shown or {},
            })  # fmt: skip
