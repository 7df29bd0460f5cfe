"""attach, files: files kept with a dispute; put in, listed, fetched, saved as copies."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from desktop.casework.attachments import intake, shelf
from desktop.casework.attachments.attach import NewFile
from desktop.casework.attachments.attach import attach as attach_file
from desktop.casework.attachments.shelf import AttachmentFacts
from desktop.casework.desk import Desk
from desktop.casework.errors import CaseworkError
from desktop.commands.call import DONE, TROUBLE, Call
from desktop.commands.opening import opened, require_roles
from desktop.commands.trouble import Misused


def attach(call: Call) -> int:
    """Keep files with a dispute; done when none was refused."""
    arguments, added, refused = call.arguments, [], []
    with opened(call) as desk:
        require_roles(desk)
        dispute = _dispute(desk, arguments.matter)
        session = _session(desk, dispute, arguments.session) if arguments.session else ""
        for path in arguments.files:
            try:
                raw = intake.read(path, desk.settings)
                new = NewFile(path.stem, raw, session_id=session, note=arguments.note, keep_original=arguments.original)
                added.append({"file": str(path), "attachment": attach_file(desk, dispute, new)})
            except CaseworkError as problem:
                refused.append({"file": str(path), "why": problem.message})
    lines = [f"添上了：{one['file']}" for one in added] + [f"没有添：{one['file']}。{one['why']}" for one in refused]
    call.answer({"added": added, "refused": refused}, "\n".join(lines))
    return TROUBLE if refused else DONE


def show(call: Call) -> int:
    """List the files of a dispute; with --save write what is here into a folder and have the rest fetched."""
    with opened(call) as desk:
        dispute = _dispute(desk, call.arguments.matter)
        found = shelf.shelf(desk, dispute)
        saved = [str(_saved(desk, one, call.arguments.save)) for one in found if call.arguments.save and one.is_here]
        for one in found:
            if call.arguments.save and not one.is_here:
                shelf.fetch(desk, one.id)
        found = shelf.shelf(desk, dispute)
    lines = [f"{one.name}\t{one.kind}\t{one.type_name}\t{one.size_bytes:,} 字节\t{one.words}" for one in found]
    lines += [f"存好了：{path}（没有加密，用完收好）" for path in saved]
    call.answer({"attachments": [_plain(one) for one in found], "saved": saved}, "\n".join(lines) or "没有附件。")
    return DONE


def _dispute(desk: Desk, code: str) -> str:
    if desk.store.record("dispute", code):
        return code
    found = desk.store.records("dispute", {"matter_code": code})
    if len(found) != 1:
        raise Misused(f"这台电脑上没有编码是“{code}”的纠纷。写案件编码，一位不差。")
    return str(found[0]["id"])


def _session(desk: Desk, dispute: str, number: int) -> str:
    found = next((one for one in desk.store.children("session", dispute) if one.get("seq") == number), None)
    if found is None:
        raise Misused(f"这一件没有第 {number} 次调解记录。")
    return str(found["id"])


def _saved(desk: Desk, one: AttachmentFacts, folder: Path) -> Path:
    """A copy that overwrites nothing."""
    name = Path(shelf.suggested_name(desk, one.id))
    target, number = folder / name, 2
    while target.exists():
        target, number = folder / f"{name.stem} {number}{name.suffix}", number + 1
    return shelf.save_copy(desk, one.id, target)


def _plain(one: AttachmentFacts) -> dict[str, object]:
    at = one.at.isoformat() if one.at else None
    return {**{name: value for name, value in asdict(one).items() if name != "thumbnail"}, "at": at}
