"""What waits, what was refused, what left: the lists of the exchange page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from desktop.store.departure import UNSENT
from desktop.store.rows import RefusedChange, SealedRecord, WaitingRecord
from desktop.store.views import PENDING, View, json_list, read_change, read_json, views
from sync.protocol.refusals import REFUSALS
from sync.records import declared

_WAITING = text(f"""
    SELECT type, record, count(*) AS changes,
        min(json_extract(body, '$.at') + coalesce(json_extract(body, '$.told'), 0)) AS oldest
    FROM change WHERE {PENDING} AND state IN ('waiting', 'offered') GROUP BY record ORDER BY oldest LIMIT :most
""")
_REFUSED = text("""
    SELECT id, type, record, body, refused, why, asked FROM change WHERE state = 'refused' ORDER BY seq DESC
""")
_SEALED = text(f"""
    SELECT sealed.record, sealed.type, reason, stub, since, count(change.seq) AS unsent
    FROM sealed LEFT JOIN change ON change.record = sealed.record AND {UNSENT}
    GROUP BY sealed.record HAVING unsent > 0 OR parent = '' ORDER BY since DESC, sealed.record
""")
_LEFT = text("""
    SELECT sealed.record, coalesce(root.record, sealed.record) AS dispute, coalesce(root.stub, sealed.stub) AS stub
    FROM sealed LEFT JOIN sealed AS root ON root.record = sealed.parent
    WHERE sealed.record IN (SELECT value FROM json_each(:ids))
""")
_UNSENT = text(f"SELECT count(*) FROM change WHERE {PENDING} AND {UNSENT}")


def waiting_list(connection: Connection, limit: int) -> list[WaitingRecord]:
    """Records with unanswered changes, the longest waiting first."""
    rows = connection.execute(_WAITING, {"most": limit}).all()
    titles = _Titles(connection, [row.record for row in rows])
    return [
        WaitingRecord(row.type, row.record, *titles.of(row.type, row.record), row.changes, row.oldest) for row in rows
    ]


def refused_list(connection: Connection) -> list[RefusedChange]:
    """Refused changes nobody has dealt with, newest first."""
    rows = connection.execute(_REFUSED).all()
    asked = [row.record for row in rows]
    titles, left = _Titles(connection, asked), _left(connection, asked)
    return [_refused(row, titles, left) for row in rows]


def sealed_list(connection: Connection) -> list[SealedRecord]:
    """Records that left this desk, newest first; children only when something of them is unsent."""
    return [
        SealedRecord(row.type, row.record, row.reason, read_json(row.stub), row.since, row.unsent)
        for row in connection.execute(_SEALED)
    ]


def unsent(connection: Connection) -> int:
    """How many own changes the district does not have."""
    return int(connection.execute(_UNSENT).scalar_one())


def _left(connection: Connection, records: list[str]) -> dict[str, tuple[str, str]]:
    """Record -> (the dispute that left, what it was called here)."""
    rows = connection.execute(_LEFT, {"ids": json_list(records)})
    return {row.record: (row.dispute, str(read_json(row.stub).get("title") or "")) for row in rows}


def _refused(row: Any, titles: _Titles, left: dict[str, tuple[str, str]]) -> RefusedChange:
    change, gone = read_change(row.body), left.get(row.record)
    return RefusedChange(
        row.id, row.type, row.record, *(gone or titles.of(row.type, row.record)), change.set, row.refused,
        row.why or REFUSALS.get(row.refused, ""), change.by, change.at + change.told, bool(row.asked),
        gone[0] if gone else "",
    )  # fmt: skip


class _Titles:
    """The dispute each record belongs to, and the words that name it in a list."""

    def __init__(self, connection: Connection, records: list[str]) -> None:
        self._seen = views(connection, records)
        parents = {self._parent(view) for view in self._seen.values()} - self._seen.keys() - {""}
        self._seen |= views(connection, parents)

    def of(self, type_name: str, record: str) -> tuple[str, str]:
        """(dispute id, title); both may be empty for what is not to be seen here any more."""
        view = self._seen.get(record)
        if view is None:
            return (record if type_name == "dispute" else ""), ""
        dispute = record if type_name == "dispute" else self._parent(view)
        named = self._seen.get(dispute) or view
        return dispute, str(named.fields.get(declared(named.type).title) or "")

    @staticmethod
    def _parent(view: View) -> str:
        return str(view.fields.get(declared(view.type).parent) or "")
