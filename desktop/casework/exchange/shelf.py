"""旧件: archived disputes the district keeps by its rule, found by what they were called, and fetched back."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.casework import spoken
from desktop.casework.desk import Desk


@dataclass(frozen=True, slots=True)
class Shelved:
    """One old dispute at the district. closed: when it was put there, in words."""

    dispute_id: str
    title: str
    matter_code: str
    place: str
    when: str


def listed(desk: Desk, words: str = "", *, limit: int = 50) -> tuple[Shelved, ...]:
    """Old disputes whose title, code or place hold these words, the latest put away first."""
    return tuple(
        Shelved(
            dispute_id=sealed.record,
            title=str(sealed.stub.get("title") or "关起门谈的一件"),
            matter_code=str(sealed.stub.get("matter_code") or ""),
            place=desk.directory.place_name(str(sealed.stub.get("place_code") or "")),
            when=spoken.iso_moment(str(sealed.stub.get("shelved_at") or ""), desk.now()),
        )
        for sealed in desk.store.shelved(words.strip(), limit)
    )


def fetch_back(desk: Desk, dispute_id: str) -> bool:
    """调回来: it comes whole with the next exchange, and stays as long as somebody works on it."""
    return desk.store.fetch_back(dispute_id, desk.account.id)


def rules(desk: Desk) -> tuple[str, ...]:
    """What the district has decided: 短期的办结 5 年后收到区里."""
    found = [rule for rule in desk.store.records("keeping_rule") if rule.get("years") is not None]
    return tuple(sorted(f"{rule['retention_class']}的办结 {rule['years']} 年后收到区里" for rule in found))
