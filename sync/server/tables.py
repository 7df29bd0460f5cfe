"""The hub's tables. The journal is the truth; everything else follows from it or guards the door.

Every primary key holds the district, so that a distributed engine could spread several districts
(DESIGN.md §6); one hub serves one district, and the column is constant.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect

from sync.records.codec import canonical


class Json(TypeDecorator[Any]):
    """A value as canonical JSON text; text, because PostgreSQL's own JSON cannot hold every string."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """To the database."""
        return canonical(value).decode("utf-8")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """From the database."""
        return msgspec.json.decode(value)


METADATA = MetaData()
_NAME = String(100).with_variant(String(100, collation="C"), "postgresql")


def _name(name: str, **more: Any) -> Column[str]:
    return Column(name, _NAME, nullable=False, **more)


def _number(name: str, **more: Any) -> Column[int]:
    return Column(name, BigInteger, nullable=False, autoincrement=False, **more)


def _district() -> Column[str]:
    return _name("district", primary_key=True)


CHARTER = Table(
    "charter", METADATA,
    _name("name", primary_key=True), _district(),
    _name("value"),
)  # fmt: skip
"""What makes this hub itself: "hub" (its id), "epoch", "district", "carrier" (its private key for carrier files);
"renewed" and "lost_days": when it was last restored, and over how many days it forgot."""

JOURNAL = Table(
    "journal", METADATA,
    _number("no", primary_key=True), _district(),
    _name("writer"), _number("n"), _name("change_id"),
    _name("type"), _name("record"),
    Column("body", Text, nullable=False),
    Column("aside", Json, nullable=False), Column("merged", Json, nullable=False),
    Column("settled", Json, nullable=False),
    _name("author"), _name("device"), _number("received"),
    Index("journal_change", "change_id", "district", unique=True),
    Index("journal_record", "record", "no"),
)  # fmt: skip
"""Every accepted change, numbered in commit order and never altered. `settled`: the clashes it decided."""

STANDING = Table(
    "standing", METADATA,
    _name("record", primary_key=True), _district(),
    _name("type"), _number("no"), Column("fields", Json, nullable=False),
    _name("parent"), _name("root"), _name("place"),
    Column("addresses", Json, nullable=False), _name("closer"), _name("mark"),
    Index("standing_type", "type", "place"),
    Index("standing_place", "place"),
    Index("standing_root", "root"),
    Index("standing_closer", "closer"),
)  # fmt: skip
"""The agreed state of every record: the fold of the journal. `closer`: who closed its sessions, if closed."""

FEED = Table(
    "feed", METADATA,
    _number("pos", primary_key=True), _district(),
    _name("address"), _number("no"), _name("record"), _name("kind"),
    _name("reason"), Column("stub", Json, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
"""What is delivered where. kind: "change", "again" (a record came to this address), "leave" (it went)."""

TALLY = Table(
    "tally", METADATA,
    _name("address", primary_key=True), _district(),
    Column("records", Integer, nullable=False), _name("digest"),
)  # fmt: skip
"""The proof of each address."""

NAMED = Table(
    "named", METADATA,
    _name("person", primary_key=True), _name("record", primary_key=True), _district(),
    Index("named_record", "record"),
)  # fmt: skip
"""Which mediators and accounts decide where a dispute with closed sessions is read."""

STOCK = Table(
    "stock", METADATA,
    _name("name", primary_key=True), _district(),
    _name("part"), _number("pos"), Column("roots", Json, nullable=False),
    Column("body", LargeBinary),
    Index("stock_part", "part"),
)  # fmt: skip
"""Pages of current state (stock.py). pos: the end of the feed when the part was divided into pages.
roots: the records without parent on the page. body: the page as it travels; none until it is made."""

WRITER = Table(
    "writer", METADATA,
    _name("writer", primary_key=True), _district(),
    _name("device"), _number("number"), _number("last"), _name("head"),
)  # fmt: skip
"""Each writer's device, last request number, and the end of its chain."""

LINK = Table(
    "link", METADATA,
    _name("writer", primary_key=True), _number("n", primary_key=True), _district(),
    _name("change_id"), _name("salt"), _name("digest"), _name("head"), Column("verdict", Json, nullable=False),
)  # fmt: skip
"""Every link of every chain with the answer it got."""

VOUCH = Table(
    "vouch", METADATA,
    _name("writer", primary_key=True), _number("n", primary_key=True), _district(),
    _name("device"), _name("signature"),
)  # fmt: skip
"""The device's signature over the head after link n."""

REFUSAL = Table(
    "refusal", METADATA,
    _name("writer", primary_key=True), _number("n", primary_key=True), _district(),
    _name("change_id"), _name("device"), _name("code"), Column("why", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("asked", Boolean, nullable=False), _number("received"),
    Index("refusal_change", "change_id"),
)  # fmt: skip
"""Refused changes are kept too. `asked`: the author asks the district about it."""

CODE = Table(
    "code", METADATA,
    _name("secret_hash", primary_key=True), _district(),
    _name("place"), _name("made_by"), _number("until"), _number("used_at"), _name("device"),
)  # fmt: skip
"""One-time enrolment codes; only a hash of the secret is kept."""

ATTEMPT = Table(
    "attempt", METADATA,
    _name("peer", primary_key=True), _number("hour", primary_key=True), _district(),
    Column("wrong", Integer, nullable=False),
)  # fmt: skip
"""Wrong enrolment codes per caller and hour."""

HELD = Table(
    "held", METADATA,
    _name("record", primary_key=True), _name("part", primary_key=True), _district(),
    _name("digest"), _number("size"), _name("device"), _number("received"),
    Index("held_digest", "digest"),
)  # fmt: skip
"""Files that came whole, by the attachment they came for. The bytes lie once in the folder, by their SHA-256."""

UPLOAD = Table(
    "upload", METADATA,
    _name("device", primary_key=True), _name("record", primary_key=True), _name("part", primary_key=True), _district(),
    _name("digest"), _number("size"), _number("reached"), _number("touched"),
    Index("upload_touched", "touched"),
)  # fmt: skip
"""Unfinished uploads, each of one desk: how far it got, and when it last moved."""

DRAWN = Table(
    "drawn", METADATA,
    _name("org", primary_key=True), _number("year", primary_key=True), _number("number", primary_key=True),
    _name("record", primary_key=True), _district(),
    Index("drawn_record", "record"),
)  # fmt: skip
"""Dossier numbers seen on disputes, kept or not, by the committee they were drawn for (drawn.py)."""

TRAFFIC = Table(
    "traffic", METADATA,
    _name("device", primary_key=True), _name("day", primary_key=True), _district(),
    _number("size"),
)  # fmt: skip
"""Bytes of files each desk sent, per day."""
