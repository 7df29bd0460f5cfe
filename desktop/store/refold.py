"""Making derived tables anew when the declaration, or what casework makes of a dispute, has changed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

from desktop.store import kept, marks
from desktop.store.database import Database
from desktop.store.edit import Changes
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
    with database.reading() as connection:
        wanted = _wanted(connection, summariser)
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


def resummarise(database: Database, summariser: Summariser) -> Changes:
    """Fold all disputes anew where they stand, so that lists can be looked at meanwhile; nothing when all is as it was.

    In parts, each its own transaction; the fingerprint is written last, so that a cut is made good at the next opening.
    """
    with database.reading() as connection:
        wanted = _wanted(connection, summariser)["dispute"]
        if marks.get(connection, marks.FINGERPRINT + "dispute") == wanted:
            return Changes({})
        disputes = list(connection.execute(_RECORDS, {"type": "dispute"}).scalars())
    for ids in chunks(disputes):
        _fold(database, "dispute", ids, summariser.summarise)
    with database.writing() as connection:
        marks.put(connection, **{marks.FINGERPRINT + "dispute": wanted})
    return Changes({"dispute": frozenset(disputes)} if disputes else {})


def _wanted(connection: Connection, summariser: Summariser) -> dict[str, str]:
    learned = summariser.learn(lambda name: kept.setting(connection, name))
    return fingerprints(f"{summariser.version}/{learned}")


def _finish(connection: Connection, name: str, fingerprint: str) -> None:
    index(connection, name)
    marks.put(connection, **{marks.FINGERPRINT + name: fingerprint})


def _fold(database: Database, name: str, ids: list[str], summarise: Summarise) -> None:
    with database.writing() as connection:
        if name == "dispute":
            fold_disputes(connection, ids, summarise)
        else:
            fold_plain(connection, name, ids)
