"""Keeps the derived tables equal to the fold: what a transaction touched is folded at its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from sqlalchemy import Connection, text

from desktop.store import derived, search_index
from desktop.store.edit import Changes
from desktop.store.lines import DisputeLine, dispute_lines, of_type, plain_rows
from desktop.store.summary import Summarise
from desktop.store.tables import INDEXED, ROLES, VIEWS
from desktop.store.views import json_list, write_json
from sync.records import CHILDREN, RECORD_TYPES

Named = tuple[str, int, str]
"""How a dispute names a person: role, key of the dispute, account or mediator id."""
CHUNK = 500
_NO_ONE: frozenset[str] = frozenset()
_NAMED = text(" UNION ALL ".join(
    f"SELECT '{role}' AS role, dispute, person FROM {role} WHERE dispute IN (SELECT value FROM json_each(:keys))"
    for role in ROLES
))  # fmt: skip
_NAME = {role: text(f"INSERT INTO {role} (person, dispute) VALUES (:person, :key)") for role in ROLES}
_UNNAME = {role: text(f"DELETE FROM {role} WHERE person = :person AND dispute = :key") for role in ROLES}
_PARENTS = {
    kind.name: text(
        f'SELECT DISTINCT {kind.parent} FROM "{kind.name}" '
        f"WHERE {kind.parent} IS NOT NULL AND id IN (SELECT value FROM json_each(:ids))"
    )
    for kind in CHILDREN["dispute"]
}


def fold(connection: Connection, touched: Mapping[str, AbstractSet[str]], summarise: Summarise) -> Changes:
    """Bring the rows of the touched records, and of the disputes they belong to, up to date."""
    changed = {name: frozenset(ids) for name, ids in touched.items() if ids}
    disputes = set(changed.get("dispute", _NO_ONE))
    for name in changed.keys() & VIEWS.keys() - {"dispute"}:
        for ids in chunks(sorted(changed[name])):
            disputes |= _parents(connection, name, ids)
            disputes |= fold_plain(connection, name, ids)
    for ids in chunks(sorted(disputes)):
        fold_disputes(connection, ids, summarise)
    return Changes({**changed, "dispute": frozenset(disputes)} if disputes else changed)


def fold_plain(connection: Connection, name: str, ids: list[str]) -> set[str]:
    """Rows of any type but dispute; answers with the disputes they belong to."""
    kind = RECORD_TYPES[name]
    found = of_type(connection, name, ids)
    rows = plain_rows(kind, found)
    written = derived.write(connection, name, rows)
    derived.remove(connection, name, set(ids) - found.keys())
    if name in INDEXED:
        words = [(written.keys[i], search_index.party_words(found[i].fields)) for i in sorted(written.reworded)]
        search_index.put(connection, INDEXED[name], words)
    return {row[kind.parent] for row in rows if row[kind.parent]} if kind.parent else set()


def fold_disputes(connection: Connection, ids: list[str], summarise: Summarise) -> None:
    """Rows of disputes, with what follows from their children."""
    found = dispute_lines(connection, ids, summarise)
    written = derived.write(connection, "dispute", [line.row for line in found.values()])
    derived.remove(connection, "dispute", set(ids) - found.keys())
    words = [(written.keys[i], found[i].words) for i in sorted(written.reworded)]
    search_index.put(connection, INDEXED["dispute"], words)
    _name(connection, {written.keys[i]: line for i, line in found.items()})


def chunks(ids: list[str], size: int = CHUNK) -> Iterator[list[str]]:
    """A long list in parts."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _parents(connection: Connection, name: str, ids: list[str]) -> set[str]:
    """The disputes these children belonged to until now."""
    return set(connection.execute(_PARENTS[name], {"ids": json_list(ids)}).scalars()) if name in _PARENTS else set()


def _people(key: int, line: DisputeLine) -> Iterator[Named]:
    for role, people in (("reader", line.readers), ("handler", line.handlers)):
        for person in people:
            yield role, key, person


def _name(connection: Connection, lines: Mapping[int, DisputeLine]) -> None:
    """Write down the people each dispute names, where they are others than before."""
    asked = {"keys": write_json(list(lines)).decode()}
    before = {(row.role, row.dispute, row.person) for row in connection.execute(_NAMED, asked)}
    after = {named for key, line in lines.items() for named in _people(key, line)}
    for statements, changed in ((_UNNAME, before - after), (_NAME, after - before)):
        for role in ROLES:
            rows = [{"key": key, "person": person} for one, key, person in changed if one == role]
            if rows:
                connection.execute(statements[role], rows)
