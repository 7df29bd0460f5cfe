"""The short name of a step (待履行) and the chip that shows it."""

from __future__ import annotations

from desktop.views.kit import Chip
from desktop.views.look import theme
from sync.records import codes


def short_name(status: str) -> str:
    """The name as the window says it; the code itself while this version does not know it."""
    known = codes.table("CASE_STATUS").items.get(status)
    return str(known.more["short"]) if known else status


def state_chip(status: str) -> Chip:
    """The chip of a step, with its shape where there is one."""
    name = short_name(status)
    return Chip.state(name) if name in theme.current().tokens.states else Chip(name)
