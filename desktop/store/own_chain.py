"""This desk's chain of changes: every own change is a link, the head vouches for all before it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, text

from desktop.store import marks
from desktop.store.views import read_change
from sync.protocol.chain import START, advance, encode

WRITER_BYTES = 10

_TO_CHAIN = text("SELECT seq, salt, body FROM change WHERE state IN ('waiting', 'offered') ORDER BY seq")
_UNCHAIN = text("UPDATE change SET writer = NULL, n = NULL WHERE state IN ('waiting', 'offered')")
_CHAIN = text("UPDATE change SET writer = :writer, n = :n, before = :before WHERE seq = :seq")


def begin_writer(connection: Connection, random_bytes: Callable[[int], bytes]) -> None:
    """Go on under a fresh writer id, chaining afresh what waits; ids and salts stay, and so do the digests."""
    writer = base64.b32encode(random_bytes(WRITER_BYTES)).decode("ascii").rstrip("=")
    waiting = connection.execute(_TO_CHAIN).all()
    connection.execute(_UNCHAIN)
    links, head = _linked(writer, waiting)
    if links:
        connection.execute(_CHAIN, links)
    writers = f"{marks.get(connection, marks.WRITERS)} {writer}".strip()
    marks.put(connection, writer=writer, writers=writers, links=len(links), head=encode(head))


def _linked(writer: str, waiting: Iterable[Any]) -> tuple[list[dict[str, object]], bytes]:
    links: list[dict[str, object]] = []
    head = START
    for n, row in enumerate(waiting, 1):
        links.append({"writer": writer, "n": n, "before": encode(head), "seq": row.seq})
        head = advance(head, row.salt, read_change(row.body))
    return links, head
