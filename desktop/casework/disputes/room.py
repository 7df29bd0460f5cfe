"""Who may be in the room during a session, what must be told at its start, where it got stuck the last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.case import Case
from sync.records.field import Record

SessionDraft: TypeAlias = dict[str, Any]
"""{"id": the record's to be, "by", "dispute_id", "seq", "kind", "start_at", "place", "respondent", RESPONDENT…,
"mediators": [{"id", "mediator_id", "host"}], "utterances": [{"id", "at", "who": key, "text"}],
"present": [party id, "agent:<party id>" or mediator id], "others": [{"id", "name", "relation", "consent", "here"}],
"told": {"rights" | "free" | "closed": at}, "closed": bool | None,
"audio": {"agreed": bool, "names": who was asked, "at"} once all were asked}. An utterance with who "" is a pause."""

MEDIATION, INQUIRY = "调解", "调查"
"""The two kinds of session; in an inquiry one asks and one answers."""
QUESTION, ANSWER = "question", "answer"
"""Who speaks in an inquiry: keys of utterances."""
RESPONDENT = (
    "respondent_party_id", "respondent_sex", "respondent_ethnic", "respondent_age", "respondent_occupation",
    "respondent_phone", "respondent_address",
)  # fmt: skip
"""What is written of the one who is asked, beside the name."""

STUCK = "没谈拢的："
"""How the last line of a record begins that did not end in agreement."""

HOST_DIGIT = 0
_SPEAKERS = 9
_TELLINGS = (
    ("rights", "权利和义务", "讲了"),
    ("free", "调解不收钱，不耽误起诉", "讲了"),
    ("closed", "要不要关起门谈", "问了"),
)


@dataclass(frozen=True, slots=True)
class Attendant:
    """Someone who may be in the room. key: for utterances and `present`; role: 甲方, 甲方代理, 村主任，双方同意;
    digit: Alt+digit while here, None when not here or beyond the ninth."""

    key: str
    name: str
    role: str
    here: bool
    digit: int | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """Something to be told or asked at the start. at: when it was, None when not yet. ask: the button."""

    key: str
    label: str
    at: datetime | None
    ask: str


@dataclass(frozen=True, slots=True)
class AudioConsent:
    """Whether those here agree to being recorded. agreed: None until they were asked; unasked: who came since."""

    agreed: bool | None
    at: datetime | None
    unasked: tuple[str, ...]
    here: tuple[str, ...]

    @property
    def allows(self) -> bool:
        """Whether recording may run: everyone here was asked, and all agreed (L-PIPL 13)."""
        return self.agreed is True and bool(self.here) and not self.unasked


@dataclass(frozen=True, slots=True)
class SessionRoom:
    """What the recorder shows beside the text. title: 第 3 次调解; subtitle: the dispute. speakers: those here in
    the order of their digits, the host last; in an inquiry 问 and 答. last_stuck: 上次卡在哪, "" when nothing is
    known. parties: (id, name), whom an inquiry may ask."""

    title: str
    subtitle: str
    place: str
    start_at: datetime
    attendants: tuple[Attendant, ...]
    speakers: tuple[Attendant, ...]
    tellings: tuple[Telling, ...]
    last_stuck: str
    audio: AudioConsent
    parties: tuple[tuple[str, str], ...]


def room(desk: Desk, draft: SessionDraft) -> SessionRoom:
    """The facts of a running session. Raises Gone."""
    case = cases.load(desk, draft["dispute_id"])
    people = people_in(desk, case, draft)
    hosts = {m["mediator_id"] for m in draft["mediators"] if m.get("host")}
    speaking = (QUESTION, ANSWER) if draft["kind"] == INQUIRY else ()
    return SessionRoom(
        title=title_of(draft),
        subtitle=case.title,
        place=draft["place"],
        start_at=datetime.fromisoformat(draft["start_at"]),
        attendants=tuple(person for person in people if person.key not in (*hosts, *speaking)),
        speakers=tuple(sorted((p for p in people if p.digit is not None), key=lambda p: p.digit or _SPEAKERS + 1)),
        tellings=_tellings(case, draft),
        last_stuck=stuck_at(case.sessions),
        audio=consent_of(draft, _names_here(people, draft)),
        parties=tuple((str(party["id"]), str(party.get("name") or "")) for party in case.parties),
    )


def title_of(draft: SessionDraft) -> str:
    """第 3 次调解."""
    return f"第 {draft['seq']} 次{draft['kind']}"


def respondent_of(party: Record) -> Record:
    """What is known of a party, as the fields of the one who is asked."""
    known = {f"respondent_{name}": party.get(name) for name in
             ("sex", "ethnic", "age", "occupation", "phone", "address")}  # fmt: skip
    return {"respondent": party.get("name"), "respondent_party_id": party.get("id"), **known}


def consent_of(draft: SessionDraft, here: Sequence[str]) -> AudioConsent:
    """Whether those here (by name) agree to being recorded, as the draft stands now."""
    said = draft.get("audio") or {}
    asked = set(said.get("names") or ())
    at = datetime.fromisoformat(said["at"]) if said else None
    unasked = tuple(name for name in here if said and name not in asked)
    return AudioConsent(said.get("agreed"), at, unasked, tuple(here))


def come(draft: SessionDraft, key: str, *, here: bool) -> SessionDraft:
    """The draft with somebody come or gone."""
    others = [{**one, "here": here} if one["id"] == key else one for one in draft["others"]]
    is_other = any(one["id"] == key for one in others)
    present = [one for one in draft["present"] if one != key]
    return {**draft, "others": others, "present": [*present, key] if here and not is_other else present}


def people_in(desk: Desk, case: Case, draft: SessionDraft) -> tuple[Attendant, ...]:
    """Parties, their agents, invited people, mediators; those here have digits, the host 0."""
    own = [_party(party, draft) for party in case.parties]
    agents = [_agent(party, draft) for party in case.parties if party.get("agent_name")]
    others = [_other(other) for other in draft["others"]]
    helpers = [_mediator(desk, m, draft) for m in draft["mediators"] if not m.get("host")]
    hosts = [_host(desk, m) for m in draft["mediators"] if m.get("host")]
    if draft["kind"] == INQUIRY:
        asked = [Attendant(QUESTION, "问", "", here=True, digit=1), Attendant(ANSWER, "答", "", here=True, digit=2)]
        return (*asked, *own, *agents, *others, *helpers, *(replace(host, digit=None) for host in hosts))
    return (*_numbered([*own, *agents, *others, *helpers]), *hosts)


def stuck_at(sessions: list[Record]) -> str:
    """Where the last session got stuck, in its own words; "" when it did not say."""
    last = str(sessions[-1].get("body") or "").rsplit("\n", 1)[-1] if sessions else ""
    return last.removeprefix(STUCK) if last.startswith(STUCK) else ""


def _names_here(people: tuple[Attendant, ...], draft: SessionDraft) -> tuple[str, ...]:
    """Everyone a recording would hear: those ticked as here, the host, the one who is asked."""
    asked = [str(draft.get("respondent") or "").strip()] if draft["kind"] == INQUIRY else []
    here = [person.name for person in people if person.here and person.key not in (QUESTION, ANSWER)]
    return tuple(dict.fromkeys(name for name in (*asked, *here) if name))


def _numbered(people: list[Attendant]) -> list[Attendant]:
    here = [person.key for person in people if person.here][:_SPEAKERS]
    digits = {key: n for n, key in enumerate(here, 1)}
    return [Attendant(p.key, p.name, p.role, p.here, digits.get(p.key)) for p in people]


def _party(party: Record, draft: SessionDraft) -> Attendant:
    return Attendant(str(party["id"]), str(party.get("name")), _side(party), party["id"] in draft["present"])


def _agent(party: Record, draft: SessionDraft) -> Attendant:
    key = f"agent:{party['id']}"
    return Attendant(key, str(party["agent_name"]), f"{_side(party)}代理", key in draft["present"])


def _other(other: dict[str, Any]) -> Attendant:
    role = "，".join(part for part in (other.get("relation"), "双方同意" if other.get("consent") else "") if part)
    return Attendant(other["id"], other["name"], role, bool(other.get("here")))


def _mediator(desk: Desk, mediator: dict[str, Any], draft: SessionDraft) -> Attendant:
    key = mediator["mediator_id"]
    return Attendant(key, desk.directory.mediator_name(key), "调解员", key in draft["present"])


def _host(desk: Desk, mediator: dict[str, Any]) -> Attendant:
    key = mediator["mediator_id"]
    return Attendant(key, desk.directory.mediator_name(key), "主持", here=True, digit=HOST_DIGIT)


def _side(party: Record) -> str:
    side = str(party.get("side") or "")
    return f"{side}方" if side in ("甲", "乙") else side


def _tellings(case: Case, draft: SessionDraft) -> tuple[Telling, ...]:
    known = case.dispute.get("closed_session")
    rows = [row for row in _TELLINGS if not (row[0] == "closed" and known)]
    if draft["kind"] == INQUIRY:
        rows = []
    told = draft["told"]
    return tuple(
        Telling(key, label, datetime.fromisoformat(told[key]) if told.get(key) else None, ask)
        for key, label, ask in rows
    )
