"""Making the derived tables anew when the declaration, or what casework makes of a dispute, has changed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

from desktop.store import marks
from desktop.store.database import Database
from desktop.store.fold import chunks, fold_disputes, fold_plain
from desktop.store.summary import Summarise, Summariser
from desktop.store.tables import METADATA, SEARCH, VIEWS, fingerprint, make_search_tables
from desktop.store.views import PENDING

Progress = Callable[[int, int], None]

_RECORDS = text(f"""
    SELECT record FROM agreed WHERE type = :type
    UNION SELECT record FROM change WHERE {PENDING} AND type = :type ORDER BY record
""")


def refold_if_needed(database: Database, summariser: Summariser, progress: Progress) -> None:
    """Fold everything anew unless the tables are of this declaration.

    Goes on in parts, each its own transaction; the fingerprint is written last, so that a cut starts it again.
    """
    wanted = fingerprint(summariser.version)
    with database.reading() as connection:
        if marks.get(connection, marks.FINGERPRINT) == wanted:
            return
    with database.writing() as connection:
        marks.put(connection, fingerprint="")
        make_tables(connection)
    _fill(database, summariser.summarise, progress)
    with database.writing() as connection:
        marks.put(connection, fingerprint=wanted)


def make_tables(connection: Connection) -> None:
    """Drop the derived tables and make them empty."""
    for name in (*SEARCH, *METADATA.tables):
        connection.execute(text(f'DROP TABLE IF EXISTS "{name}"'))
    METADATA.create_all(connection)
    for statement in make_search_tables():
        connection.execute(text(statement))


def _fill(database: Database, summarise: Summarise, progress: Progress) -> None:
    with database.reading() as connection:
        work = {name: list(connection.execute(_RECORDS, {"type": name}).scalars()) for name in VIEWS}
    done, total = 0, sum(map(len, work.values()))
    for name in sorted(work, key=lambda name: name == "dispute"):
        for ids in chunks(work[name]):
            with database.writing() as connection:
                if name == "dispute":
                    fold_disputes(connection, ids, summarise)
                else:
                    fold_plain(connection, name, ids)
            done += len(ids)
            progress(done, total)
