"""Is everything the hub keeps what its journal says? Folds it all again, from the first change.

Used by `python -m sync.server verify`, after a restore, and by the simulation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, and_, select

from sync.protocol import chain, proof
from sync.protocol.messages import Batch, Change, Link, Proof
from sync.records import RECORD_TYPES
from sync.records.codec import apply
from sync.server.access import public_key
from sync.server.agreed import Stand, stand_of
from sync.server.charter import read_charter
from sync.server.database import streamed
from sync.server.tables import JOURNAL, LINK, REFUSAL, STANDING, TALLY, VOUCH, WRITER
from sync.server.whereabouts import Whereabouts, closer_after

Stands = dict[str, Stand]


def faults(connection: Connection) -> list[str]:
    """What does not agree, a line each; empty when all is well."""
    gaps, stands = _fold(connection)
    return [
        *gaps,
        *_standing_faults(connection, stands),
        *_tally_faults(connection, stands),
        *_chain_faults(connection, stands),
    ]


def _fold(connection: Connection) -> tuple[list[str], Stands]:
    """All records from the journal alone, and the numbers that are not there."""
    stands: Stands = {}
    gaps, expected = [], 1
    for row in streamed(connection, select(JOURNAL).order_by(JOURNAL.c.no)):
        if row.no != expected:
            gaps.append(f"日志缺第 {expected} 号")
        expected = row.no + 1
        stands[row.record] = _after(stands, row)
    return gaps, _housed(stands)


def _after(stands: Stands, row: Row[Any]) -> Stand:
    change, before = msgspec.json.decode(row.body, type=Change), stands.get(row.record)
    kept = {name: value for name, value in change.set.items() if name not in row.aside}
    fields = apply(before.fields if before else {}, {**kept, **row.merged})
    kind = RECORD_TYPES[row.type]
    parent = str(fields.get(kind.parent, "")) if kind.parent else ""
    root = stands[parent].root if parent in stands else row.record
    closer = "" if parent else closer_after(before, fields, change.by)
    return Stand(
        row.record, row.type, row.no, fields, parent, root, str(fields.get(kind.place, "")), (), closer
    )


def _housed(stands: Stands) -> Stands:
    """The same with places and addresses, which follow from the state as a whole."""
    where = Whereabouts(lambda record, kind: _of_type(stands, record, kind))
    roots = {s.record: where.addresses(s) for s in stands.values() if s.root == s.record}
    return {
        s.record: replace(s, place=stands[s.root].place, addresses=roots.get(s.root, ()))
        for s in stands.values()
    }


def _of_type(stands: Stands, record: str, kind: str) -> Stand | None:
    found = stands.get(record)
    return found if found is not None and found.type == kind else None


def _standing_faults(connection: Connection, stands: Stands) -> Iterator[str]:
    seen = set()
    for row in streamed(connection, select(STANDING)):
        seen.add(row.record)
        folded = stands.get(row.record)
        if folded is None or stand_of(row) != folded or row.mark != folded.mark:
            yield f"{row.type} {row.record}：现状和日志不一致"
    yield from (f"{record}：日志里有，现状里没有" for record in sorted(set(stands) - seen))


def _tally_faults(connection: Connection, stands: Stands) -> Iterator[str]:
    sums: dict[str, Proof] = defaultdict(lambda: proof.NOTHING)
    for stand in stands.values():
        for address in stand.addresses:
            sums[address] = proof.add(sums[address], stand.mark)
    found = {row.address: Proof(row.records, row.digest) for row in connection.execute(select(TALLY))}
    for address in sorted({*sums, *found}):
        if found.get(address, proof.NOTHING) != sums[address]:
            yield f"{address}：合计对不上"


def _chain_faults(connection: Connection, stands: Stands) -> Iterator[str]:
    hub = read_charter(connection).hub
    for writer in connection.execute(select(WRITER).order_by(WRITER.c.writer)).all():
        rows = connection.execute(_content(writer.writer)).all()
        bodies = [row.refused or row.accepted for row in rows]
        if None in bodies:
            yield f"{writer.writer}：有改动只剩编号，内容不见了"
            continue
        links = [
            Link(row.salt, msgspec.json.decode(body, type=Change))
            for row, body in zip(rows, bodies, strict=True)
        ]
        heads = _heads(links)
        if [h.hex() for h in heads] != [row.head for row in rows] or len(rows) != writer.last:
            yield f"{writer.writer}：改动链断了"
            continue
        vouches = select(VOUCH).where(VOUCH.c.writer == writer.writer).order_by(VOUCH.c.n)
        for vouch in connection.execute(vouches).all():
            before = heads[vouch.n - 2] if vouch.n > 1 else chain.START
            end = links[vouch.n - 1 : vouch.n]
            batch = Batch(writer.writer, vouch.n, chain.encode(before), end, vouch.signature)
            device = _of_type(stands, vouch.device, "device")
            if device is None or not chain.is_signed(
                public_key(str(device.fields["public_key"])), hub, batch
            ):
                yield f"{writer.writer}：到第 {vouch.n} 条的签名不对"


def _content(writer: str) -> Select[Any]:
    """The links of a writer with their content: refused here, or accepted here or under an earlier writer."""
    is_refusal = and_(REFUSAL.c.writer == LINK.c.writer, REFUSAL.c.n == LINK.c.n)
    return (
        select(LINK.c.salt, LINK.c.head, REFUSAL.c.body.label("refused"), JOURNAL.c.body.label("accepted"))
        .outerjoin(REFUSAL, is_refusal)
        .outerjoin(JOURNAL, JOURNAL.c.change_id == LINK.c.change_id)
        .where(LINK.c.writer == writer)
        .order_by(LINK.c.n)
    )


def _heads(links: list[Link]) -> list[bytes]:
    heads, head = [], chain.START
    for link in links:
        head = chain.advance(head, link.salt, link.change)
        heads.append(head)
    return heads
