"""Who stands for whom: representatives of a crowd, guardians of minors (domain.md §1.4). Warnings, never bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.casework.errors import Lack

REPRESENTATIVES = 5
"""The most a side elects (L-NB 20; the same number for petitions, L-XF 20)."""


def doubts(parties: Sequence[Mapping[str, Any]]) -> tuple[Lack, ...]:
    """What to look at again before acceptance: too many representatives, a crowd without any, a child alone."""
    sides = list(dict.fromkeys(str(party.get("side") or "") for party in parties))
    return (*(lack for side in sides for lack in _of_side(side, parties)), *_minors(parties))


def _of_side(side: str, parties: Sequence[Mapping[str, Any]]) -> Iterator[Lack]:
    people = [party for party in parties if party.get("side") == side]
    elected = [party for party in people if party.get("is_representative")]
    who = f"{side}方" if side in ("甲", "乙") else side
    if len(elected) > REPRESENTATIVES:
        said = f"{who}推选了 {len(elected)} 个代表，一般不超过 {REPRESENTATIVES} 个"
        yield Lack("is_representative", f"{who}代表", said, "warning")
    elif not elected and len(people) > REPRESENTATIVES:
        said = f"{who}有 {len(people)} 个人，可以让他们推选不超过 {REPRESENTATIVES} 个代表来谈"
        yield Lack("is_representative", f"{who}代表", said, "warning")


def _minors(parties: Sequence[Mapping[str, Any]]) -> Iterator[Lack]:
    for party in parties:
        if party.get("is_minor") and not party.get("guardian_party_id") and not party.get("agent_name"):
            target = f"{party['id']}.guardian_party_id" if party.get("id") else "guardian_party_id"
            name = str(party.get("name") or "")
            said = f"{name[:1]}某未成年，要由监护人参加，还没写监护人是谁"
            yield Lack(target, "监护人", said, "warning")
