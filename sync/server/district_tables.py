"""The district's tables taken in from files: holidays, papers, subsidy rates. All desks get them with the feed.

What is there already under the same name is changed, nothing is removed; a file is taken whole or not at all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec

from sync.records.district_tables import SUBSIDY_RATE
from sync.records.field import Record
from sync.server.judge import Refused
from sync.server.offices import Unclear
from sync.server.reports import standing
from sync.server.turn import Turn

_ENCODINGS = ("utf-8-sig", "gb18030")
"""What Excel on a Chinese Windows writes, and everybody else."""
_WORKED = "上班"
_LONGEST_REST_DAYS = 31
_NAME, _YUAN, _TERMS, _FROM, _TO = (
    SUBSIDY_RATE.by_name[name].label for name in ("name", "amount_cents", "terms", "valid_from", "valid_to")
)


class _Rest(msgspec.Struct, frozen=True):
    name: str
    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")


class _Year(msgspec.Struct, frozen=True):
    """A file of resources/holidays."""

    year: int
    rest: list[_Rest]
    work: list[date] = []
    provisional: bool = False


def take_holidays(turn: Turn, file: Path, new_id: Callable[[], str]) -> int:
    """Take in a year's holidays from JSON as in resources/holidays; which year. Raises Unclear."""
    try:
        told = msgspec.json.decode(file.read_bytes(), type=_Year)
    except msgspec.MsgspecError as problem:
        raise Unclear(f"{file.name} 不是放假安排的格式，没有收：{problem}") from problem
    if told.provisional:
        raise Unclear(f"{told.year} 年的放假安排还没公布，没有收。没公布的年份照周一到周五算，并标明是暂算的。")
    days: Any = list(_days(told))
    if any(abs(date.fromisoformat(one["on"]).year - told.year) > 1 for one in days):
        raise Unclear(f"{file.name} 里有不是 {told.year} 年前后的日子，没有收。")
    known = _known(turn, "holiday_year", lambda fields: fields["year"] == told.year)
    _write(turn, "holiday_year", known, {"year": told.year, "days": days}, new_id, file.name)
    return told.year


def take_papers(turn: Turn, folder: Path, new_id: Callable[[], str]) -> int:
    """Take in every .txt of a folder as the template of the paper it is named after; how many. Raises Unclear."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise Unclear(f"{folder} 里没有文书样式（每种一个 .txt，文件名就是文书名）。什么也没有动。")
    for file in files:
        known = _known(turn, "paper_template", lambda fields, name=file.stem: fields["name"] == name)  # type: ignore[misc]
        fresh: Record = {} if known else {"used": True}
        _write(turn, "paper_template", known, {"name": file.stem, "body": _text(file), **fresh}, new_id, file.name)
    return len(files)


def take_subsidies(turn: Turn, file: Path, new_id: Callable[[], str]) -> int:
    """Take in rates from a CSV, headed by the labels of the fields, amounts in yuan; how many. Raises Unclear."""
    rows = csv.DictReader(io.StringIO(_text(file), newline=""))
    if lacking := [name for name in (_NAME, _YUAN, _FROM) if name not in (rows.fieldnames or ())]:
        wanted = f"第一行要有这些列：{_NAME}、{_YUAN}、{_FROM}，可以再有{_TERMS}、{_TO}"
        raise Unclear(f"{file.name} {wanted}。缺{'、'.join(lacking)}。什么也没有收。")
    seen: set[object] = set()
    for number, row in enumerate(rows, 2):
        where = f"{file.name} 第 {number} 行"
        fields = _rate(row, where)
        named = (fields["name"], fields["valid_from"])
        if named in seen:
            raise Unclear(f"{where}：同一档、同一天起写了两遍。什么也没有收。")
        seen.add(named)
        known = _known(turn, "subsidy_rate", lambda f, key=named: (f["name"], f["valid_from"]) == key)  # type: ignore[misc]
        _write(turn, "subsidy_rate", known, fields, new_id, where)
    return len(seen)


def _days(told: _Year) -> Iterator[dict[str, object]]:
    for span in told.rest:
        if not 0 <= (span.last - span.first).days < _LONGEST_REST_DAYS:
            raise Unclear(f"{span.name}从 {span.first} 到 {span.last}，日子不对，没有收。")
        for n in range((span.last - span.first).days + 1):
            on = (span.first + timedelta(days=n)).isoformat()
            yield {"id": on, "on": on, "name": span.name}
    for day in told.work:
        yield {"id": day.isoformat(), "on": day.isoformat(), "name": _WORKED, "works": True}


def _rate(row: Mapping[str, str | None], where: str) -> Record:
    told = {name: (row.get(name) or "").strip() for name in (_NAME, _YUAN, _TERMS, _FROM, _TO)}
    try:
        cents = Decimal(told[_YUAN]) * 100
    except InvalidOperation as problem:
        raise Unclear(f"{where}：“{_YUAN}”要写多少元，现在是“{told[_YUAN]}”。什么也没有收。") from problem
    if cents != cents.to_integral_value():
        raise Unclear(f"{where}：“{_YUAN}”最多写到分。什么也没有收。")
    return {
        "name": told[_NAME] or None, "amount_cents": int(cents), "terms": told[_TERMS] or None,
        "valid_from": told[_FROM] or None, "valid_to": told[_TO] or None,
    }  # fmt: skip


def _text(file: Path) -> str:
    raw = file.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise Unclear(f"{file.name} 的文字读不出来，没有收。另存成 UTF-8 再来。")


def _known(turn: Turn, kind: str, fits: Callable[[Mapping[str, Any]], bool]) -> str:
    """The record that is there already, "" for none."""
    live = (stand for stand in standing(turn.connection, kind) if not stand.fields.get("void_at"))
    return next((stand.record for stand in live if fits(stand.fields)), "")


def _write(turn: Turn, kind: str, known: str, fields: Record, new_id: Callable[[], str], where: str) -> None:
    before = turn.agreed.get(known) if known else None
    changed = {name: value for name, value in fields.items() if before is None or before.fields.get(name) != value}
    if before is None:
        changed = {"place_code": turn.district, **{n: v for n, v in changed.items() if v is not None}}
    try:
        if changed:
            turn.write_own(kind, known or new_id(), changed)
    except Refused as problem:
        raise Unclear(f"{where}：{problem.why}。什么也没有收。") from problem
