"""Which tab of the list of disputes one belongs to: a coarse reading of its status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from sync.records.dispute import CLOSED

Stage: TypeAlias = Literal["open", "moved", "closed", "void"]
STAGES: tuple[Stage, ...] = ("open", "moved", "closed", "void")

MOVED = frozenset({"50"})
REFUSED = frozenset({"21"})
VOID = frozenset({"90"})


def stage(dispute: Mapping[str, Any]) -> Stage:
    """The stage of a dispute: still ours to do, handed over, ended (also refused ones), or struck out."""
    status = dispute.get("status")
    if status in VOID or dispute.get("void_at"):
        return "void"
    if status in MOVED:
        return "moved"
    return "closed" if status in CLOSED | REFUSED else "open"
