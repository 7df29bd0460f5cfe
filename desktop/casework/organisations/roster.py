"""The organisations and mediators this desk knows, as a list and one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.errors import Gone
from desktop.casework.moments import read_day
from desktop.casework.organisations.checks import OrgDoubt, doubts, in_office, term_end
from desktop.store import DisputeQuery
from sync.records import codes, places
from sync.records.field import Record
from sync.records.offices import MEDIATION_ORG, MEDIATOR

_ROLES = tuple(codes.table("MEDIATOR_ROLE").items)


@dataclass(frozen=True, slots=True)
class OrgRow:
    """One line of the list. members: mediators in office, engaged ones included. doubts: how many things to look at,
    first_doubt: the first of them in words."""

    id: str
    name: str
    kind: str
    place: str
    status: str
    members: int
    term_to: date | None
    doubts: int
    first_doubt: str = ""


@dataclass(frozen=True, slots=True)
class Training:
    """One training: which day, what about, how many hours as told."""

    day: date | None
    subject: str
    hours: str


@dataclass(frozen=True, slots=True)
class MediatorRow:
    """One mediator. phone: as stored, for the view to mask. until: last day in office. account: with whose login."""

    id: str
    name: str
    sex: str
    ethnic: str
    role: str
    full_time: bool
    phone: str
    specialities: tuple[str, ...]
    trainings: tuple[Training, ...]
    since: date | None
    until: date | None
    is_in_office: bool
    account: str


@dataclass(frozen=True, slots=True)
class OrgPage:
    """One organisation. record: its fields, for a form. may_write: whether this person keeps it."""

    id: str
    name: str
    kind: str
    place: str
    status: str
    record: Record
    mediators: tuple[MediatorRow, ...]
    doubts: tuple[OrgDoubt, ...]
    term_to: date | None
    may_write: bool


def orgs(desk: Desk) -> tuple[OrgRow, ...]:
    """The organisations of this desk's area and of what is above it, nearest place first, then by name."""
    line = places.line(desk.place)
    known = [o for o in desk.directory.orgs() if not o.get("void_at") and _concerns(desk, line, o)]
    known.sort(key=lambda o: (-places.level(str(o["place_code"])), str(o["place_code"]), str(o.get("full_name"))))
    return tuple(_row(desk, org) for org in known)


def org_page(desk: Desk, org_id: str) -> OrgPage:
    """One organisation with its people, those in office first. Raises Gone."""
    org = desk.directory.org(org_id)
    if not org:
        raise Gone("这个调解组织不在这台电脑上。别的都还在。和区里传一次，再看看。")
    people = _people(desk, org_id)
    people.sort(key=lambda one: (not in_office(one, desk.today), _rank(one), str(one["id"])))
    return OrgPage(
        id=org_id,
        name=str(org.get("full_name") or ""),
        kind=str(org.get("kind") or ""),
        place=desk.directory.place_name(str(org.get("place_code") or "")),
        status=str(org.get("status") or ""),
        record=dict(org),
        mediators=tuple(_mediator(desk, one) for one in people),
        doubts=_doubts(desk, org),
        term_to=term_end(org),
        may_write=may_write(desk, str(org.get("place_code") or "")),
    )


def may_write(desk: Desk, place: str) -> bool:
    """Whether this person keeps organisations and mediators of that place (the hub judges by the same)."""
    roles = MEDIATION_ORG.writers & MEDIATOR.writers
    return bool(roles & desk.account.roles) and places.is_code(place) and places.contains(desk.place, place)


def places_kept(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(code, name) of the places whose organisations are kept here: this desk's and all inside it."""
    inside = {str(p["id"]) for p in desk.store.records("place") if places.contains(desk.place, str(p["id"]))}
    return tuple((code, desk.directory.place_name(code)) for code in sorted({desk.place, *inside}))


def logins(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(account, name and post) of who works here, for the mediator who is the same person."""
    known = [one for one in desk.store.records("account") if places.contains(desk.place, str(one.get("place_code")))]
    return tuple((str(one["id"]), f"{one.get('name')} {one.get('post') or ''}".strip()) for one in known)


def open_disputes(desk: Desk, mediator_id: str) -> int:
    """How many disputes this mediator still has in hand, before she leaves office. For the background."""
    return desk.store.counts(DisputeQuery(tab="open", handlers=(mediator_id,)))["open"]


def _concerns(desk: Desk, line: tuple[str, ...], org: Mapping[str, Any]) -> bool:
    place = str(org.get("place_code") or "")
    return place in line or (places.is_code(place) and places.contains(desk.place, place))


def _people(desk: Desk, org_id: str) -> list[Record]:
    return [one for one in desk.directory.everyone() if one.get("org_id") == org_id and not one.get("void_at")]


def _doubts(desk: Desk, org: Mapping[str, Any]) -> tuple[OrgDoubt, ...]:
    place = desk.directory.place(str(org.get("place_code") or ""))
    return doubts(org, _people(desk, str(org["id"])), place, desk.today)


def _row(desk: Desk, org: Mapping[str, Any]) -> OrgRow:
    people, found = _people(desk, str(org["id"])), _doubts(desk, org)
    return OrgRow(
        id=str(org["id"]),
        name=str(org.get("full_name") or ""),
        kind=str(org.get("kind") or ""),
        place=desk.directory.place_name(str(org.get("place_code") or "")),
        status=str(org.get("status") or ""),
        members=sum(in_office(one, desk.today) for one in people),
        term_to=term_end(org),
        doubts=len(found),
        first_doubt=found[0].sentence if found else "",
    )


def _mediator(desk: Desk, one: Mapping[str, Any]) -> MediatorRow:
    return MediatorRow(
        id=str(one["id"]),
        name=str(one.get("name") or ""),
        sex=codes.table("SEX").text(str(one.get("sex") or "")),
        ethnic=codes.table("ETHNIC").text(str(one.get("ethnic") or "")),
        role=str(one.get("role") or ""),
        full_time=one.get("full_time") is True,
        phone=str(one.get("phone") or ""),
        specialities=tuple(map(str, one.get("specialities") or ())),
        trainings=_trainings(one),
        since=read_day(one.get("valid_from")),
        until=read_day(one.get("valid_to")),
        is_in_office=in_office(one, desk.today),
        account=desk.directory.account_name(str(one.get("account_id") or "")),
    )


def _trainings(one: Mapping[str, Any]) -> tuple[Training, ...]:
    """Trainings with their subject, and days an older desk wrote down alone; the newest first."""
    told = [
        Training(read_day(t.get("on")), str(t.get("subject") or ""), str(t.get("hours") or ""))
        for t in one.get("trainings") or ()
    ]
    told += [Training(read_day(day), "", "") for day in one.get("trained_on") or ()]
    return tuple(sorted(told, key=lambda training: str(training.day), reverse=True))


def _rank(one: Mapping[str, Any]) -> int:
    role = str(one.get("role") or "")
    return _ROLES.index(role) if role in _ROLES else len(_ROLES)
