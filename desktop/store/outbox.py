"""What waits to be sent: the unanswered links of the chain, and the refusals a person asks about."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from desktop.store import marks
from desktop.store.errors import ManyStruck
from desktop.store.own_chain import seed_of
from desktop.store.views import json_list, read_change
from sync.client.replica import Doubt
from sync.protocol.chain import BLOCK, advance, block_of, decode, encode, short_link
from sync.protocol.coding import Context, context_of
from sync.protocol.messages import Batch, Change, Link

STRUCK_LEAST, STRUCK_SHARE = 50, 0.2
"""More than both waiting to be struck out asks a person first."""
LINK_OVERHEAD_BYTES = 20
"""Salt, brackets and comma of one link on the wire."""

_QUEUE = text("""
    SELECT id, n, salt, before, body FROM change
    WHERE state IN ('waiting', 'offered') AND writer = :writer AND n > :after ORDER BY n LIMIT :most
""")
_SENT = text("""
    SELECT id, n, salt, before, body FROM change
    WHERE state IN ('waiting', 'offered') AND writer = :writer AND n <= :last ORDER BY n
""")
_ANSWERED = text("""
    SELECT n, body FROM change
    WHERE writer = :writer AND n < :before AND state NOT IN ('waiting', 'offered') ORDER BY n DESC
""")
_WAITING = text("SELECT count(*) FROM change WHERE state IN ('waiting', 'offered')")
_STRUCK = text("""
    SELECT count(DISTINCT record) FROM change WHERE state = 'waiting' AND type = 'dispute'
        AND json_extract(body, '$.set.status') = '90' AND json_extract(body, '$.was.status') IS NOT '90'
""")
_ASKED = text("SELECT id FROM change WHERE state = 'refused' AND asked = 1 ORDER BY seq")
_PASSED_ON = text("UPDATE change SET asked = 2 WHERE asked = 1 AND id IN (SELECT value FROM json_each(:ids))")


def next_batch(connection: Connection, changes: int, size_bytes: int, after: int = 0) -> Batch | None:
    """The next links in chain order after number `after`, unsigned: at least one, then as many as fit both bounds."""
    writer = marks.get(connection, marks.WRITER)
    links: list[Link] = []
    first, before, taken = 0, "", 0
    for row in connection.execute(_QUEUE, {"writer": writer, "after": after, "most": changes}):
        taken += len(row.body.encode("utf-8")) + LINK_OVERHEAD_BYTES
        if links and (taken > size_bytes or row.n != first + len(links)):
            break
        if not links:
            first, before = row.n, row.before
        links.append(short_link(writer, row.n, row.salt, read_change(row.body)))
    return Batch(writer, first, before, links, seeds=_seeds(connection, writer, first, len(links))) if links else None


def _seeds(connection: Connection, writer: str, first: int, count: int) -> list[str]:
    """The seeds of the blocks these links lie in."""
    secret = marks.get(connection, marks.SALT_SECRET)
    blocks = range(block_of(first), block_of(first + count - 1) + 1)
    return [seed_of(secret, writer, block * BLOCK + 1) for block in blocks]


def note_sent(connection: Connection, through: int) -> None:
    """The links of the present writer up to this one are on their way."""
    marks.put(connection, sent_through=f"{marks.get(connection, marks.WRITER)} {through}")


def in_doubt(connection: Connection) -> Doubt | None:
    """Links that may have arrived, though no answer came."""
    writer, sent = marks.several(connection, marks.WRITER, marks.SENT)
    if not sent or sent.split()[0] != writer:
        return None
    rows = connection.execute(_SENT, {"writer": writer, "last": int(sent.split()[1])}).all()
    heads = [encode(advance(decode(row.before), row.salt, read_change(row.body))) for row in rows]
    return Doubt(rows[0].n, [row.id for row in rows], heads) if rows else None


def context(connection: Connection, before: int, size_bytes: int) -> Context | None:
    """Answered links right before a number, without a gap, as many as fit."""
    writer = marks.get(connection, marks.WRITER)
    found: list[tuple[int, Change]] = []
    with connection.execute(_ANSWERED, {"writer": writer, "before": before}) as rows:
        for row in rows:
            size_bytes -= len(row.body.encode("utf-8"))
            if size_bytes < 0 or row.n != before - 1 - len(found):
                break
            found.append((row.n, read_change(row.body)))
    return context_of(writer, reversed(found))


def waiting(connection: Connection) -> int:
    """How many changes have no verdict yet."""
    return int(connection.execute(_WAITING).scalar_one())


def check_struck(connection: Connection) -> None:
    """Raises ManyStruck when more waits to be struck out than a person does by hand, and nobody has agreed to it."""
    struck = int(connection.execute(_STRUCK).scalar_one())
    if struck <= max(STRUCK_LEAST, marks.number(connection, marks.STRUCK_ALLOWED)):
        return
    held = int(connection.execute(text("SELECT count(*) FROM dispute")).scalar_one())
    if struck > STRUCK_SHARE * held:
        raise ManyStruck(struck, held)


def allow_struck(connection: Connection) -> None:
    """A person has seen how many; no more than these go without asking again."""
    marks.put(connection, struck_allowed=int(connection.execute(_STRUCK).scalar_one()))


def asked(connection: Connection) -> list[str]:
    """Refused changes the district is to be asked about."""
    return list(connection.execute(_ASKED).scalars())


def passed_on(connection: Connection, ids: Sequence[str]) -> None:
    """The district has been asked about these."""
    if ids:
        connection.execute(_PASSED_ON, {"ids": json_list(ids)})
