"""Giving out current state in pages, so that a desk with nothing need not read history (decision 0014).

A part (parts.py) is divided once into pages of whole disputes; a page's body is made when it is first wanted, or
beforehand by `python -m sync.server stock`, and kept. That a page is old is no fault: the desk reads the feed from
where the part was divided. That a record has left the part since is one: then the page is made anew without it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from sync.protocol import limits
from sync.protocol.stock import Piece, Stock, Stocked, bind
from sync.records.dispute import OPEN
from sync.records.field import Record
from sync.server.access import Desk, Halt
from sync.server.charter import read_charter
from sync.server.database import Database
from sync.server.exchange import Exchange
from sync.server.pages import end_of_feed
from sync.server.parts import Age, Part, ages_of, all_parts, parts_for
from sync.server.stock_page import make_body, still_holds
from sync.server.tables import STANDING, STOCK

DISPUTES = 256
"""Disputes on one page, at most: about 150 kB as it travels, 1 MB unpacked."""
OTHERS = 2000
"""Places, people and organisations on one page, at most."""
STALE_SHARE, STALE_LEAST = 0.25, 200
"""A part is divided anew when the feed has more lines after it than both: a share of its roots, and so many."""
LOOK_BACK = 1000
"""Lines of the feed that may be looked through again to see whether a part is still true."""
_NAME = re.compile(r"[0-9a-z^=*/.]{1,100}")
_OFFICES, _OPEN, _CLOSED = "0", "1", "2"


class Stockroom:
    """Answers `Stock`. Keeps pages in the database, nothing in memory."""

    def __init__(self, database: Database, exchange: Exchange, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._exchange = exchange
        self._clock_ms = clock_ms

    def answer(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The answer to one `Stock`, pages behind it. Raises Garbled."""
        with self._database.read() as connection:
            charter = read_charter(connection)
        try:
            stock, desk = self._exchange.admit(path, body, headers, Stock)
            if stock.epoch and stock.epoch != charter.epoch:
                raise Halt("epoch")
        except Halt as halt:
            return bind(Stocked(charter.epoch, self._clock_ms(), halt=halt.code, why=halt.why), [])
        plan, pos = ([], 0) if stock.want else self._plan(desk.place)
        gone: list[str] = []
        wanted = [name for name in (stock.want or plan)[: limits.RECORDS] if _NAME.fullmatch(name)]
        cut = list(self._pieces(stock, desk, wanted, gone))
        pieces = [piece for piece, _ in cut]
        answer = Stocked(charter.epoch, self._clock_ms(), plan=plan, pos=pos, pieces=pieces, gone=gone)
        return bind(answer, [part for _, part in cut])

    def prepare(self) -> int:
        """Divide anew whatever is stale and make every page that is not made; how many pages were made."""
        with self._database.read() as connection:
            parts = all_parts(connection)
        self._divide(parts)
        with self._database.read() as connection:
            names = list(connection.execute(select(STOCK.c.name).where(STOCK.c.body.is_(None))).scalars())
        for name in names:
            self._make(name)
        return len(names)

    def _plan(self, place: str) -> tuple[list[str], int]:
        """Names of all pages of a desk, and from where on the feed tells what they do not hold."""
        with self._database.read() as connection:
            parts, end = parts_for(connection, place), end_of_feed(connection)
        self._divide(parts)
        with self._database.read() as connection:
            ages = ages_of(connection, parts)
            query = select(STOCK.c.name).where(STOCK.c.part.in_([part.name for part in parts]))
            names = connection.execute(query).scalars().all()
        return sorted(names, key=_rank), min((age.true_until for age in ages.values()), default=end)

    def _divide(self, parts: list[Part]) -> None:
        """Divide into pages the parts that never were, or were long ago."""
        with self._database.read() as connection:
            ages = ages_of(connection, parts)
        for part in parts:
            if _is_stale(ages.get(part.name)):
                with self._database.write() as connection:
                    if _is_stale(ages_of(connection, [part]).get(part.name)):
                        _divide(connection, part)
        old = [age for age in ages.values() if not _is_stale(age) and age.true_until > age.pos + LOOK_BACK]
        if old:
            with self._database.note() as connection:
                for age in old:
                    values = {"pos": age.true_until}
                    connection.execute(update(STOCK).where(STOCK.c.part == age.part).values(values))

    def _pieces(self, stock: Stock, desk: Desk, wanted: list[str], gone: list[str]) -> Iterator[tuple[Piece, bytes]]:
        """As much of the wanted pages as there is room for, never nothing; what is no page of this desk's is gone."""
        room = max(limits.ROOM_LEAST, min(stock.room, limits.PAGE))
        for name in wanted:
            body = self._body(name, desk.place)
            if body is None:
                gone.append(name)
                continue
            check = zlib.crc32(body)
            goes_on = name == stock.want[0] if stock.want else False
            start = stock.offset if goes_on and stock.check == check and 0 <= stock.offset < len(body) else 0
            part = body[start : start + room]
            yield Piece(name, len(body), check, start, len(part)), part
            room -= len(part)
            if room <= 0:
                return

    def _body(self, name: str, place: str) -> bytes | None:
        """A page a desk at that place may read, holding nothing that has left it; None when there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(STOCK).where(STOCK.c.name == name)).one_or_none()
            if row is None or not Part(row.part).is_heard_by(place):
                return None
            if row.body is not None and still_holds(connection, Part(row.part), row.roots):
                return bytes(row.body)
        return self._make(name)

    def _make(self, name: str) -> bytes | None:
        with self._database.read() as connection:
            row = connection.execute(select(STOCK).where(STOCK.c.name == name)).one_or_none()
            if row is None:
                return None
            made = make_body(connection, Part(row.part), row.roots)
        with self._database.note() as connection:
            values = {"roots": made.roots, "body": made.body}
            connection.execute(update(STOCK).where(STOCK.c.name == name).values(values))
        return made.body


@dataclass(frozen=True, slots=True)
class _Heap:
    """Roots for the same kind of page, and how many a page takes."""

    rank: str
    most: int
    roots: list[str]


def _rank(name: str) -> tuple[str, str]:
    """Offices, then open matters, then closed ones, the newest of all parts first."""
    return name.rpartition("/")[2], name


def _is_stale(age: Age | None) -> bool:
    return age is None or age.lines > max(STALE_LEAST, round(STALE_SHARE * age.roots))


def _divide(connection: Connection, part: Part) -> None:
    """Write down which roots are on which page; the pages themselves are made later."""
    pos, district = end_of_feed(connection), read_charter(connection).district
    heaps = {rank: _Heap(rank, most, []) for rank, most in ((_OFFICES, OTHERS), (_OPEN, DISPUTES), (_CLOSED, DISPUTES))}
    query = select(STANDING.c.record, STANDING.c.type, STANDING.c.fields, STANDING.c.addresses)
    for row in connection.execute(query.where(part.roots()).order_by(STANDING.c.no.desc())):
        if any(map(part.holds, row.addresses)):
            heaps[_heap_of(row.type, row.fields)].roots.append(row.record)
    connection.execute(delete(STOCK).where(STOCK.c.part == part.name))
    pages = [(f"{part.name}/{pos}/{heap.rank}{n:04d}", some) for heap in heaps.values() for n, some in _dealt(heap)]
    rows = [{"name": name, "part": part.name, "pos": pos, "roots": some} for name, some in pages]
    if rows:
        connection.execute(insert(STOCK), [{**row, "district": district, "body": None} for row in rows])


def _heap_of(kind: str, fields: Record) -> str:
    if kind != "dispute":
        return _OFFICES
    is_open = fields.get("status") in OPEN and not fields.get("void_at")
    return _OPEN if is_open else _CLOSED


def _dealt(heap: _Heap) -> Iterator[tuple[int, list[str]]]:
    """The heap in pages of about the same size, numbered."""
    count = -(-len(heap.roots) // heap.most)
    size = -(-len(heap.roots) // count) if count else 0
    return ((n, heap.roots[n * size : (n + 1) * size]) for n in range(count))
