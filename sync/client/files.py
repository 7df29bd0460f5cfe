"""The file lane: thumbnails, then files, then originals, in chunks that may end at any byte and be resumed.

It runs only while no record waits: `held` is asked between any two chunks, and ends the run at once. Each chunk is
committed on its side before the next one goes, so a cut loses at most the chunk in flight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

from sync.client.caller import signature_of
from sync.client.connection import Reply
from sync.client.replica import Identity
from sync.client.transport import Transport
from sync.protocol import files, limits
from sync.protocol.errors import Garbled, Unreachable
from sync.protocol.files import Piece

REFUSED = frozenset({409, 413, 422})
"""The file is not what its record says. Any other answer only means "try again later", as everywhere."""
_TRIES = 3

T = TypeVar("T")


class Incoming(Protocol):
    """A file being taken in; what is here survives a cut."""

    @property
    def offset(self) -> int: ...

    def write(self, raw: bytes) -> None: ...

    def close(self) -> None: ...


class FileStock(Protocol):
    """A desk's files as the lane sees them. Every method commits before it returns."""

    def outgoing(self) -> list[Piece]:
        """What the hub lacks, thumbnails first, of records the hub has taken."""
        ...

    def incoming(self) -> list[Piece]:
        """What is to be fetched: thumbnails of open matters, and what a person asked for."""
        ...

    def read(self, piece: Piece, offset: int, length_bytes: int) -> bytes:
        """A part of a file that is here. Raises OSError or a StoreError when it cannot be read."""
        ...

    def moved(self, piece: Piece, moved_bytes: int) -> None:
        """So much of it is over."""
        ...

    def sent(self, piece: Piece) -> None:
        """The hub has it whole."""
        ...

    def refused(self, piece: Piece, why: str) -> None:
        """The hub will never take it; it stays here."""
        ...

    def receive(self, piece: Piece) -> Incoming:
        """Begin it, or go on where it was cut."""
        ...

    def arrived(self, piece: Piece, incoming: Incoming) -> bool:
        """All bytes are here: check and keep it. False when it is not what was promised; then it begins anew."""
        ...

    def absent(self, piece: Piece) -> None:
        """The hub has not got it yet either."""
        ...


@dataclass(slots=True)
class FileReport:
    """What one run of the lane did. held: it made way for records before everything was done."""

    sent: int = 0
    received: int = 0
    sent_bytes: int = 0
    received_bytes: int = 0
    refused: int = 0
    held: bool = False


@dataclass(slots=True)
class Chunk:
    """The size of the next chunk: doubles while chunks go quickly, halves on a cut."""

    size_bytes: int = 64 * 1024
    quick_seconds: float = 3

    def grow(self, took_seconds: float) -> None:
        """After a chunk that went over."""
        if took_seconds < self.quick_seconds:
            self.size_bytes = min(limits.CHUNK, self.size_bytes * 2)

    def shrink(self) -> None:
        """After a cut."""
        self.size_bytes = max(limits.CHUNK_LEAST, self.size_bytes // 2)


@dataclass(slots=True)
class FileLane:
    """One desk's lane to its hub. seconds: a clock that only grows. held: whether to make way, asked between chunks."""

    stock: FileStock
    transport: Transport
    identity: Identity
    seconds: Callable[[], float]
    held: Callable[[], bool] = lambda: False
    chunk: Chunk = field(default_factory=Chunk)
    report: FileReport = field(default_factory=FileReport)

    def run(self) -> FileReport:
        """Move what there is to move, thumbnails of both ways first.

        Raises Unreachable when the line fails several times in a row, Distrusted, Garbled; what is over is over.
        """
        while self._pass():
            pass
        return self.report

    def _pass(self) -> bool:
        """Everything that waits now; whether anything was finished, so that more may be worth asking for."""
        before = self.report.sent + self.report.received
        work = [(piece, self._send) for piece in self.stock.outgoing()]
        work += [(piece, self._fetch) for piece in self.stock.incoming()]
        for piece, move in sorted(work, key=lambda one: files.PARTS.index(one[0].part)):
            if self._is_held():
                return False
            move(piece)
        return self.report.sent + self.report.received > before

    def _send(self, piece: Piece) -> None:
        offset = self._patiently(lambda: self._begin(piece))
        while offset is not None and offset < piece.size_bytes and not self._is_held():
            offset = self._patiently(partial(self._send_chunk, piece, offset))
        if offset == piece.size_bytes:
            self.stock.sent(piece)
            self.report.sent += 1

    def _begin(self, piece: Piece) -> int | None:
        """Where to go on with an upload, which is made when there is none; None when not now or never."""
        reply = self._ask("HEAD", f"{files.UPLOADS}/{piece.name}")
        if reply.status != 200:
            reply = self._ask("POST", files.UPLOADS, headers={
                "Upload-Length": str(piece.size_bytes),
                "Upload-Metadata": files.write_metadata(record=piece.record, part=piece.part),
            })  # fmt: skip
        return self._offset(piece, reply, (200, 201))

    def _send_chunk(self, piece: Piece, offset: int) -> int | None:
        raw = self.stock.read(piece, offset, self.chunk.size_bytes)
        headers = {
            "Upload-Offset": str(offset), "Content-Type": files.OFFSET_TYPE, "Upload-Checksum": files.checksum(raw),
        }  # fmt: skip
        begun = self.seconds()
        reply = self._ask("PATCH", f"{files.UPLOADS}/{piece.name}", raw, headers)
        if reply.status in (404, 409, 410, 460):
            return self._begin(piece)
        reached = self._offset(piece, reply, (204,))
        if reached is not None:
            self.report.sent_bytes += max(0, reached - offset)
            self.chunk.grow(self.seconds() - begun)
            self.stock.moved(piece, reached)
        return reached

    def _offset(self, piece: Piece, reply: Reply, fine: tuple[int, ...]) -> int | None:
        if reply.status in fine:
            told = reply.headers.get("upload-offset", "0")
            if not told.isdecimal() or int(told) > piece.size_bytes:
                raise Garbled("offset")
            return int(told)
        if reply.status in REFUSED:
            self.stock.refused(piece, reply.body.decode("utf-8", "replace")[:100])
            self.report.refused += 1
        return None

    def _fetch(self, piece: Piece) -> None:
        incoming = self.stock.receive(piece)
        try:
            while incoming.offset < piece.size_bytes:
                if self._is_held() or not self._patiently(lambda: self._fetch_chunk(piece, incoming)):
                    return
            if self.stock.arrived(piece, incoming):
                self.report.received += 1
        finally:
            incoming.close()

    def _fetch_chunk(self, piece: Piece, incoming: Incoming) -> bool:
        first = incoming.offset
        last = min(piece.size_bytes, first + self.chunk.size_bytes) - 1
        begun = self.seconds()
        reply = self._ask("GET", f"{files.FILES}/{piece.name}", headers={"Range": f"bytes={first}-{last}"})
        if reply.status == 404:
            self.stock.absent(piece)
            return False
        if reply.status != 206:
            return False
        if len(reply.body) != last + 1 - first:
            raise Garbled("range")
        incoming.write(reply.body)
        self.chunk.grow(self.seconds() - begun)
        self.report.received_bytes += len(reply.body)
        self.stock.moved(piece, incoming.offset)
        return True

    def _ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
        """One signed request."""
        whole = {"Tus-Resumable": files.TUS_VERSION, **(headers or {})}
        whole["Fengqiao-Desk"] = signature_of(self.identity, files.signed_line(method, path, whole), body)
        return self.transport.ask(method, path, body, whole)

    def _patiently(self, act: Callable[[], T]) -> T:
        """Try again after a cut, with smaller chunks each time. Raises Unreachable when it goes on."""
        for _ in range(_TRIES - 1):
            try:
                return act()
            except Unreachable:
                self.chunk.shrink()
                if self._is_held():
                    raise
        return act()

    def _is_held(self) -> bool:
        self.report.held = self.report.held or self.held()
        return self.report.held
