"""“我的信息”: everything this desk holds about one person and who looked at it, for that person (PIPL 17, 45; §6.1).

Only the person's own data: what others said, and others' data, is not hers to take home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.casework import readings, spoken, values
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes import closed
from desktop.casework.disputes.case import Case
from desktop.casework.errors import Lack, NotYet
from desktop.casework.portable.naming import naming
from desktop.papers.my_information import Entry, my_information_sheet
from desktop.papers.sheet_pdf import write_pdf
from desktop.papers.values import cell
from desktop.papers.workbook import write_workbook
from sync.records import codes
from sync.records.field import Record
from sync.records.party import PARTY
from sync.records.validate import is_empty

_LOOKED_THROUGH = 5000
_OWN = tuple(f for f in PARTY.fields if f.name not in ("dispute_id", "seq", "guardian_party_id") and f.group != "void")
_WHY = (
    ("为什么有这些", "人民调解委员会、综治中心依法办理纠纷，按法定职责登记，不另作他用"),
    ("您可以", "查阅、复制；写错了、不全的，请我们更正、补充"),
)


@dataclass(frozen=True, slots=True)
class HeldInformation:
    """What is held about a person. disputes: in how many; unsure: of the same name, but neither phone nor number
    tell whether it is the same person; sealed: closed to who asks the desk. entries: for the print-out."""

    name: str
    disputes: int
    unsure: int
    sealed: int
    entries: tuple[Entry, ...]


def held_about(desk: Desk, *, name: str, phone: str = "", id_no: str = "") -> HeldInformation:
    """Everything about the party of this name with this phone or this ID number; the look is noted.

    Raises NotYet without a name, or with neither phone nor number: a name alone is no proof of who asks.
    """
    if lacks := _unsaid(name, phone, id_no):
        raise NotYet(lacks)
    same = [p for p in desk.store.records("party", {"name": name.strip()}) if not p.get("void_at")]
    hers = [party for party in same if _is_hers(party, phone, id_no)]
    unsure = sum(not party.get("phone") and not party.get("id_no") for party in same if party not in hers)
    readable = [(p, d) for p in hers if (d := _dispute(desk, p)) and closed.may_read(desk, d)]
    entries = [entry for party, dispute in readable for entry in _about(desk, party, str(dispute["id"]))]
    looks = list(_looks(desk, {str(party["id"]) for party, _ in readable}))
    told = [Entry("说明", label, text) for label, text in _WHY]
    return HeldInformation(name.strip(), len(readable), unsure, len(hers) - len(readable), (*told, *entries, *looks))


def print_out(desk: Desk, held: HeldInformation, file: Path) -> None:
    """Write it to a .pdf, or to a .xlsx for any other name. Raises PaperRefused."""
    at = desk.now()
    note = f"{desk.directory.place_name(desk.place)}　{desk.account.name} {spoken.iso_moment(desk.moment(), at)} 印"
    sheet = my_information_sheet(f"{held.name}的信息", note, held.entries)
    if file.suffix.lower() == ".pdf":
        write_pdf(file, sheet, at=at)
    else:
        write_workbook(file, [sheet])


def _unsaid(name: str, phone: str, id_no: str) -> tuple[Lack, ...]:
    found = [] if name.strip() else [Lack("name", "姓名", "写上是谁来查")]
    if not phone.strip() and not id_no.strip():
        found.append(Lack("phone", "电话或证件号码", "电话、证件号码写一样，只凭姓名认不准是谁"))
    return tuple(found)


def _is_hers(party: Mapping[str, Any], phone: str, id_no: str) -> bool:
    told, known = _digits(phone), _digits(str(party.get("phone") or ""))
    number = str(party.get("id_no") or "").upper()
    return bool((told and told == known) or (id_no.strip() and id_no.strip().upper() == number))


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def _dispute(desk: Desk, party: Mapping[str, Any]) -> Record | None:
    return desk.store.record("dispute", str(party.get("dispute_id") or ""))


def _about(desk: Desk, party: Record, dispute_id: str) -> Iterator[Entry]:
    case, named = cases.load(desk, dispute_id), naming(desk)
    section = case.title
    # The look itself is noted, also where nothing sensitive is held.
    readings.note(desk, "party", str(party["id"]), "name")
    yield Entry(section, "案件编码", str(case.dispute.get("matter_code") or ""))
    yield Entry(section, "登记日期", str(case.dispute.get("found_date") or ""))
    yield Entry(section, "办到哪一步", codes.table("CASE_STATUS").text(case.status))
    for field in _OWN:
        if not is_empty(party.get(field.name)):
            if field.privacy == "S":
                readings.note(desk, "party", str(party["id"]), field.name)
            yield Entry(section, field.label, str(cell(field, party[field.name], named)))
    yield from (Entry(section, label, text) for label, text in _took_part(case, party))


def _took_part(case: Case, party: Record) -> Iterator[tuple[str, str]]:
    """When she was there, what she is to do or to get, what she answered. Not the words of others."""
    name = str(party.get("name") or "")
    for session in case.sessions:
        present = session.get("parties_present")
        if isinstance(present, list) and party["id"] in present:
            yield f"第 {session.get('seq')} 次{session.get('kind')}", f"{str(session.get('start_at'))[:10]}到场"
    for agreement in case.agreements:
        duties = agreement.get("obligations")
        for duty in duties if isinstance(duties, list) else []:
            if name in (duty.get("who"), duty.get("to_whom")):
                yield "协议里的", _duty(duty)
    for visit in case.follow_ups:
        if visit.get("done_date") and visit.get("respondent") == name:
            answer = codes.table("SATISFACTION").text(str(visit.get("satisfaction") or ""))
            yield "回访", "，".join(filter(None, (str(visit["done_date"]), answer, str(visit.get("content") or ""))))


def _duty(duty: Mapping[str, Any]) -> str:
    cents = duty.get("amount_cents")
    money = f"{spoken.yuan(cents)} 元" if isinstance(cents, int) and cents else ""
    done = f"{duty['done_date']} 已履行" if duty.get("done_date") else ""
    to_whom = f"给{duty['to_whom']}" if duty.get("to_whom") else ""
    parts = (duty.get("who"), to_whom, duty.get("what"), money, duty.get("due_date"), done)
    return " ".join(str(part) for part in parts if part)


def _looks(desk: Desk, parties: set[str]) -> Iterator[Entry]:
    """Who looked at her sensitive data on this PC, newest first."""
    for one in readings.latest(desk, _LOOKED_THROUGH):
        if one.record in parties:
            at = spoken.iso_moment(one.at.isoformat(), desk.now())
            what = values.label(one.kind, one.field)
            yield Entry("谁看过", at, f"{desk.directory.account_name(one.account)}看了{what}")
