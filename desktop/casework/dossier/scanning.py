"""Signed pages brought in: attached so that they take the slot of their paper (desktop.casework.dossier.slots)."""

from __future__ import annotations

from dataclasses import replace

from desktop.casework.attachments.attach import NewFile, attach
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.dossier.entries import DossierPaper
from desktop.casework.dossier.slots import SCANNED
from desktop.papers.kinds import KINDS
from desktop.store import Edit


def scan_in(desk: Desk, dispute_id: str, paper: DossierPaper, raw: bytes, note: str = "") -> str:
    """Attach a scanned page of that paper; the attachment's id. note: what the file was called.

    Raises NotAllowed, NotYet, Gone, NoSpace.
    """
    scope = KINDS[paper.name].scope
    new = NewFile(paper.name, raw, kind=SCANNED, note=note)
    if scope == "session":
        new = replace(new, session_id=paper.record)
    if scope == "agreement":
        new = replace(new, agreement_id=paper.record)
    attachment = attach(desk, dispute_id, new)
    if scope == "follow_up":
        _, visit = cases.load_child(desk, "follow_up", paper.record)
        kept = visit.get("scan_ids")
        scans = [*(kept if isinstance(kept, list) else ()), attachment]
        desk.save([Edit("follow_up", paper.record, {"scan_ids": scans})])
    if scope == "party":
        desk.save([Edit("party", paper.record, {"agent_letter_id": attachment})])
    return attachment
