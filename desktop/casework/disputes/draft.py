"""A registration while it is being written: what is filled, what it lacks, what it may be called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from desktop.casework.errors import Lack
from desktop.casework.moments import read_day
from sync.records import codes
from sync.records.checks import birth_day, doubt
from sync.records.dispute import DISPUTE
from sync.records.party import PARTY
from sync.records.record_type import RecordType
from sync.records.validate import Complaint, complaints, is_empty

Draft: TypeAlias = dict[str, Any]
"""Dispute fields by name; "parties": [{party fields, "row", "guardian"}, …]; "told": {"consent": bool,
"form": 口头|书面}. A party's own "row" is any key of the form; a child's "guardian" is the "row" of another party."""

ADULT_YEARS = 18
_ID_CARD = "111"
SIDES = ("甲", "乙")


def fields_of(draft: Draft) -> dict[str, Any]:
    """The dispute's own fields, without what was left empty."""
    own = {name: value for name, value in draft.items() if name in DISPUTE.by_name}
    return {name: value for name, value in own.items() if not is_empty(value)}


def parties_of(draft: Draft) -> list[tuple[int, dict[str, Any]]]:
    """The parties with their place in the form; rows left empty beyond the first two do not count."""
    rows = enumerate(draft.get("parties") or [])
    return [(index, _filled(row)) for index, row in rows if index < len(SIDES) or _touched(row)]


def guardian_row(draft: Draft, party: Mapping[str, Any]) -> int:
    """Where in the form the guardian of this party stands; -1 when none is named."""
    rows = draft.get("parties") or []
    named = party.get("guardian")
    return next((i for i, row in enumerate(rows) if named and row is not party and row.get("row") == named), -1)


def suggested_title(draft: Draft) -> str:
    """甲与乙××纠纷 from what is filled so far; "" while a name or the type is missing. Minors stay unnamed."""
    sides = [_side_name(draft, side) for side in SIDES]
    kind = type_words(str(draft.get("zz_type") or ""))
    return f"{sides[0]}与{sides[1]}{kind}纠纷"[:100] if all(sides) and kind else ""


def suggested_scale(draft: Draft) -> str:
    """A code of SCALE to offer beside the field, never to fill in by itself; "" when nothing is clear."""
    people = draft.get("people_count")
    return "01" if isinstance(people, int) and 0 < people <= 5 else ""


def type_words(zz_type: str) -> str:
    """The type as it stands in a title: 宅基地使用; 侵权相关 for its 其他."""
    name = codes.table("ZZ_TYPE").text(zz_type) if zz_type else ""
    return name.split("·")[0].removesuffix("纠纷").removesuffix("争议")


def is_minor(party: Mapping[str, Any], today: date) -> bool:
    """Whether the party is under 18 by birth date, ID number or age (domain.md §3.7)."""
    born = _born(party)
    if born is None:
        age = party.get("age")
        return isinstance(age, int) and age < ADULT_YEARS
    return age_on(born, today) < ADULT_YEARS


def told_by_number(party: Mapping[str, Any]) -> dict[str, str]:
    """Sex and birth date as the ID number tells them, where they are empty: nothing is typed twice (§3.7)."""
    number = str(party.get("id_no") or "")
    if party.get("id_type") != _ID_CARD or doubt("id_number", number):
        return {}
    born, odd = birth_day(number), int(number[16]) % 2
    told = {"sex": "1" if odd else "2", "birth_date": born.isoformat() if born else ""}
    return {name: value for name, value in told.items() if value and is_empty(party.get(name))}


def age_on(born: date, today: date) -> int:
    """Full years on that day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def age_of(party: Mapping[str, Any], today: date) -> int | None:
    """Full years of a party as told, by the birth date where it is known; the ID number is not looked at for this."""
    born, told = read_day(party.get("birth_date")), party.get("age")
    if born:
        return age_on(born, today)
    return told if isinstance(told, int) else None


def unfit(draft: Draft) -> Iterator[tuple[str, Complaint]]:
    """Values that cannot be stored, or are doubtful, each with where the form jumps to."""
    for complaint in _on_values(DISPUTE, fields_of(draft)):
        yield complaint.field, complaint
    for index, party in parties_of(draft):
        for complaint in _on_values(PARTY, party):
            yield f"parties.{index}.{complaint.field}", complaint


def warnings(draft: Draft) -> tuple[Lack, ...]:
    """Doubtful phones and numbers; they may stay and be asked again later (domain.md §3.7)."""
    return tuple(
        Lack(target, _who(draft, target), f"{_who(draft, target)}{c.message}。可以先这样存，问清了再补。", "warning")
        for target, c in unfit(draft)
        if c.level == "warning"
    )


def errors(draft: Draft) -> tuple[Lack, ...]:
    """Values that cannot be stored as they are."""
    return tuple(
        Lack(target, f"{_who(draft, target)}{_label(target)}", c.message)
        for target, c in unfit(draft)
        if c.level == "error"
    )


def _on_values(kind: RecordType, record: Mapping[str, Any]) -> list[Complaint]:
    return [c for c in complaints(kind, record, only=record) if c.code != "missing"]


def _who(draft: Draft, target: str) -> str:
    """乙方 for a party's field: the form has no other word for a row than its side."""
    if not target.startswith("parties."):
        return ""
    side = str(draft["parties"][int(target.split(".")[1])].get("side") or "")
    return f"{side}方" if side in SIDES else side


def _label(target: str) -> str:
    name = target.rsplit(".", 1)[-1]
    return (PARTY if target.startswith("parties.") else DISPUTE).by_name[name].label


def _side_name(draft: Draft, side: str) -> str:
    names = [_public_name(p) for _, p in parties_of(draft) if p.get("side") == side and p.get("name")]
    return f"{names[0]}等" if len(names) > 1 else "".join(names)


def _public_name(party: Mapping[str, Any]) -> str:
    name = str(party["name"])
    return f"{name[0]}某" if party.get("is_minor") else name


def _born(party: Mapping[str, Any]) -> date | None:
    if said := read_day(party.get("birth_date")):
        return said
    number = str(party.get("id_no") or "")
    return birth_day(number) if party.get("id_type") == _ID_CARD and len(number) == 18 else None


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in PARTY.by_name and not is_empty(value)}


def _touched(row: Mapping[str, Any]) -> bool:
    return bool(_filled(row).keys() - {"side", "kind"})
