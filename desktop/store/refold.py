"""Making derived tables anew when the declaration, or what casework makes of a dispute, has changed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

from desktop.store import marks
from desktop.store.database import Database
from desktop.store.fold import chunks, fold_disputes, fold_plain
from desktop.store.summary import Summarise, Summariser
from desktop.store.tables import fingerprints, index, make
from desktop.store.views import PENDING

Progress = Callable[[int, int], None]
"""(records done, records in all)."""

_RECORDS = text(f"""
    SELECT record FROM agreed WHERE type = :type
    UNION SELECT record FROM change WHERE {PENDING} AND type = :type ORDER BY record
""")


def refold_if_needed(database: Database, summariser: Summariser, progress: Progress) -> None:
    """Fold anew each type whose tables are of another declaration.

    Goes on in parts, each its own transaction; a type's fingerprint is written last, so that a cut starts it again.
    """
    wanted = fingerprints(summariser.version)
    with database.reading() as connection:
        known = marks.several(connection, *(marks.FINGERPRINT + name for name in wanted))
        stale = [name for name, found in zip(wanted, known, strict=True) if found != wanted[name]]
        work = {name: list(connection.execute(_RECORDS, {"type": name}).scalars()) for name in stale}
    if not stale:
        return
    with database.writing() as connection:
        for name in stale:
            marks.put(connection, **{marks.FINGERPRINT + name: ""})
            make(connection, name)
            if not work[name]:
                _finish(connection, name, wanted[name])
    done, total = 0, sum(map(len, work.values()))
    # Disputes last: their lines are made from the rows of their children.
    for name in sorted(filter(work.get, stale), key=lambda name: name == "dispute"):
        for ids in chunks(work[name]):
            _fold(database, name, ids, summariser.summarise)
            done += len(ids)
            progress(done, total)
        with database.writing() as connection:
            _finish(connection, name, wanted[name])


def _finish(connection: Connection, name: str, fingerprint: str) -> None:
    index(connection, name)
    marks.put(connection, **{marks.FINGERPRINT + name: fingerprint})


def _fold(database: Database, name: str, ids: list[str], summarise: Summarise) -> None:
    with database.writing() as connection:
        if name == "dispute":
            fold_disputes(connection, ids, summarise)
        else:
            fold_plain(connection, name, ids)
