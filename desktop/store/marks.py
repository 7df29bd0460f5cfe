"""Small facts the store keeps about itself and its standing with the hub."""

from __future__ import annotations

import json

from sqlalchemy import Connection, text

EPOCH = "epoch"
CURSOR = "cursor"
WRITER = "writer"
WRITERS = "writers"
"""All writer ids this desk ever had, separated by spaces."""
HOME = "home"
"""Where the file lay when it was last opened (`Surroundings.home_of`); "" when that is not known."""
LINKS = "links"
"""How many changes the present writer's chain holds."""
HEAD = "head"
SALT_SECRET = "salt_secret"
"""What the seeds of salts follow from; forgotten with erased content, since salts could be told from it."""
NUMBER = "request_number"
SENT = "sent_through"
"""The last link that was sent and not answered, with its writer: "writer n", "" when nothing is in doubt."""
READS = "hub_reads"
"""The ways of saying things the hub understands, separated by spaces."""
AT_LAST = "at_last"
"""The hybrid clock of the last own change."""
AT_SEEN = "at_seen"
"""The latest believable hybrid clock seen from others."""
TOLD_LAST = "told_last"
"""The wall clock at the last change written here."""
FINGERPRINT = "fingerprint of "
"""With a record type: of which declaration its derived tables are."""
LARGE_PULL = "large_pull_allowed"
STRUCK_ALLOWED = "struck_allowed"
"""How many disputes a person has agreed to send struck out."""
PULL_LEFT = "pull_left"
"""Records that left during the present pull, over its pages."""
STOCK = "stock"
"""Taking current state in pages: WANTED before there is a plan, TAKING after it, "" when the feed is the road."""
WANTED, TAKING = "wanted", "taking"
STOCK_POS = "stock_pos"
"""From where the feed is read when all pages are here."""
STOCK_KEY = "stock_key"
"""Keys of rows from this one on are used by pages taken already."""
DESK = "desk"
PRIVATE_KEY = "private_key"
CARRIER = "carrier"
"""The hub's public key for carrier files."""

_GET = text("SELECT value FROM mark WHERE name = :name")
_SEVERAL = text("SELECT name, value FROM mark WHERE name IN (SELECT value FROM json_each(:names))")
_PUT = text("INSERT INTO mark (name, value) VALUES (:name, :value) ON CONFLICT DO UPDATE SET value = excluded.value")


def get(connection: Connection, name: str, default: str = "") -> str:
    """A mark's value, or the default."""
    value = connection.execute(_GET, {"name": name}).scalar()
    return default if value is None else str(value)


def several(connection: Connection, *names: str) -> list[str]:
    """The values of several marks in one reading, "" for those never set."""
    found = {row.name: str(row.value) for row in connection.execute(_SEVERAL, {"names": json.dumps(names)})}
    return [found.get(name, "") for name in names]


def number(connection: Connection, name: str) -> int:
    """A mark that counts, 0 when it was never set."""
    return int(get(connection, name, "0"))


def put(connection: Connection, **values: str | int) -> None:
    """Set some marks."""
    connection.execute(_PUT, [{"name": name, "value": str(value)} for name, value in values.items()])


class Several:
    """Some marks during one transaction: read together, and of what was put only the changed ones are written."""

    def __init__(self, connection: Connection, *names: str) -> None:
        self._connection = connection
        self._kept = dict(zip(names, several(connection, *names), strict=True))
        self._now = dict(self._kept)

    def get(self, name: str) -> str:
        """A mark's value as it now stands, "" when it was never set."""
        return self._now[name]

    def number(self, name: str) -> int:
        """A mark that counts."""
        return int(self._now[name] or 0)

    def put(self, **values: str | int) -> None:
        """Set some marks."""
        self._now.update((name, str(value)) for name, value in values.items())

    def write(self) -> None:
        """Write what was put."""
        changed = {name: value for name, value in self._now.items() if value != self._kept[name]}
        if changed:
            put(self._connection, **changed)
            self._kept.update(changed)
