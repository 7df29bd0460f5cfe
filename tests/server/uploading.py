"""A desk's file requests, bent by the test before they go: attachments declared, chunks sent, ranges asked for."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from sync.client.connection import Reply
from sync.client.files import FileLane, FileReport
from sync.client.replica import Identity
from sync.protocol import files
from sync.protocol.chain import encode, request_bytes
from sync.protocol.files import Piece, digest_of, pieces
from sync.server.files import FileDoor, FileReply
from tests.server.conftest import District
from tests.server.desk import Desk

PDF = b"%PDF-1.4 "


def pdf(size: int, seed: int = 1) -> bytes:
    """Invented bytes that begin as a PDF does."""
    return PDF + Random(seed).randbytes(size - len(PDF))


def attach(district: District, desk: Desk, by: str, dispute: str, raw: bytes, **given: Any) -> Piece:
    """An attachment of a dispute, accepted by the hub; its file has not come yet."""
    record = district.new_id()
    fields = {
        "dispute_id": dispute, "kind": "证据材料", "name": "借条", "sha256": digest_of(raw), "size_bytes": len(raw),
        "mime": "application/pdf", "added_at": "2026-11-23T10:00:00+08:00", "added_by": by, **given,
    }  # fmt: skip
    desk.change("attachment", record, fields, by)
    (verdict,) = desk.round().verdicts
    assert verdict.no, verdict
    return next(piece for piece in pieces(record, fields) if piece.part == "file")


class Sender:
    """One desk at the hub's file door."""

    def __init__(self, door: FileDoor, desk: Desk) -> None:
        self.door, self.desk = door, desk

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> FileReply:
        """One request, signed over what it says."""
        whole = {"Tus-Resumable": "1.0.0", **(headers or {})}
        line = files.signed_line(method, path, whole)
        signature = encode(self.desk.key.sign(request_bytes(line, body)))
        whole["Fengqiao-Desk"] = f"{self.desk.identity.device}.{signature}"
        return self.door.handle(method, path, body, whole)

    def create(self, piece: Piece, size: int | None = None) -> FileReply:
        """Begin an upload."""
        told = files.write_metadata(record=piece.record, part=piece.part)
        return self.ask("POST", files.UPLOADS, b"", {
            "Upload-Length": str(piece.size_bytes if size is None else size), "Upload-Metadata": told,
        })  # fmt: skip

    def patch(self, piece: Piece, offset: int, raw: bytes, **headers: str) -> FileReply:
        """Send a chunk."""
        said = {"Upload-Offset": str(offset), "Content-Type": files.OFFSET_TYPE, "Upload-Checksum": files.checksum(raw)}
        return self.ask("PATCH", f"{files.UPLOADS}/{piece.name}", raw, {**said, **headers})

    def head(self, piece: Piece) -> FileReply:
        """How far it has come."""
        return self.ask("HEAD", f"{files.UPLOADS}/{piece.name}")

    def get(self, piece: Piece, first: int, last: int) -> FileReply:
        """A range."""
        return self.ask("GET", f"{files.FILES}/{piece.name}", b"", {"Range": f"bytes={first}-{last}"})

    def send(self, piece: Piece, raw: bytes) -> FileReply:
        """The whole file in one go."""
        self.create(piece)
        return self.patch(piece, 0, raw)


class DoorTransport:
    """The real door without a line between; `cuts` are taken one per request: True loses what comes back."""

    def __init__(self, door: FileDoor) -> None:
        self.door = door

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        reply = self.door.handle(method, path, body, headers)
        return Reply(reply.status, reply.body, {k.lower(): v for k, v in reply.headers.items()})


def identity_of(desk: Desk) -> Identity:
    """The same desk to the client's lane."""
    return Identity(desk.identity.hub, desk.identity.device, desk.place, desk.key)


__all__ = ["DoorTransport", "FileLane", "FileReport", "Sender", "attach", "identity_of", "pdf"]
