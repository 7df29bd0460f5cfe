"""The hub's own records: places from the district's list, people, organisations, and whole files of records."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from sync.records import places
from sync.records.field import Record
from sync.server.judge import Refused
from sync.server.reports import standing
from sync.server.turn import Turn, day_of


class Unclear(Exception):
    """A place or record was named that is not there, or is there more than once; the message says which."""


class Row(msgspec.Struct, frozen=True):
    """One line of a file of records."""

    type: str
    fields: dict[str, object]
    record: str = ""


def read_divisions(path: Path, district: str) -> list[tuple[str, str, int]]:
    """Places of the district from a CSV with the columns code, name, level (a gazetteer of divisions)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["code"], row["name"], int(row["level"])) for row in csv.DictReader(file)]
    return [row for row in rows if places.is_code(row[0]) and places.contains(district, row[0])]


def write_places(turn: Turn, areas: Iterable[tuple[str, str, int]]) -> None:
    """Places with their code, name and level; those known already get the name. Raises Refused."""
    for code, name, level in sorted(areas):
        fields: Record = {"name": name}
        if turn.agreed.get(code) is None:
            fields |= {"code": code, "level": str(level), "valid_from": day_of(turn.now_ms)}
            if code != turn.district:
                fields["parent_code"] = places.line(code)[1]
        turn.write_own("place", code, fields)


def find_place(connection: Connection, text: str) -> str:
    """The code of a place given as code or as name. Raises Unclear."""
    known = {stand.record: str(stand.fields["name"]) for stand in standing(connection, "place")}
    if text in known:
        return text
    found = sorted(code for code, name in known.items() if name == text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Unclear(f"没有叫“{text}”的地方")
    above = "；".join(f"{code}（{known.get(places.line(code)[1], '')}）" for code in found)
    raise Unclear(f"有几个“{text}”，请写代码：{above}")


def import_rows(turn: Turn, path: Path, new_id: Callable[[], str]) -> int:
    """Take in a JSON Lines file of records, all or none; how many. Raises Unclear naming the line."""
    count = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=Row)
            turn.write_own(row.type, row.record or new_id(), dict(row.fields))  # type: ignore[arg-type]
        except (msgspec.MsgspecError, Refused) as problem:
            why = problem.why if isinstance(problem, Refused) else str(problem)
            raise Unclear(f"第 {number} 行：{why}") from problem
        count += 1
    return count
