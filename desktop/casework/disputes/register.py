"""Registering a dispute once: a draft that survives interruption, what it still lacks, the one act at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.casework import spoken
from desktop.casework.desk import Desk
from desktop.casework.disputes import crowd, parties, referral
from desktop.casework.disputes import draft as drafts
from desktop.casework.disputes.draft import Draft
from desktop.casework.disputes.duties import FLAGS
from desktop.casework.errors import Lack, NotYet
from desktop.store import Changes, Edit
from sync.records import codes, places
from sync.records.dispute import DISPUTE
from sync.records.field import Record
from sync.records.party import PARTY
from sync.records.validate import is_empty
from sync.records.validate import missing as missing_fields

DRAFT_KEY = "register"
"""Drafts are kept under "register:<id>"."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of it: the dispute's id, its code, its title, and what changed in the store."""

    id: str
    matter_code: str
    title: str
    changes: Changes


def blank(desk: Desk) -> Draft:
    """A new draft: what follows from the desk, and no answer that is the person's to give."""
    draft: Draft = {
        "id": desk.ids(),
        "by": desk.account.id,
        "found_date": desk.today.isoformat(),
        "closed_session": False,
        "parties": [{"side": side, "kind": "自然人"} for side in drafts.SIDES],
        "told": {},
    }
    if places.level(desk.place) == 5:
        draft["place_code"] = desk.place
    return draft


def draft_key(draft: Draft) -> str:
    """Under which name the store keeps this draft."""
    return f"{DRAFT_KEY}:{draft['id']}"


def missing(desk: Desk, draft: Draft, *, accept: bool) -> tuple[Lack, ...]:
    """还差 n 项, in the order of the form; with `accept` also what acceptance needs."""
    return (
        *_lacks_of_dispute(draft),
        *_lacks_of_parties(draft),
        *(_lacks_to_accept(desk, draft) if accept else ()),
    )


def warnings(desk: Desk, draft: Draft) -> tuple[Lack, ...]:
    """Doubtful phones and numbers, children alone, crowds, who sent it; all may stay."""
    people = [
        {**party, "id": f"parties.{index}", "is_minor": drafts.is_minor(party, desk.today),
         "guardian_party_id": drafts.guardian_row(draft, draft["parties"][index]) >= 0}
        for index, party in drafts.parties_of(draft)
    ]  # fmt: skip
    sent = "referred_by" in referral.asked_fields(str(draft.get("source") or "")) and not draft.get("referred_by")
    asked = Lack("referred_by", "谁委托、移送来的", "别处委托、移送来的，写上是哪个单位", "warning")
    return (*drafts.warnings(draft), *crowd.doubts(people), *((asked,) if sent else ()))


def hosts(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(id, name) of the mediators who may lead, this person first."""
    mine = desk.directory.mediator_ids(desk.account.id)
    office = desk.directory.mediators(desk.today.isoformat())
    known = sorted(office, key=lambda m: (m["id"] not in mine, m.get("place_code") != desk.place, str(m["id"])))
    return tuple((str(m["id"]), str(m["name"])) for m in known)


def follows(_: Desk, __: Draft) -> tuple[str, ...]:
    """登记一次，这些自动有: what comes of this one entry, in words."""
    return ("排查调处台账一行", "省里 25 列导入表一行", "受理和调解的期限", "有网时传到镇里、区里")


def register(desk: Desk, draft: Draft, *, accept: bool) -> Registered:
    """Store the dispute and its parties in one save, accepted at once when `accept`; the draft goes.

    Raises NotYet while something is missing or cannot be stored.
    """
    if lacks := (*missing(desk, draft, accept=accept), *drafts.errors(draft)):
        raise NotYet(lacks)
    dispute_id = desk.ids()
    dispute = _dispute(desk, draft, accept=accept)
    told = parties.told(desk, form=draft["told"]["form"], consent=True) if accept else {}
    ids = {index: desk.ids() for index, _ in drafts.parties_of(draft)}
    edits = [Edit("dispute", dispute_id, dispute)]
    for seq, (index, party) in enumerate(drafts.parties_of(draft), 1):
        guardian = ids.get(drafts.guardian_row(draft, draft["parties"][index]))
        own = {**party, **drafts.told_by_number(party), **told, "dispute_id": dispute_id, "seq": seq}
        own["is_minor"] = drafts.is_minor(party, desk.today)
        edits.append(Edit("party", ids[index], {**own, **({"guardian_party_id": guardian} if guardian else {})}))
    changes = desk.save(edits, draft=draft_key(draft))
    return Registered(dispute_id, str(dispute["matter_code"]), str(dispute["title"]), changes)


def _dispute(desk: Desk, draft: Draft, *, accept: bool) -> Record:
    given = drafts.fields_of(draft)
    record: Record = {
        **given,
        **codes.other_types(given["zz_type"]),
        "title": given.get("title") or drafts.suggested_title(_with_minors(desk, draft)),
        "matter_code": _matter_code(desk, given["place_code"]),
        "found_by": desk.account.id,
        "first_contact_id": desk.account.id,
        "first_contact_at": desk.moment(),
        "status": "30" if accept else "10",
    }
    if accept:
        record |= acceptance(desk, record, desk.today)
    return {name: value for name, value in record.items() if value is not None}


def acceptance(desk: Desk, dispute: Record, day: date) -> Record:
    """What acceptance fills in: the day, who mediates for which committee, and until when (domain.md §1.5)."""
    host = str(dispute.get("host_mediator_id") or _own_mediator(desk))
    return {
        "accept_date": day.isoformat(),
        "org_id": dispute.get("org_id") or _org_of(desk, host, str(dispute["place_code"])),
        "host_mediator_id": host or None,
        "deadline": desk.clock.mediate_by(day).isoformat(),
    }


def not_leading(desk: Desk, mediator_id: str) -> str:
    """Why nobody leads a mediation that begins today, or why this one cannot; "" when this one can."""
    today = desk.today.isoformat()
    mine = (desk.directory.mediator(i) for i in sorted(desk.directory.mediator_ids(desk.account.id)))
    named = desk.directory.mediator(mediator_id)
    chosen = named or next((m for m in mine if str(m.get("valid_from") or "") > today), {})
    if not chosen:
        return "" if mediator_id else "还没定谁来主持调解"
    who, start, end = str(chosen.get("name") or "这个人"), str(chosen.get("valid_from") or ""), chosen.get("valid_to")
    if start > today:
        return f"{who}从 {spoken.iso_day(start, desk.today)}起才是调解员，先选别人主持，或者先只登记"
    if end and str(end) < today:
        return f"{who}做调解员到 {spoken.iso_day(str(end), desk.today)}为止，换一个人主持"
    return ""


def _lacks_of_dispute(draft: Draft) -> Iterator[Lack]:
    record = drafts.fields_of(draft)
    for complaint in missing_fields(DISPUTE, record):
        field = DISPUTE.by_name[complaint.field]
        if field.automatic or field.name in (*FLAGS, "title"):
            continue
        yield Lack(field.name, field.label, complaint.message)
    if unanswered := [flag for flag in FLAGS if is_empty(record.get(flag))]:
        yield Lack(unanswered[0], "第三部分核对", "有没有这些情形，四项都要问到")


def _lacks_of_parties(draft: Draft) -> Iterator[Lack]:
    for index, party in drafts.parties_of(draft):
        for complaint in missing_fields(PARTY, party):
            field = PARTY.by_name[complaint.field]
            if not field.automatic:
                side = str(party.get("side") or "")
                who = f"{side}方" if side in drafts.SIDES else side
                yield Lack(f"parties.{index}.{field.name}", f"{who}{field.label}", complaint.message)


def _lacks_to_accept(desk: Desk, draft: Draft) -> Iterator[Lack]:
    told = draft.get("told") or {}
    if told.get("consent") is not True:
        yield Lack("told.consent", "双方同意调解", "双方都同意才能受理；有一方不愿意，先只登记")
    if told.get("form") not in codes.table("TOLD_FORM"):
        yield Lack("told.form", "讲明权利义务", "要先向双方讲明权利义务，并记下是口头还是书面")
    record = drafts.fields_of(draft)
    if (
        codes.table("ZZ_TYPE").items.get(str(record.get("zz_type")))
        and not codes.other_types(record["zz_type"])["rmtj_type"]
    ):
        yield Lack("zz_type", "属于哪一类", "这一类不归人民调解，先只登记，再移交")
    if "place_code" in record:
        filled = acceptance(desk, record, desk.today)
        if why := not_leading(desk, str(filled["host_mediator_id"] or "")):
            yield Lack("host_mediator_id", "主持调解员", why)
        elif not filled["org_id"]:
            yield Lack("org_id", "受理组织", "还没定由哪个调解组织受理")


def _with_minors(desk: Desk, draft: Draft) -> dict[str, Any]:
    rows = [{**p, "is_minor": drafts.is_minor(p, desk.today)} for _, p in drafts.parties_of(draft)]
    return {**draft, "parties": rows}


def _matter_code(desk: Desk, place: str) -> str:
    """Place + day + device + a number of this desk's own: unique without asking anybody (domain.md §2.3)."""
    head = f"{place}{desk.today:%Y%m%d}{desk.device_number:03d}"
    while True:
        code = f"{head}{desk.store.next_serial(f'matter.{head}'):03d}"
        if not desk.store.records("dispute", {"matter_code": code}):
            return code


def _own_mediator(desk: Desk) -> str:
    mine = desk.directory.mediator_ids(desk.account.id)
    office = (str(m["id"]) for m in desk.directory.mediators(desk.today.isoformat()))
    return next((i for i in office if i in mine), "")


def _org_of(desk: Desk, mediator_id: str, place: str) -> str | None:
    """The host's committee; without one, the nearest committee of the place."""
    office = desk.directory.mediators(desk.today.isoformat())
    if org := next((m.get("org_id") for m in office if m["id"] == mediator_id), None):
        return str(org)
    return next((str(org["id"]) for org in desk.directory.orgs_for(place)), None)
