"""The attachments of a dispute as facts for its page, and getting at one: fetched, looked at, saved as a copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.case import Case
from desktop.casework.disputes.deadlines import live
from desktop.casework.errors import NotAllowed
from desktop.casework.moments import read_moment
from desktop.store.file_roads import Standing
from sync.protocol.files import Part
from sync.records import codes
from sync.records.field import Record

State: TypeAlias = Literal["waits", "sending", "there", "refused", "away", "asked", "coming", "nowhere"]
"""How far a file has come: here and waiting; on its way out; with the district; refused; not on this PC; asked for;
on its way in; asked for, and the district has not got it either."""

_WORDS: dict[State, str] = {
    "waits": "存在本机，等着上传", "sending": "上传 {share}%", "there": "区里已有", "refused": "区里没收下：{why}",
    "away": "还没到本机", "asked": "还没到本机，等着取", "coming": "正在取 {share}%",
    "nowhere": "区里也还没有，等那边上传",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """One attachment. size_bytes: of what is kept. session: 第 2 次调解, or "". thumbnail: a small JPEG, b"" when
    there is none here. words: its state said. share: per cent on its way, None when it does not move."""

    id: str
    name: str
    kind: str
    mime: str
    type_name: str
    size_bytes: int
    at: datetime | None
    by: str
    note: str
    session: str
    thumbnail: bytes
    is_picture: bool
    is_here: bool
    has_original: bool
    state: State
    words: str
    share: int | None


@dataclass(frozen=True, slots=True)
class FileTotals:
    """What files wait, for the page of the exchange: how many go out, their bytes, how many were asked for."""

    outgoing: int
    outgoing_bytes: int
    incoming: int


def shelf(desk: Desk, dispute_id: str) -> tuple[AttachmentFacts, ...]:
    """The attachments of a dispute, newest first, struck-out ones left out. Raises Gone."""
    case = cases.load(desk, dispute_id)
    records = live(case.children, "attachment")
    standings: dict[str, dict[Part, Standing]] = {}
    for one in desk.store.files.standings([str(record["id"]) for record in records]):
        standings.setdefault(one.piece.record, {})[one.piece.part] = one
    return tuple(_facts(desk, case, record, standings.get(str(record["id"]), {})) for record in reversed(records))


def content(desk: Desk, attachment_id: str, part: Part = "file") -> bytes:
    """The bytes of an attachment. Raises Gone, NotAllowed when they are not on this PC, Damaged."""
    _, standing = _standing(desk, attachment_id, part)
    try:
        return desk.store.files.content(standing.piece.digest)
    except FileNotFoundError as problem:
        raise NotAllowed("这个文件还没到本机。登记的都在。点“取回来”，有网就取。") from problem


def is_here(desk: Desk, attachment_id: str, part: Part = "file") -> bool:
    """Whether the bytes are on this PC. Raises Gone, NotAllowed when there is no such part."""
    return _standing(desk, attachment_id, part)[1].is_here


def fetch(desk: Desk, attachment_id: str, part: Part = "file") -> None:
    """Have it fetched with the next exchange. Raises Gone."""
    _, standing = _standing(desk, attachment_id, part)
    if not standing.is_here:
        desk.store.files.want(standing.piece)


def offer_again(desk: Desk, attachment_id: str) -> None:
    """Send once more what the district refused. Raises Gone."""
    cases.load_child(desk, "attachment", attachment_id)
    for one in desk.store.files.standings([attachment_id]):
        if one.road == "refused":
            desk.store.files.offer_again(one.piece)


def save_copy(desk: Desk, attachment_id: str, target: Path, part: Part = "file") -> Path:
    """Write a copy, which is no longer encrypted; where. Raises Gone, NotAllowed."""
    raw = content(desk, attachment_id, part)
    try:
        target.write_bytes(raw)
    except OSError as problem:
        raise NotAllowed("那个地方不让写，没有存成。原来的都在。换个文件夹再存。") from problem
    return target


def suggested_name(desk: Desk, attachment_id: str, part: Part = "file") -> str:
    """What a saved copy is called: its name without signs a file name cannot hold, with the ending of its type."""
    record, standing = _standing(desk, attachment_id, part)
    ending = str(codes.table("FILE_TYPE").items[standing.piece.mime].more["ending"])
    name = "".join("_" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in str(record["name"]))
    return f"{name.strip(' .').removesuffix(ending) or '附件'}{ending}"


def totals(desk: Desk) -> FileTotals:
    """What files wait to go or to come; quick."""
    out = desk.store.files.outgoing()
    return FileTotals(len({one.record for one in out}), sum(one.size_bytes for one in out), desk.store.files.wanted())


def _standing(desk: Desk, attachment_id: str, part: Part) -> tuple[Record, Standing]:
    _, record = cases.load_child(desk, "attachment", attachment_id)
    found = next((s for s in desk.store.files.standings([attachment_id]) if s.piece.part == part), None)
    if found is None:
        raise NotAllowed("这个附件没有留原件。看得见的那一份在。")
    return record, found


def _facts(desk: Desk, case: Case, record: Record, standings: Mapping[Part, Standing]) -> AttachmentFacts:
    standing = standings.get("file")
    state = _state(standing)
    share = _share(standing) if state in ("sending", "coming") else None
    why = standing.why if standing else ""
    mime = str(record.get("mime") or "")
    return AttachmentFacts(
        id=str(record["id"]),
        name=str(record.get("name") or ""),
        kind=str(record.get("kind") or ""),
        mime=mime,
        type_name=codes.table("FILE_TYPE").text(mime),
        size_bytes=int(str(record.get("size_bytes") or 0)),
        at=read_moment(record.get("taken_at") or record.get("added_at")),
        by=desk.directory.account_name(str(record.get("added_by") or "")),
        note=str(record.get("note") or ""),
        session=_session(case, str(record.get("session_id") or "")),
        thumbnail=_thumbnail(desk, standings.get("thumbnail")),
        is_picture=mime.startswith("image/"),
        is_here=standing is not None and standing.is_here,
        has_original="original" in standings,
        state=state,
        words=_WORDS[state].format(share=share, why=why),
        share=share,
    )


def _state(standing: Standing | None) -> State:
    if standing is None:
        return "away"
    if standing.is_here:
        if standing.road in ("there", "refused"):
            return "there" if standing.road == "there" else "refused"
        return "sending" if standing.moved_bytes else "waits"
    if standing.road == "absent":
        return "nowhere"
    if standing.moved_bytes and standing.road != "there":
        return "coming"
    return "asked" if standing.road == "wanted" else "away"


def _share(standing: Standing | None) -> int:
    return standing.moved_bytes * 100 // standing.piece.size_bytes if standing else 0


def _thumbnail(desk: Desk, standing: Standing | None) -> bytes:
    try:
        return desk.store.files.content(standing.piece.digest) if standing and standing.is_here else b""
    except FileNotFoundError:
        return b""


def _session(case: Case, session_id: str) -> str:
    found = next((one for one in case.sessions if one["id"] == session_id), None)
    return f"第 {found.get('seq')} 次{found.get('kind')}" if found else ""


