"""What the hub holds already of what a desk says briefly: old values, links it has, the context of a body.

Only what the desk may read itself is recalled, so that nobody can ask by guessing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, select

from sync.protocol import coding, contexts
from sync.protocol.addresses import Ears
from sync.protocol.coding import Label, Unprimed
from sync.protocol.messages import Batch, Change
from sync.protocol.shortening import lengthen
from sync.records.field import Record
from sync.server.access import Desk
from sync.server.agreed import is_name
from sync.server.database import streamed
from sync.server.tables import JOURNAL, LINK, REFUSAL, STANDING, WRITER

_LINKS = 5_000
"""Links a context may span: many small changes make few bytes."""


def in_full(connection: Connection, desk: Desk, batch: Batch) -> Batch:
    """The batch with its old values and edits filled in.

    Raises Unfamiliar when they are not what the hub holds; Garbled, ValueError on what is no batch.
    """
    records = {link.change.record for link in batch.links if link.seen or link.edits}
    last = batch.first + len(batch.links) - 1
    is_own = records and _is_writer_of(connection, desk, batch.writer)
    former = dict(_links(connection, batch.writer, batch.first, last)) if is_own else {}
    return lengthen(batch, _agreed(connection, desk.place, records), former)


def text_before(connection: Connection, desk: Desk, label: Label) -> bytes:
    """Everything a body was primed with. Raises Unprimed when it is not at hand."""
    try:
        dictionary = contexts.text(label.dictionary)
    except KeyError as problem:
        raise Unprimed("dictionary") from problem
    return dictionary + (_context(connection, desk, label) if label.writer else b"")


def _context(connection: Connection, desk: Desk, label: Label) -> bytes:
    is_span = 0 < label.first <= label.last < label.first + _LINKS < 1 << 62
    if not is_span or not _is_writer_of(connection, desk, label.writer):
        raise Unprimed("context")
    links, room = [], 2 * coding.CONTEXT
    for n, change in _links(connection, label.writer, label.first, label.last):
        room -= len(str(change.set)) + len(str(change.was))
        if room < 0:
            raise Unprimed("too long")
        links.append((n, change))
    if [n for n, _ in links] != list(range(label.first, label.last + 1)):
        raise Unprimed("gap")
    context = coding.context_of(label.writer, links)
    if context is None or context.check != label.check:
        raise Unprimed("check")
    return context.text


def _is_writer_of(connection: Connection, desk: Desk, writer: str) -> bool:
    if not is_name(writer):
        return False
    device = connection.execute(select(WRITER.c.device).where(WRITER.c.writer == writer)).scalar()
    return device == desk.device


def _agreed(connection: Connection, place: str, records: Collection[str]) -> dict[str, Record]:
    """The agreed fields of those records the desk holds."""
    ears, names = Ears(place), [record for record in records if is_name(record)]
    query = select(STANDING.c.record, STANDING.c.fields, STANDING.c.addresses).where(STANDING.c.record.in_(names))
    return {row.record: row.fields for row in connection.execute(query) if any(map(ears.hears, row.addresses))}


def _links(connection: Connection, writer: str, first: int, last: int) -> Iterator[tuple[int, Change]]:
    """Links of a writer with their content: refused here, or accepted here or under an earlier writer."""
    is_refusal = and_(REFUSAL.c.writer == LINK.c.writer, REFUSAL.c.n == LINK.c.n)
    query: Any = (
        select(LINK.c.n, REFUSAL.c.body.label("refused"), JOURNAL.c.body.label("accepted"))
        .outerjoin(REFUSAL, is_refusal)
        .outerjoin(JOURNAL, JOURNAL.c.change_id == LINK.c.change_id)
        .where(LINK.c.writer == writer, LINK.c.n.between(first, last))
        .order_by(LINK.c.n)
    )
    for row in streamed(connection, query):
        if (body := row.refused or row.accepted) is not None:
            yield row.n, msgspec.json.decode(body, type=Change)
