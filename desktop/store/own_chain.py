"""This desk's chain of changes: every own change is a link, the head vouches for all before it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, text

from desktop.store import marks
from desktop.store.views import read_change, write_change
from sync.protocol.chain import SALT_BYTES, START, advance, block_of, change_id, encode

WRITER_BYTES = 10
SECRET_BYTES = 32
NAMELESS = "?"
"""How the stand-in for an id begins until the change is chained anew."""

_TO_CHAIN = text("SELECT seq, id, salt, body FROM change WHERE state IN ('waiting', 'offered') ORDER BY seq")
_UNCHAIN = text("UPDATE change SET writer = NULL, n = NULL WHERE state IN ('waiting', 'offered')")
_CHAIN = text("""
    UPDATE change SET id = :id, writer = :writer, n = :n, before = :before, salt = :salt, body = :body WHERE seq = :seq
""")
_GIVE_UP_ID = text(f"UPDATE change SET id = '{NAMELESS}' || seq WHERE id = :id")


def begin_writer(connection: Connection, random_bytes: Callable[[int], bytes]) -> None:
    """Go on under a fresh writer id, chaining afresh what waits; ids and salts stay, and so do the digests.

    Only changes that were `give_up_id`ed get an id of the new writer, and only own ones that came back from the hub
    (the desk was restored from an older backup) get a salt.
    """
    writer = base64.b32encode(random_bytes(WRITER_BYTES)).decode("ascii").rstrip("=")
    waiting = connection.execute(_TO_CHAIN).all()
    connection.execute(_UNCHAIN)
    links, head = _linked(writer, waiting, random_bytes)
    if links:
        connection.execute(_CHAIN, links)
    writers = f"{marks.get(connection, marks.WRITERS)} {writer}".strip()
    marks.put(connection, writer=writer, writers=writers, links=len(links), head=encode(head))


def new_salt_secret(connection: Connection, random_bytes: Callable[[int], bytes]) -> str:
    """Draw what the seeds of the changes to come follow from."""
    secret = encode(random_bytes(SECRET_BYTES))
    marks.put(connection, salt_secret=secret)
    return secret


def seed_of(secret: str, writer: str, n: int) -> str:
    """The seed of the block of a writer's n-th link."""
    text_of_block = f"{secret} {writer} {block_of(n)}".encode()
    return encode(hashlib.sha256(text_of_block).digest()[:SALT_BYTES])


def give_up_id(connection: Connection, change: str) -> None:
    """Another copy of this disk has used this id for something else; what waits gets one of the next writer."""
    connection.execute(_GIVE_UP_ID, {"id": change})


def _linked(
    writer: str, waiting: Iterable[Any], random_bytes: Callable[[int], bytes]
) -> tuple[list[dict[str, object]], bytes]:
    links: list[dict[str, object]] = []
    head = START
    for n, row in enumerate(waiting, 1):
        change = read_change(row.body)
        if row.id.startswith(NAMELESS):
            change = replace(change, id=change_id(writer, n))
        salt = row.salt or encode(random_bytes(SALT_BYTES))
        link = {"seq": row.seq, "id": change.id, "salt": salt, "body": write_change(change)}
        links.append({**link, "writer": writer, "n": n, "before": encode(head)})
        head = advance(head, salt, change)
    return links, head
