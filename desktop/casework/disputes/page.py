"""The facts of one dispute's page (picture 04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.casework.desk import Desk
from desktop.casework.disputes.deadlines import Due
from desktop.casework.disputes.progress import Offer
from desktop.casework.errors import Lack


@dataclass(frozen=True, slots=True)
class Header:
    """Title line. risk: 高/中/低 or "". village, type: names. handler: the host mediator's name."""

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
    waiting: bool
    refused: bool


@dataclass(frozen=True, slots=True)
class PartyCard:
    """A party. sex, age: "男", 58 or None. phone: as stored (the view masks it; unmasking is `Desk.reveal`)."""

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
    minor: bool


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened or will. shape: future, talk, agreed, sent, done, failed, paused, visit.

    day with `at` when the clock is known; note stands under the day when there is no clock (网格员报来).
    record: (type, id) to open, or None.
    """

    day: date
    at: datetime | None
    note: str
    title: str
    sentence: str
    shape: str
    record: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The card 下一步: title, a sentence, the act of its filled button and a quieter second act.

    acts: accept, record_session, set_appointment, write_agreement, perform, follow_up, close, archive, look.
    """

    title: str
    sentence: str
    strong: str
    act: str
    act_label: str
    second_act: str = ""
    second_label: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class OpenClashes:
    """Clashes waiting for a decision: how many fields, and which, by label."""

    count: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DossierGap:
    """A paper the dossier does not have yet, and when it comes: 调解协议书, 谈成以后."""

    label: str
    when: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab with its count; None when a count says nothing."""

    key: str
    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in the change log: label, from what, to what, in words; sensitive values are not shown."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: who, when, where (这台电脑 / 别处), to which record, what. kept_aside: the text lost a clash and
    is kept here. state: waiting, agreed, refused, dropped, replaced."""

    at: datetime
    who: str
    here: bool
    subject: str
    verb: str
    fields: tuple[FieldChange, ...]
    state: str
    kept_aside: bool


@dataclass(frozen=True, slots=True)
class DisputePage:
    """The whole page. lacks: fields the record should have and has not."""

    header: Header
    parties: tuple[PartyCard, ...]
    timeline: tuple[TimelineEntry, ...]
    next_step: NextStep
    dues: tuple[Due, ...]
    clashes: OpenClashes
    gaps: tuple[DossierGap, ...]
    lacks: tuple[Lack, ...]
    offers: tuple[Offer, ...]
    tabs: tuple[Tab, ...]


def page(desk: Desk, dispute_id: str) -> DisputePage:
    """The facts of one dispute. Raises Gone when it is not here or closed to this person."""


def change_log(desk: Desk, dispute_id: str, *, limit: int = 200) -> tuple[ChangeLine, ...]:
    """What was changed, newest first, in words."""


def flags(desk: Desk, dispute_id: str) -> tuple[str, ...]:
    """The labels of the flags set; a logged reading."""
