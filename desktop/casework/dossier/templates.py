"""The district's own paper templates (文书样式) as this desk knows them."""

from __future__ import annotations

from desktop.casework.desk import Desk
from desktop.papers.kinds import KINDS
from desktop.papers.library import Library


def library(desk: Desk) -> Library:
    """The templates for this desk: the district's where it has its own, the newest when there are two."""
    standing = [record for record in desk.store.records("paper_template") if not record.get("void_at")]
    known = {str(record["name"]): record for record in standing if record.get("name") in KINDS}
    return Library(
        {name: str(record.get("body") or "") for name, record in known.items() if record.get("body")},
        {name: bool(record["used"]) for name, record in known.items() if record.get("used") is not None},
    )
