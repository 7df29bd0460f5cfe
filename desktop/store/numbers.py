"""Drawing a dossier number from the blocks lent to this desk's present writer (domain.md §2.3, decision 0017).

What was lent to a former writer is never drawn from: after a restore, on a copied disk and in a new epoch of the hub
the desk has another writer, and other copies may be drawing from the old blocks.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

from desktop.store import kept, marks, writing
from desktop.store.edit import Edit
from desktop.store.surroundings import Surroundings
from desktop.store.views import view
from desktop.store.writing import Touched
from sync.records.field import Record

FIELD = "dossier_no"
_BLOCKS = text("""
    SELECT id, first, last FROM number_lease
    WHERE org_id = :org AND year = :year AND writer = :writer ORDER BY first
""")
_GIVEN = text("SELECT last FROM serial WHERE series = :series")
_IS_LENT_TWICE = text("""
    SELECT EXISTS (SELECT 1 FROM number_lease
        WHERE org_id = :org AND year = :year AND id <> :id AND :number BETWEEN first AND last)
""")
_IS_BORNE = text("SELECT EXISTS (SELECT 1 FROM dispute WHERE dossier_no = :written)")


def draw(
    connection: Connection,
    dispute: str,
    series: tuple[str, int],
    write: Callable[[int], str],
    by: str,
    around: Surroundings,
) -> tuple[str, Touched]:
    """The number the dispute bears, or the next of a series (committee, year) as `write` writes it; "" for none.

    What was drawn is saved as a change of `by`, in the same transaction.
    """
    seen = view(connection, dispute)
    if seen is None or seen.fields.get(FIELD):
        return str(seen.fields[FIELD]) if seen else "", {}
    number = _next(connection, series, write)
    if not number:
        return "", {}
    fields: Record = {FIELD: write(number)}
    return write(number), writing.save(connection, [Edit("dispute", dispute, fields)], by, around)


def _next(connection: Connection, series: tuple[str, int], write: Callable[[int], str]) -> int:
    """The next number nobody bears, 0 when the blocks are used up. What was given is never given again."""
    org, year = series
    asked = {"org": org, "year": year, "writer": marks.get(connection, marks.WRITER)}
    for block in connection.execute(_BLOCKS, asked).all():
        name = f"numbers.{block.id}"
        given = int(connection.execute(_GIVEN, {"series": name}).scalar() or 0)
        for number in range(block.first + given, block.last + 1):
            kept.next_serial(connection, name)
            elsewhere = {"org": org, "year": year, "id": block.id, "number": number}
            if connection.execute(_IS_LENT_TWICE, elsewhere).scalar_one():
                continue
            if not connection.execute(_IS_BORNE, {"written": write(number)}).scalar_one():
                return int(number)
    return 0
