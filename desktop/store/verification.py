"""Checking a whole store: the file, the views, the tallies, the chain. What is found is for support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from desktop.store import agreed, marks
from desktop.store.fold import chunks
from desktop.store.lines import dispute_lines, of_type, plain_rows
from desktop.store.summary import Summarise
from desktop.store.tables import INDEXED, VIEWS
from desktop.store.views import json_list, read_change, read_json
from sync.protocol.chain import advance, decode, encode
from sync.protocol.messages import Proof
from sync.protocol.proof import NOTHING, add, mark
from sync.records import RECORD_TYPES

_MOST = 20
_CHAIN = text("""
    SELECT writer, n, salt, before, body FROM change WHERE n IS NOT NULL AND mine = 1 ORDER BY writer, n
""")
_AGREED = text("SELECT record, type, no, body, address, mark FROM agreed WHERE mark <> ''")
_NAMED = text("""
    SELECT dispute.id, 'reader' AS role, person FROM reader JOIN dispute ON dispute.key = reader.dispute
        WHERE dispute.id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT dispute.id, 'handler', person FROM handler JOIN dispute ON dispute.key = handler.dispute
        WHERE dispute.id IN (SELECT value FROM json_each(:ids))
""")
_KNOWN = text("SELECT type, record FROM agreed UNION SELECT type, record FROM change")
_SHOWN = text(" UNION ALL ".join(f"SELECT '{name}' AS type, id AS record FROM \"{name}\"" for name in VIEWS))


def verify(connection: Connection, summarise: Summarise) -> list[str]:
    """What is wrong with the store, at most a few lines of each kind; empty when nothing is."""
    checks = (
        file_faults(connection),
        _view_faults(connection, summarise),
        _tally_faults(connection),
        _chain(connection),
    )
    return [fault for check in checks for _, fault in zip(range(_MOST), check, strict=False)]


def file_faults(connection: Connection) -> Iterator[str]:
    """Broken pages, broken seals."""
    for index in INDEXED.values():
        # FTS5 checks what this connection remembers of the index, unless a question makes it read anew.
        connection.exec_driver_sql(f"SELECT rowid FROM {index} WHERE {index} MATCH 'x' LIMIT 1").all()
    for pragma in ("integrity_check", "cipher_integrity_check"):
        for row in connection.exec_driver_sql(f"PRAGMA {pragma}"):
            if row[0] != "ok":
                yield f"{pragma}: {row[0]}"


def _view_faults(connection: Connection, summarise: Summarise) -> Iterator[str]:
    listed: dict[str, set[str]] = {}
    for statement in (_KNOWN, _SHOWN):
        for row in connection.execute(statement):
            listed.setdefault(row.type, set()).add(row.record)
    for name in filter(listed.__contains__, VIEWS):
        for ids in chunks(sorted(listed[name])):
            yield from _row_faults(connection, name, ids, summarise)


def _row_faults(connection: Connection, name: str, ids: list[str], summarise: Summarise) -> Iterator[str]:
    if name == "dispute":
        lines = dispute_lines(connection, ids, summarise)
        expected = {record: line.row for record, line in lines.items()}
        named = {(row.role, row.id, row.person) for row in connection.execute(_NAMED, {"ids": json_list(ids)})}
        due = {("reader", record, person) for record, line in lines.items() for person in line.readers}
        due |= {("handler", record, person) for record, line in lines.items() for person in line.handlers}
        yield from (f"{role}: {record}" for role, record, _ in sorted(named ^ due))
    else:
        rows = plain_rows(RECORD_TYPES[name], of_type(connection, name, ids))
        expected = {row["id"]: row for row in rows}
    query = text(f'SELECT * FROM "{name}" WHERE id IN (SELECT value FROM json_each(:ids))')
    shown = {row["id"]: row for row in connection.execute(query, {"ids": json_list(ids)}).mappings()}
    for record in ids:
        if not _is_same(expected.get(record), shown.get(record)):
            yield f"view: {name} {record}"


def _is_same(expected: dict[str, Any] | None, shown: Any) -> bool:
    if expected is None or shown is None:
        return expected is None and shown is None
    return all(shown[name] == value for name, value in expected.items())


def _tally_faults(connection: Connection) -> Iterator[str]:
    counted: dict[str, Proof] = {}
    for row in connection.execute(_AGREED):
        if row.mark != mark(row.type, row.record, row.no, read_json(row.body)):
            yield f"mark: {row.type} {row.record}"
        for address in read_json(row.address):
            counted[address] = add(counted.get(address, NOTHING), row.mark)
    standing = agreed.tallies(connection)
    for address in sorted({*counted, *standing}):
        if counted.get(address) != standing.get(address):
            yield f"tally: {address}"


def _chain(connection: Connection) -> Iterator[str]:
    """Each own link leads to the next one; what was erased leaves a gap that is not a fault."""
    writer, n, head = "", 0, b""
    present, links, end = marks.several(connection, marks.WRITER, marks.LINKS, marks.HEAD)
    for row in connection.execute(_CHAIN):
        if row.writer == writer and row.n == n + 1 and row.before != encode(head):
            yield f"chain: {row.writer}.{row.n}"
        head = advance(decode(row.before), row.salt, read_change(row.body))
        writer, n = row.writer, row.n
        if (writer, n) == (present, int(links or 0)) and end != encode(head):
            yield f"head: {writer}.{n}"
