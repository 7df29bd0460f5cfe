"""Writing own changes: each is stamped, chained and kept to wait; the end of the chain is read and kept once."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace
from sqlalchemy import Connection, text

from desktop.store import clock, marks
from desktop.store.own_chain import new_salt_secret, seed_of
from desktop.store.surroundings import Surroundings
from desktop.store.views import write_change
from sync.protocol.chain import advance, change_id, decode, encode, salt_of
from sync.protocol.messages import Change

_INSERT = text("""
    INSERT INTO change (id, writer, n, salt, before, type, record, body, state, mine)
    VALUES (:id, :writer, :n, :salt, :before, :type, :record, :body, 'waiting', 1)
""")


@dataclass(slots=True)
class Pen:
    """Own changes of one transaction, in order. Nothing is kept until the pen is laid down."""

    connection: Connection
    around: Surroundings
    _lines: list[dict[str, object]] = field(default_factory=list)
    _writer: str = field(init=False)
    _links: int = field(init=False)
    _head: bytes = field(init=False)
    _secret: str = field(init=False)
    _clock: clock.Hybrid = field(init=False)

    def __post_init__(self) -> None:
        names = (marks.WRITER, marks.LINKS, marks.HEAD, marks.SALT_SECRET)
        self._writer, links, head, secret = marks.several(self.connection, *names)
        self._links, self._head = int(links or 0), decode(head)
        self._secret = secret or new_salt_secret(self.connection, self.around.random_bytes)
        self._clock = clock.Hybrid.read(self.connection)

    def write(self, change: Change) -> Change:
        """Stamp a change with the time and add it as the next link; the change as it will be kept."""
        at, told = self._clock.tick(self.around.clock_ms())
        self._links += 1
        change = replace(change, id=change_id(self._writer, self._links), at=at, told=told)
        salt, before = salt_of(seed_of(self._secret, self._writer, self._links), self._links), self._head
        self._head = advance(before, salt, change)
        self._lines.append({
            "id": change.id, "writer": self._writer, "n": self._links, "salt": salt, "before": encode(before),
            "type": change.type, "record": change.record, "body": write_change(change),
        })  # fmt: skip
        return change

    def lay_down(self) -> None:
        """Keep what was written and where the chain now ends."""
        if self._lines:
            self.connection.execute(_INSERT, self._lines)
            marks.put(self.connection, links=self._links, head=encode(self._head))
            self._clock.keep(self.connection)
            self._lines = []
