"""Opening the file: is it ours, is it sound, is it of this version; then it is brought up to date."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlite_utils.migrations import Migrations

from desktop.store import backup, marks, migrations, own_chain
from desktop.store.database import Database, connect, in_plain_words
from desktop.store.errors import Damaged, NewerVersion, NotAStore
from desktop.store.folder import Folder
from desktop.store.keys import StoreKey
from desktop.store.refold import Progress, refold_if_needed
from desktop.store.summary import Summariser


@dataclass(frozen=True, slots=True)
class Opening:
    """How a store is opened. suspect: the last session was cut, so the file is read through first."""

    summariser: Summariser
    progress: Progress
    suspect: bool = False
    steps: Migrations = migrations.MIGRATIONS


def open_database(folder: Folder, key: StoreKey, how: Opening) -> Database:
    """The database of a folder, made when the folder is new, migrated when older.

    Raises NotAStore, Damaged, NewerVersion, ReadOnly, NoSpace.
    """
    begun = folder.has_begun()
    if begun and not folder.file.exists():
        raise NotAStore("desk.db")
    if begun and folder.file.stat().st_size == 0:
        raise Damaged("empty")
    backup.clear_cut(folder)
    with in_plain_words(folder.free_bytes), closing(connect(folder.file, key)) as raw:
        _check(raw, begun, how)
        if 0 < version(raw) < migrations.known_version(how.steps):
            backup.back_up(folder, key, backup.BEFORE_UPDATE)
        migrations.apply(raw, how.steps)
    database = Database(folder.file, key, folder.free_bytes)
    try:
        with database.writing() as connection:
            _settle_in(connection, folder)
        refold_if_needed(database, how.summariser, how.progress)
        folder.begin()
    except BaseException:
        database.close()
        raise
    return database


def _settle_in(connection: Connection, folder: Folder) -> None:
    """A copy of the file goes on under a writer id of its own from its first opening: both may be at work."""
    home = folder.around.home_of(folder.file)
    writer, known = marks.several(connection, marks.WRITER, marks.HOME)
    if not writer or (known and home and known != home):
        own_chain.begin_writer(connection, folder.around.random_bytes)
    if home != known:
        marks.put(connection, home=home)


def version(raw: Any) -> int:
    """How many migrations made the file; 0 for an empty one. Raises NotAStore for somebody else's file."""
    application = raw.execute("PRAGMA application_id").fetchone()[0]
    tables = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and application != migrations.APPLICATION_ID:
        raise NotAStore("application_id")
    return migrations.found_version(raw)


def _check(raw: Any, begun: bool, how: Opening) -> None:
    found, known = version(raw), migrations.known_version(how.steps)
    if found > known:
        raise NewerVersion(found, known)
    if begun and not found:
        raise Damaged("empty")
    if how.suspect:
        _quick_check(raw)


def _quick_check(raw: Any) -> None:
    found = [row[0] for row in raw.execute("PRAGMA quick_check(5)")]
    if found != ["ok"]:
        raise Damaged("; ".join(found))
