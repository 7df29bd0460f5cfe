"""Current state instead of history: what a desk that holds nothing asks for, and the pages it gets (decision 0014).

A page holds whole records, a column per field: values of one field resemble each other, which saves a fifth of
what zstd makes of records side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import msgspec
import zstandard
from msgspec import Struct

from sync.protocol import limits
from sync.protocol.errors import Garbled
from sync.protocol.messages import Entry
from sync.protocol.packing import pack, unpack
from sync.records import RECORD_TYPES
from sync.records.field import Record

LEVEL = 19
"""A page is pressed once and given out often."""
_HEAD_BYTES = 4


class Stock(Struct, frozen=True, omit_defaults=True):
    """A request for pages of current state.

    want: names of pages in the order they are wanted; none asks for the plan, and its first pages with it.
    offset: bytes of the first wanted page that are here already, of the page whose CRC-32 is `check`.
    room: bytes of pages the desk will take in this answer.
    """

    writer: str
    number: int
    room: int
    epoch: str = ""
    want: list[str] = []
    offset: int = 0
    check: int = 0


class Piece(Struct, frozen=True, array_like=True):
    """`length` bytes from `offset` on of the page `name`, which has `size` bytes and this CRC-32 in all."""

    name: str
    size: int
    check: int
    offset: int
    length: int


class Stocked(Struct, frozen=True, omit_defaults=True):
    """The answer to `Stock`; the bytes of its pieces follow it, one after the other.

    plan: names of all pages of this desk, open matters first; with it `pos`, from where on the feed tells
    whatever the pages of this plan do not hold. gone: wanted pages that are not there any more: ask for a new plan.
    """

    epoch: str
    clock: int
    halt: str = ""
    why: str = ""
    plan: list[str] = []
    pos: int = 0
    pieces: list[Piece] = []
    gone: list[str] = []


class State(NamedTuple):
    """A record as agreed: its last journal number, the one address it is held at here, when it was made and changed."""

    type: str
    record: str
    no: int
    address: str
    created_ms: int
    updated_ms: int
    fields: Record


class Columns(Struct, frozen=True, array_like=True):
    """Records of one type. nos and created are differences from the one before, lasting is updated less created.

    addresses: of records without parent; others are where their parent is.
    """

    type: str
    records: list[str]
    nos: list[int]
    created: list[int]
    lasting: list[int]
    addresses: list[str]
    fields: dict[str, list[Any]]


class Page(Struct, frozen=True, omit_defaults=True):
    """What a page holds. entries: records that once had something set aside come with all that was said of them."""

    columns: list[Columns]
    entries: list[Entry] = []


def press(states: Sequence[State], entries: list[Entry]) -> bytes:
    """A page as it is kept and travels. Children must come with their parents."""
    by_type: dict[str, list[State]] = {}
    for state in states:
        by_type.setdefault(state.type, []).append(state)
    page = Page([_columns(name, rows) for name, rows in sorted(by_type.items(), key=_parents_first)], entries)
    return zstandard.ZstdCompressor(level=LEVEL, write_content_size=True).compress(msgspec.json.encode(page))


def unpress(body: bytes) -> tuple[list[State], list[Entry]]:
    """The records of a page, parents first. Raises Garbled."""
    page = unpack(body, Page, limits.INFLATED)
    addresses: dict[str, str] = {}
    try:
        return [state for columns in page.columns for state in _states(columns, addresses)], page.entries
    except (KeyError, TypeError, ValueError) as problem:
        raise Garbled("page") from problem


def bind(answer: Stocked, bodies: Iterable[bytes]) -> bytes:
    """The answer with the bytes of its pieces behind it."""
    head = pack(answer, level=6)
    return b"".join((len(head).to_bytes(_HEAD_BYTES, "big"), head, *bodies))


def unbind(reply: bytes) -> tuple[Stocked, list[bytes]]:
    """The answer, and the bytes of each piece. Raises Garbled when they do not match."""
    start = _HEAD_BYTES + int.from_bytes(reply[:_HEAD_BYTES], "big")
    answer = unpack(reply[_HEAD_BYTES:start], Stocked)
    ends = list(accumulate((piece.length for piece in answer.pieces), initial=start))
    if ends[-1] != len(reply) or any(piece.length < 0 for piece in answer.pieces):
        raise Garbled("pieces")
    return answer, [reply[low:high] for low, high in pairwise(ends)]


def _parents_first(item: tuple[str, Any]) -> tuple[int, str]:
    depth, name = 0, item[0]
    while name in RECORD_TYPES and (name := RECORD_TYPES[name].parent_type):
        depth += 1
    return depth, item[0]


def _columns(name: str, rows: list[State]) -> Columns:
    names = sorted({field for row in rows for field in row.fields})
    return Columns(
        name,
        [row.record for row in rows],
        list(_steps(row.no for row in rows)),
        list(_steps(row.created_ms for row in rows)),
        [row.updated_ms - row.created_ms for row in rows],
        [] if _parent(name) else [row.address for row in rows],
        {field: [row.fields.get(field) for row in rows] for field in names},
    )


def _states(columns: Columns, addresses: dict[str, str]) -> Iterator[State]:
    names, parent = list(columns.fields), _parent(columns.type)
    values: Iterable[tuple[Any, ...]] = zip(*columns.fields.values(), strict=True) if names else [()] * len(columns.nos)
    fields = [{n: v for n, v in zip(names, row, strict=True) if v is not None} for row in values]
    where = [addresses[row[parent]] for row in fields] if parent else columns.addresses
    addresses.update(zip(columns.records, where, strict=True))
    made = list(accumulate(columns.created))
    changed = (start + lasting for start, lasting in zip(made, columns.lasting, strict=True))
    rows = zip(columns.records, accumulate(columns.nos), where, made, changed, fields, strict=True)
    return (State(columns.type, *row) for row in rows)


def _parent(name: str) -> str:
    return RECORD_TYPES[name].parent if name in RECORD_TYPES else ""


def _steps(numbers: Iterable[int]) -> Iterator[int]:
    before = 0
    for number in numbers:
        yield number - before
        before = number

