"""Recordings of sessions: the parts kept while people talk, and what becomes of them when the record is written.

A part lies encrypted in the store's growing files from its first half second; when the session is written, the parts
become attachments of kind 录音, bound to it by their SHA-256. What a power cut left behind is found again by dispute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import msgspec

from desktop.casework.attachments.intake import MEGABYTE
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.errors import Gone
from desktop.sound.pressing import BYTES_A_SECOND
from desktop.store import Edit
from desktop.store.growing import GrowingFile
from sync.protocol.files import digest_of
from sync.records.attachment import RECORDING
from sync.records.field import Record

_MIME = "audio/mpeg"


class _Head(msgspec.Struct):
    """What a part says of itself. session: the id its record will have."""

    dispute: str
    session: str
    begun_at: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a running session's recording."""

    name: str
    dispute_id: str
    session_id: str
    begun_at: datetime
    size_bytes: int

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.size_bytes / BYTES_A_SECOND


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A recording nobody has finished: of which dispute, since when, how long."""

    dispute_id: str
    title: str
    begun_at: datetime
    seconds: float


def begin_part(desk: Desk, dispute_id: str, session_id: str) -> GrowingFile:
    """Begin a part of the recording of a dispute's running session. Raises NoSpace, ReadOnly."""
    head = msgspec.json.encode(_Head(dispute_id, session_id, desk.moment()))
    return desk.store.files.growing.begin(desk.ids(), head)


def most_bytes(desk: Desk) -> int:
    """How large one recording may become."""
    return desk.settings.number("recording_mb") * MEGABYTE


def parts(desk: Desk, dispute_id: str) -> list[Part]:
    """The parts of a dispute's running session, oldest first; a lost session's are the next one's."""
    return [part for part in _all(desk) if part.dispute_id == dispute_id]


def left_over(desk: Desk) -> list[LeftOver]:
    """Recordings nobody has finished, one line for each dispute this person may see.

    What is in a written record already (the power went just then) is let go of.
    """
    found: dict[str, list[Part]] = {}
    for part in _all(desk):
        if desk.store.record("session", part.session_id) is not None:
            desk.store.files.growing.remove(part.name)
        elif part.size_bytes:
            found.setdefault(part.dispute_id, []).append(part)
    lines = []
    for dispute_id, own in found.items():
        with suppress(Gone):
            title = cases.load(desk, dispute_id).title
            lines.append(LeftOver(dispute_id, title, own[0].begun_at, sum(part.seconds for part in own)))
    return lines


def bound(desk: Desk, dispute_id: str, session_id: str, title: str) -> list[Edit]:
    """The attachments a session's recording becomes; their files are in the vault when this returns.

    Parts are joined as long as they fit one file. Raises NoSpace, ReadOnly.
    """
    groups = list(_joined([part for part in parts(desk, dispute_id) if part.size_bytes], most_bytes(desk)))
    return [
        Edit("attachment", desk.ids(), _record(desk, dispute_id, session_id, name, group))
        for name, group in zip(_names(title, len(groups)), groups, strict=True)
    ]


def forget(desk: Desk, dispute_id: str) -> None:
    """The session is written, and its recording with it: the parts are no longer needed."""
    for part in parts(desk, dispute_id):
        desk.store.files.growing.remove(part.name)


def _all(desk: Desk) -> Iterator[Part]:
    shelf = desk.store.files.growing
    for name in shelf.names():
        try:
            head = msgspec.json.decode(shelf.head(name), type=_Head)
        except msgspec.DecodeError:
            continue
        yield Part(name, head.dispute, head.session, datetime.fromisoformat(head.begun_at), shelf.size_bytes(name))


def _joined(found: Sequence[Part], most: int) -> Iterator[list[Part]]:
    group: list[Part] = []
    for part in found:
        if group and sum(one.size_bytes for one in group) + part.size_bytes > most:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _names(title: str, count: int) -> list[str]:
    return [f"{title}录音"] if count == 1 else [f"{title}录音（{n}）" for n in range(1, count + 1)]


def _record(desk: Desk, dispute_id: str, session_id: str, name: str, group: Sequence[Part]) -> Record:
    raw = b"".join(desk.store.files.growing.read(part.name) for part in group)
    desk.store.files.put(raw)
    return {
        "dispute_id": dispute_id, "session_id": session_id, "kind": RECORDING, "name": name, "sha256": digest_of(raw),
        "size_bytes": len(raw), "mime": _MIME, "taken_at": group[0].begun_at.isoformat(timespec="seconds"),
        "added_at": desk.moment(), "added_by": desk.account.id,
    }  # fmt: skip
