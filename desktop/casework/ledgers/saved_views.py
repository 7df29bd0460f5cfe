"""Saved views of the ledger: which columns, which disputes, with totals or not; kept per person on this PC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, get_args

from desktop.casework import spoken
from desktop.casework.desk import Desk
from desktop.casework.disputes import lists
from desktop.casework.disputes.lists import DueFilter, ListFilter, Sort, TabKey
from desktop.casework.errors import Lack, NotYet
from desktop.papers.ledger import TITLE, Layout
from desktop.papers.ledger_columns import CATALOGUE, USUAL
from desktop.store import DisputeQuery

_KEY = "ledger.views"
_NAME_LETTERS = 30
_CHOICES = {"tab": get_args(TabKey), "due": get_args(DueFilter), "sort": get_args(Sort)}


@dataclass(frozen=True, slots=True)
class LedgerView:
    """One view. columns: keys of the catalogue, in order."""

    name: str
    columns: tuple[str, ...] = USUAL
    chosen: ListFilter = field(default_factory=lambda: ListFilter(tab="all", sort="found"))
    title: str = TITLE
    totals: bool = True


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that may be chosen: its key, its heading, its group, whether a total of it is made."""

    key: str
    heading: str
    group: str
    summed: bool


def catalogue() -> tuple[ColumnChoice, ...]:
    """Every column there is, in the order it is offered."""
    return tuple(ColumnChoice(c.key, c.column.heading, c.group, c.column.summed) for c in CATALOGUE.values())


def views(desk: Desk) -> tuple[LedgerView, ...]:
    """This person's saved views, by name; the usual ledger when there is none."""
    kept = desk.store.setting(_key(desk))
    found = [_read(one) for one in kept if isinstance(one, dict)] if isinstance(kept, list) else []
    return tuple(found) or (LedgerView("台账"),)


def keep(desk: Desk, view: LedgerView) -> tuple[LedgerView, ...]:
    """Save a view under its name, in the place of one of the same name. Raises NotYet."""
    name = view.name.strip()
    if not name or len(name) > _NAME_LETTERS:
        raise NotYet((Lack("name", "视图名称", f"给这个视图起个名，最多 {_NAME_LETTERS} 个字"),))
    if not view.columns:
        raise NotYet((Lack("columns", "列", "至少选一列"),))
    others = [one for one in views(desk) if one.name != name]
    return _write(desk, [*others, replace(view, name=name, title=view.title.strip() or TITLE)])


def drop(desk: Desk, name: str) -> tuple[LedgerView, ...]:
    """Forget a view."""
    return _write(desk, [one for one in views(desk) if one.name != name])


def layout(desk: Desk, view: LedgerView) -> Layout:
    """How the view is printed, with who printed it and when."""
    who, area = desk.account.name, desk.directory.place_name(desk.place)
    note = "　".join((area, _span(view.chosen), f"{who} {spoken.iso_moment(desk.moment(), desk.now())} 制")).strip("　")
    return Layout(view.columns, view.title, view.totals, note.replace("　　", "　"))


def query(desk: Desk, view: LedgerView) -> DisputeQuery:
    """Which disputes stand in it, for `Gathering(desk, query=...)`."""
    return lists.query(desk, view.chosen)


def _span(chosen: ListFilter) -> str:
    if not chosen.found_from and not chosen.found_to:
        return ""
    return f"登记日期 {chosen.found_from or '最早'} 至 {chosen.found_to or '今天'}"


def _write(desk: Desk, kept: list[LedgerView]) -> tuple[LedgerView, ...]:
    plain = [{**asdict(one), "columns": list(one.columns), "chosen": _plain(one.chosen)} for one in kept]
    desk.store.set_setting(_key(desk), plain or None)
    return views(desk)


def _plain(chosen: ListFilter) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(chosen).items()}


def _read(kept: Mapping[str, Any]) -> LedgerView:
    """A kept view; what a newer program wrote into it and this one does not know is left aside."""
    columns = tuple(key for key in kept.get("columns") or () if key in CATALOGUE)
    chosen = kept.get("chosen")
    return LedgerView(
        name=str(kept.get("name") or "台账"),
        columns=columns or USUAL,
        chosen=_filter(chosen if isinstance(chosen, dict) else {}),
        title=str(kept.get("title") or TITLE),
        totals=kept.get("totals") is True,
    )


def _filter(kept: Mapping[str, Any]) -> ListFilter:
    known = {f.name: kept[f.name] for f in fields(ListFilter) if f.name in kept}
    whole: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in known.items()
        if value in _CHOICES.get(name, (value,))
    }
    return ListFilter(**whole)


def _key(desk: Desk) -> str:
    return f"{_KEY}.{desk.account.id}"
