"""What a registration needs of the store: what it begins with, and what follows from it after each write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import draft as drafts
from desktop.casework.disputes import lists, register
from desktop.casework.disputes.change_log import moment_of
from desktop.casework.disputes.look_alike import LookAlike, look_alikes
from desktop.casework.disputes.search import initials
from desktop.casework.errors import Lack
from desktop.views.kit import Choice


@dataclass(frozen=True)
class Opening:
    """What the page needs before it can be shown: the draft, and what can be chosen."""

    draft: dict[str, Any]
    places: list[Choice]
    types: list[Choice]
    hosts: list[Choice]
    may_host: bool
    kept_at: datetime | None


@dataclass(frozen=True)
class Judged:
    """What follows from the draft as it was written: what acceptance still lacks, what is doubtful, its name."""

    to_accept: tuple[Lack, ...]
    doubts: tuple[Lack, ...]
    title: str
    follows: tuple[str, ...]
    found: tuple[LookAlike, ...]


def open_draft(desk: Desk, draft_key: str, party_name: str) -> Opening:
    """A draft that was kept, or a new one; what can be chosen in it."""
    kept = desk.store.draft(draft_key) if draft_key else None
    draft = dict(kept.body) if kept else register.blank(desk)
    if party_name:
        draft["parties"][0]["name"] = party_name
    return Opening(
        draft,
        [Choice(code, name, initials(name)) for code, name in lists.places(desk)],
        [Choice(code, name, initials(name)) for code, name in lists.types()],
        [Choice(code, name) for code, name in register.hosts(desk)],
        bool(desk.directory.mediator_ids(desk.account.id)),
        moment_of(desk, kept.saved_ms) if kept else None,
    )


def judge(desk: Desk, draft: dict[str, Any]) -> Judged:
    """What follows from a draft."""
    return Judged(
        to_accept=register.missing(desk, draft, accept=True),
        doubts=register.warnings(desk, draft),
        title=drafts.suggested_title(draft),
        follows=register.follows(desk, draft),
        found=look_alikes(desk, draft),
    )
