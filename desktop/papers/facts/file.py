"""One case as its papers need it: plain data, nothing struck out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.papers.matter import Fields, Matter
from desktop.papers.values import Naming


def _nobody(_: str, __: str) -> str:
    """Nobody is known: for blank forms."""
    return ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the dossier's contents. key: of the paper it points to. remark: the column 备注."""

    key: str
    name: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case, and the one session, agreement, follow-up or party a paper is about.

    org: its committee. blank: an empty form is wanted, nothing is filled in. place: 花所镇 花所村.
    contents: of the dossier, for 卷内目录. for_others: a copy that leaves the office for somebody who is no party:
    minors are 张某某 and ID numbers are not whole (未成年人保护法 103, domain.md §6).
    """

    matter: Matter
    naming: Naming = _nobody
    org: Fields = field(default_factory=dict)
    place: str = ""
    blank: bool = False
    for_others: bool = False
    contents: Sequence[Listed] = ()
    session: Fields = field(default_factory=dict)
    agreement: Fields = field(default_factory=dict)
    follow_up: Fields = field(default_factory=dict)
    party: Fields = field(default_factory=dict)

    def about(self, scope: str, record: Fields) -> CaseFile:
        """The same case, for the paper about that record. scope: session, agreement, follow_up or party."""
        if scope not in ("session", "agreement", "follow_up", "party"):
            return self
        given: dict[str, Any] = {scope: record}
        return replace(self, **given)

    def party_name(self, party_id: Any) -> str:
        """The name of a party by its id; "" when it is none of this case."""
        return next((str(p.get("name") or "") for p in self.matter.parties if p.get("id") == party_id), "")


EMPTY = CaseFile(Matter({}), blank=True)
"""The case of a blank form."""
