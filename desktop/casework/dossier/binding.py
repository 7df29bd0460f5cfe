"""Papers made ready to print: read from the desk here, laid out elsewhere (desktop.papers.dossier) in any thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.casework import readings
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.case import Case
from desktop.casework.dossier.checking import check
from desktop.casework.dossier.entries import DossierPaper
from desktop.casework.dossier.slots import EVIDENCE_SLOT, ID_SLOT, PROOF_SLOT, slots
from desktop.casework.dossier.templates import library
from desktop.casework.errors import NotAllowed
from desktop.casework.portable.naming import naming
from desktop.papers.dossier import Bundle
from desktop.papers.facts.file import EMPTY, CaseFile, Listed
from desktop.papers.kinds import KINDS, PaperKind
from desktop.papers.library import Library
from desktop.papers.matter import Matter
from desktop.papers.template.filling import fill
from desktop.papers.template.paper import Paper, Scan
from sync.records.field import Record

_BOTH = frozenset({ID_SLOT, EVIDENCE_SLOT, PROOF_SLOT})
"""Slots whose sheet stays, with the scans after it; elsewhere a signed page takes the printed one's place."""
_RULING = "裁定"
"""In the name of a court's paper: it lies behind the application and never stands for it."""
_SENSITIVE = frozenset({"证件号码", "证件", "本人证件号码", "本人证件"})
_UNLISTED = frozenset({"卷宗封面", "卷内目录", "封底"})


def dossier(desk: Desk, dispute_id: str) -> Bundle:
    """The whole dossier in its order: cover, contents, every paper that is there, scans in their slots, end page.

    Papers that are missing are left out; what the contents say is what is bound. Raises Gone.
    """
    case, texts = cases.load(desk, dispute_id), library(desk)
    checked = check(desk, case, slots(case), texts)
    bound = [paper for paper in checked if paper.state == "present"]
    inside = [paper for paper in bound if paper.name not in _UNLISTED]
    listed = [Listed(paper.key, paper.title, "有扫描件" if paper.scans else "") for paper in inside]
    file = replace(case_file(desk, case), contents=listed)
    return _bundle(desk, case, file, bound, texts, _file_name(case, "卷宗"))


def paper(desk: Desk, dispute_id: str, name: str, record_id: str = "", *, for_others: bool = False) -> Bundle:
    """One paper, filled, to be signed: never the scan of it. for_others: minors and ID numbers hidden.

    record_id: the session, agreement, follow-up or party it is about. Raises Gone, NotAllowed when the case has no
    such record, or when a closed case's record is wanted for others.
    """
    case, texts = cases.load(desk, dispute_id), library(desk)
    if for_others and case.dispute.get("closed_session") and KINDS[name].scope == "session":
        raise NotAllowed("这件事关起门谈的，谈话记录不给别人。记录好好的。要给别人看，给协议书。")
    file = replace(case_file(desk, case), for_others=for_others)
    one = DossierPaper(name, name, name, "按需", "present", record=record_id)
    return _bundle(desk, case, file, [one], texts, _file_name(case, name), with_scans=False)


def blank_form(desk: Desk, name: str) -> Bundle:
    """An empty form of that paper, with the name of the committee nearest to this desk."""
    texts = library(desk)
    orgs = desk.directory.orgs_for(desk.place)
    empty = replace(EMPTY, org=orgs[0] if orgs else {})
    form = fill(texts.template(name), empty, numbered=False)
    return Bundle(f"{name}（空白）", [form], tuple(texts.complaints.values()))


def case_file(desk: Desk, case: Case) -> CaseFile:
    """The case as its papers need it."""
    matter = Matter(case.dispute, case.parties, case.sessions, case.agreements, case.follow_ups)
    name = naming(desk)
    place = str(case.dispute.get("place_code") or "")
    orgs = desk.directory.orgs_for(place or desk.place)
    known = desk.store.record("mediation_org", str(case.dispute.get("org_id") or ""))
    return CaseFile(matter, name, known or (orgs[0] if orgs else {}), name("place", place))


def _bundle(
    desk: Desk, case: Case, file: CaseFile, wanted: Sequence[DossierPaper], texts: Library, name: str, *,
    with_scans: bool = True,
) -> Bundle:  # fmt: skip
    absent: list[str] = []
    papers: list[Paper] = []
    sensitive = False
    for one in wanted:
        template = texts.template(one.name)
        sensitive = sensitive or not template.names.isdisjoint(_SENSITIVE)
        scans = tuple(_scans(desk, case, one.scans, absent)) if with_scans else ()
        kind = KINDS[one.name]
        filled = fill(template, _about(case, file, kind, one.record), key=one.key, title=one.title,
                      numbered=kind.numbered, scans=scans)  # fmt: skip
        is_signed = one.name not in _BOTH and any(_RULING not in scan.name for scan in scans)
        papers.append(replace(filled, parts=()) if is_signed else filled)
    if sensitive:
        for party in case.parties:
            if party.get("id_no"):
                readings.note(desk, "party", str(party["id"]), "id_no")
    return Bundle(name, papers, (*texts.complaints.values(), *absent))


def _about(case: Case, file: CaseFile, kind: PaperKind, record_id: str) -> CaseFile:
    if kind.scope == "case":
        return file
    records = {"session": case.sessions, "agreement": case.agreements, "follow_up": case.follow_ups,
               "party": case.parties}[kind.scope]  # fmt: skip
    found = next((record for record in records if record["id"] == record_id), None)
    if found is None:
        raise NotAllowed(f"“{kind.name}”要说的那一条不在这件里，没有做。别的都还在。回到那件纠纷再看看。")
    return file.about(kind.scope, found)


def _scans(desk: Desk, case: Case, ids: Iterable[str], absent: list[str]) -> Iterable[Scan]:
    """The scans that are on this PC; the others are told."""
    known: dict[str, Record] = {str(one["id"]): one for one in case.children.get("attachment", ())}
    for id_ in ids:
        record = known[id_]
        try:
            raw = desk.store.files.content(str(record["sha256"]))
        except FileNotFoundError:
            absent.append(f"“{record.get('name')}”还没到本机，这次没有放进去。取回来再做一次。")
            continue
        yield Scan(str(record.get("name") or ""), str(record.get("mime") or ""), raw)


def _file_name(case: Case, what: str) -> str:
    """岔口村…纠纷 卷宗, without signs a file name cannot hold."""
    words = f"{case.title} {what}".strip()
    return "".join("_" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in words).strip(" .")[:80]
