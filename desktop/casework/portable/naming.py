"""What an id is called in a paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from desktop.casework.desk import Desk
from desktop.papers.values import Naming
from sync.records import RECORD_TYPES, places

_KEPT = 50_000


def naming(desk: Desk) -> Naming:
    """Names for ids as this desk knows them; a dispute is named by its code (一案一码)."""
    directory = desk.directory
    known: dict[str, Callable[[str], str]] = {
        "account": directory.account_name,
        "mediator": directory.mediator_name,
        "mediation_org": directory.org_name,
        "place": lambda code: _place_name(desk, code),
    }

    @lru_cache(maxsize=_KEPT)
    def name(kind: str, record: str) -> str:
        if not record or kind in known:
            return known[kind](record) if record else ""
        title = "matter_code" if kind == "dispute" else RECORD_TYPES[kind].title
        return str((desk.store.record(kind, record) or {}).get(title) or "")

    return name


def _place_name(desk: Desk, code: str) -> str:
    """花所镇 花所村; a place above the townships by its own name alone."""
    if not places.is_code(code):
        return code
    local = [place for place in reversed(places.line(code)) if places.level(place) >= 4] or [code]
    return " ".join(desk.directory.place_name(place) for place in local)
