"""The derived tables: one per record type, generated from the declaration, with what lists sort and filter by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TextClause,
    literal_column,
    text,
)
from sqlalchemy.schema import CreateIndex, CreateTable

from sync.records import CHILDREN, RECORD_TYPES, RecordType
from sync.records.codec import canonical

LAYOUT = 4
"""Raised when a derived table changes in a way the declaration does not show."""

INDEXED = {"dispute": "search", "party": "party_search"}
"""Record type -> its full-text table. A row's `words` is a digest of what it is found by there."""
NUMBERS = frozenset({"integer", "money", "flag"})
METADATA = MetaData()

_SEARCH = "CREATE VIRTUAL TABLE {name} USING fts5(words, content='', contentless_delete=1, tokenize='ascii')"


def _columns(kind: RecordType) -> Iterable[Column[object]]:
    yield Column("key", Integer, primary_key=True)
    yield Column("id", Text, nullable=False, unique=True)
    for field in kind.fields:
        yield Column(field.name, Integer if field.kind in NUMBERS else Text)
    for name in ("waiting", "refused", "clash", "created_at", "updated_at"):
        yield Column(name, Integer, nullable=False)
    if kind.name in INDEXED:
        yield Column("words", Integer, nullable=False)
    if kind.name == "dispute":
        yield Column("stage", Text, nullable=False)
        yield Column("due_date", Text, nullable=False)
        yield Column("due_kind", Text, nullable=False)
        yield Column("restricted", Integer, nullable=False)
    if kind.name == "party":
        yield Column("initials", Text, nullable=False)


def _table(kind: RecordType) -> Table:
    table = Table(kind.name, METADATA, *_columns(kind))
    if kind.parent:
        Index(f"{kind.name}_{kind.parent}", table.c[kind.parent])
    return table


VIEWS: dict[str, Table] = {kind.name: _table(kind) for kind in RECORD_TYPES.values()}
"""Record type name -> its derived table."""

DISPUTE = VIEWS["dispute"]
PARTY = VIEWS["party"]


def _named(name: str) -> Table:
    person, dispute = Column("person", Text, primary_key=True), Column("dispute", Integer, primary_key=True)
    return Table(name, METADATA, person, dispute, Index(f"{name}_of", dispute), sqlite_with_rowid=False)


READER = _named("reader")
"""Who alone may read a restricted dispute: account id, key of the dispute."""
HANDLER = _named("handler")
"""Whose work a dispute is: account or mediator id of host, co-mediators, first contact; key of the dispute."""
ROLES = (READER.name, HANDLER.name)


@dataclass(frozen=True, slots=True)
class Order:
    """A sort of the list of disputes: what it sorts by (never NULL) and whether the smallest comes first."""

    column: ColumnElement[Any]
    ascending: bool = False


SORTED_BY = {
    "updated": Order(DISPUTE.c.updated_at),
    "due": Order(literal_column("coalesce(nullif(due_date, ''), '9999')"), ascending=True),
    "found": Order(literal_column("coalesce(found_date, '')")),
    "amount": Order(literal_column("coalesce(amount_cents, -1)")),
}
for _name, _order in SORTED_BY.items():
    # The key breaks ties, so that pages need no sorting; what lists filter by comes along, so that skipping a
    # row costs no visit to the wide table.
    _filters = [DISPUTE.c[name] for name in ("place_code", "zz_type", "restricted", "due_date", "found_date")]
    Index(f"dispute_by_{_name}", DISPUTE.c.stage, _order.column, DISPUTE.c.key, *_filters, _table=DISPUTE)
for _name, _other in (("place_code", "zz_type"), ("zz_type", "place_code")):
    # What a place or a type narrows down is sorted in memory; these hold all that it takes.
    _along = [DISPUTE.c[name] for name in (_other, "restricted", "due_date", "found_date", "amount_cents")]
    Index(f"dispute_by_{_name}", DISPUTE.c.stage, DISPUTE.c[_name], DISPUTE.c.updated_at, DISPUTE.c.key, *_along)
Index("dispute_by_day_due", DISPUTE.c.due_date, DISPUTE.c.key)
Index("dispute_by_code", DISPUTE.c.matter_code)
Index("dispute_by_origin", DISPUTE.c.origin_key)
Index("dispute_by_id", DISPUTE.c.id, DISPUTE.c.stage, DISPUTE.c.place_code, DISPUTE.c.restricted)
Index("party_by_name", PARTY.c.name, PARTY.c.void_at, PARTY.c.phone, PARTY.c.dispute_id)
Index("party_by_character", literal_column("substr(name, 1, 1)"), _table=PARTY)
Index("party_by_letter", literal_column("substr(initials, 1, 1)"), _table=PARTY)
for _part in ("sha256", "thumbnail", "original"):
    Index(f"attachment_by_{_part}", VIEWS["attachment"].c[_part])


def _insert(table: Table) -> TextClause:
    names = [column.name for column in table.columns if column.name != "key"]
    values = ", ".join(f":{name}" for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    return text(f'INSERT INTO "{table.name}" ({quoted}) VALUES ({values})')


INSERTS = {name: _insert(table) for name, table in VIEWS.items()}
"""Record type -> the statement that adds rows to its derived table."""


def make(connection: Connection, name: str) -> None:
    """Drop what is derived from one record type and make it anew, empty; `index` it when it is full."""
    for table in (VIEWS[name], *_ALONG.get(name, ())):
        connection.execute(text(f'DROP TABLE IF EXISTS "{table.name}"'))
        connection.execute(CreateTable(table))
    if name in INDEXED:
        connection.execute(text(f"DROP TABLE IF EXISTS {INDEXED[name]}"))
        connection.execute(text(_SEARCH.format(name=INDEXED[name])))


def index(connection: Connection, name: str) -> None:
    """Make the indexes of what is derived from one record type; made at the end they cost a fraction."""
    for table in (VIEWS[name], *_ALONG.get(name, ())):
        for part in sorted(table.indexes, key=lambda part: str(part.name)):
            connection.execute(CreateIndex(part))


_ALONG = {"dispute": (READER, HANDLER)}
"""Record type -> the further tables derived from it."""


def fingerprints(summary_version: str) -> dict[str, str]:
    """Record type -> what changes whenever the tables derived from it would come out differently."""
    return {
        kind.name: hashlib.sha256(canonical([LAYOUT, _declared(kind), *_family(kind, summary_version)])).hexdigest()
        for kind in RECORD_TYPES.values()
    }


def _declared(kind: RecordType) -> list[object]:
    return [kind.name, kind.parent, [[field.name, field.kind] for field in kind.fields]]


def _family(kind: RecordType, summary_version: str) -> list[object]:
    """A dispute's line also says what casework makes of it, and what stands out among its children."""
    return [summary_version, [child.name for child in CHILDREN["dispute"]]] if kind.name == "dispute" else []
