"""The durable tables, as numbered steps: each runs once, in one transaction together with its record.

A step is never edited after a release; what changes is a further step. Derived tables are not here: they follow
from the declaration (tables.py).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from sqlite_utils import Database as Steps
from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x46514444
"""Marks the file as ours: "FQDD"."""

MIGRATIONS = Migrations("desk")


@MIGRATIONS(name="0001_first")
def _first(db: Steps) -> None:
    for statement in _FIRST.split(";\n"):
        db.execute(statement)


@MIGRATIONS(name="0002_files")
def _files(db: Steps) -> None:
    for statement in _FILES.split(";\n"):
        db.execute(statement)


@MIGRATIONS(name="0003_carrier")
def _carrier(db: Steps) -> None:
    for statement in _CARRIER.split(";\n"):
        db.execute(statement)


@MIGRATIONS(name="0004_stock")
def _stock(db: Steps) -> None:
    for statement in _STOCK.split(";\n"):
        db.execute(statement)


@MIGRATIONS(name="0005_left_files")
def _left_files(db: Steps) -> None:
    db.execute(_LEFT_FILES)


def known_version(steps: Migrations = MIGRATIONS) -> int:
    """How many steps this program knows."""
    with closing(sqlite3.connect(":memory:")) as nothing:
        return len(steps.pending(Steps(nothing)))


def found_version(connection: Any) -> int:
    """How many steps made the file, 0 for an empty one. Only written when all are done: never too large."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def apply(connection: Any, steps: Migrations = MIGRATIONS) -> None:
    """Run the steps that are missing on a raw connection, counting them in user_version."""
    if found_version(connection) < known_version(steps):
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        steps.apply(Steps(connection))
        connection.execute(f"PRAGMA user_version={known_version(steps)}")


_FIRST = """
CREATE TABLE agreed (
    record TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    no INTEGER NOT NULL,
    body TEXT NOT NULL,
    address TEXT NOT NULL,
    mark TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX agreed_type ON agreed (type, record);
CREATE INDEX agreed_census ON agreed (address, record, mark);
CREATE TABLE change (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    writer TEXT,
    n INTEGER,
    salt TEXT,
    before TEXT,
    type TEXT NOT NULL,
    record TEXT NOT NULL,
    body TEXT NOT NULL,
    no INTEGER,
    aside TEXT NOT NULL DEFAULT '[]',
    merged TEXT NOT NULL DEFAULT '{}',
    state TEXT NOT NULL,
    refused TEXT NOT NULL DEFAULT '',
    why TEXT NOT NULL DEFAULT '',
    asked INTEGER NOT NULL DEFAULT 0,
    mine INTEGER NOT NULL,
    received INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX change_record ON change (record, seq);
CREATE INDEX change_no ON change (no) WHERE no IS NOT NULL;
CREATE UNIQUE INDEX change_chain ON change (writer, n) WHERE n IS NOT NULL;
CREATE INDEX change_pending ON change (record, seq) WHERE state IN ('waiting', 'offered', 'numbered', 'refused');
CREATE INDEX change_queue ON change (n) WHERE state IN ('waiting', 'offered');
CREATE INDEX change_refused ON change (seq) WHERE state = 'refused';
CREATE TABLE clash (
    no INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    record TEXT NOT NULL,
    fields TEXT NOT NULL,
    state TEXT NOT NULL,
    settled_by INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX clash_record ON clash (record);
CREATE INDEX clash_open ON clash (state, record) WHERE state IN ('open', 'decided');
CREATE TABLE tally (
    address TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    digest TEXT NOT NULL
);
CREATE TABLE sealed (
    record TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    parent TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL,
    stub TEXT NOT NULL,
    since INTEGER NOT NULL
);
CREATE INDEX sealed_parent ON sealed (parent) WHERE parent <> '';
CREATE TABLE draft (
    key TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    saved_at INTEGER NOT NULL
);
CREATE TABLE round (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    figures TEXT NOT NULL
);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE serial (series TEXT PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL)
""".strip()

_FILES = """
CREATE TABLE file (
    digest TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX file_unsettled ON file (added_at) WHERE settled = 0;
CREATE TABLE file_road (
    record TEXT NOT NULL,
    part TEXT NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    moved INTEGER NOT NULL DEFAULT 0,
    why TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (record, part)
) WITHOUT ROWID;
CREATE INDEX file_road_digest ON file_road (digest, state);
CREATE INDEX file_road_wanted ON file_road (record) WHERE state = 'wanted'
""".strip()
_CARRIER = """
CREATE TABLE stick (
    serial INTEGER PRIMARY KEY,
    key BLOB NOT NULL,
    cursor INTEGER NOT NULL,
    epoch TEXT NOT NULL,
    writer TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    asked TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    answered_at INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE parcel (
    seq INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    device TEXT NOT NULL,
    serial INTEGER NOT NULL,
    name TEXT NOT NULL,
    file BLOB NOT NULL,
    taken_at INTEGER NOT NULL,
    receipt BLOB,
    unfit TEXT NOT NULL DEFAULT '',
    handed_at INTEGER NOT NULL DEFAULT 0
)
""".strip()
_STOCK = """
ALTER TABLE agreed ADD COLUMN untold INTEGER NOT NULL DEFAULT 0;
CREATE TABLE stock (
    name TEXT PRIMARY KEY,
    rank INTEGER NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0,
    crc INTEGER NOT NULL DEFAULT 0,
    arrived BLOB NOT NULL DEFAULT x''
);
CREATE INDEX agreed_asked ON agreed (record) WHERE untold = 2
""".strip()
_LEFT_FILES = "CREATE INDEX change_left ON change (type, seq) WHERE state = 'left'"
"""untold: 1 when the state came in a page and the changes that made it did not, 2 when somebody asked for them.
stock: the pages a new desk takes; `arrived`: bytes of one that came in part, of the page with that CRC-32."""
