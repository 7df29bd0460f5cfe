"""Parties of a dispute: added, corrected, struck out; told of their rights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes import draft as drafts
from desktop.casework.errors import Lack, NotAllowed, NotYet
from desktop.store import Changes, Edit
from sync.records.field import Record
from sync.records.party import PARTY
from sync.records.validate import complaints

_OWN = frozenset(field.name for field in PARTY.fields if field.automatic) | {"void_at", "void_reason"}


def add(desk: Desk, dispute_id: str, fields: Mapping[str, Any]) -> Changes:
    """One more party. Raises NotYet when its name or side is missing, Gone."""
    case = cases.load(desk, dispute_id)
    taken = [int(str(party.get("seq") or 0)) for party in case.children["party"]]
    record = {**_given(desk, {}, fields), "dispute_id": dispute_id, "seq": max(taken, default=0) + 1}
    _check(record)
    return desk.save([Edit("party", desk.ids(), record)])


def change(desk: Desk, party_id: str, fields: Mapping[str, Any]) -> Changes:
    """Correct a party. Raises NotYet when a value does not fit, Gone."""
    case, party = cases.load_child(desk, "party", party_id)
    given = _given(desk, party, fields)
    _check({**party, **given})
    if lack := _not_guarding(case.parties, party_id, str(given.get("guardian_party_id") or "")):
        raise NotYet((lack,))
    return desk.save([Edit("party", party_id, given)])


def void(desk: Desk, party_id: str, reason: str) -> Changes:
    """Strike a party out, with a reason. Raises NotAllowed when no second party would be left."""
    case, _ = cases.load_child(desk, "party", party_id)
    if len(case.parties) <= len(drafts.SIDES):
        raise NotAllowed("纠纷至少要有两方，不能再少了。这一方还在。写错了就直接改。")
    if not reason.strip():
        raise NotYet((Lack("reason", "为什么作废", "写一句为什么作废"),))
    return desk.save([Edit("party", party_id, {"void_at": desk.moment(), "void_reason": reason.strip()})])


def tell(desk: Desk, dispute_id: str, *, form: str, consent: bool, parties: tuple[str, ...] = ()) -> Changes:
    """Note that rights and duties were told (口头 or 书面) and whether they consent: all parties or those named."""
    case = cases.load(desk, dispute_id)
    chosen = [str(p["id"]) for p in case.parties if not parties or p["id"] in parties]
    return desk.save([Edit("party", party, told(desk, form=form, consent=consent)) for party in chosen])


def told(desk: Desk, *, form: str, consent: bool) -> Record:
    """What a party's record holds once it was told and asked (domain.md §1.3)."""
    at = desk.moment()
    return {
        "rights_told_at": at,
        "rights_told_by": desk.account.id,
        "rights_told_form": form,
        "consent_mediation": consent,
        "consent_at": at if consent else None,
    }


def _not_guarding(known: Sequence[Record], party_id: str, guardian_id: str) -> Lack | None:
    """A guardian is another grown-up party of the same dispute (民法典 27)."""
    guardian = next((one for one in known if one["id"] == guardian_id), {})
    if not guardian_id or (guardian and guardian_id != party_id and not guardian.get("is_minor")):
        return None
    return Lack("guardian_party_id", "监护人", "监护人要是这件里另一个成年的人，先添上他")


def _given(desk: Desk, before: Mapping[str, Any], fields: Mapping[str, Any]) -> Record:
    given: Record = {name: value for name, value in fields.items() if name in PARTY.by_name and name not in _OWN}
    given |= drafts.told_by_number({**before, **given})
    return {**given, "is_minor": drafts.is_minor({**before, **given}, desk.today)}


def _check(record: Mapping[str, Any]) -> None:
    known = {name: value for name, value in record.items() if name in PARTY.by_name}
    found = [c for c in complaints(PARTY, known) if c.level == "error"]
    if found:
        raise NotYet(tuple(Lack(c.field, PARTY.by_name[c.field].label, c.message) for c in found))
