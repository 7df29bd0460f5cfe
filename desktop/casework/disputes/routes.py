"""可以走的路: what to tell people when a mediation is refused or ends without agreement (L-RMTJ 3, 26; §1.2, §1.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.records import codes

_COURT = "起诉"


@dataclass(frozen=True, slots=True)
class Route:
    """A lawful way: its name, how it is gone, by which article."""

    code: str
    name: str
    how: str
    article: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What to tell the parties: a sentence first, then the ways, the most fitting one first."""

    sentence: str
    routes: tuple[Route, ...]


def after_refusal(reason: str, zz_type: str) -> Notice:
    """The advice that goes with a ground of refusal (REFUSE_REASON) and a type (ZZ_TYPE)."""
    known = _more("REFUSE_REASON", reason)
    own = _of_type(zz_type) if known.get("by_type", True) else ()
    return Notice(str(known.get("advice") or ""), _routes((*own, *known.get("routes", (_COURT,)))))


def after_end(zz_type: str, end_reason: str = "") -> Notice:
    """What both sides are told when mediation ends without agreement (人民调解法第二十六条)."""
    elsewhere = end_reason in ("25", "26")
    said = "已经交到别处的，告诉双方去哪里、找谁、什么时候问结果。" if elsewhere else "调解不收钱，也不耽误走别的路。"
    return Notice(said, _routes((*_of_type(zz_type), *([] if zz_type.startswith("07") else [_COURT]))))


def _of_type(zz_type: str) -> tuple[str, ...]:
    return tuple(_more("ZZ_TYPE", zz_type).get("routes", ()))


def _more(table: str, code: str) -> Mapping[str, Any]:
    known = codes.table(table).items.get(code)
    return known.more if known else {}


def _routes(wanted: Iterable[str]) -> tuple[Route, ...]:
    known = codes.table("LAWFUL_ROUTE").items
    found = (known[code] for code in dict.fromkeys(wanted))
    return tuple(Route(r.code, r.name, str(r.more["how"]), str(r.more["article"])) for r in found)
