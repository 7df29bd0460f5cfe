"""The scanner's folder: what came into it lately is offered to whoever works on a dispute, and never taken unasked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.casework.attachments import attach, intake
from desktop.casework.attachments.attach import NewFile
from desktop.casework.desk import Desk

FOLDER = "scan_folder"
"""The setting that names the folder, "" for none."""
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".pdf")
_LATELY = timedelta(hours=24)
_RESTED = timedelta(seconds=2)
"""A file that was written to this lately may still be growing."""
_MOST_OFFERED = 20
_SETTLED = "scan_folder.settled"
_MOST_SETTLED = 400


@dataclass(frozen=True, slots=True)
class Scan:
    """A file in the scanner's folder. at: when it was written."""

    path: Path
    size_bytes: int
    at: datetime

    @property
    def key(self) -> str:
        """What it is remembered by: the same name written anew is another file."""
        return f"{self.path.name}|{self.size_bytes}|{self.at.timestamp():.0f}"


def offered(desk: Desk) -> tuple[Scan, ...]:
    """Files of the last day that nobody has taken or waved off, newest first. A folder that is gone offers nothing."""
    folder = str(desk.settings.value(FOLDER))
    if not folder:
        return ()
    settled, now = set(_settled(desk)), desk.now()
    found = [
        scan for scan in _files(Path(folder), now)
        if _RESTED <= now - scan.at <= _LATELY and scan.size_bytes and scan.key not in settled
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda scan: scan.at, reverse=True)[:_MOST_OFFERED])


def take(desk: Desk, dispute_id: str, scan: Scan) -> str:
    """Attach it; the file stays where it is. The attachment's id. Raises NotAllowed, NotYet, Gone, NoSpace."""
    attachment = attach.attach(desk, dispute_id, NewFile(scan.path.stem, intake.read(scan.path, desk.settings)))
    wave_off(desk, [scan])
    return attachment


def wave_off(desk: Desk, scans: Sequence[Scan]) -> None:
    """Do not offer them again on this PC; the files stay."""
    desk.store.set_setting(_SETTLED, [*_settled(desk), *(scan.key for scan in scans)][-_MOST_SETTLED:])


def _settled(desk: Desk) -> list[str]:
    kept = desk.store.setting(_SETTLED)
    return [str(one) for one in kept] if isinstance(kept, list) else []


def _files(folder: Path, now: datetime) -> list[Scan]:
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.lower().endswith(_ENDINGS) and entry.is_file():
                    facts = entry.stat()
                    written = datetime.fromtimestamp(facts.st_mtime, now.tzinfo)
                    found.append(Scan(Path(entry.path), facts.st_size, written))
    except OSError:
        return []
    return found
