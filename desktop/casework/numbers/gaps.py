"""Which numbers of a committee no dossier bears, and why (domain.md §2.3: gaps are allowed but explained)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.casework.desk import Desk
from sync.records import numbering
from sync.records.field import Record
from sync.records.numbering import Block, Gap, Numbered, Use


@dataclass(frozen=True, slots=True)
class Lent:
    """A block of numbers first..last and whose it is, in words. is_over: that PC draws no more from it."""

    first: int
    last: int
    pc: str
    is_over: bool


def lent(desk: Desk, org_id: str, year: int) -> tuple[Lent, ...]:
    """The blocks of a year as far as this desk has been told of them."""
    found, names = _blocks(desk, org_id, year)
    return tuple(Lent(one.first, one.last, names.get(one.device, "不知道哪台电脑"), one.is_over) for one in found)


def gaps(desk: Desk, org_id: str, year: int) -> tuple[Gap, ...]:
    """The gaps as far as this desk can see: what another PC drew and has not sent yet counts as still in its block."""
    found, names = _blocks(desk, org_id, year)
    return numbering.gaps(found, _used(desk, org_id, year), names, is_over=year < desk.today.year)


def _blocks(desk: Desk, org_id: str, year: int) -> tuple[list[Block], dict[str, str]]:
    """The blocks of a year, and what each PC is called."""
    leases = desk.store.records("number_lease", {"org_id": org_id})
    devices = desk.store.records("device")
    dead = {str(device["id"]) for device in devices if device.get("revoked_at")}
    names = {str(device["id"]): f"{device['number']} 号电脑（{device['name']}）" for device in devices}
    return numbering.blocks(leases, year, dead=dead), names


def _used(desk: Desk, org_id: str, year: int) -> dict[int, list[Use]]:
    org: Record = desk.store.record("mediation_org", org_id) or {}
    found: dict[int, list[Use]] = {}
    others = _others(desk)
    for dispute in desk.store.records("dispute", {"org_id": org_id}):
        record, borne = str(dispute["id"]), numbering.read(dispute.get("dossier_no"))
        if borne and (borne.year, borne.short_name) == (year, org.get("short_name", borne.short_name)):
            found.setdefault(borne.number, []).append(Use(record, is_void=bool(dispute.get("void_at"))))
            for other in others.get(record, set()) - {borne}:
                found.setdefault(other.number, []).append(Use(record, is_kept=False))
    return found


def _others(desk: Desk) -> dict[str, set[Numbered]]:
    """All numbers of disputes that two PCs numbered before they knew of each other: those not kept are used up too."""
    clashing = {clash.record for clash in desk.store.clashes(open_only=False) if "dossier_no" in clash.fields}
    found: dict[str, set[Numbered]] = {}
    for line in desk.store.history(sorted(clashing)):
        if number := numbering.read(line.set.get("dossier_no")):
            found.setdefault(line.record, set()).add(number)
    return found
