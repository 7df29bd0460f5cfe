"""Attaching a file to a dispute, and striking one out. The file is safe on disk before its record is written."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.casework.attachments.intake import Taken, take_in
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.deadlines import live
from desktop.casework.errors import Lack, NotAllowed, NotYet
from desktop.store import Changes, Edit
from sync.protocol.files import digest_of
from sync.records.attachment import ATTACHMENT, RECORDING
from sync.records.field import Record
from sync.records.validate import complaints, is_empty

_NAME_LETTERS = ATTACHMENT.by_name["name"].limit


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was handed in. kind: a code of ATTACHMENT_KIND, "" lets the content decide."""

    name: str
    raw: bytes
    kind: str = ""
    session_id: str = ""
    agreement_id: str = ""
    note: str = ""
    keep_original: bool = False


def attach(desk: Desk, dispute_id: str, new: NewFile) -> str:
    """Keep a file with a dispute; the id of the attachment. Raises NotAllowed, NotYet, Gone, NoSpace."""
    case = cases.load(desk, dispute_id)
    taken = take_in(new.raw, desk.settings, desk.now().tzinfo, keep_original=new.keep_original)
    digest = digest_of(taken.body)
    if any(one.get("sha256") == digest for one in live(case.children, "attachment")):
        raise NotAllowed("这个文件已经在这一件里了，没有再添。原来的好好的。")
    record = {name: value for name, value in _record(desk, case.id, new, taken).items() if not is_empty(value)}
    faults = [c for c in complaints(ATTACHMENT, record) if c.level == "error"]
    if faults:
        raise NotYet(tuple(Lack(c.field, ATTACHMENT.by_name[c.field].label, c.message) for c in faults))
    for content in filter(None, (taken.body, taken.thumbnail, taken.original)):
        desk.store.files.put(content)
    attachment = desk.ids()
    desk.save([Edit("attachment", attachment, record)])
    return attachment


def void(desk: Desk, attachment_id: str, reason: str) -> Changes:
    """Strike an attachment out, with a reason; its file stays with it. Raises NotYet, Gone."""
    cases.load_child(desk, "attachment", attachment_id)
    if not reason.strip():
        raise NotYet((Lack("reason", "为什么作废", "写一句为什么作废"),))
    return desk.save([Edit("attachment", attachment_id, {"void_at": desk.moment(), "void_reason": reason.strip()})])


def _record(desk: Desk, dispute_id: str, new: NewFile, taken: Taken) -> Record:
    taken_at = taken.taken_at.isoformat(timespec="seconds") if taken.taken_at else None
    return {
        "dispute_id": dispute_id, "session_id": new.session_id, "agreement_id": new.agreement_id,
        "kind": new.kind or _kind_of(taken.mime, new.session_id),
        "name": " ".join(new.name.split())[:_NAME_LETTERS] or "附件",
        "sha256": digest_of(taken.body), "size_bytes": len(taken.body), "mime": taken.mime,
        **_measured("thumbnail", taken.thumbnail), **_measured("original", taken.original),
        "original_mime": taken.original_mime, "taken_at": taken_at, "added_at": desk.moment(),
        "added_by": desk.account.id, "note": new.note.strip(),
    }  # fmt: skip


def _measured(name: str, raw: bytes) -> Record:
    return {name: digest_of(raw), f"{name}_bytes": len(raw)} if raw else {}


def _kind_of(mime: str, session_id: str) -> str:
    """A recording belongs to a session; sound without one is something a party brought."""
    if mime.startswith("audio/"):
        return RECORDING if session_id else "证据材料"
    return "照片" if mime.startswith("image/") else "扫描件"
