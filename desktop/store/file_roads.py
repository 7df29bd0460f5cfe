"""Which files wait for the district, which it has, which are still to come: queries over records and roads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast

from sqlalchemy import Connection, Row, RowMapping, TextClause, text

from desktop.store.departure import KEPT_MS
from desktop.store.views import PENDING, json_list, read_change
from sync.protocol.files import PARTS, Part, Piece, pieces
from sync.records.codec import apply
from sync.records.field import Record

Road: TypeAlias = Literal["", "waiting", "there", "refused", "wanted", "absent"]
"""Where a file stands with the district: "" or waiting (not there yet), there, refused; wanted (a person asked for it
here), absent (asked for, but the district has not got it either)."""

RETRY_MS = 3_600_000
"""After which a file the district had not got is asked for again, and one nobody names may go, in ms."""
_LISTED = 200
_COLUMNS = {
    "thumbnail": ("thumbnail", "thumbnail_bytes"), "file": ("sha256", "size_bytes"),
    "original": ("original", "original_bytes"),
}  # fmt: skip
_FIELDS = ", ".join(
    f"a.{name}"
    for name in (
        "id", "sha256", "size_bytes", "mime", "thumbnail", "thumbnail_bytes", "original", "original_bytes",
        "original_mime",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """One file of one attachment: whether it is on this PC, how it stands with the district, how far it has moved."""

    piece: Piece
    is_here: bool
    road: Road
    moved_bytes: int
    why: str


_NOT_OVER = "coalesce(r.state, '') NOT IN ('there', 'refused')"


def _leaving(part: Part) -> TextClause:
    """From the few files that are not settled to the attachments that name them."""
    return text(f"""
        SELECT {_FIELDS} FROM file f CROSS JOIN attachment a ON a.{_COLUMNS[part][0]} = f.digest
        JOIN agreed g ON g.record = a.id AND g.no > 0
        LEFT JOIN file_road r ON r.record = a.id AND r.part = '{part}'
        WHERE f.settled = 0 AND {_NOT_OVER} ORDER BY f.added_at LIMIT {_LISTED}
    """)


def _coming(part: Part, condition: str, order: str) -> TextClause:
    digest, _ = _COLUMNS[part]
    return text(f"""
        SELECT {_FIELDS} FROM attachment a
        JOIN agreed g ON g.record = a.id AND g.no > 0
        JOIN dispute d ON d.id = a.dispute_id
        LEFT JOIN file_road r ON r.record = a.id AND r.part = '{part}'
        WHERE a.{digest} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM file WHERE digest = a.{digest}) AND {condition}
        ORDER BY {order} LIMIT {_LISTED}
    """)


_LEFT = text("""
    SELECT record, body FROM change
    WHERE state = 'left' AND type = 'attachment' AND mine = 1 AND received >= :since ORDER BY seq
""")
_PENDING = text(f"SELECT record, body FROM change WHERE {PENDING} AND type = 'attachment' ORDER BY seq")
_OUTGOING = {part: _leaving(part) for part in PARTS}
_ASKED = "(r.state = 'wanted' OR r.state = 'absent' AND r.at < :retry"
_INCOMING = {
    "thumbnail": _coming("thumbnail", f"{_ASKED} OR r.state IS NULL AND d.stage = 'open')", "a.created_at DESC"),
    "file": _coming("file", f"{_ASKED})", "r.at"),
    "original": _coming("original", f"{_ASKED})", "r.at"),
}
_OF = text(f"SELECT {_FIELDS} FROM attachment a WHERE a.id IN (SELECT value FROM json_each(:ids))")
_ROADS = text("""
    SELECT record, part, state, moved, why FROM file_road WHERE record IN (SELECT value FROM json_each(:ids))
""")
_HERE = text("SELECT digest FROM file WHERE digest IN (SELECT value FROM json_each(:digests))")
_SET = text("""
    INSERT INTO file_road (record, part, digest, state, moved, why, at)
    VALUES (:record, :part, :digest, :state, :moved, :why, :at)
    ON CONFLICT DO UPDATE SET digest = excluded.digest, state = excluded.state, moved = excluded.moved,
        why = excluded.why, at = excluded.at
""")
_MOVED = text("""
    INSERT INTO file_road (record, part, digest, state, moved) VALUES (:record, :part, :digest, 'waiting', :moved)
    ON CONFLICT DO UPDATE SET moved = excluded.moved
""")
_MOVED_BEFORE = text("SELECT moved FROM file_road WHERE record = :record AND part = :part")
_KEEP = text("INSERT INTO file (digest, size, added_at) VALUES (:digest, :size, :at) "
             "ON CONFLICT DO UPDATE SET added_at = excluded.added_at, settled = 0")
_UNSETTLED_USES = " OR ".join(
    f"""EXISTS (SELECT 1 FROM attachment a LEFT JOIN file_road r ON r.record = a.id AND r.part = '{part}'
    WHERE a.{digest} = file.digest AND {_NOT_OVER})"""
    for part, (digest, _) in _COLUMNS.items()
)
_SETTLE = text(f"UPDATE file SET settled = NOT ({_UNSETTLED_USES}) WHERE digest = :digest")
_NAMED = " OR ".join(f"EXISTS (SELECT 1 FROM attachment WHERE {digest} = f.digest)" for digest, _ in _COLUMNS.values())
_LEFTOVER = text(f"""
    SELECT digest FROM file f WHERE added_at < :before AND NOT ({_NAMED})
    AND EXISTS (SELECT 1 FROM file_road WHERE digest = f.digest AND state = 'there')
""")


def outgoing(connection: Connection) -> list[Piece]:
    """What the district lacks of attachments it has taken, thumbnails first; of those too that left before it went."""
    here = [_piece(row, part) for part in PARTS for row in connection.execute(_OUTGOING[part]).mappings()]
    return sorted([*here, *_left_behind(connection)], key=lambda piece: PARTS.index(piece.part))


def incoming(connection: Connection, now_ms: int) -> list[Piece]:
    """What is to be fetched: thumbnails of open disputes, and what a person asked for."""
    asked = {"retry": now_ms - RETRY_MS}
    return [_piece(row, part) for part in PARTS for row in connection.execute(_INCOMING[part], asked).mappings()]


def standings(connection: Connection, records: Sequence[str]) -> list[Standing]:
    """How every file of these attachments stands."""
    asked = {"ids": json_list(records)}
    rows = connection.execute(_OF, asked).mappings().all()
    known = [piece for row in rows for piece in pieces(row["id"], dict(row))]
    here = set(connection.execute(_HERE, {"digests": json_list({piece.digest for piece in known})}).scalars())
    roads = {(row.record, row.part): row for row in connection.execute(_ROADS, asked)}
    return [_standing(piece, piece.digest in here, roads.get((piece.record, piece.part))) for piece in known]


def keep(connection: Connection, digest: str, size: int, now_ms: int) -> None:
    """The content is in the vault."""
    connection.execute(_KEEP, {"digest": digest, "size": size, "at": now_ms})


def recognise(connection: Connection, records: Sequence[str], size_in_vault: Callable[[str], int], now_ms: int) -> None:
    """Of these attachments, note the contents that lie in the vault unnoted: the desk went back to an older backup.

    Whether the district has them is not known: they are offered.
    """
    for standing in standings(connection, records):
        piece = standing.piece
        if not standing.is_here and size_in_vault(piece.digest) == piece.size_bytes:
            keep(connection, piece.digest, piece.size_bytes, now_ms)


def set_road(connection: Connection, piece: Piece, road: Road, now_ms: int, *, why: str = "") -> None:
    """How a file stands with the district from now on."""
    moved = piece.size_bytes if road == "there" else 0
    connection.execute(_SET, {
        "record": piece.record, "part": piece.part, "digest": piece.digest, "state": road, "moved": moved, "why": why,
        "at": now_ms,
    })  # fmt: skip
    connection.execute(_SETTLE, {"digest": piece.digest})


def set_moved(connection: Connection, piece: Piece, moved_bytes: int) -> int:
    """So much of it is over; how much it was before."""
    before = connection.execute(_MOVED_BEFORE, {"record": piece.record, "part": piece.part}).scalar()
    values = {"record": piece.record, "part": piece.part, "digest": piece.digest, "moved": moved_bytes}
    connection.execute(_MOVED, values)
    return int(before or 0)


def wanted(connection: Connection) -> int:
    """How many files a person asked for and that have not come."""
    return int(connection.execute(text("SELECT count(*) FROM file_road WHERE state = 'wanted'")).scalar_one())


def leftovers(connection: Connection, now_ms: int) -> list[str]:
    """Contents no record here names any more, all of which the district has: only these may go.

    What was put in just now may belong to a record that is about to be written; what belongs to own words that are put
    by may be wanted, as they are, by a hub that is restored; what is unsent or refused may still go.
    """
    found = list(connection.execute(_LEFTOVER, {"before": now_ms - RETRY_MS}).scalars())
    if not found:
        return []
    put_by, pending = _left(connection, now_ms - KEPT_MS), _pieces(connection.execute(_PENDING))
    needed = {piece.digest for piece in (*put_by, *_left_behind(connection), *pending)}
    return [digest for digest in found if digest not in needed]


def forget(connection: Connection, digest: str) -> None:
    """The content has been taken out of the vault; should it be wanted again, it is fetched as if never here."""
    connection.execute(text("DELETE FROM file_road WHERE digest = :digest"), {"digest": digest})
    connection.execute(text("DELETE FROM file WHERE digest = :digest"), {"digest": digest})


def kept(connection: Connection) -> list[tuple[str, int]]:
    """Every content that should be in the vault, with its size."""
    return [(row.digest, row.size) for row in connection.execute(text("SELECT digest, size FROM file"))]


def unsent(connection: Connection) -> list[str]:
    """Contents of which the district does not have some use: they must not be lost."""
    query = text("""
        SELECT digest FROM file f WHERE NOT EXISTS
        (SELECT 1 FROM file_road WHERE digest = f.digest AND state = 'there')
    """)
    return list(connection.execute(query).scalars())


def _left(connection: Connection, since_ms: int = 0) -> list[Piece]:
    """The files of own attachments that left this desk since."""
    return _pieces(connection.execute(_LEFT, {"since": since_ms}))


def _pieces(changes: Iterable[Row[Any]]) -> list[Piece]:
    """The files these changes of attachments declare."""
    fields: dict[str, Record] = {}
    for row in changes:
        fields[row.record] = apply(fields.get(row.record, {}), read_change(row.body).set)
    return [piece for record, known in fields.items() for piece in pieces(record, known)]


def _left_behind(connection: Connection) -> list[Piece]:
    """Of these, what is here and the district lacks."""
    found = _left(connection)
    if not found:
        return []
    here = set(connection.execute(_HERE, {"digests": json_list({piece.digest for piece in found})}).scalars())
    roads = connection.execute(_ROADS, {"ids": json_list({piece.record for piece in found})})
    over = {(row.record, row.part) for row in roads if row.state in ("there", "refused")}
    return [piece for piece in found if piece.digest in here and (piece.record, piece.part) not in over]


def _piece(row: RowMapping, part: Part) -> Piece:
    return next(piece for piece in pieces(row["id"], dict(row)) if piece.part == part)


def _standing(piece: Piece, is_here: bool, road: object) -> Standing:
    if road is None:
        return Standing(piece, is_here, "", 0, "")
    state = cast("Road", road.state)  # type: ignore[attr-defined]
    return Standing(piece, is_here, state, road.moved, road.why)  # type: ignore[attr-defined]
