"""Which paper is wanted: the whole dossier of a case, one paper of it, or an empty form."""

from __future__ import annotations

from desktop.casework.desk import Desk
from desktop.casework.dossier import binding
from desktop.views.papers.making import Wanted

WHOLE = "卷宗"


def whole(desk: Desk, dispute_id: str, second: str) -> Wanted:
    """Everything of the dossier that is there, in order. second: the title of the case."""
    return Wanted(WHOLE, second, lambda: binding.dossier(desk, dispute_id))


def one(desk: Desk, dispute_id: str, name: str, record: str = "", *, title: str = "", second: str = "") -> Wanted:
    """One paper, filled, to be signed. record: the session, agreement, visit or party it is about."""
    return Wanted(title or name, second, lambda: binding.paper(desk, dispute_id, name, record))


def blank(desk: Desk, name: str) -> Wanted:
    """An empty form, to be filled by hand."""
    return Wanted(f"{name}（空白）", "", lambda: binding.blank_form(desk, name))
