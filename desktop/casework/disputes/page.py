"""The facts of one dispute's page (picture 04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.casework import values
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes import crowd, duties, referral, routes
from desktop.casework.disputes.case import Case
from desktop.casework.disputes.change_log import history
from desktop.casework.disputes.clashes import decisions, undecided
from desktop.casework.disputes.deadlines import Due, live
from desktop.casework.disputes.draft import age_of
from desktop.casework.disputes.duties import Duty
from desktop.casework.disputes.mediators import Replacement, replacements
from desktop.casework.disputes.next_step import NextStep, next_step
from desktop.casework.disputes.progress import Offer, offers_of
from desktop.casework.disputes.referral import Prompt
from desktop.casework.disputes.routes import Notice
from desktop.casework.disputes.timeline import TimelineEntry, timeline
from desktop.casework.errors import Lack
from desktop.casework.moments import read_day
from sync.records import codes
from sync.records.dispute import DISPUTE
from sync.records.field import Record
from sync.records.validate import missing


@dataclass(frozen=True, slots=True)
class Header:
    """Title line. risk: 高/中/低 or "". deadline-free facts only; handler: the host mediator's name."""

    id: str
    title: str
    status: str
    status_name: str
    risk: str
    matter_code: str
    village: str
    type_name: str
    found_date: date | None
    accept_date: date | None
    handler: str
    amount_cents: int | None
    summary: str
    closed_session: bool


@dataclass(frozen=True, slots=True)
class PartyCard:
    """A party. sex, age: 男, 58 or None. phone: as stored; the view masks it, unmasking is `Desk.reveal`.

    has_guardian: one is named; who it is, is class S and shown by `Desk.reveal`. represents: how many people, 0 untold.
    """

    id: str
    name: str
    side: str
    kind: str
    sex: str
    age: int | None
    address: str
    phone: str
    agent: str
    agent_letter: bool
    has_guardian: bool = False
    is_representative: bool = False
    represents: int = 0


@dataclass(frozen=True, slots=True)
class OpenClashes:
    """Clashes waiting for a decision: how many decisions, and about what, by label."""

    count: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: story, sessions, agreement, follow_ups, attachments, changes; count is None when it says nothing."""

    key: str
    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class DisputePage:
    """The whole page. lacks: fields the record should have and has not. prompts: what to think of because another
    body sent it. doubts: what to look at again, none of it bars anything. notice: the lawful ways to tell after a
    refusal or an end without agreement, else None. replacements: changes of mediator, the first one first."""

    header: Header
    parties: tuple[PartyCard, ...]
    timeline: tuple[TimelineEntry, ...]
    next_step: NextStep
    dues: tuple[Due, ...]
    clashes: OpenClashes
    lacks: tuple[Lack, ...]
    offers: tuple[Offer, ...]
    tabs: tuple[Tab, ...]
    prompts: tuple[Prompt, ...] = ()
    doubts: tuple[Lack, ...] = ()
    notice: Notice | None = None
    replacements: tuple[Replacement, ...] = ()


def page(desk: Desk, dispute_id: str) -> DisputePage:
    """The facts of one dispute. Raises Gone when it is not here or closed to this person."""
    case = cases.load(desk, dispute_id)
    lines = history(desk, case)
    return DisputePage(
        header=_header(desk, case),
        parties=tuple(_party(desk, party) for party in case.parties),
        timeline=timeline(desk, case, lines),
        next_step=next_step(desk, case),
        dues=case.dues(desk),
        clashes=_clashes(desk, case),
        lacks=_lacks(case),
        offers=offers_of(desk, case),
        tabs=_tabs(case, len(lines)),
        prompts=referral.prompts(case.dispute),
        doubts=_doubts(case),
        notice=_notice(case),
        replacements=replacements(desk, case.dispute),
    )


def told_flags(desk: Desk, dispute_id: str) -> tuple[Duty, ...]:
    """The duties of the flags set on a dispute: a reading of sensitive fields, noted one by one. Raises Gone."""
    cases.load(desk, dispute_id)
    return duties.duties({flag: desk.reveal("dispute", dispute_id, flag) for flag in duties.FLAGS})


def _header(desk: Desk, case: Case) -> Header:
    record = case.dispute
    amount = record.get("amount_cents")
    return Header(
        id=case.id,
        title=case.title,
        status=case.status,
        status_name=codes.table("CASE_STATUS").text(case.status),
        risk=str(record.get("risk") or ""),
        matter_code=str(record.get("matter_code") or ""),
        village=desk.directory.place_name(str(record.get("place_code") or "")),
        type_name=codes.table("ZZ_TYPE").text(str(record.get("zz_type") or "")),
        found_date=read_day(record.get("found_date")),
        accept_date=read_day(record.get("accept_date")),
        handler=desk.directory.mediator_name(str(record.get("host_mediator_id") or "")),
        amount_cents=amount if isinstance(amount, int) else None,
        summary=str(record.get("summary") or ""),
        closed_session=record.get("closed_session") is True,
    )


def _party(desk: Desk, party: Record) -> PartyCard:
    side, sex = str(party.get("side") or ""), str(party.get("sex") or "")
    return PartyCard(
        id=str(party["id"]),
        name=str(party.get("name") or ""),
        side=f"{side}方" if side in ("甲", "乙") else side,
        kind=str(party.get("kind") or ""),
        sex=codes.table("SEX").text(sex) if sex in ("1", "2") else "",
        age=age_of(party, desk.today),
        address=str(party.get("address") or ""),
        phone=str(party.get("phone") or ""),
        agent=str(party.get("agent_name") or ""),
        agent_letter=bool(party.get("agent_letter_id")),
        has_guardian=bool(party.get("guardian_party_id")),
        is_representative=party.get("is_representative") is True,
        represents=int(str(party.get("represents") or 0)),
    )


def _clashes(desk: Desk, case: Case) -> OpenClashes:
    found = [(clash.type, fields[0]) for clash in undecided(desk, case.id) for fields in decisions(clash)]
    return OpenClashes(len(found), tuple(dict.fromkeys(values.label(kind, name) for kind, name in found)))


def _lacks(case: Case) -> tuple[Lack, ...]:
    found = missing(DISPUTE, case.dispute)
    return tuple(Lack(c.field, DISPUTE.by_name[c.field].label, c.message) for c in found)


def _doubts(case: Case) -> tuple[Lack, ...]:
    found = list(crowd.doubts(case.parties)) if case.status in ("10", "20", "30", "31") else []
    if case.status == "71" and not case.dispute.get("end_told_at"):
        said = "还没记告知双方可以走的路（终止调解告知）"
        found.append(Lack("end_told_at", "终止告知", said, "warning"))
    return tuple(found)


def _notice(case: Case) -> Notice | None:
    zz_type = str(case.dispute.get("zz_type") or "")
    if case.status == "21":
        return routes.after_refusal(str(case.dispute.get("refuse_reason") or ""), zz_type)
    return routes.after_end(zz_type, str(case.dispute.get("end_reason") or "")) if case.status == "71" else None


def _tabs(case: Case, changes: int) -> tuple[Tab, ...]:
    return (
        Tab("story", "经过", None),
        Tab("sessions", "调解记录", len(case.sessions)),
        Tab("agreement", "协议", len(case.agreements) or None),
        Tab("follow_ups", "回访", len(case.follow_ups) or None),
        Tab("attachments", "附件", len(live(case.children, "attachment")) or None),
        Tab("changes", "改动记录", changes),
    )
