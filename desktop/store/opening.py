"""Opening the file: is it ours, is it sound, is it of this version; then it is brought up to date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlite_utils.migrations import Migrations
from sqlcipher3 import dbapi2

from desktop.store import marks, migrations, own_chain
from desktop.store.database import Database, connect, meaning
from desktop.store.errors import Damaged, NewerVersion, NotAStore
from desktop.store.keys import StoreKey
from desktop.store.surroundings import Surroundings


def open_database(
    path: Path,
    key: StoreKey,
    around: Surroundings,
    *,
    checked: Callable[[Any], None] = lambda raw: None,
    steps: Migrations = migrations.MIGRATIONS,
) -> Database:
    """Open a file, or make it; migrate it when it is older. `checked` may look at it before it is migrated.

    Raises NotAStore, Damaged, NewerVersion, ReadOnly, NoSpace.
    """
    try:
        raw = connect(path, key)
        try:
            _migrate(raw, checked, steps)
        finally:
            raw.close()
    except (dbapi2.DatabaseError, OSError) as problem:
        raise meaning(problem, lambda: around.free_bytes(path.parent)) from problem
    database = Database(path, key, around.free_bytes)
    with database.writing() as connection:
        if not marks.get(connection, marks.WRITER):
            own_chain.begin_writer(connection, around.random_bytes)
    return database


def quick_check(raw: Any) -> None:
    """Raises Damaged when the file's structure is broken. For suspicion: it reads everything."""
    found = [row[0] for row in raw.execute("PRAGMA quick_check(5)")]
    if found != ["ok"]:
        raise Damaged("; ".join(found))


def version(raw: Any) -> int:
    """How many migrations made the file; 0 for an empty one. Raises NotAStore for somebody else's file."""
    application = raw.execute("PRAGMA application_id").fetchone()[0]
    tables = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and application != migrations.APPLICATION_ID:
        raise NotAStore("application_id")
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def _migrate(raw: Any, checked: Callable[[Any], None], steps: Migrations) -> None:
    found, known = version(raw), migrations.known_version(steps)
    if found > known:
        raise NewerVersion(found, known)
    checked(raw)
    if found < known:
        migrations.apply(raw, steps)
