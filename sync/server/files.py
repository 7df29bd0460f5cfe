"""The hub's end of the file lane: tus uploads and ranged downloads, open to whoever may read the attachment.

A content is given out only for an attachment it came whole for, to a desk that holds that attachment. A desk that knows
a hash and nothing else gains nothing: it must send the whole content for its own attachment, unless it could
fetch that content already (docs/decisions/0011-files.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sync.protocol import files, limits
from sync.protocol.addresses import Ears
from sync.protocol.errors import Garbled
from sync.protocol.files import Piece
from sync.records.attachment import FILE_BYTES
from sync.server.access import Desk, desk_of
from sync.server.charter import read_charter
from sync.server.database import Database
from sync.server.shelf import Shelf
from sync.server.tables import HELD, JOURNAL, STANDING, TRAFFIC, UPLOAD
from sync.server.turn import day_of

RESERVE_BYTES = 1024 * 1024 * 1024
"""Free space the hub keeps for records."""
_SWEPT = 20
_SENDING = frozenset({"POST", "HEAD", "PATCH"})


@dataclass(frozen=True, slots=True)
class FileReply:
    """Status, headers and body of an answer."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Turned(Exception):
    """The request is not served; `status` says why to a program, `why` to a person."""

    def __init__(self, status: int, why: str = "") -> None:
        super().__init__(status)
        self.status = status
        self.why = why


@dataclass(frozen=True, slots=True)
class _Caller:
    """Who asks, and for which file."""

    desk: Desk
    district: str
    piece: Piece

    @property
    def key(self) -> dict[str, str]:
        """What tells this upload from all others."""
        return {"device": self.desk.device, "record": self.piece.record, "part": self.piece.part}


class FileDoor:
    """Everything under /uploads and /files. Holds nothing between requests."""

    def __init__(self, database: Database, shelf: Shelf, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._shelf = shelf
        self._clock_ms = clock_ms

    def handle(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> FileReply:
        """The answer to one request, whatever it is."""
        headers = {name.lower(): value for name, value in headers.items()}
        try:
            if method == "OPTIONS":
                return _offer()
            if headers.get("tus-resumable") != files.TUS_VERSION:
                return FileReply(412, {"Tus-Version": files.TUS_VERSION})
            reply = self._serve(method, path, body, headers)
        except Turned as turned:
            reply = FileReply(turned.status, {}, turned.why.encode())
        except Garbled as problem:
            reply = FileReply(400, {}, str(problem).encode())
        except (DBAPIError, PoolTimeout):
            reply = FileReply(503, {}, b"busy")
        except OSError:
            reply = FileReply(507, {}, "区里的磁盘现在写不进去".encode())
        return FileReply(reply.status, {"Tus-Resumable": files.TUS_VERSION, **reply.headers}, reply.body)

    def _serve(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> FileReply:
        caller = self._admit(method, path, body, headers)
        place = path.rpartition("/")[0] or path
        served = {
            ("POST", files.UPLOADS): lambda: self._create(caller, headers),
            ("HEAD", files.UPLOADS): lambda: self._tell(caller),
            ("PATCH", files.UPLOADS): lambda: self._take(caller, body, headers),
            ("GET", files.FILES): lambda: self._give(caller, headers),
        }.get((method, place))
        if served is None:
            raise Turned(404)
        return served()

    def _admit(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> _Caller:
        """Who asks, and for what: 404 alike for what there is not and for what is not theirs."""
        with self._database.read() as connection:
            desk = desk_of(connection, files.signed_line(method, path, headers), body, headers)
            if desk.is_revoked:
                raise Turned(403, "这台电脑已停用")
            named = _named(method, path, headers)
            piece = _piece(connection, desk, *named, is_sending=method in _SENDING) if named else None
            if piece is None:
                raise Turned(404)
            return _Caller(desk, read_charter(connection).district, piece)

    def _create(self, caller: _Caller, headers: Mapping[str, str]) -> FileReply:
        """Begin an upload, or say how far the same one has come."""
        told, piece = headers.get("upload-length", ""), caller.piece
        if not told.isdecimal() or len(told) > 15:
            raise Turned(400, "没说文件有多大")
        if int(told) > FILE_BYTES:
            raise Turned(413, "文件太大了")
        if int(told) != piece.size_bytes:
            raise Turned(409, "和登记的大小不一样")
        if self._shelf.free_bytes() < piece.size_bytes + RESERVE_BYTES:
            raise Turned(507, "区里的磁盘快满了")
        with self._database.note() as connection:
            self._sweep(connection)
            if not _is_held(connection, piece) and not self._adopted(connection, caller):
                self._open(connection, caller)
        reached = self._tell(caller).headers["Upload-Offset"]
        return FileReply(201, {"Location": f"{files.UPLOADS}/{piece.name}", "Upload-Offset": reached})

    def _tell(self, caller: _Caller) -> FileReply:
        """How far an upload has come; all of it when the file is here."""
        with self._database.read() as connection:
            if _is_held(connection, caller.piece):
                reached: int | None = caller.piece.size_bytes
            else:
                reached = self._reached(connection, caller)
        if reached is None:
            raise Turned(404)
        told = {"Upload-Offset": str(reached), "Upload-Length": str(caller.piece.size_bytes)}
        return FileReply(200, {**told, "Cache-Control": "no-store"})

    def _take(self, caller: _Caller, body: bytes, headers: Mapping[str, str]) -> FileReply:
        """One chunk: checked, written, counted; the last one brings the file to its place."""
        _check_chunk(body, headers)
        piece, offset = caller.piece, int(headers["upload-offset"])
        with self._database.read() as connection:
            reached = self._reached(connection, caller)
            if reached is None:
                raise Turned(404)
            if offset != reached or not body:
                raise Turned(409, "接不上")
            if offset + len(body) > piece.size_bytes:
                raise Turned(413, "比登记的大")
            if _sent_today(connection, caller, self._today()) + len(body) > limits.FILE_DAY:
                raise Turned(429, "今天传得太多了，明天接着传")
        part = self._shelf.part(**caller.key)
        self._shelf.write(part, offset, body)
        after = offset + len(body)
        if after == piece.size_bytes and not self._shelf.keep(part, piece.digest, piece.mime):
            self._forget(caller)
            raise Turned(422, "内容和登记的对不上")
        self._count(caller, offset, after)
        return FileReply(204, {"Upload-Offset": str(after)})

    def _give(self, caller: _Caller, headers: Mapping[str, str]) -> FileReply:
        """A range of a file that came whole for this attachment."""
        size = caller.piece.size_bytes
        with self._database.read() as connection:
            if not _is_held(connection, caller.piece):
                raise Turned(404)
        asked = files.read_range(headers.get("range", ""))
        if asked is None or asked[0] >= size or asked[1] - asked[0] >= limits.CHUNK:
            return FileReply(416, {"Content-Range": f"bytes */{size}"})
        first, last = asked[0], min(asked[1], size - 1)
        raw = self._shelf.read(caller.piece.digest, first, last + 1 - first)
        return FileReply(206, {"Content-Range": f"bytes {first}-{last}/{size}"}, raw)

    def _open(self, connection: Connection, caller: _Caller) -> None:
        if self._reached(connection, caller) is not None:
            return
        mine = connection.execute(
            select(func.count()).select_from(UPLOAD).where(UPLOAD.c.device == caller.desk.device)
        ).scalar_one()
        if mine >= limits.UPLOADS:
            raise Turned(429, "没传完的太多了")
        piece = caller.piece
        connection.execute(delete(UPLOAD).where(_own(caller)))
        connection.execute(insert(UPLOAD), [{
            **caller.key, "district": caller.district, "digest": piece.digest, "size": piece.size_bytes,
            "reached": 0, "touched": self._clock_ms(),
        }])  # fmt: skip

    def _adopted(self, connection: Connection, caller: _Caller) -> bool:
        """The same content came for another attachment this desk may read: it need not come again."""
        query = (
            select(STANDING.c.addresses)
            .join(HELD, HELD.c.record == STANDING.c.record)
            .where(HELD.c.digest == caller.piece.digest, HELD.c.size == caller.piece.size_bytes)
        )
        ears = Ears(caller.desk.place)
        if not any(ears.hears(a) for row in connection.execute(query) for a in row.addresses):
            return False
        self._hold(connection, caller)
        return True

    def _hold(self, connection: Connection, caller: _Caller) -> None:
        piece = caller.piece
        connection.execute(delete(UPLOAD).where(_own(caller)))
        if not _is_held(connection, piece):
            connection.execute(insert(HELD), [{
                "record": piece.record, "part": piece.part, "district": caller.district, "digest": piece.digest,
                "size": piece.size_bytes, "device": caller.desk.device, "received": self._clock_ms(),
            }])  # fmt: skip

    def _count(self, caller: _Caller, offset: int, after: int) -> None:
        with self._database.note() as connection:
            connection.execute(update(UPLOAD).where(_own(caller)).values(reached=after, touched=self._clock_ms()))
            _add_traffic(connection, caller, self._today(), after - offset)
            if after == caller.piece.size_bytes:
                self._hold(connection, caller)

    def _forget(self, caller: _Caller) -> None:
        with self._database.note() as connection:
            connection.execute(delete(UPLOAD).where(_own(caller)))

    def _reached(self, connection: Connection, caller: _Caller) -> int | None:
        """How much of an upload is both counted and on disk; None when there is none of this content."""
        row = connection.execute(select(UPLOAD).where(_own(caller))).one_or_none()
        if row is None or row.digest != caller.piece.digest:
            return None
        on_disk = self._shelf.reached(self._shelf.part(**caller.key))
        return int(row.reached) if on_disk >= row.reached else 0

    def _sweep(self, connection: Connection) -> None:
        """Throw away a few uploads nobody touched for long."""
        old = select(UPLOAD).where(UPLOAD.c.touched < self._clock_ms() - limits.STALE_MS).limit(_SWEPT)
        for row in connection.execute(old).all():
            self._shelf.part(row.device, row.record, row.part).unlink(missing_ok=True)
            same = and_(UPLOAD.c.device == row.device, UPLOAD.c.record == row.record, UPLOAD.c.part == row.part)
            connection.execute(delete(UPLOAD).where(same))

    def _today(self) -> str:
        return day_of(self._clock_ms())


def _offer() -> FileReply:
    """What this end of tus can do."""
    return FileReply(204, {
        "Tus-Version": files.TUS_VERSION, "Tus-Extension": files.EXTENSIONS, "Tus-Max-Size": str(FILE_BYTES),
        "Tus-Checksum-Algorithm": "sha256",
    })  # fmt: skip


def _named(method: str, path: str, headers: Mapping[str, str]) -> tuple[str, str] | None:
    """Record and part the request is about: in the metadata of a new upload, else in the path."""
    if method != "POST":
        return files.read_name(path.rpartition("/")[2])
    said = files.read_metadata(headers.get("upload-metadata", ""))
    return files.read_name(f"{said.get('record')}.{said.get('part')}")


def _piece(connection: Connection, desk: Desk, record: str, part: str, *, is_sending: bool) -> Piece | None:
    """The file of an agreed attachment the desk holds, or brought and has yet to send the file of."""
    query = select(STANDING.c.fields, STANDING.c.addresses).where(
        STANDING.c.record == record, STANDING.c.type == "attachment"
    )
    row, ears = connection.execute(query).one_or_none(), Ears(desk.place)
    if row is None:
        return None
    if not any(map(ears.hears, row.addresses)) and not (is_sending and _is_brought_by(connection, desk, record)):
        return None
    return next((piece for piece in files.pieces(record, row.fields) if piece.part == part), None)


def _is_brought_by(connection: Connection, desk: Desk, record: str) -> bool:
    """Whether this desk wrote the attachment: what it belongs to may have moved before the file was over."""
    own = (JOURNAL.c.record == record) & (JOURNAL.c.device == desk.device)
    return connection.execute(select(JOURNAL.c.no).where(own).limit(1)).first() is not None


def _is_held(connection: Connection, piece: Piece) -> bool:
    query = select(HELD.c.digest).where(HELD.c.record == piece.record, HELD.c.part == piece.part)
    return connection.execute(query).scalar_one_or_none() == piece.digest


def _own(caller: _Caller) -> ColumnElement[bool]:
    return and_(*(UPLOAD.c[name] == value for name, value in caller.key.items()))


def _check_chunk(body: bytes, headers: Mapping[str, str]) -> None:
    """What tus asks of a PATCH, before anything is looked up."""
    if headers.get("content-type") != files.OFFSET_TYPE:
        raise Turned(415)
    offset = headers.get("upload-offset", "")
    if not offset.isdecimal() or len(offset) > 15:
        raise Turned(400, "没说从哪里接着传")
    if headers.get("upload-checksum", files.checksum(body)) != files.checksum(body):
        raise Turned(460, "这一块传错了")


def _sent_today(connection: Connection, caller: _Caller, day: str) -> int:
    query = select(TRAFFIC.c.size).where(TRAFFIC.c.device == caller.desk.device, TRAFFIC.c.day == day)
    return int(connection.execute(query).scalar_one_or_none() or 0)


def _add_traffic(connection: Connection, caller: _Caller, day: str, size: int) -> None:
    row = {"device": caller.desk.device, "day": day}
    mine = and_(TRAFFIC.c.device == row["device"], TRAFFIC.c.day == day)
    if connection.execute(update(TRAFFIC).where(mine).values(size=TRAFFIC.c.size + size)).rowcount != 1:
        connection.execute(delete(TRAFFIC).where(TRAFFIC.c.device == row["device"]))
        connection.execute(insert(TRAFFIC), [{**row, "district": caller.district, "size": size}])


def faults(connection: Connection, shelf: Shelf) -> list[str]:
    """Files the hub should hold and does not, a line each."""
    return [
        f"{row.record} {row.part}：文件不在了，等有它的电脑再传"
        for row in connection.execute(select(HELD).order_by(HELD.c.record))
        if shelf.size_bytes(row.digest) != row.size
    ]
