"""Keeping organisations and mediators: set up, corrected, a new term, trained, out of office (§1.1, §8.13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.errors import Gone, Lack, NotAllowed, NotYet
from desktop.casework.organisations.roster import may_write
from desktop.store import Changes, Edit
from sync.records.field import Record
from sync.records.offices import MEDIATION_ORG, MEDIATOR
from sync.records.record_type import RecordType
from sync.records.validate import complaints

_VOID = frozenset({"void_at", "void_reason"})
_DISSOLVED = "已撤销"


def add_org(desk: Desk, fields: Mapping[str, Any]) -> str:
    """Set up an organisation; its id. Raises NotYet, NotAllowed."""
    record = _given(MEDIATION_ORG, {"status": "在用", "place_code": desk.place, **fields})
    _check(desk, MEDIATION_ORG, record)
    org_id = desk.ids()
    desk.save([Edit("mediation_org", org_id, record)])
    return org_id


def change_org(desk: Desk, org_id: str, fields: Mapping[str, Any]) -> Changes:
    """Correct it, begin a new term, note that it was filed. Raises NotYet, NotAllowed, Gone."""
    return _change(desk, MEDIATION_ORG, org_id, fields)


def dissolve(desk: Desk, org_id: str, on: date) -> Changes:
    """The organisation ends; so does the office of everybody in it. Raises NotAllowed, Gone."""
    org = _record(desk, MEDIATION_ORG, org_id)
    _allowed(desk, org)
    people = [one for one in desk.directory.everyone() if one.get("org_id") == org_id and _serves_after(one, on)]
    left = [Edit("mediator", str(one["id"]), {"valid_to": on.isoformat()}) for one in people]
    return desk.save([Edit("mediation_org", org_id, {"status": _DISSOLVED, "term_to": on.isoformat()}), *left])


def add_mediator(desk: Desk, org_id: str, fields: Mapping[str, Any]) -> str:
    """Elect or engage a mediator of that organisation; the id. Raises NotYet, NotAllowed, Gone."""
    org = _record(desk, MEDIATION_ORG, org_id)
    own: Record = {"org_id": org_id, "place_code": org.get("place_code"), "valid_from": desk.today.isoformat()}
    record = {**own, **_given(MEDIATOR, fields), "org_id": org_id, "place_code": org.get("place_code")}
    _check(desk, MEDIATOR, record)
    mediator_id = desk.ids()
    desk.save([Edit("mediator", mediator_id, record)])
    return mediator_id


def change_mediator(desk: Desk, mediator_id: str, fields: Mapping[str, Any]) -> Changes:
    """Correct a mediator. Raises NotYet, NotAllowed, Gone."""
    return _change(desk, MEDIATOR, mediator_id, fields)


def end_office(desk: Desk, mediator_id: str, on: date) -> Changes:
    """The last day in office; disputes in hand stay theirs until another is put in their place.

    Raises NotYet when the day lies before the first one, NotAllowed, Gone.
    """
    if on.isoformat() < str(_record(desk, MEDIATOR, mediator_id).get("valid_from") or ""):
        raise NotYet((Lack("valid_to", "到哪天止", "这一天比开始当调解员还早，核对一下"),))
    return _change(desk, MEDIATOR, mediator_id, {"valid_to": on.isoformat()})


def add_training(desk: Desk, mediator_id: str, *, on: date, subject: str, hours: str = "") -> Changes:
    """Note a training. Raises NotYet, NotAllowed, Gone."""
    before = _record(desk, MEDIATOR, mediator_id).get("trainings")
    kept = before if isinstance(before, list) else []
    entry = {"id": desk.ids(), "on": on.isoformat(), "subject": subject.strip()}
    told = {**entry, "hours": hours.strip()} if hours.strip() else entry
    return _change(desk, MEDIATOR, mediator_id, {"trainings": [*kept, told]})


def strike_out(desk: Desk, kind: str, record_id: str, reason: str) -> Changes:
    """An organisation ("mediation_org") or mediator ("mediator") that was entered by mistake. Raises NotYet, Gone."""
    record = _record(desk, {"mediation_org": MEDIATION_ORG, "mediator": MEDIATOR}[kind], record_id)
    _allowed(desk, record)
    if not reason.strip():
        raise NotYet((Lack("reason", "为什么作废", "写一句为什么作废"),))
    return desk.save([Edit(kind, record_id, {"void_at": desk.moment(), "void_reason": reason.strip()})])


def _change(desk: Desk, kind: RecordType, record_id: str, fields: Mapping[str, Any]) -> Changes:
    before, given = _record(desk, kind, record_id), _given(kind, fields)
    _allowed(desk, before)
    _check(desk, kind, {**before, **given})
    return desk.save([Edit(kind.name, record_id, given)])


def _record(desk: Desk, kind: RecordType, record_id: str) -> Record:
    record = desk.store.record(kind.name, record_id)
    if record is None:
        raise Gone(f"这个{kind.label}不在这台电脑上。别的都还在。和区里传一次，再看看。")
    return record


def _given(kind: RecordType, fields: Mapping[str, Any]) -> Record:
    return {name: value for name, value in fields.items() if name in kind.by_name and name not in _VOID}


def _check(desk: Desk, kind: RecordType, record: Mapping[str, Any]) -> None:
    _allowed(desk, record)
    known = {name: value for name, value in record.items() if name in kind.by_name and value is not None}
    wrong = [c for c in complaints(kind, known) if c.level == "error"]
    if wrong:
        raise NotYet(tuple(Lack(c.field, kind.by_name[c.field].label, c.message) for c in wrong))


def _allowed(desk: Desk, record: Mapping[str, Any]) -> None:
    if not may_write(desk, str(record.get("place_code") or "")):
        raise NotAllowed("调解组织和调解员由镇里、司法所和区里管，也只管自己地方的。什么也没有动。请镇里来改。")


def _serves_after(one: Mapping[str, Any], on: date) -> bool:
    end = str(one.get("valid_to") or "")
    return not one.get("void_at") and (not end or end > on.isoformat())
