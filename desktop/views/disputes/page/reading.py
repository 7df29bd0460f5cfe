"""Everything the page of a dispute shows, read at once in the store lane: facts ready, records in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.casework import values
from desktop.casework.attachments.shelf import AttachmentFacts, shelf
from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements
from desktop.casework.disputes import case as cases
from desktop.casework.disputes import page as pages
from desktop.casework.disputes.case import Case
from desktop.casework.disputes.page import DisputePage
from desktop.casework.dossier.checking import check
from desktop.casework.dossier.entries import DossierPaper
from desktop.casework.dossier.slots import paper_of_agreement, paper_of_session, slots
from desktop.casework.dossier.templates import library
from desktop.views import words
from sync.records import RECORD_TYPES
from sync.records.field import Record

_SESSION = ("parties_present", "others", "recorder", "rights_told", "next_at", "next_place", "signed")
_AGREEMENT = (
    "agreement_no", "facts", "issues", "liability", "items", "amount_cents", "copies", "party_marks",
    "mediator_mark_date", "seal_date", "agreed_on", "effective_date", "confirm_deadline", "confirm_state", "court",
    "confirm_applied_at", "confirm_ruled_at", "ruling_no", "performance", "breached_on", "breach_way", "breach_note",
)  # fmt: skip
_VISIT = ("way", "respondent", "visitor_id", "performance", "satisfaction", "left_over_risk", "sued", "sued_result",
          "content", "measures")  # fmt: skip

_VISIT_PAPER = "人民调解回访记录"


@dataclass(frozen=True)
class DutyFacts:
    """One obligation of an agreement: what, until when, whether it is done."""

    id: str
    text: str
    due: date | None
    done: date | None


@dataclass(frozen=True)
class RecordFacts:
    """One record as a card: title and fact on its head, pairs of label and words, the running text of a session.

    paper: what it is printed on. may_confirm: an agreement a court may confirm; may_be_broken: one that binds and is
    not kept yet.
    """

    id: str
    title: str
    fact: str
    pairs: tuple[tuple[str, str], ...]
    text: str = ""
    is_open: bool = False
    duties: tuple[DutyFacts, ...] = ()
    paper: str = ""
    may_confirm: bool = False
    may_be_broken: bool = False


@dataclass(frozen=True)
class Reading:
    """The page and its records, the newest first."""

    page: DisputePage
    case: Case
    sessions: tuple[RecordFacts, ...]
    agreements: tuple[RecordFacts, ...]
    visits: tuple[RecordFacts, ...]
    attachments: tuple[AttachmentFacts, ...]
    papers: tuple[DossierPaper, ...]
    agreement_hint: str

    @property
    def number(self) -> str:
        """卷号, "" while there is none."""
        return str(self.case.dispute.get("dossier_no") or "")

    @property
    def is_numbered(self) -> bool:
        """Whether the dossier and all its agreements bear their numbers."""
        return bool(self.number) and all(one.get("agreement_no") for one in self.case.agreements)


def read(desk: Desk, dispute_id: str) -> Reading:
    """Read it. Raises Gone when it is not here or closed to this person."""
    case = cases.load(desk, dispute_id)
    rules = agreements.rules(case.dispute)
    return Reading(
        page=pages.page(desk, dispute_id),
        case=case,
        sessions=tuple(_session(desk, record) for record in reversed(case.sessions)),
        agreements=tuple(_agreement(desk, record) for record in reversed(case.agreements)),
        visits=tuple(_visit(desk, record) for record in sorted(case.follow_ups, key=_visit_order)),
        attachments=shelf(desk, dispute_id),
        papers=_papers(desk, case),
        agreement_hint="。".join(part for part in (rules.written_because, rules.bar_sentence) if part),
    )


def _papers(desk: Desk, case: Case) -> tuple[DossierPaper, ...]:
    """The dossier; a session that can no longer be held is explained in writing instead."""
    found = check(desk, case, slots(case), library(desk))
    may_talk = case.status == "30"
    return tuple(replace(one, fix="filing") if one.fix == "session" and not may_talk else one for one in found)


def _session(desk: Desk, record: Record) -> RecordFacts:
    at = datetime.fromisoformat(str(record["start_at"])).astimezone(desk.now().tzinfo)
    when = f"{words.deadline_day(at.date(), desk.today)} {at:%H:%M}"
    fact = " · ".join(
        part for part in (when, str(record.get("place") or ""), str(record.get("result") or "")) if part
    )
    title = f"第 {record.get('seq')} 次{record.get('kind')}"
    text = str(record.get("body") or "")
    mediators = record.get("mediators")
    people = [str(one.get("mediator_id")) for one in mediators] if isinstance(mediators, list) else []
    led = ("调解员", "、".join(desk.directory.mediator_name(one) for one in people))
    return RecordFacts(
        str(record["id"]), title, fact, (led, *_pairs(desk, "session", record, _SESSION)), text,
        paper=paper_of_session(record),
    )  # fmt: skip


def _agreement(desk: Desk, record: Record) -> RecordFacts:
    binds = str(record.get("effective_date") or "")
    fact = f"{words.calendar_day(date.fromisoformat(binds), desk.today)}生效" if binds else "还没生效"
    entries = record.get("obligations")
    duties = tuple(_duty(entry) for entry in entries) if isinstance(entries, list) else ()
    pairs = _pairs(desk, "agreement", record, _AGREEMENT)
    title, paper = f"{record.get('form')}协议", paper_of_agreement(record)
    is_written = record.get("form") == agreements.WRITTEN
    is_open = bool(binds) and record.get("performance") != "已履行"
    return RecordFacts(str(record["id"]), title, fact, pairs, duties=duties, paper=paper,
                       may_confirm=is_written, may_be_broken=is_open)  # fmt: skip


def _duty(entry: dict[str, object]) -> DutyFacts:
    amount = entry.get("amount_cents")
    money = f"{words.money(amount)} 元" if isinstance(amount, int) else ""
    to_whom = f"给{entry['to_whom']}" if entry.get("to_whom") else ""
    said = (str(entry.get(name) or "") for name in ("who", "what"))
    text = "，".join(part for part in (*said, to_whom, money, str(entry.get("manner") or "")) if part)
    return DutyFacts(str(entry["id"]), text, _day(entry.get("due_date")), _day(entry.get("done_date")))


def _visit(desk: Desk, record: Record) -> RecordFacts:
    planned, done = _day(record.get("planned_date")), _day(record.get("done_date"))
    if done:
        fact = f"{words.calendar_day(done, desk.today)}回访过"
    else:
        fact = f"约好 {words.deadline_day(planned, desk.today)}" if planned else ""
    pairs = _pairs(desk, "follow_up", record, _VISIT) if done else ()
    kind = str(record.get("kind"))
    return RecordFacts(str(record["id"]), kind, fact, pairs, is_open=done is None, paper=_VISIT_PAPER)


def _visit_order(record: Record) -> tuple[bool, str]:
    return bool(record.get("done_date")), str(record.get("planned_date") or "")


def _pairs(desk: Desk, kind: str, record: Record, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    fields = RECORD_TYPES[kind].by_name
    return tuple(
        (fields[name].label, values.in_words(desk, fields[name], record[name]))
        for name in names
        if record.get(name) not in (None, "", [])
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
